// Tables that are sorted by their headings and filtered. What is chosen is kept in the address by name, in the ids of the
// data: #theme=transport&stage=started&sort=-value. So it can be sent, comes back with the page, and is the same in the
// other language and after the columns change.
const order = new Intl.Collator(document.documentElement.lang);

// A heading that sorts is a button, so that it is reached and pressed by keyboard.
function button(head) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "sort";
  made.append(...head.childNodes);
  head.append(made);
}

// By what a cell sorts: numbers as numbers, within a unit only; texts as readers expect, Chinese by pinyin. What has no
// number comes after those that have one, and blanks last, whichever way a column is sorted.
function keys(rows, column) {
  const cells = rows.map((row) => row.cells[column]);
  const texts = cells.map((cell) => cell.textContent.trim());
  const counted = cells.some((cell) => cell.dataset.sort) || texts.every((text) => !isNaN(text));
  const units = new Map();
  return cells.map((cell, at) => {
    const number = Number(counted ? cell.dataset.sort || texts[at] || NaN : NaN);
    const unit = units.get(cell.dataset.unit) ?? units.set(cell.dataset.unit, units.size).get(cell.dataset.unit);
    const last = !texts[at] ? 2 : counted && isNaN(number) ? 1 : 0;
    return { at, last, unit: last ? 0 : unit, number, text: texts[at] };
  });
}

function compared(one, two, down) {
  const apart = isNaN(one.number) ? order.compare(one.text, two.text) : one.number - two.number;
  return one.last - two.last || one.unit - two.unit || (down ? -apart : apart) || one.at - two.at;
}

// A table that sorts: rows in groups as they came, or all in one group in the order of a column.
function sorter(table) {
  const heads = [...table.tHead.rows[0].cells].filter((head) => !head.classList.contains("no-sort"));
  const groups = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
  const rows = groups.flatMap((each) => each.rows).filter((row) => !row.classList.contains("group"));
  const flat = document.createElement("tbody");
  const name = (head) => head.dataset.key ?? String(head.cellIndex);
  const told = new Set();
  let chosen = "";

  const show = (wanted) => {
    const head = heads.find((each) => name(each) === wanted.replace(/^-/, ""));
    chosen = head ? wanted : "";
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    if (head) {
      const down = chosen.startsWith("-");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      flat.append(...keys(rows, head.cellIndex).sort((one, two) => compared(one, two, down)).map(({ at }) => rows[at]));
      groups.forEach(({ body }) => body.remove());
      table.append(flat);
    } else if (flat.isConnected) {
      groups.forEach(({ body, rows: own }) => { body.append(...own); table.append(body); });
      flat.remove();
    }
    told.forEach((tell) => tell(chosen));
  };
  for (const head of heads) {
    button(head);
    head.addEventListener("click", () => {
      const key = name(head);
      show({ [key]: `-${key}`, [`-${key}`]: "" }[chosen] ?? key); // up, down, and as it came
    });
  }
  return {
    rows, groups, show,
    tell: (listener) => told.add(listener),
    get chosen() { return chosen; },
    get listed() { return flat.isConnected ? [...flat.rows] : rows; },
  };
}

// What returns the rows of a table that fit its filter, in the order in which they are listed, by the id of the table.
export const fitting = new Map();

const sorters = new Map([...document.querySelectorAll("table.sortable")].map((table) => [table, sorter(table)]));

// A filter of a table: a text, and values by name, which rows have as `data-NAME`, with spaces between several.
function filter(form) {
  const sorting = sorters.get(document.getElementById(form.dataset.filter));
  const { rows, groups } = sorting;
  const input = form.querySelector("input[name]");
  const selects = [...form.querySelectorAll("select[name]")];
  const order = form.querySelector("[data-order]");
  const options = selects.flatMap((select) => [...select.options].slice(1).map((option) => ({ option, select, label: option.dataset.label })));
  const output = form.querySelector("output");
  const none = document.getElementById(`${form.dataset.filter}-none`);
  const more = document.getElementById(`${form.dataset.filter}-more`);
  const most = Number(form.dataset.most ?? Infinity);
  let limit = most; // rows that are shown, of those that fit
  let texts; // of all rows, once they are asked for
  let values; // of all rows, by which they are filtered, likewise
  let found = new Set(rows);

  fitting.set(form.dataset.filter, () => sorting.listed.filter((row) => found.has(row)));
  // Shows the first rows that fit, as many as may be shown.
  const list = () => {
    let left = limit;
    for (const row of sorting.listed) {
      const hidden = !(found.has(row) && left-- > 0);
      if (row.hidden !== hidden) row.hidden = hidden;
    }
    groups.forEach(({ body, rows: own }) => {
      body.classList.remove("rest");
      if (own[0]?.classList.contains("group")) own[0].hidden = own.slice(1).every((row) => row.hidden);
    });
    if (more) more.hidden = found.size <= limit;
  };
  const apply = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    values ??= rows.map((row) => new Map(selects.map((each) => [each, (row.dataset[each.name] ?? "").split(" ")])));
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = rows.map((row, at) => {
      const against = selects.filter((each) => each.value && !values[at].get(each).includes(each.value));
      return words.every((word) => texts[at].includes(word)) ? against : [null, null];
    });
    found = new Set(rows.filter((_, at) => !fits[at].length));
    limit = most;
    list();
    count(fits);
    const shown = found.size;
    output.textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
    if (none) none.hidden = shown > 0;
  };
  // How many rows each choice would leave, whatever is chosen in its own list.
  const count = (fits) => {
    const counts = new Map();
    rows.forEach((_, at) => {
      const [against, others] = fits[at];
      if (others !== undefined) return;
      for (const select of against ? [against] : selects) {
        for (const value of values[at].get(select)) {
          const key = `${select.name}=${value}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
    });
    for (const { option, select, label } of options) {
      const found = counts.get(`${select.name}=${option.value}`) ?? 0;
      option.textContent = `${label} (${found})`;
      option.disabled = !found && !option.selected;
    }
  };
  const remember = () => {
    const kept = new URLSearchParams();
    for (const each of [input, ...selects]) if (each.value) kept.set(each.name, each.value);
    if (sorting.chosen) kept.set("sort", sorting.chosen);
    const hash = kept.toString();
    if (hash === location.hash.slice(1) || !(hash || location.hash.includes("="))) return;
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const recall = () => {
    if (!location.hash.includes("=")) return false;
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const each of [input, ...selects]) {
      each.value = kept.get(each.name) ?? "";
      if (each.selectedIndex < 0) each.value = ""; // what no record has any more
    }
    sorting.show(kept.get("sort") ?? "");
    return true;
  };
  const clear = () => {
    for (const each of [input, ...selects]) each.value = "";
  };

  form.addEventListener("input", (event) => {
    if (event.target === order) sorting.show(order.value);
    apply();
    remember();
  });
  sorting.tell((chosen) => {
    if (order) order.value = chosen.replace(/^-/, "");
    if (more) list();
    remember();
  });
  more?.addEventListener("click", () => { limit += most; list(); });
  none?.querySelector("button").addEventListener("click", () => { clear(); apply(); remember(); input.focus(); });
  window.addEventListener("hashchange", () => {
    if (!recall() && !location.hash) clear();
    apply();
  });
  recall();
  apply();
}

document.querySelectorAll("[data-filter]").forEach(filter);
