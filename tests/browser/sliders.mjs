// Every slider of the page and of the report in it judges as the command does with the settings that the page then
// hands out, and everything that is shown follows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageOf } from "./browser.mjs";
import { read, report, saved, tasksDuring } from "./page.mjs";
import { season_of } from "./season.mjs";

const SETTINGS = "talktest.toml";
const VERDICTS = ["kept", "slipped", "not-recovery", "cannot-judge"];
/** Further than the verdicts that a page brings, and not as far. */
const SHIFTS = [4, -3, 27, -24, 11];

const slider = (page, limit) => report(page).locator(`input[data-limit=${limit}]`);
/** What stands beside a slider. */
const beside = (page, limit) => slider(page, limit).locator("xpath=following-sibling::output");
const css = (verdict) => verdict.replaceAll("_", "-");

function judged({ input, command }) {
  const printed = execFileSync(command, ["audit", input, "--no-logbook", "--quiet", "--format", "json"], { maxBuffer: 1e9 });
  return JSON.parse(printed.toString());
}

const handedOut = async (page) => JSON.parse(await saved(page, "save-json"));

/** Shows a page of the report by its address, and waits until it stands there. */
async function show(page, path) {
  await page.evaluate((path) => { location.hash = "#" + path; }, path);
  await report(page).locator(path.startsWith("runs/") ? "article.run" : "#list").waitFor();
}

/** Waits until a slider that stands so far from its middle is answered; what stands beside it then. */
async function answered(page, limit, shift) {
  const bpm = Number(await slider(page, limit).getAttribute("data-own")) + shift;
  await report(page).locator(`input[data-limit=${limit}] ~ output`, { hasText: new RegExp("^" + bpm + " bpm: ") }).waitFor();
  return beside(page, limit).textContent();
}

async function moved(page, limit, shift) {
  await slider(page, limit).fill(String(shift));
  return answered(page, limit, shift);
}

/** What the command says with the settings that the page hands out is what the page says. */
async function asTheCommand(page, sliders) {
  if (!await page.isVisible("#save-settings")) await page.click("#settings summary");
  const file = join(sliders.input, SETTINGS);
  const before = existsSync(file) ? readFileSync(file) : null;
  writeFileSync(file, await saved(page, "save-settings"));
  const audit = judged(sliders);
  if (before === null) rmSync(file);
  else writeFileSync(file, before);
  assert.deepEqual(await handedOut(page), audit);
  const sum = (verdict) => audit.athletes.reduce((sum, { recovery }) => sum + recovery[verdict], 0);
  const status = `${sum("runs")} labelled recovery: ${sum("kept")} kept, ${sum("slipped")} slipped, ${sum("not_recovery")} not recovery, ${sum("cannot_judge")} cannot be judged`;
  assert.ok((await page.textContent("#status")).endsWith(status), status);
  return audit;
}

/** Every verdict of the season's page: in its list, in its picture, in its counts. */
async function theSeasonShows(page, audit, text) {
  const rows = await report(page).locator("#list tbody tr").evaluateAll((all) => all.map((row) => [row.querySelector("a").getAttribute("href"), row.dataset.verdict]));
  const expected = audit.runs.map((run) => [pageOf(run), css(run.audit.verdict)]);
  assert.deepEqual(new Map(rows), new Map(expected));
  const marks = await report(page).locator("[data-ceiling]").evaluateAll((all) => all.map((mark) => [mark.getAttribute("href"), mark.querySelector("use").getAttribute("href").replace("#mark-", "")]));
  assert.deepEqual(new Map(marks), new Map(expected));
  const { kept, slipped, not_recovery, cannot_judge } = audit.athletes[0].recovery;
  assert.equal(text.split(": ")[1], `${kept} kept, ${slipped} slipped, ${not_recovery} not recovery, ${cannot_judge} cannot be judged`);
  const tally = await report(page).locator(".tally li b").allTextContents();
  assert.deepEqual(tally.map(Number), [kept, slipped, not_recovery, cannot_judge]);
}

