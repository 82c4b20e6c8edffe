// What every page runs: copy buttons, sortable tables and filters. Without it the page reads the same.
import "sortable-tablesort/dist/esm/sortable.js";

const body = document.body.dataset;

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  const label = button.firstChild;
  const before = label.textContent;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    let said = body.copied;
    try {
      await copy(text);
    } catch {
      said = body.notCopied;
    }
    label.textContent = said;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}

// The clipboard is for secure pages; one opened from a folder or over http copies by selecting.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "only-heard";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

// A heading that sorts is a button, so that it is reached and pressed by keyboard.
for (const head of document.querySelectorAll(".sortable thead th:not(.no-sort)")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
}

// A column of texts sorts as its readers expect, Chinese by pinyin; one of numbers as numbers.
const order = new Intl.Collator(document.documentElement.lang);
document.addEventListener("sort-start", ({ target: table }) => {
  const column = table.tHead.querySelector("th[aria-sort]").cellIndex;
  const cells = [...table.tBodies].flatMap((each) => [...each.rows]).map((row) => row.cells[column]);
  const texts = cells.map((cell) => cell.textContent.trim());
  if (cells.some((cell) => cell.dataset.sort !== undefined) || texts.every((text) => !isNaN(text))) return;
  const places = new Map([...new Set(texts)].sort(order.compare).map((text, at) => [text, at]));
  cells.forEach((cell, at) => { cell.dataset.sort = places.get(texts[at]); });
});

for (const form of document.querySelectorAll("[data-filter]")) {
  const table = document.getElementById(form.dataset.filter);
  const rows = [...table.tBodies[0].rows];
  let texts; // of all rows, once they are asked for
  const input = form.querySelector("[data-text]");
  const selects = [...form.querySelectorAll("[data-column]")];
  const output = form.querySelector("output");
  const apply = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits = words.every((word) => texts[at].includes(word)) &&
        selects.every((each) => !each.value || row.cells[each.dataset.column].textContent === each.value);
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    });
    tell(shown);
    remember(form);
  };
  const tell = (shown) => {
    output.textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  form.addEventListener("input", apply);
  if (recall(form)) apply();
  else tell(rows.length);
}

// A filter is kept in the address, so that it can be sent and comes back with the page.
function controls(form) {
  return [...form.querySelectorAll("[data-text], [data-column]")];
}

function remember(form) {
  const kept = new URLSearchParams();
  controls(form).forEach((each) => {
    if (each.value) kept.set(each.dataset.column ? `c${each.dataset.column}` : "has", each.value);
  });
  const hash = kept.toString();
  if (hash || location.hash.includes("=")) {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }
}

function recall(form) {
  if (!location.hash.includes("=")) return false;
  const kept = new URLSearchParams(location.hash.slice(1));
  controls(form).forEach((each) => {
    each.value = kept.get(each.dataset.column ? `c${each.dataset.column}` : "has") ?? "";
  });
  return true;
}

// The key / leads to the search, unless something is being written.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, select, textarea, [contenteditable]");
  const field = document.querySelector("main [type=search], header [type=search]");
  if (event.key !== "/" || writing || !field || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.focus();
  field.select();
});
