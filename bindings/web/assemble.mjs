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

// Four bytes in five characters: base64 would make the page a fifteenth larger. None of the characters
// means anything to HTML.
const DIGITS = Array.from({ length: 91 }, (_, k) => String.fromCharCode(35 + k)).filter((digit) => !"&<>@\\`".includes(digit)).join("").slice(0, 85);
function inDigits(bytes) {
  const padded = Buffer.concat([bytes, Buffer.alloc((4 - bytes.length % 4) % 4)]);
  const text = Buffer.alloc(padded.length / 4 * 5);
  for (let k = 0; k < padded.length / 4; k += 1) {
    let number = padded.readUInt32BE(4 * k);
    for (let digit = 4; digit >= 0; digit -= 1) {
      text[5 * k + digit] = DIGITS.charCodeAt(number % 85);
      number = Math.floor(number / 85);
    }
  }
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
  MODULE: inDigits(gzipSync(wasm, { level: 9 })),
};
for (const [name, text] of Object.entries(filled)) {
  if (text.includes("</script") || text.includes("</style")) throw new Error(name + " would close its element");
}
const page = part("page.html").replace(/@([A-Z]+)@/g, (_, name) => filled[name]);
writeFileSync(out, page);
console.log(out + ": " + (page.length / 1e6).toFixed(2) + " MB, of which the module " + (filled.MODULE.length / 1e6).toFixed(2) + " MB (" + (wasm.length / 1e6).toFixed(2) + " MB unpacked)");
