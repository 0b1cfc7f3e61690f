// A made-up year of running, a third of it labelled recovery; the same every time.
const FIRST_DAY = Date.UTC(2025, 0, 1, 6) / 1000;

let state = 0;
const random = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const kind_of = (number) => number % 3 === 0 ? "Recovery run" : number % 7 === 1 ? "Intervals" : number % 7 === 4 ? "Long run" : "Easy run";
const MINUTES = { "Recovery run": [25, 30], Intervals: [40, 20], "Long run": [80, 20], "Easy run": [40, 20] };

/** One of so many runs of a year, with a reading every three seconds, as GPX. */
function run(number, count) {
  const kind = kind_of(number);
  const start = FIRST_DAY + Math.floor(number * 365 / count) * 86400;
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
  return `<gpx version="1.1" creator="c"><trk><name>${kind}</name><type>running</type><trkseg>${points}</trkseg></trk></gpx>`;
}

/** So many runs, as the texts of their files. */
export function season_of(count) {
  state = 7;
  return Array.from({ length: count }, (_, number) => run(number, count));
}
