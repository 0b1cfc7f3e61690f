(() => {
  const get = (id) => document.getElementById(id);
  const plain = (id) => get(id).textContent;
  const SETTINGS = "talktest.toml";
  const AT_ONCE = 20;
  const KEYS = ["birth_year", "max", "resting", "talk_test"];

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

  const failed = (error) => say(error.message);
  addEventListener("hashchange", () => {
    if (!get("season").hidden) report.show().then(() => get("report").focus()).then(fill_if_open).catch(failed);
  });

  // Reading and judging.
  const counted = ({ recovery, files }) => {
    if (files.runs === 0) return "No run was found.";
    const runs = files.runs + (files.runs === 1 ? " run, " : " runs, ");
    if (recovery.runs === 0) return runs + "none labelled recovery";
    return runs + recovery.runs + " labelled recovery: " +
      recovery.kept + " kept, " + recovery.slipped + " slipped, " + recovery.not_recovery + " not recovery, " + recovery.cannot_judge + " cannot be judged";
  };
  const told = ({ problems, warnings }) => {
    const lines = warnings.concat(problems.filter((one) => one.fatal).map((one) => one.path + ": " + one.text));
    get("problems").textContent = lines.slice(0, 3).join(" · ") + (lines.length > 3 ? " · and " + (lines.length - 3) + " more, on the page below" : "");
  };
  const judged = (summary) => {
    say(counted(summary));
    told(summary);
    window.talktest_memory = summary.memory;
    get("counts").textContent = counted(summary);
    get("counts").dataset.milliseconds = Math.round(summary.milliseconds);
  };
  const read = async (files) => {
    if (files.length === 0) return say("No file was chosen.");
    get("progress").hidden = false;
    get("season").hidden = get("choose").hidden = true;
    try {
      const remembered = stored();
      // Handing over thousands of files at once would stop the page for a second.
      await ask("forget_files");
      for (let k = 0; k < files.length; k += AT_ONCE) await ask("add_files", { files: files.slice(k, k + AT_ONCE) });
      await ask("read", { remembered });
      judged(await ask("judge"));
      show_moved(null);
      await fill_form();
      get("season").hidden = false;
      await report.show_first();
      get("save-notes").disabled = true;
      await fill_if_open();
      document.documentElement.dataset.state = "ready";
    } catch (error) {
      failed(error);
      get("choose").hidden = false;
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
  // What is shown stays until other files are read.
  get("again").addEventListener("click", () => {
    get("choose").hidden = !get("choose").hidden;
    if (get("choose").hidden) return;
    get("choose").scrollIntoView();
    get("files").focus();
  });
  const dragging = (on) => document.body.classList.toggle("dragging", on);
  // The report takes what is dropped on it, as the page around it does.
  const hears_drops = (target) => {
    target.addEventListener("dragover", (event) => { event.preventDefault(); dragging(true); });
    target.addEventListener("dragleave", () => dragging(false));
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      dragging(false);
      meant.dropped(event.dataTransfer.items).then(read).catch(failed);
    });
  };
  hears_drops(window);

  // Settings: every change judges every run again, and draws the page anew; meanwhile only the newest other change waits.
  const fill_form = async () => {
    const values = await ask("heart_rates");
    for (const key of KEYS) {
      get(key).value = values[key] ?? "";
      if (get(key + "-slider") && values[key]) get(key + "-slider").value = values[key];
    }
  };
  let next = null;
  let busy = false;
  const judge_again = async (change) => {
    next = change;
    if (busy) return;
    busy = true;
    while (next) {
      const { what, content, moved = null, slider, answer } = next;
      next = null;
      try {
        judged(await ask(what, content));
        show_moved(moved);
        await report.show_judged(slider);
        answer();
      } catch (error) {
        answer(error.message);
        // After a fault there is nothing to judge any more.
        if (get("season").hidden) next = null;
      }
    }
    busy = false;
  };
  const refuse = (problem) => { if (problem) get("counts").textContent = problem; };
  const change = (key, value) => judge_again({ what: "change", content: { key, value }, answer: refuse });

  // A slider of the report moves a limit for the time being, until it is taken back, or the form says otherwise.
  const NAMES = { ceiling: "Ceiling", maximum: "Maximum", resting: "Resting heart rate" };
  let in_use = null;
  const show_moved = (moved) => {
    in_use = moved;
    get("moved").hidden = moved === null;
    if (moved) get("moved-to").textContent = NAMES[moved.limit] + " moved to " + moved.bpm + " bpm";
  };
  // In its middle a slider stands for what the whole page was drawn with.
  let in_middle = null;
  const is_drawn = () => { in_middle = in_use; };
  const is_moved = (move, answer, slider) => {
    const moved = move.bpm === null ? in_middle : move;
    judge_again({ what: moved ? "move" : "move_back", content: moved ?? {}, moved, slider, answer });
  };
  const report = report_in(get("report"), ask, { is_moved, is_drawn, hears_drops });
  get("move-back").addEventListener("click", () => judge_again({ what: "move_back", answer: (problem) => { if (problem) say(problem); } }));

  for (const key of KEYS) {
    const [field, slider] = [get(key), get(key + "-slider")];
    const value = () => field.value === "" ? NaN : Number(field.value);
    field.addEventListener("change", () => {
      if (slider && field.value) slider.value = field.value;
      if (field.checkValidity()) change(key, value());
      else refuse(field.validationMessage);
    });
    if (slider) slider.addEventListener("input", () => {
      field.value = slider.value;
      change(key, value());
    });
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
    get("note-run").value = [report.shown(), chosen_run].find(is_known) ?? (runs.length > 0 ? runs[0].page : "");
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
      await report.show_judged();
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
