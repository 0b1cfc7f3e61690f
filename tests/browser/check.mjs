// node check.mjs REPORT AUDIT.json LARGE: looks at a report in a browser.
//
// REPORT is the folder of a season's report, AUDIT.json the same audit as JSON, LARGE the index of
// a report of thousands of runs. Says what is wrong and ends with 1, or says nothing and ends with 0.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pageOf, withBrowser } from "./browser.mjs";
import { noLabelLiesOnAnother } from "./labels.mjs";

const [report, auditFile, large] = process.argv.slice(2).map((path) => resolve(path));
const audit = JSON.parse(readFileSync(auditFile, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const url = (path) => pathToFileURL(join(report, path)).href;
const runs = readdirSync(join(report, "runs")).map((name) => "runs/" + name).sort();
const pages = ["index.html", "criteria.html", ...runs];
const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 360, height: 740 };
const SMALL_PHONE = { width: 320, height: 640 };
/** On paper, in pixels. */
const MILLIMETRE = 96 / 25.4;

/** A page whose every error and every request that leaves it is a fault. */
async function quietPage(context, faults) {
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(page.url() + ": " + message.text());
  });
  page.on("pageerror", (error) => faults.push(page.url() + ": " + error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) faults.push("request: " + request.url());
  });
  return page;
}

async function everyPageFits(page) {
  for (const size of [DESKTOP, PHONE, SMALL_PHONE]) {
    await page.setViewportSize(size);
    for (const path of pages) {
      await page.goto(url(path));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, path + " is " + over + " px too wide for " + size.width);
    }
  }
}

async function everyRunPrintsOnTwoPages(page) {
  for (const path of runs) {
    await page.goto(url(path));
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    assert.ok(pdf.match(/\/Type\s*\/Page\b/g).length <= 2, path + " takes more than two pages");
    await page.setViewportSize({ width: Math.round(190 * MILLIMETRE), height: 1000 });
    await page.emulateMedia({ media: "print" });
    const end = await page.evaluate(() => (document.querySelector("#plots") ?? document.querySelector(".ruling")).getBoundingClientRect().bottom);
    assert.ok(end < 277 * MILLIMETRE, path + ": verdict and charts end at " + end + " px");
    for (const control of await page.locator("button, select, input, nav, summary").all()) {
      assert.equal(await control.isVisible(), false, path + " prints " + (await control.textContent()));
    }
    await page.emulateMedia({ media: null });
  }
}

