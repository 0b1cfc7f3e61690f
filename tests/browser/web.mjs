// node web.mjs PAGE CASES.json: opens talktest.html in a browser and uses it.
//
// CASES.json: {"folder": {"input": FOLDER, "audit": FILE}, "zip": {"input": FILE, "audit": FILE},
// "hostile": [{"input": FILE, "sentence": TEXT or null}], "large": FOLDER or null}; an audit is what the command
// printed as JSON of the same files. Says what is wrong and ends with 1, or prints figures and ends with 0.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

const [pageFile, casesFile] = process.argv.slice(2).map((path) => resolve(path));
const cases = JSON.parse(readFileSync(casesFile, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };
const LONGEST_TASK_MS = 100;
const MOST_BYTES = 500e6;
const PATIENCE = { timeout: 300_000 };

async function opened(context, faults) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    const asked = request.url();
    if (asked !== pathToFileURL(pageFile).href && !/^(blob|data|about):/.test(asked)) faults.push("request: " + asked);
  });
  await page.goto(pathToFileURL(pageFile).href);
  await page.waitForSelector("html[data-state=waiting]", { state: "attached" });
  return page;
}

async function read(page, id, input) {
  await page.evaluate(() => { document.documentElement.dataset.state = "reading"; });
  await page.setInputFiles("#" + id, input);
  await page.waitForSelector("html[data-state=ready], html[data-state=failed]", { state: "attached", ...PATIENCE });
  assert.equal(await page.getAttribute("html", "data-state"), "ready", await page.textContent("#status"));
}

async function saved(page, id) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#" + id)]);
  return readFileSync(await download.path());
}

async function stored(page) {
  return page.evaluate(async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + document.cookie.length);
}

async function judgesAsTheCommand(page, id, { input, audit }) {
  await read(page, id, input);
  const expected = JSON.parse(readFileSync(audit, "utf8"));
  assert.ok(expected.runs.some((run) => run.audit), "the command judged something");
  assert.deepEqual(JSON.parse(await saved(page, "save-json")), expected);
}

const report = (page) => page.frameLocator("#report");

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
    await page.evaluate(() => { document.querySelector("#counts").textContent = ""; });
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => document.querySelector("#counts").textContent.includes("ms)"));
    times.push(Number((await page.textContent("#counts")).match(/(\d+) ms/)[1]));
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

async function aLargeExportStaysLight(page) {
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((task) => { window.longest = Math.max(window.longest, task.duration); })).observe({ entryTypes: ["longtask"] });
  });
  const from = performance.now();
  await read(page, "folder", cases.large);
  const seconds = (performance.now() - from) / 1000;
  const { longest, bytes } = await page.evaluate(() => ({ longest: window.longest, bytes: window.talktest_memory }));
  const told = "1,000 activities: " + seconds.toFixed(1) + " s, module " + (bytes / 1e6).toFixed(0) + " MB, longest task of the page " + longest.toFixed(0) + " ms";
  console.log(told);
  assert.ok(bytes <= MOST_BYTES && longest <= LONGEST_TASK_MS, told);
}

const faults = [];
await withBrowser({ viewport: DESKTOP, acceptDownloads: true }, async (context) => {
  const page = await opened(context, faults);
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
  if (cases.zip) {
    await page.click("#again");
    await judgesAsTheCommand(page, "files", cases.zip);
  }
  await hostileFilesEndInTheirSentence(page);
  if (cases.large) await aLargeExportStaysLight(page);
  assert.equal(await stored(page), 0);
});
assert.deepEqual(faults, []);