/** The verdict of a run on its page and beside its slider. */
async function theRunShows(page, audit, path, text) {
  const run = audit.runs.find((run) => pageOf(run) === path);
  const shown = await report(page).locator(".ruling").first().getAttribute("class");
  assert.deepEqual(shown.split(" ").filter((name) => VERDICTS.includes(name)), [css(run.audit.verdict)]);
  assert.ok(text.endsWith(run.audit.verdict.replaceAll("_", " ")), text + " is not " + run.audit.verdict);
  assert.ok((await report(page).locator(".ruling").first().textContent()).includes(run.audit.because), run.id);
}

async function theSeasonsSlider(page, sliders, before) {
  await show(page, "index.html");
  await report(page).locator("#list thead button").nth(4).click();
  await report(page).locator("select[name=label]").selectOption("recovery");
  const verdicts = new Set();
  for (const shift of SHIFTS) {
    const text = await moved(page, "ceiling", shift);
    const audit = await asTheCommand(page, sliders);
    await theSeasonShows(page, audit, text);
    verdicts.add(text.split(": ")[1]);
  }
  assert.equal(verdicts.size, SHIFTS.length, "each has other counts");
  // What was chosen before stays so while everything is drawn anew.
  assert.equal(await report(page).locator("th[aria-sort]").textContent(), "Mean bpm");
  assert.equal(await report(page).locator("select[name=label]").inputValue(), "recovery");
  await slider(page, "ceiling").focus();
  for (const shift of [12, 13, 14]) {
    await page.keyboard.press("ArrowRight");
    await answered(page, "ceiling", shift);
  }
  await slider(page, "ceiling").fill("0");
  await page.waitForSelector("#moved", { state: "hidden" });
  assert.deepEqual(await handedOut(page), before);
}

async function theSlidersOfARun(page, sliders, before, run) {
  const path = pageOf(run);
  await show(page, path);
  for (const limit of ["ceiling", "maximum", "resting"]) {
    for (const shift of SHIFTS) {
      const text = await moved(page, limit, shift);
      await theRunShows(page, await asTheCommand(page, sliders), path, text);
    }
    for (const other of ["ceiling", "maximum", "resting"]) {
      assert.equal(await slider(page, other).inputValue(), other === limit ? String(SHIFTS.at(-1)) : "0", "one at a time");
    }
  }
  // The season follows, and the way back leads to where it began.
  await show(page, "index.html");
  const verdicts = await report(page).locator("#list tbody tr").evaluateAll((all) => all.map((row) => row.dataset.verdict));
  assert.deepEqual(verdicts.sort(), (await handedOut(page)).runs.map((run) => css(run.audit.verdict)).sort());
  await page.click("#move-back");
  await page.waitForSelector("#moved", { state: "hidden" });
  assert.deepEqual(await handedOut(page), before);
}

/** The sliders of the page's own form, with the season below them. */
async function theSlidersOfTheForm(page, sliders) {
  for (const [id, bpm] of [["max", 176], ["resting", 62], ["talk_test", 139]]) {
    const old = await page.textContent("#status");
    await page.locator(`#${id}-slider`).fill(String(bpm));
    await page.waitForFunction((old) => document.querySelector("#status").textContent !== old, old);
    await report(page).locator(".tally").waitFor();
    const audit = await asTheCommand(page, sliders);
    await theSeasonShows(page, audit, ": " + (await page.textContent("#status")).split("recovery: ")[1]);
  }
}

