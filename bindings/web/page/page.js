(() => {
  const get = (id) => document.getElementById(id);
  const plain = (id) => get(id).textContent;
  const FIRST = "index.html";
  const SETTINGS = "talktest.toml";
  const AT_ONCE = 20;
  const KEYS = ["birth_year", "max", "resting", "talk_test"];
  const frame = get("report");

  // The worker, and what is asked of it. One that a fault of the module ended cannot be used any more: another
  // takes its place, and the files have to be chosen again.
  const script = URL.createObjectURL(new Blob([plain("worker")], { type: "text/javascript" }));
  const waiting = new Map();
  let worker = null;
  let number = 0;
  const begin = () => {
    worker = new Worker(script);
    worker.addEventListener("message", ({ data }) => heard(data));
    worker.addEventListener("error", (event) => end("This page cannot go on here (" + event.message + ")."));
    return ask("start", { module: plain("module") });
  };
  const end = (sentence) => {
    worker.terminate();
    const given_up = [...waiting.values()];
    waiting.clear();
    // A worker that cannot even begin is not tried again.
    const next = given_up.some(({ what }) => what === "start") ? Promise.resolve() : begin();
    next.then(choose_again).catch(() => {}).then(() => {
      given_up.forEach(({ reject }) => reject(new Error(sentence)));
      say(sentence);
      document.documentElement.dataset.state = "failed";
    });
  };
  const ask = (what, content = {}) => new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, { what, resolve, reject });
    worker.postMessage({ number, what, ...content });
  });
  const say = (text) => { get("status").textContent = text; };
  const heard = (data) => {
    if (data.progress) return show_progress(data.progress);
    if (data.is_fatal) return end(data.error + " Choose the files again.");
    const { resolve, reject } = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.error === undefined) resolve(data.result);
    else reject(new Error(data.error));
  };

  // How far it is.
  const duration = (s) => s >= 90 ? Math.round(s / 60) + " min" : Math.max(1, Math.round(s)) + " s";
  const show_progress = ({ done, found, seconds }) => {
    get("progress").value = done / Math.max(1, found);
    const left = done > 0 && seconds > 2 ? ", about " + duration(seconds / done * (found - done)) + " left" : "";
    say("Reading: " + done + " of " + found + (found === 1 ? " file" : " files") + left);
  };

  // The report, page by page in its frame; the address says which, so that the browser's own way back works.
  let shown = "";
  const wanted = () => decodeURIComponent(location.hash.slice(1)) || FIRST;
  const parts = () => [...frame.contentDocument.querySelectorAll("main > section")];
  const show = async (keep) => {
    const path = wanted().split("#")[0];
    const text = await ask("page", { path });
    const is_same = keep && path === shown;
    const at = is_same ? frame.contentWindow.scrollY : 0;
    const heights = is_same ? parts().map((part) => part.offsetHeight) : [];
    await new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      frame.srcdoc = text;
    });
    shown = path;
    frame.title = frame.contentDocument.title || "The report";
    frame.contentDocument.addEventListener("click", follow);
    // Parts out of sight are not drawn yet; the same place is found again if they are as high as before.
    parts().forEach((part, k) => { if (heights[k]) part.style.containIntrinsicHeight = heights[k] + "px"; });
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
  addEventListener("hashchange", () => {
    if (!get("season").hidden) show(false).then(() => frame.focus()).then(() => fill_if_open()).catch(failed);
  });

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
      get("save-notes").disabled = true;
      await fill_if_open();
      document.documentElement.dataset.state = "ready";
    } catch (error) {
      failed(error);
      document.documentElement.dataset.state = "failed";
    }
    get("progress").hidden = true;
  };
  for (const id of ["files", "folder"]) {
    get(id).addEventListener("change", (event) => read(meant.chosen(event.target)));
  }
  // A list of a thousand files stops the page for as long as the browser writes it; a handle does not.
  get("folder").addEventListener("click", (event) => {
    if (!window.showDirectoryPicker) return;
    event.preventDefault();
    showDirectoryPicker().then(meant.below).then(read)
      .catch((error) => { if (error.name !== "AbortError") failed(error); });
  });
  const choose_again = () => {
    get("season").hidden = get("progress").hidden = true;
    get("choose").hidden = false;
    get("files").value = get("folder").value = "";
  };
  get("again").addEventListener("click", () => {
    choose_again();
    get("files").focus();
  });
  const dragging = (on) => document.body.classList.toggle("dragging", on);
  addEventListener("dragover", (event) => { event.preventDefault(); dragging(true); });
  addEventListener("dragleave", () => dragging(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    dragging(false);
    meant.dropped(event.dataTransfer.items).then(read).catch(failed);
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
        // After a fault there is nothing to judge any more.
        if (get("season").hidden) next = null;
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

  // Notes: of the run that is shown, else of any; what changes is written as `talktest note` writes it.
  const SAID = ["label", "planned_minutes", "rpe", "feel", "next_morning"];
  let runs = [];
  const fill_runs = async () => {
    runs = await ask("notable_runs");
    const chosen_run = get("note-run").value;
    get("note-run").replaceChildren(...runs.map(({ page, called }) => new Option(called, page)));
    const is_known = (page) => runs.some((run) => run.page === page);
    get("note-run").value = [shown, chosen_run].find(is_known) ?? (runs.length > 0 ? runs[0].page : "");
    fill_note();
  };
  const said_of = (page) => (runs.find((run) => run.page === page) ?? {}).said ?? {};
  const fill_note = () => SAID.forEach((column) => { get("note-" + column).value = said_of(get("note-run").value)[column] ?? ""; });
  const fill_if_open = () => get("notes").open ? fill_runs().catch(failed) : null;
  get("notes").addEventListener("toggle", fill_if_open);
  get("note-run").addEventListener("change", fill_note);
  get("note-form").addEventListener("submit", (event) => event.preventDefault());
  const note = async (page, column, field) => {
    try {
      judged(await ask("note", { page, said: { [column]: field.value } }));
      runs = runs.map((run) => run.page === page ? { ...run, said: { ...run.said, [column]: field.value } } : run);
      get("save-notes").disabled = false;
      await show(true);
      get("note-told").textContent = "Noted; every run was judged again.";
    } catch (error) {
      get("note-told").textContent = error.message;
      field.value = said_of(page)[column] ?? "";
    }
  };
  for (const column of SAID) {
    const field = get("note-" + column);
    field.addEventListener("change", () => {
      if (field.checkValidity()) note(get("note-run").value, column, field);
      else get("note-told").textContent = field.validationMessage;
    });
  }
  get("save-notes").addEventListener("click", () => ask("notes").then(({ name, text }) => save(name, text, "text/csv"), failed));

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

  begin().then(() => {
    say("Ready.");
    document.documentElement.dataset.state = "waiting";
  }, failed);
})();
