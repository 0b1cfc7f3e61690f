// node rejudge.mjs [MODULE] [RUNS]: how long the module of the page takes to judge a season again, in ms of processor
// time: after one setting changed, as while a slider moves, and with what the pages of the report ask for.
//
// MODULE is the folder that packaging/web.sh leaves the module in, target/packaging/web; the season has 200 runs, a
// third of them labelled recovery. Nothing is asserted: a slow machine is no fault of the code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [folder = join(import.meta.dirname, "../../target/packaging/web"), count = "200"] = process.argv.slice(2);
const SETTINGS = "talktest.toml";
const FIRST_DAY = Date.UTC(2025, 0, 1, 6) / 1000;

// The same season every time.
let state = 7;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const kind_of = (number) => number % 3 === 0 ? "Recovery run" : number % 7 === 1 ? "Intervals" : number % 7 === 4 ? "Long run" : "Easy run";
const MINUTES = { "Recovery run": [25, 30], Intervals: [40, 20], "Long run": [80, 20], "Easy run": [40, 20] };

/** A run with a reading every three seconds, as GPX. */
function run(number) {
  const kind = kind_of(number);
  const start = FIRST_DAY + Math.floor(number * 365 / Number(count)) * 86400;
  const [least, more] = MINUTES[kind];
  const seconds = Math.round(60 * (least + more * random()));
  const usual = (kind === "Recovery run" ? 2.4 : 2.8) + 0.3 * random();
  const of_day = 5 * normal();
  let [latitude, drift, beats, points] = [52, 0, 90, ""];
  for (let t = 0; t <= seconds; t += 3) {
    const is_fast = kind === "Intervals" && t > 900 && t < seconds - 600 && t % 300 < 150;
    drift = 0.95 * drift + 0.05 * normal();
    const speed = Math.max(1.9, (is_fast ? 4.2 : usual) + drift);
    latitude += speed * 3 / 111320;
    beats += (80 + 22 * speed + of_day + t / 600 - beats) * 0.08 + normal() * 0.7;
    const time = new Date((start + t) * 1000).toISOString().replace(".000", "");
    points += `<trkpt lat="${latitude.toFixed(6)}" lon="13.0"><ele>${(50 + 8 * Math.sin(t / 200)).toFixed(1)}</ele><time>${time}</time><extensions><hr>${Math.round(beats)}</hr><cad>${Math.round(81 + normal())}</cad></extensions></trkpt>`;
  }
  const text = `<gpx version="1.1" creator="c"><trk><name>${kind}</name><type>running</type><trkseg>${points}</trkseg></trk></gpx>`;
  return new TextEncoder().encode(text);
}

const files = Array.from({ length: Number(count) }, (_, number) => run(number));
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
console.log("first judged in " + measured(() => season.judge(true)));
for (const for_pages of [false, true]) {
  const times = Array.from({ length: 15 }, (_, k) => {
    set(180 + k);
    return measured(() => season.judge(for_pages));
  });
  console.log((for_pages ? "judged again for the pages in " : "judged again in ") + times.join(", "));
}
