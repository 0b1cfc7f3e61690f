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

  const list = document.getElementById("list");
  if (list) {
    sorting(list);
    filtering(document.querySelector(".filters"), list);
  }
})();
