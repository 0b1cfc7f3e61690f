// node pictures.mjs REPORT FOLDER [PAGE]: the pictures of the README, from the report of fixtures/season, and one of
// the page for browsers, where it was built.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

const [report, folder, pageFile] = process.argv.slice(2).map((path) => resolve(path));
const PICTURES = [
  { name: "season.png", page: "index.html", height: 1300 },
  { name: "run.png", page: "runs/2026-05-14t053000z-running_me.html", height: 1156, at: 0.645 },
];

async function pictureOfThePage(browser) {
  const tab = await browser.newPage();
  await tab.setViewportSize({ width: 1000, height: 1100 });
  await tab.goto(pathToFileURL(pageFile).href);
  await tab.waitForSelector("html[data-state=waiting]", { state: "attached" });
  await tab.setInputFiles("#folder", join(import.meta.dirname, "../../fixtures/season"));
  await tab.waitForSelector("html[data-state=ready]", { state: "attached" });
  await tab.click("#settings summary");
  await tab.screenshot({ path: join(folder, "browser.png") });
}

await withBrowser({ viewport: { width: 1000, height: 1000 }, colorScheme: "light" }, async (context) => {
  const page = await context.newPage();
  for (const { name, page: path, height, at } of PICTURES) {
    await page.setViewportSize({ width: 1000, height });
    await page.goto(pathToFileURL(join(report, path)).href);
    if (at) {
      const box = await page.locator(".plot").first().boundingBox();
      await page.mouse.move(box.x + box.width * at, box.y + 60);
    }
    await page.screenshot({ path: join(folder, name) });
  }
  if (pageFile && existsSync(pageFile)) await pictureOfThePage(context);
  else console.log("the page for browsers was not built: no picture of it");
});
