// What a hand does with talktest.html, and what it finds there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const PATIENCE = { timeout: 300_000 };

/** The page, in a tab whose every error and every request is a fault. */
export async function opened(context, pageFile, faults) {
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

/** Drops a file or a folder as a hand does; the browser gives the page what it gives for a real one. */
async function drop(page, input) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [input], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent", { type, x: 300, y: 200, data });
  await session.detach();
}

/** Reads what is dropped, or chosen in the field of this id. */
export async function read(page, id, input) {
  await page.evaluate(() => { document.documentElement.dataset.state = "reading"; });
  if (id === "drop") await drop(page, input);
  else await page.setInputFiles("#" + id, input);
  await page.waitForSelector("html[data-state=ready], html[data-state=failed]", { state: "attached", ...PATIENCE });
  assert.equal(await page.getAttribute("html", "data-state"), "ready", await page.textContent("#status"));
}

/** What the button of this id hands out. */
export async function saved(page, id) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#" + id)]);
  return readFileSync(await download.path());
}

/** The page of the report that is shown. */
export const report = (page) => page.frameLocator("#report");

/** The tasks of all threads while something is done, each with its processor time. */
export async function tasksDuring(page, action) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel"] } });
  await action();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const thread = ({ pid, tid }) => pid + ":" + tid;
  const names = new Map(events.filter(({ name }) => name === "thread_name").map((event) => [thread(event), event.args.name]));
  const tasks = events.filter(({ name, tdur }) => tdur !== undefined && name.endsWith("RunTask"));
  return tasks.map((event) => ({ thread: names.get(thread(event)), ms: event.tdur / 1000 }));
}