async function nothingSerious(page) {
  const looked = ["index.html", "criteria.html", ...audit.runs.filter((_, k) => k % 4 === 0).map(pageOf)];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [k, path] of looked.entries()) {
      await page.setViewportSize(k % 2 ? PHONE : DESKTOP);
      await page.goto(url(path));
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      await page.evaluate(axe);
      const { violations } = await page.evaluate("axe.run()");
      const bad = violations.filter((found) => ["serious", "critical"].includes(found.impact));
      const told = bad.map((found) => found.id + ": " + found.nodes.slice(0, 3).map((node) => node.target + " " + node.failureSummary).join(" | "));
      assert.deepEqual(told, [], path + " " + colorScheme);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function pagesSayWhatTheAuditSays(page) {
  for (const run of audit.runs.filter((run) => run.audit)) {
    await page.goto(url(pageOf(run)));
    const ruling = await page.locator(".ruling").innerText();
    assert.ok(ruling.toLowerCase().includes(run.audit.verdict.replaceAll("_", " ")), run.id);
    assert.ok(ruling.includes(run.audit.because), run.id);
    const body = await page.locator("main").textContent();
    for (const finding of run.audit.findings) assert.ok(body.includes(finding.text), run.id + ": " + finding.text);
  }
}

const clock = (s) => Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");

async function theReadingLineReads(page) {
  const run = audit.runs.find((run) => run.audit.findings.some((found) => found.criterion === "time-hard" && ["slip", "fail"].includes(found.result)));
  await page.setViewportSize(DESKTOP);
  await page.goto(url(pageOf(run)));
  const data = JSON.parse(await page.locator("#readings").textContent());
  const [from, to] = run.audit.findings.find((found) => found.criterion === "time-hard").spans_s[0];
  const out = page.locator("#reading-out");
  const box = await page.locator(".plot").first().boundingBox();
  const at = (second) => box.x + (box.width * second) / data.seconds;
  await page.mouse.move(at((from + to) / 2), box.y + 20);
  const k = Math.floor((from + to) / 2 / data.step_s);
  const text = await out.textContent();
  const expected = [clock(k * data.step_s), data.heart_rate_bpm[k] + " bpm, hard", clock(data.pace_s[k]) + "/km", data.altitude[k] + " m"];
  assert.equal(text, expected.join(" · "));
  assert.ok(data.heart_rate_bpm[k] > run.audit.lines_bpm.hard);
  await page.mouse.move(5, 5);
  assert.equal(await out.textContent(), "");
  await page.locator("#plots").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.ok((await out.textContent()).startsWith(clock(data.step_s)));
  await page.keyboard.press("Escape");
  assert.equal(await out.textContent(), "");
}

const rows = (page) => page.locator("#list tbody tr:visible");

async function theListSortsAndFilters(page, expected) {
  await page.setViewportSize(DESKTOP);
  for (const [verdict, count] of Object.entries(expected)) {
    await page.selectOption("select[name=verdict]", verdict);
    assert.equal(await rows(page).count(), count, verdict);
  }
  await page.selectOption("select[name=verdict]", "");
  await page.selectOption("select[name=label]", "recovery");
  assert.equal(await rows(page).count(), expected.all);
  await page.selectOption("select[name=label]", "");
  const bpm = page.getByRole("button", { name: "bpm" });
  for (const order of ["ascending", "descending"]) {
    await bpm.click();
    assert.equal(await page.locator("th", { has: bpm }).getAttribute("aria-sort"), order);
    const cells = await page.locator("#list tbody td:nth-child(5)").allTextContents();
    const known = cells.filter((cell) => cell !== "–").map(Number);
    const sorted = [...known].sort((left, right) => (order === "ascending" ? left - right : right - left));
    assert.deepEqual(cells, [...sorted.map(String), ...cells.filter((cell) => cell === "–")]);
  }
}

async function theSeasonsListWorks(page) {
  const { kept, slipped, not_recovery, cannot_judge, runs } = audit.athletes[0].recovery;
  await page.goto(url("index.html"));
  await theListSortsAndFilters(page, { kept, slipped, "not-recovery": not_recovery, "cannot-judge": cannot_judge, all: runs });
  await page.keyboard.press("Tab");
  const links = await page.locator("#list a").evaluateAll((all) => all.map((link) => link.href));
  assert.deepEqual(links.sort(), runs === links.length ? audit.runs.map((run) => url(pageOf(run))).sort() : links);
}

async function theNewestOfThousandsWork(page) {
  await page.goto(pathToFileURL(large).href);
  const all = await rows(page).count();
  assert.equal(all, 200);
  const kept = await page.locator("#list tr[data-verdict=kept]").count();
  await theListSortsAndFilters(page, { kept, all });
}

async function worksWithoutScripts(context) {
  const page = await context.newPage();
  await page.goto(url("index.html"));
  assert.equal(await page.locator(".filters").isVisible(), false);
  assert.ok((await rows(page).count()) > 0);
  await page.goto(url(pageOf(audit.runs[0])));
  assert.ok((await page.locator(".beat").getAttribute("d")).length > 100);
  await page.locator(".numbers summary").click();
  assert.ok(await page.locator(".numbers table").isVisible());
}

async function themesAndPrintDiffer(page) {
  await page.goto(url("index.html"));
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  assert.notEqual(await paper(), light);
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  assert.equal(await page.locator(".top").isVisible(), false);
  assert.equal(await paper(), "rgb(255, 255, 255)", "paper is white");
  await page.emulateMedia({ colorScheme: "light", media: "screen" });
}

const faults = [];
await withBrowser({}, async (context) => {
  const page = await quietPage(context, faults);
  await everyPageFits(page);
  await noLabelLiesOnAnother(page, report);
  await everyRunPrintsOnTwoPages(page);
  await pagesSayWhatTheAuditSays(page);
  await theReadingLineReads(page);
  await theSeasonsListWorks(page);
  await theNewestOfThousandsWork(page);
  await themesAndPrintDiffer(page);
  await nothingSerious(page);
});
await withBrowser({ javaScriptEnabled: false }, worksWithoutScripts);
assert.deepEqual(faults, []);
