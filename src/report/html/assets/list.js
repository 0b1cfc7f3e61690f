"use strict";
(() => {
  const value = (row, column) => {
    const sort = row.cells[column].dataset.sort;
    if (sort === undefined) return row.cells[column].textContent.trim().toLowerCase();
    return sort === "" ? null : Number(sort);
  };
  const compare = (left, right) => typeof left === "string" ? left.localeCompare(right) : left - right;

  const sorting = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
        // What is not known comes last, whichever way round.
        rows.sort(([left], [right]) => left === null || right === null ? (left === null) - (right === null) : (up ? 1 : -1) * compare(left, right));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  };

  const filtering = (form, table) => {
    const shown = form.querySelector("output");
    const rows = [...table.tBodies[0].rows];
    const apply = () => {
      const wanted = (row, name) => !form.elements[name].value || row.dataset[name] === form.elements[name].value;
      rows.forEach((row) => { row.hidden = !(wanted(row, "verdict") && wanted(row, "label")); });
      const left = rows.filter((row) => !row.hidden).length;
      shown.textContent = left === rows.length ? rows.length + " runs" : left + " of " + rows.length + " runs";
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("pageshow", apply);
    apply();
  };

  const moving = (part, marks) => {
    const [slider, shown] = [part.querySelector("input"), part.querySelector("output")];
    const names = { k: "kept", s: "slipped", n: "not-recovery", c: "cannot-judge" };
    const show = () => {
      const shift = Number(slider.value);
      const counts = { k: 0, s: 0, n: 0, c: 0 };
      marks.forEach((mark) => {
        const code = mark.dataset.ceiling[shift + 15];
        counts[code] += 1;
        const use = mark.querySelector("use");
        use.setAttribute("class", "mark-of " + names[code]);
        use.setAttribute("href", "#mark-" + names[code]);
      });
      const moved = shift ? (shift > 0 ? "+" : "−") + Math.abs(shift) + " bpm" : "As judged";
      shown.textContent = moved + ": " + counts.k + " kept, " + counts.s + " slipped, " + counts.n + " not recovery, " + counts.c + " cannot be judged";
    };
    part.hidden = false;
    slider.addEventListener("input", show);
    window.addEventListener("pageshow", show);
    show();
  };

  const part = document.getElementById("what-if");
  if (part) moving(part, [...document.querySelectorAll("[data-ceiling]")]);

  document.querySelectorAll("table.sortable").forEach(sorting);

  const list = document.getElementById("list");
  if (list) {
    sorting(list);
    filtering(document.querySelector(".filters"), list);
  }
})();
