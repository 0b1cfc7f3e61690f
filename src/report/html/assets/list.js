(() => {
  const value = (row, column) => {
    const sort = row.cells[column].dataset.sort;
    if (sort === undefined) return row.cells[column].textContent.trim().toLowerCase();
    return sort === "" ? null : Number(sort);
  };
  const compare = (left, right) => typeof left === "string" ? left.localeCompare(right) : left - right;

  // How tables are sorted and what the list shows: also after the page was drawn anew.
  const orders = new Map();
  const chosen = new Map();
  let filter = () => {};

  const sorting = (table, place) => {
    const heads = [...table.tHead.rows[0].cells];
    const sort = ({ column, up }) => {
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
      // What is not known comes last, whichever way round.
      rows.sort(([left], [right]) => left === null || right === null ? (left === null) - (right === null) : (up ? 1 : -1) * compare(left, right));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        orders.set(place, { column, up: head.getAttribute("aria-sort") !== "ascending" });
        sort(orders.get(place));
      });
    });
    if (orders.has(place)) sort(orders.get(place));
  };

  const filtering = (form, table) => {
    const shown = form.querySelector("output");
    const rows = [...table.tBodies[0].rows];
    const choices = [...form.querySelectorAll("select")];
    filter = () => {
      const wanted = (row) => choices.every(({ name, value }) => !value || row.dataset[name] === value);
      choices.forEach(({ name, value }) => chosen.set(name, value));
      rows.forEach((row) => { row.hidden = !wanted(row); });
      const left = rows.filter((row) => !row.hidden).length;
      shown.textContent = left === rows.length ? rows.length + " runs" : left + " of " + rows.length + " runs";
    };
    const has = (choice, value) => [...choice.options].some((option) => option.value === value);
    choices.filter((choice) => has(choice, chosen.get(choice.name))).forEach((choice) => { choice.value = chosen.get(choice.name); });
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  };

  // The marks of the recovery runs, by the verdicts that they show.
  const marks = () => [...document.querySelectorAll("[data-ceiling]")];
  const mark_at = (shift) => marks().forEach((mark) => {
    const name = verdict_at(mark.dataset.ceiling, shift);
    if (!name) return;
    const use = mark.querySelector("use");
    use.setAttribute("class", "mark-of " + name);
    use.setAttribute("href", "#mark-" + name);
  });
  const counted = (at) => {
    const count = (name) => marks().filter((mark) => mark.querySelector("." + name)).length;
    return at + ": " + count("kept") + " kept, " + count("slipped") + " slipped, " + count("not-recovery") + " not recovery, " + count("cannot-judge") + " cannot be judged";
  };
  const moving = (part) => {
    const looked_up = (shift) => {
      mark_at(shift);
      return counted(shift ? (shift > 0 ? "+" : "−") + Math.abs(shift) + " bpm" : "As judged");
    };
    part.hidden = false;
    movable(part.querySelector("input"), part.querySelector("output"), looked_up, (bpm) => counted(bpm + " bpm"));
  };

  const start = () => {
    document.querySelectorAll("#what-if").forEach(moving);
    document.querySelectorAll("table.sortable, #list").forEach(sorting);
    const list = document.getElementById("list");
    if (list) filtering(document.querySelector(".filters"), list);
  };
  window.addEventListener("pageshow", () => filter());
  document.addEventListener("renewed", start);
  start();
})();
