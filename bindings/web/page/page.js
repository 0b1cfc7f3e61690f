"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const plain = (id) => get(id).textContent;
  const FIRST = "index.html";
  const SETTINGS = "talktest.toml";
  const AT_ONCE = 20;
  const KEYS = ["birth_year", "max", "resting", "talk_test"];
  const frame = get("report");

  // The worker, and what is asked of it.
  const worker = new Worker(URL.createObjectURL(new Blob([plain("worker")], { type: "text/javascript" })));
  const waiting = new Map();
  let number = 0;
  const ask = (what, content = {}) => new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, { resolve, reject });
    worker.postMessage({ number, what, ...content });
  });
  const say = (text) => { get("status").textContent = text; };
  worker.addEventListener("message", ({ data }) => {
    if (data.progress) return show_progress(data.progress);
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error === undefined) resolve(data.result);
    else reject(new Error(data.error));
  });
  worker.addEventListener("error", (event) => say("This page cannot work here: " + event.message));

  // How far it is.
  const duration = (s) => s >= 90 ? Math.round(s / 60) + " min" : Math.max(1, Math.round(s)) + " s";
  const show_progress = ({ done, found, seconds }) => {
    get("progress").value = done / Math.max(1, found);
    const left = done > 0 && seconds > 2 ? ", about " + duration(seconds / done * (found - done)) + " left" : "";
    say("Reading: " + done + " of " + found + (found === 1 ? " file" : " files") + left);
  };

  // Which files are meant. A folder is named from within, as the command names it.
  const is_hidden = (path) => path.split("/").slice(0, -1).some((folder) => folder.startsWith("."));
  const within = (path) => path.split("/").slice(1).join("/") || path;
  const entries_of = async (folder) => {
    const reader = folder.createReader();
    const all = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return all;
      all.push(...some);
    }
  };
  const files_below = async (entry, path, files) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      files.push({ path, file });
    } else if (!entry.name.startsWith(".") || path === "") {
      for (const inner of await entries_of(entry)) await files_below(inner, (path && path + "/") + inner.name, files);
    }
  };
  const dropped = async (items) => {
    const entries = [...items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const files = [];
    for (const entry of entries) await files_below(entry, entry.isFile ? entry.name : "", files);
    return files;
  };
  const chosen = (input) => [...input.files]
    .map((file) => ({ path: file.webkitRelativePath ? within(file.webkitRelativePath) : file.name, file }))
    .filter(({ path }) => !is_hidden(path));

  // The report, page by page in its frame; the address says which, so that the browser's own way back works.
  let shown = "";
  const wanted = () => decodeURIComponent(location.hash.slice(1)) || FIRST;
  const show = async (keep) => {
    const path = wanted().split("#")[0];
    const text = await ask("page", { path });
    const at = keep && path === shown && frame.contentWindow ? frame.contentWindow.scrollY : 0;
    await new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      frame.srcdoc = text;
    });
    shown = path;
    frame.title = frame.contentDocument.title || "The report";
    frame.contentDocument.addEventListener("click", follow);
    frame.contentWindow.scrollTo(0, at);
    const part = wanted().split("#")[1];
    if (part) go_to(part);
  };
  const go_to = (id) => {
    const part = frame.contentDocument.getElementById(id);
    if (!part) return;
    part.scrollIntoView();
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  };
  const follow = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href.startsWith("#")) return go_to(href.slice(1));
    const { pathname, hash } = new URL(href, "talktest://report/" + shown);
    location.hash = "#" + pathname.replace(/^\/+(report\/)?/, "") + hash;
  };
  const failed = (error) => say(error.message);
  addEventListener("hashchange", () => { if (!get("season").hidden) show(false).then(() => frame.focus(), failed); });

  // Reading and judging.
  const counted = ({ recovery, files }) => files.runs + (files.runs === 1 ? " run" : " runs") + ", " + recovery.runs + " labelled recovery: " +
    recovery.kept + " kept, " + recovery.slipped + " slipped, " + recovery.not_recovery + " not recovery, " + recovery.cannot_judge + " cannot be judged";
  const told = ({ problems, warnings }) => {
    const lines = warnings.concat(problems.filter((one) => one.fatal).map((one) => one.path + ": " + one.text));
    get("problems").textContent = lines.slice(0, 3).join(" · ") + (lines.length > 3 ? " · and " + (lines.length - 3) + " more, on the page below" : "");
  };
  const judged = (summary) => {
    say(counted(summary));
    told(summary);
    window.talktest_memory = summary.memory;
    get("counts").textContent = counted(summary) + " (judged in " + Math.round(summary.milliseconds) + " ms)";
  };
  const read = async (files) => {
    if (files.length === 0) return say("No file was chosen.");
    get("progress").hidden = false;
    get("season").hidden = true;
    try {
      const remembered = stored();
      // Handing over thousands of files at once would stop the page for a second.
      await ask("forget_files");
      for (let k = 0; k < files.length; k += AT_ONCE) await ask("add_files", { files: files.slice(k, k + AT_ONCE) });
      await ask("read", { remembered });
      const summary = await ask("judge", { for_pages: true });
      judged(summary);
      await fill_form();
      get("choose").hidden = true;
      get("season").hidden = false;
      if (wanted() !== FIRST) history.replaceState(null, "", "#" + FIRST);
      await show(false);
      document.documentElement.dataset.state = "ready";
    } catch (error) {
      failed(error);
      document.documentElement.dataset.state = "failed";
    }
    get("progress").hidden = true;
  };
  for (const id of ["files", "folder"]) {
    get(id).addEventListener("change", (event) => read(chosen(event.target)));
  }
  get("again").addEventListener("click", () => {
    get("season").hidden = true;
    get("choose").hidden = false;
    get("files").value = get("folder").value = "";
    get("files").focus();
  });
  const dragging = (on) => document.body.classList.toggle("dragging", on);
  addEventListener("dragover", (event) => { event.preventDefault(); dragging(true); });
  addEventListener("dragleave", () => dragging(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    dragging(false);
    dropped(event.dataTransfer.items).then(read, failed);
  });

  // Settings: every change judges every run again; while one is judged only the newest other one waits.
  const fill_form = async () => {
    const values = await ask("heart_rates");
    for (const key of KEYS) {
      get(key).value = values[key] ?? "";
      if (get(key + "-slider") && values[key]) get(key + "-slider").value = values[key];
    }
  };
  let next = null;
  let busy = false;
  const change = async (key, value, is_last) => {
    next = { key, value, is_last: is_last || (next !== null && next.is_last && next.key === key) };
    if (busy) return;
    busy = true;
    while (next) {
      const now = next;
      next = null;
      try {
        judged(await ask("change", { key: now.key, value: now.value, for_pages: now.is_last }));
        if (now.is_last) await show(true);
      } catch (error) {
        get("counts").textContent = error.message;
      }
    }
    busy = false;
  };
  for (const key of KEYS) {
    const [field, slider] = [get(key), get(key + "-slider")];
    const value = () => field.value === "" ? NaN : Number(field.value);
    field.addEventListener("change", () => {
      if (slider && field.value) slider.value = field.value;
      if (field.checkValidity()) change(key, value(), true);
      else get("counts").textContent = field.validationMessage;
    });
    if (!slider) continue;
    for (const [kind, is_last] of [["input", false], ["change", true]]) {
      slider.addEventListener(kind, () => {
        field.value = slider.value;
        change(key, value(), is_last);
      });
    }
  }
  get("form").addEventListener("submit", (event) => event.preventDefault());

  // What is saved, and what is remembered: only when asked.
  const save = (name, content, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const stored = () => {
    try { return localStorage.getItem(SETTINGS); } catch { return null; }
  };
  const saving = (id, what, name, type) => get(id).addEventListener("click", () => ask(what).then((content) => save(name, content, type), failed));
  saving("save-report", "zip", "talktest-report.zip", "application/zip");
  saving("save-json", "json", "talktest-audit.json", "application/json");
  saving("save-settings", "settings", SETTINGS, "application/toml");
  get("remember").addEventListener("click", async () => {
    try {
      localStorage.setItem(SETTINGS, await ask("settings"));
      say("Your settings are remembered in this browser, and used where a folder has none.");
    } catch (error) { failed(error); }
  });
  get("forget").addEventListener("click", () => {
    try { localStorage.removeItem(SETTINGS); } catch { /* nothing was remembered */ }
    say("Nothing is remembered in this browser.");
  });

  ask("start", { module: plain("module") }).then(() => {
    say("Ready.");
    document.documentElement.dataset.state = "waiting";
  }, failed);
})();
