"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const clock = seconds => new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC";

  // "1768176000 21600*3 43200": the first moment, then the steps, repeated steps counted.
  const moments = text => {
    const [first, ...steps] = text.split(" ");
    const times = [Number(first)];
    for (const step of steps) {
      const [size, repeats = 1] = step.split("*").map(Number);
      for (let i = 0; i < repeats; i++) times.push(times[times.length - 1] + size);
    }
    return times;
  };

  const follow = svg => {
    const { left, right, top, floor, start, end } = Object.fromEntries(
      Object.entries(svg.dataset).map(([name, value]) => [name, Number(value)]));
    const times = moments(svg.dataset.times);
    const values = svg.dataset.values.split(" ");
    const readout = svg.closest("figure").querySelector(".readout");
    const cross = document.createElementNS(svg.namespaceURI, "path");
    cross.setAttribute("class", "cross");
    svg.append(cross);
    const xOf = time => left + (time - start) / (end - start) * (right - left);
    const show = event => {
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
      const time = start + (x - left) / (right - left) * (end - start);
      let low = 0, high = times.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (times[middle] < time) low = middle; else high = middle;
      }
      const nearest = Math.abs(times[low] - time) <= Math.abs(times[high] - time) ? low : high;
      cross.setAttribute("d", `M${xOf(times[nearest])},${top}V${floor}`);
      readout.textContent = `${clock(times[nearest])}: ${values[nearest]}`;
    };
    svg.addEventListener("pointermove", show);
    svg.addEventListener("pointerleave", () => { cross.removeAttribute("d"); readout.textContent = ""; });
  };

  const cellKey = (row, column) => {
    const cell = row.cells[column];
    const key = cell.dataset.sort ?? cell.textContent.trim();
    // "−1,234", "54.5%", "<1%", "×102" and "+3 points" are numbers to a reader.
    const bare = key.replace("−", "-").replace(/^[<>×]|,|%| points$/g, "");
    return bare !== "" && Number.isFinite(Number(bare)) ? Number(bare) : key;
  };

  const sortable = table => all("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      all("th", head.parentNode).forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows].map(row => [cellKey(row, column), row]);
      rows.sort(([a], [b]) => (typeof a === "number" && typeof b === "number"
        ? a - b : String(a).localeCompare(String(b), "en", { numeric: true })) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });

  const folding = () => {
    const folds = all("details");
    if (folds.length < 2) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    const label = () => { button.textContent = folds.every(fold => fold.open) ? "Fold all" : "Unfold all"; };
    button.addEventListener("click", () => {
      const open = !folds.every(fold => fold.open);
      folds.forEach(fold => { fold.open = open; });
    });
    folds.forEach(fold => fold.addEventListener("toggle", label));
    label();
    folds[0].parentNode.insertBefore(button, folds[0]);
    // Older browsers print what is open only.
    let shut = [];
    addEventListener("beforeprint", () => {
      shut = folds.filter(fold => !fold.open);
      shut.forEach(fold => { fold.open = true; });
    });
    addEventListener("afterprint", () => shut.forEach(fold => { fold.open = false; }));
  };

  // Some browsers take the rows that a narrow screen stacks for no table any more.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const name = node => {
    const header = node.closest("thead") ? "columnheader" : "rowheader";
    const role = node.tagName === "TH" ? header : roles[node.tagName];
    if (role) node.setAttribute("role", role);
  };

  if (matchMedia("(max-width: 640px)").matches) all(".stacks, .stacks :is(thead, tbody, tr, th, td)").forEach(name);
  all("svg[data-times]").forEach(follow);
  all("table.sortable").forEach(sortable);
  folding();
})();