/** Settings that do not know the athlete yet, and those of several athletes: each slider moves the limit of its own. */
export async function slidersOfEveryAthlete(page, { command, inputs }) {
  for (const input of inputs) {
    await read(page, "folder", input);
    const links = await report(page).locator("main a").evaluateAll((all) => all.map((link) => link.getAttribute("href").split("#")[0]));
    const athletes = [...new Set(links.filter((href) => href.startsWith("athlete-")))];
    for (const path of athletes.length > 0 ? athletes : ["index.html"]) {
      await show(page, path);
      const run = await report(page).locator("#list tbody a").first().getAttribute("href");
      for (const [shown, shift] of [[path, 5], [run, -7]]) {
        await show(page, shown);
        await moved(page, "ceiling", shift);
        await asTheCommand(page, { input, command });
        await page.click("#move-back");
        await page.waitForSelector("#moved", { state: "hidden" });
      }
    }
    assert.deepEqual(await handedOut(page), judged({ input, command }), "with the settings as they were");
  }
}

/** A limit that cannot be is named beside the slider, and nothing changes. */
async function whatCannotBeIsNamed(page) {
  await show(page, "index.html");
  const before = await handedOut(page);
  const high = await slider(page, "ceiling").evaluate((input) => { input.max = "99"; return 60; });
  await slider(page, "ceiling").fill(String(high));
  await report(page).locator("output", { hasText: "must be below `max`" }).waitFor();
  assert.deepEqual(await handedOut(page), before);
}

export async function slidersJudgeAsTheCommand(page, sliders) {
  await read(page, "folder", sliders.input);
  const before = judged(sliders);
  await theSeasonsSlider(page, sliders, before);
  const judgedRuns = before.runs.filter((run) => run.audit.verdict !== "cannot_judge");
  await theSlidersOfARun(page, sliders, before, judgedRuns.at(-1));
  await theSlidersOfARun(page, sliders, before, judgedRuns.find((run) => run.id < "2026"));
  await whatCannotBeIsNamed(page);
  await theSlidersOfTheForm(page, sliders);
}

/** Moves a slider of the report to each of these places, one after the other is answered and laid out. */
const move_all = async ([limit, shifts]) => {
  const input = document.querySelector(`input[data-limit=${limit}]`);
  for (const shift of shifts) {
    const answered = new Promise((resolve) => input.addEventListener("limit-judged", resolve, { once: true }));
    input.value = String(shift);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await answered;
    document.body.getBoundingClientRect();
  }
};

/** What a season of 200 runs costs from the move of a slider until everything is drawn anew, in processor time. */
export async function slidersOfManyRuns(page) {
  const folder = mkdtempSync(join(tmpdir(), "talktest-season-"));
  try {
    season_of(200).forEach((text, number) => writeFileSync(join(folder, String(number).padStart(4, "0") + ".gpx"), text));
    writeFileSync(join(folder, SETTINGS), "[[athlete.heart_rate]]\nmax = 188\nresting = 50\n");
    await read(page, "folder", folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const run = await report(page).locator("#list tbody a").nth(3).getAttribute("href");
  for (const [path, limit] of [["index.html", "ceiling"], [run, "ceiling"], [run, "maximum"], [run, "resting"]]) {
    await show(page, path);
    const frame = page.frames().find((frame) => frame.parentFrame());
    const moves = (shifts) => frame.evaluate(move_all, [limit, shifts]);
    await moves([-14, -13]); // what is compiled and remembered once
    const shifts = [-12, -10, -8, -6, -4, -2, 1, 3, 5, 7, 9, 11, 13];
    const tasks = await tasksDuring(page, () => moves(shifts));
    const each = (name) => tasks.filter(({ thread }) => thread === name).reduce((sum, { ms }) => sum + ms, 0) / shifts.length;
    const [module, drawing] = [each("DedicatedWorker thread"), each("CrRendererMain")];
    const where = path === run ? "a run" : "the season";
    console.log(`200 runs, ${limit} on the page of ${where}: ${(module + drawing).toFixed(0)} ms a move: ${module.toFixed(0)} of the module, ${drawing.toFixed(0)} of the page`);
    await page.click("#move-back");
    await page.waitForSelector("#moved", { state: "hidden" });
  }
}
