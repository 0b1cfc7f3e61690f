// node rejudge.mjs [MODULE] [RUNS]: how long the module of the page takes to judge a season again after one setting
// changed, as while a slider moves, with what the pages of the report show, and to draw a page; in ms of processor time.
//
// MODULE is the folder that packaging/web.sh leaves the module in, target/packaging/web; the season has 200 runs, a
// third of them labelled recovery. Nothing is asserted: a slow machine is no fault of the code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { season_of } from "./season.mjs";

const [folder = join(import.meta.dirname, "../../target/packaging/web"), count = "200"] = process.argv.slice(2);
const SETTINGS = "talktest.toml";
const files = season_of(Number(count)).map((text) => new TextEncoder().encode(text));
globalThis.talktest_bytes = (number, from, to) => files[number].slice(from, to);
globalThis.talktest_size = (number) => files[number].length;
globalThis.talktest_beside = () => -1;
globalThis.talktest_begun = globalThis.talktest_found = globalThis.talktest_done = () => {};
const core = vm.runInThisContext(readFileSync(join(folder, "talktest_web.js"), "utf8") + ";wasm_bindgen");
core.initSync({ module: new WebAssembly.Module(readFileSync(join(folder, "talktest_web_bg.wasm"))) });
const season = new core.WebSeason(Date.now());
const set = (max) => season.put(SETTINGS, new TextEncoder().encode(`[[athlete.heart_rate]]\nmax = ${max}\nresting = 50\n`));

/** Processor time in ms. */
function measured(action) {
  const { user, system } = process.cpuUsage();
  action();
  const since = process.cpuUsage({ user, system });
  return Math.round((since.user + since.system) / 1000);
}

set(188);
season.load();
console.log("read in " + measured(() => files.forEach((file, number) => season.read(String(number).padStart(4, "0") + ".gpx", number, file.length, 0))));
console.log("first judged in " + measured(() => season.judge()));
const again = Array.from({ length: 15 }, (_, k) => {
  set(180 + k);
  return measured(() => season.judge());
});
console.log("judged again in " + again.join(", "));
console.log("first page drawn in " + again.map(() => measured(() => season.page("index.html"))).join(", "));
