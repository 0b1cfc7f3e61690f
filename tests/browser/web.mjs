// node web.mjs PAGE CASES.json: opens talktest.html in a browser and uses it.
//
// CASES.json: {"folder": {"input": FOLDER, "audit": FILE}, "zip": {"input": FILE, "audit": FILE},
// "note": {"run": DAY AND TIME, "said": {COLUMN: TEXT}, "notes": FILE, "audit": FILE}, "hostile": [{"input": FILE, "audit": FILE}],
// "sliders": {"input": FOLDER, "inputs": [FOLDER], "command": FILE}, "large": FOLDER}, each of which may be missing; an audit is what the
// command printed as JSON of the same files, and "notes" what `talktest note` wrote into the notes of "folder".
// "sliders" are folders of their own, whose settings are written anew, and the command that judges with them; those of
// "inputs" are of an unknown and of several athletes. Says what is wrong and ends with 1, or prints figures and ends with 0.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { withBrowser } from "./browser.mjs";
import { opened, PATIENCE, read, report, saved, tasksDuring } from "./page.mjs";
import { slidersJudgeAsTheCommand, slidersOfEveryAthlete, slidersOfManyRuns } from "./sliders.mjs";

const [pageFile, casesFile] = process.argv.slice(2).map((path) => resolve(path));
const cases = JSON.parse(readFileSync(casesFile, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };
const LONGEST_TASK_MS = 100;
const MOST_BYTES = 500e6;

async function stored(page) {
  return page.evaluate(async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + document.cookie.length);
}

async function judgesAsTheCommand(page, id, { input, audit }) {
  await read(page, id, input);
  const expected = JSON.parse(readFileSync(audit, "utf8"));
  assert.ok(expected.runs.some((run) => run.audit), "the command judged something");
  assert.deepEqual(JSON.parse(await saved(page, "save-json")), expected);
}

async function pagesLeadToPages(page) {
  await report(page).locator("h1").waitFor();
  const link = report(page).locator("a[href^='runs/']").first();
  const href = await link.getAttribute("href");
  await link.click();
  await report(page).locator(".ruling, #plots").first().waitFor();
  assert.equal(await page.evaluate(() => location.hash), "#" + href);
  await report(page).locator("a.home").click();
  await report(page).locator("#list").waitFor();
  await report(page).locator("#list thead button").first().click(); // its own script runs
  await page.goBack();
  await report(page).locator(".ruling, #plots").first().waitFor();
  await page.goForward();
  await report(page).locator("#list").waitFor();
}

async function worksByKeyboardAlone(page) {
  await page.focus("#again");
  const seen = new Set();
  for (let k = 0; k < 12; k += 1) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => document.activeElement.id || document.activeElement.tagName));
  }
  for (const wanted of ["save-report", "save-json", "SUMMARY", "report"]) assert.ok(seen.has(wanted), wanted + " is not reached: " + [...seen]);
  await page.focus("#settings summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible("#max"));
}

async function everyRunIsJudgedAgain(page) {
  const before = await page.textContent("#status");
  await page.focus("#max-slider");
  const times = [];
  for (let k = 0; k < 15; k += 1) {
    await page.evaluate(() => { delete document.querySelector("#counts").dataset.milliseconds; });
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector("#counts[data-milliseconds]");
    times.push(Number(await page.getAttribute("#counts", "data-milliseconds")));
  }
  await page.waitForFunction((old) => document.querySelector("#status").textContent !== old, before);
  const settings = (await saved(page, "save-settings")).toString();
  assert.match(settings, /max = 1[0-9][0-9]/);
  return times;
}

async function fits(page) {
  await page.setViewportSize(PHONE);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, "it is " + over + " px too wide for a phone");
  await page.setViewportSize(DESKTOP);
}

async function nothingSerious(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate("axe.run({ iframes: false })");
    const bad = violations.filter((found) => ["serious", "critical"].includes(found.impact));
    assert.deepEqual(bad.map((found) => found.id + ": " + found.nodes[0].target + " " + found.nodes[0].failureSummary), []);
  }
}

/** What is noted in the form is what `talktest note` writes, and judged alike. */
async function notesAsTheCommand(page, { run, said, notes, audit }) {
  if (!await page.isVisible("#note-run")) await page.click("#notes summary");
  await page.waitForFunction(() => document.querySelector("#note-run").value !== "");
  const called = await page.locator("#note-run option").allTextContents();
  await page.selectOption("#note-run", { index: called.findIndex((text) => text.startsWith(run)) });
  for (const [column, text] of Object.entries(said)) {
    await page.evaluate(() => { document.querySelector("#note-told").textContent = ""; });
    await page.fill("#note-" + column, text);
    await page.press("#note-" + column, "Enter");
    await page.waitForFunction(() => document.querySelector("#note-told").textContent !== "");
    assert.match(await page.textContent("#note-told"), /^Noted/);
  }
  assert.equal((await saved(page, "save-notes")).toString(), readFileSync(notes, "utf8"));
  assert.deepEqual(JSON.parse(await saved(page, "save-json")), JSON.parse(readFileSync(audit, "utf8")));
  await page.fill("#note-rpe", "11");
  await page.press("#note-rpe", "Enter");
  assert.doesNotMatch(await page.textContent("#note-told"), /^Noted/);
}

