// The rows that a table shows, as a file: in their order, with all columns and the very cells of the table of the data
// package. They are read when they are first asked for, as a script, since a page opened from a folder may read no file.
import { fitting } from "./lists.js";
import { save } from "./save.js";

const MARK = "\ufeff"; // without which Excel takes Chinese for garbage

// The records of a CSV (RFC 4180), each a list of cells.
function records(csv) {
  const found = [];
  let cells = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") found.push(cells = [...cells]), cells = [];
  }
  return found;
}

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

// A cell as JSON, by the type of its column: a number keeps the digits that it has.
function json(cell, type) {
  if (!cell) return "null";
  return ["number", "integer", "boolean"].includes(type) ? cell : JSON.stringify(cell);
}

const forms = {
  csv: (head, rows) => ["csv", [head, ...rows].map((cells) => `${cells.map(quoted).join(",")}\n`).join("")],
  excel: (head, rows) => ["excel.csv", MARK + forms.csv(head, rows)[1]],
  json: (head, rows, types) => {
    const objects = rows.map((cells) => `{${head.map((name, at) => `${JSON.stringify(name)}:${json(cells[at], types[name])}`)}}`);
    return ["json", `[\n${objects.join(",\n")}\n]\n`];
  },
};

// What a file is called: the table, and by what it was filtered.
function named(table, name) {
  const chosen = document.querySelector(`[data-filter="${table}"]`).querySelectorAll("input[name], select[name]");
  const told = [...chosen].filter((each) => each.value).map((each) => `${each.name}-${each.value}`);
  return [name, ...told].map((each) => each.replace(/[^\p{L}\p{N}_-]+/gu, "-")).join(".");
}

function loaded(address) {
  if (window.values) return Promise.resolve(window.values);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(window.values);
    script.onerror = reject;
    script.src = address;
    document.head.append(script);
  });
}

for (const bar of document.querySelectorAll("[data-take]")) {
  bar.hidden = false;
  const said = bar.querySelector("[role=status]");
  bar.addEventListener("click", async ({ target }) => {
    const form = target.dataset.form;
    if (!form) return;
    try {
      const { name, types, csv } = await loaded(bar.dataset.rows);
      const [head, ...all] = records(csv);
      const own = new Map(all.map((cells) => [cells[head.indexOf("id")], cells]));
      const rows = fitting.get(bar.dataset.take)().map((row) => own.get(row.id));
      const [end, text] = forms[form](head, rows, types);
      save(`${named(bar.dataset.take, name)}.${end}`, [text], end.endsWith("csv") ? "text/csv;charset=utf-8" : "application/json");
      said.textContent = "";
    } catch {
      said.textContent = said.dataset.failed;
    }
  });
}
