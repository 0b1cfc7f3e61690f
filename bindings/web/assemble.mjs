// node assemble.mjs MODULE.wasm BINDINGS.js OUT.html: one page with everything in it, and a policy
// that allows exactly this script, these styles and the pages of the report.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import vm from "node:vm";

const [moduleFile, bindingsFile, out] = process.argv.slice(2);
const folder = join(dirname(fileURLToPath(import.meta.url)), "page");
const part = (name) => readFileSync(join(folder, name), "utf8");
const wasm = readFileSync(moduleFile);
const bindings = readFileSync(bindingsFile, "utf8");
const hash = (text) => "'sha256-" + createHash("sha256").update(text).digest("base64") + "'";

// What the pages of the report allow themselves, as they say it.
const core = vm.runInThisContext(bindings + ";wasm_bindgen");
core.initSync({ module: new WebAssembly.Module(wasm) });
const allowed = (policy, directive) => policy.split(";").map((one) => one.trim().split(" ")).find(([name]) => name === directive).slice(1);
const ofReport = (directive) => core.policies().flatMap((policy) => allowed(policy, directive));

// Thirteen bits in two characters: base64 would make the page a twelfth larger. None of the characters means anything
// to HTML.
const DIGITS = Array.from({ length: 94 }, (_, k) => String.fromCharCode(33 + k)).filter((digit) => !"&<>".includes(digit)).join("");
function inDigits(bytes) {
  const text = Buffer.alloc(2 * Math.ceil(8 * bytes.length / 13));
  let [at, bits, held] = [0, 0, 0];
  const put = () => {
    const number = bits & 8191;
    text[at] = DIGITS.charCodeAt(number % 91);
    text[at + 1] = DIGITS.charCodeAt(Math.floor(number / 91));
    [at, bits, held] = [at + 2, bits >>> 13, held - 13];
  };
  for (const byte of bytes) {
    bits |= byte << held;
    held += 8;
    if (held >= 13) put();
  }
  if (held > 0) put();
  return bytes.length + " " + DIGITS + " " + text.toString("latin1");
}

const [style, script] = [part("page.css"), part("files.js") + part("report.js") + part("page.js")];
const worker = "const talktest_bindings = () => {\n" + bindings + "\nreturn wasm_bindgen;\n};\n" + part("worker.js");
const policy = [
  "default-src 'none'",
  "script-src " + [hash(script), ...ofReport("script-src"), "'wasm-unsafe-eval'"].join(" "),
  "style-src " + [hash(style), ...ofReport("style-src")].join(" "),
  "worker-src blob:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const filled = {
  POLICY: policy,
  STYLE: style,
  SCRIPT: script,
  WORKER: worker,
  MODULE: inDigits(gzipSync(wasm, { level: 9, memLevel: 9 })),
};
for (const [name, text] of Object.entries(filled)) {
  if (text.includes("</script") || text.includes("</style")) throw new Error(name + " would close its element");
}
const page = part("page.html").replace(/@([A-Z]+)@/g, (_, name) => filled[name]);
writeFileSync(out, page);
console.log(out + ": " + (page.length / 1e6).toFixed(2) + " MB, of which the module " + (filled.MODULE.length / 1e6).toFixed(2) + " MB (" + (wasm.length / 1e6).toFixed(2) + " MB unpacked)");