/** A trap of the module ends in a sentence, and the page reads again with another worker. */
async function goesOnAfterAFault(page, { input, audit }) {
  const [worker] = page.workers();
  await worker.evaluate("season.judge = () => { throw new WebAssembly.RuntimeError('unreachable'); }");
  await page.evaluate(() => { document.documentElement.dataset.state = "judging"; });
  await page.focus("#max-slider");
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector("html[data-state=failed]", { state: "attached" });
  assert.match(await page.textContent("#status"), /^A fault of talktest itself: please report it .*Choose the files again\.$/);
  assert.ok(await page.isVisible("#choose"));
  assert.ok(!page.workers().includes(worker));
  await judgesAsTheCommand(page, "folder", { input, audit });
}

async function remembersOnlyWhenAsked(page) {
  assert.equal(await stored(page), 0);
  await page.click("#remember");
  await page.waitForFunction(() => localStorage.length === 1);
  await page.click("#forget");
  assert.equal(await stored(page), 0);
}

async function savesTheReport(page) {
  const zip = await saved(page, "save-report");
  assert.equal(zip.subarray(0, 2).toString(), "PK");
  assert.ok(zip.includes("report/index.html") && zip.includes("report/audit.json"));
}

async function hostileFilesEndInTheirSentence(page) {
  for (const { input, audit } of cases.hostile) {
    await read(page, "files", input);
    const expected = JSON.parse(readFileSync(audit, "utf8"));
    const found = JSON.parse(await saved(page, "save-json"));
    assert.deepEqual(found.problems, expected.problems, input);
    assert.deepEqual(found.files, expected.files, input);
    await report(page).locator("h1").waitFor();
  }
}

/** The longest task of the page's thread while something is done, in ms of processor time: other programs do not count. */
async function longestTask(page, action) {
  const tasks = (await tasksDuring(page, action)).filter(({ thread }) => thread === "CrRendererMain");
  assert.ok(tasks.length > 100, "tasks were seen");
  return Math.max(...tasks.map(({ ms }) => ms));
}

/** Dropped, chosen by a handle as from the browser's own dialogue, and chosen as a list of files. */
async function aLargeExportStaysLight(page) {
  await page.evaluate(() => addEventListener("drop", (event) => { window.dropped = event.dataTransfer.items[0].getAsFileSystemHandle(); }, true));
  const by_handle = async () => {
    await page.evaluate(() => { window.showDirectoryPicker = () => window.dropped; });
    await page.evaluate(() => { document.documentElement.dataset.state = "reading"; });
    await page.click("#folder");
    await page.waitForSelector("html[data-state=ready], html[data-state=failed]", { state: "attached", ...PATIENCE });
  };
  const ways = { dropped: () => read(page, "drop", cases.large), "by handle": by_handle, "as a list": () => read(page, "folder", cases.large) };
  for (const [way, action] of Object.entries(ways)) {
    if (await page.isVisible("#again")) await page.click("#again");
    const from = performance.now();
    const longest = await longestTask(page, action);
    const seconds = (performance.now() - from) / 1000;
    assert.match(await page.textContent("#status"), /^1000 runs, 334 labelled recovery/);
    const bytes = await page.evaluate(() => window.talktest_memory);
    const told = "1,000 activities, " + way + ": " + seconds.toFixed(1) + " s, module " + (bytes / 1e6).toFixed(0) + " MB, longest task of the page " + longest.toFixed(0) + " ms of processor time";
    console.log(told);
    assert.ok(bytes <= MOST_BYTES && longest <= LONGEST_TASK_MS, told);
  }
}

const faults = [];
await withBrowser({ viewport: DESKTOP, acceptDownloads: true }, async (context) => {
  const page = await opened(context, pageFile, faults);
  assert.equal(await stored(page), 0);
  await nothingSerious(page);
  await fits(page);
  if (cases.folder) {
    await judgesAsTheCommand(page, "folder", cases.folder);
    await pagesLeadToPages(page);
    await worksByKeyboardAlone(page);
    await nothingSerious(page);
    await fits(page);
    await savesTheReport(page);
    const times = await everyRunIsJudgedAgain(page);
    console.log("judged again in ms: " + times.join(", "));
    await remembersOnlyWhenAsked(page);
  }
  for (const by of cases.zip ? ["files", "drop"] : []) {
    await page.click("#again");
    await judgesAsTheCommand(page, by, cases.zip);
  }
  if (cases.note) {
    await judgesAsTheCommand(page, "drop", cases.folder);
    await notesAsTheCommand(page, cases.note);
    await nothingSerious(page);
    await fits(page);
    await goesOnAfterAFault(page, cases.folder);
  }
  if (cases.sliders) {
    await slidersJudgeAsTheCommand(page, cases.sliders);
    await slidersOfEveryAthlete(page, cases.sliders);
    await slidersOfManyRuns(page);
  }
  if (cases.hostile) await hostileFilesEndInTheirSentence(page);
  if (cases.large) await aLargeExportStaysLight(page);
  assert.equal(await stored(page), 0);
});
assert.deepEqual(faults, []);
