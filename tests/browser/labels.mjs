// node labels.mjs REPORT: no label of a picture lies on another, on any page, on any phone.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

/** Pairs of labels in pictures that lie on each other. */
const overlaps = () => {
  const boxes = [...document.querySelectorAll("svg text")].map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
  const both = (a, b) => [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
  return boxes.flatMap(([one, a], k) => boxes.slice(k + 1).filter(([, b]) => { const [width, height] = both(a, b); return width > 1 && height > 3; }).map(([other]) => one + " on " + other));
};

export async function noLabelLiesOnAnother(page, report) {
  const runs = readdirSync(join(report, "runs")).map((name) => "runs/" + name);
  for (const width of [320, 360, 390]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of ["index.html", "criteria.html", ...runs]) {
      await page.goto(pathToFileURL(join(report, path)).href);
      assert.deepEqual(await page.evaluate(overlaps), [], path + " at " + width);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await withBrowser({}, async (context) => noLabelLiesOnAnother(await context.newPage(), resolve(process.argv[2])));
}
