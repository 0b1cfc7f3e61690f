// The browser of the distribution, on its own: no profile of anybody's, no network; and how pages are called in it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Opens the browser, hands it to `use`, and leaves nothing behind. */
export async function withBrowser(options, use) {
  const profile = mkdtempSync(join(tmpdir(), "talktest-browser-"));
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: FLAGS, ...options });
  try {
    return await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** The page of a run of the audit. */
export function pageOf(run) {
  const stamp = run.id.replaceAll(":", "").toLowerCase();
  return "runs/" + stamp + "_" + run.athlete + ".html";
}
