"use strict";
// Reads, measures and judges beside the page, so that the page never stands still.
const SETTINGS = "talktest.toml";
const LONGEST_TEXT = 4e6;
let compiled = null;
let core = null;
let memory = null;
let season = null;
let files = [];
let given_up = [];
let noted = "";
// The settings while a slider of the report moves one of them, and null while none does.
let unmoved = null;
let begun = "";
let progress = { done: 0, found: 0, seconds: 0 };
let since = 0;
let told = 0;

// What the core asks of the page.
const reader = new FileReaderSync();
self.talktest_bytes = (number, from, to) => new Uint8Array(reader.readAsArrayBuffer(files[number].file.slice(from, to)));
self.talktest_size = (number) => files[number].file.size;
self.talktest_beside = (number, path) => {
  const folder = files[number].path.split("/").slice(0, -1);
  const wanted = [...folder, path].join("/");
  return files.findIndex((other) => other.path === wanted);
};
self.talktest_begun = (path) => { begun = path; };
const tell = () => {
  const now = performance.now();
  if (now - told < 100) return;
  told = now;
  progress.seconds = (now - since) / 1000;
  self.postMessage({ progress });
};
self.talktest_found = (count) => { progress.found += count; };
self.talktest_done = () => { progress.done += 1; tell(); };

// The module as text: how many bytes, the 91 digits, and each thirteen bits in two of them.
const unpacked = async (text) => {
  const [length, digits, packed] = text.split(" ");
  const values = new Uint8Array(128);
  [...digits].forEach((digit, value) => { values[digit.charCodeAt(0)] = value; });
  const zipped = new Uint8Array(Number(length));
  let [at, bits, held] = [0, 0, 0];
  for (let k = 0; k < packed.length; k += 2) {
    bits |= (values[packed.charCodeAt(k)] + 91 * values[packed.charCodeAt(k + 1)]) << held;
    for (held += 13; held >= 8; held -= 8) {
      zipped[at] = bits; // what lies behind the end is not kept
      bits >>>= 8;
      at += 1;
    }
  }
  return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
};

// A new instance each time: one that a fault ended cannot be used any more.
const begin = () => {
  core = talktest_bindings();
  memory = core.initSync({ module: compiled }).memory;
  season = new core.WebSeason(Date.now());
  unmoved = null;
};

const put_texts = (texts) => {
  texts.forEach(([path, bytes]) => season.put(path, bytes));
  season.load();
  given_up.forEach((path) => season.give_up(path));
};

// What no Rust can catch: a panic, and the end of the memory or the stack.
const is_fatal = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

const is_text = ({ path, file }) => /\.(toml|csv)$/i.test(path) && file.size <= LONGEST_TEXT;

const read_all = (texts) => {
  progress = { done: 0, found: 0, seconds: 0 };
  since = performance.now();
  const exports = files.map((file, k) => [file, k]).filter(([{ path }]) => !season.is_own(path));
  progress.found = exports.length;
  for (const [{ path, file }, k] of exports) {
    try {
      season.read(path, k, file.size, file.lastModified);
    } catch (error) {
      if (!is_fatal(error) || given_up.includes(begun)) throw error;
      // The fault of one file must not cost the others: all is read anew without it.
      given_up.push(begun);
      begin();
      put_texts(texts);
      return read_all(texts);
    }
  }
  told = 0;
  tell();
  return null;
};

const judge = () => {
  const from = performance.now();
  const summary = JSON.parse(season.judge());
  return { ...summary, milliseconds: performance.now() - from, memory: memory.buffer.byteLength };
};

// Where these settings cannot be judged with, the ones before stay.
const judge_with = (settings) => {
  const old = season.text(SETTINGS);
  season.put(SETTINGS, new TextEncoder().encode(settings));
  try {
    return judge();
  } catch (error) {
    season.put(SETTINGS, new TextEncoder().encode(old));
    season.load();
    throw error;
  }
};
const own_settings = () => unmoved ?? season.text(SETTINGS);

const answers = {
  async start({ module }) {
    compiled = await WebAssembly.compile(await unpacked(module));
    begin();
  },
  forget_files() {
    files = [];
  },
  add_files({ files: more }) {
    files.push(...more);
  },
  read({ remembered }) {
    files.sort((left, right) => left.path < right.path ? -1 : 1);
    given_up = [];
    begin();
    const texts = files.filter(is_text).map(({ path, file }) => [path, new Uint8Array(reader.readAsArrayBuffer(file))]);
    if (remembered !== null && !texts.some(([path]) => path === SETTINGS)) texts.push([SETTINGS, new TextEncoder().encode(remembered)]);
    put_texts(texts);
    return read_all(texts);
  },
  judge,
  heart_rates: () => JSON.parse(core.stated_heart_rates(own_settings())),
  change({ key, value }) {
    const summary = judge_with(core.with_heart_rate(own_settings(), key, value));
    unmoved = null;
    return summary;
  },
  move({ page, limit, bpm }) {
    const own = own_settings();
    const summary = judge_with(season.with_moved_limit(own, page, limit, bpm));
    unmoved = own;
    return summary;
  },
  move_back() {
    const summary = judge_with(own_settings());
    unmoved = null;
    return summary;
  },
  notable_runs: () => JSON.parse(season.notable_runs()),
  note({ page, said }) {
    noted = season.note(page, JSON.stringify(said));
    return judge();
  },
  notes: () => ({ name: noted.split("/").pop(), text: season.text(noted) }),
  page: ({ path }) => season.page(path),
  json: () => season.audit_json(),
  zip: () => season.report_zip(),
  settings: () => season.text(SETTINGS),
  policies: () => core.policies(),
};

const plain = (error) => {
  if (typeof error === "string") return error;
  if (is_fatal(error)) return "A fault of talktest itself: please report it (" + error.message + ").";
  return error.message ?? String(error);
};

// One after the other.
let last = Promise.resolve();
self.onmessage = ({ data }) => {
  last = last.then(async () => {
    try {
      self.postMessage({ number: data.number, result: await answers[data.what](data) });
    } catch (error) {
      self.postMessage({ number: data.number, error: plain(error), is_fatal: is_fatal(error) });
    }
  });
};
