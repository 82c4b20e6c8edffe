// The page of the search: what is typed, what is found, and the keys. How it is found is in engine.js.
import { prepare, search } from "./engine.js";
import { plain } from "./words.js";

const LIMIT = 50;
const HAN = /\p{Script=Han}/u;
const AROUND = 24; // characters of a text before and after what was found in it
const input = document.getElementById("query");
const status = document.getElementById("found");
const about = document.getElementById("about-found");
const list = document.getElementById("results");
const kinds = document.getElementById("kinds");
const said = status.dataset;
const { home } = list.dataset;
let engine;
let chosen = "";

function ready() {
  if (!engine && window.known) engine = prepare(window.known, document.documentElement.lang);
  return engine;
}

function element(name, text = "", more = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return Object.assign(made, more);
}

function link(text, href, more = {}) {
  return element("a", text, { href, ...more });
}

// ---- one result

function address(record, anchor = "") {
  return record.id.includes("/") ? home + record.id : `${home}id/${record.id}/index.html${anchor && `#${record.id}.${anchor}`}`;
}

function doubts(listed) {
  const made = element("span", "", { className: "doubts" });
  for (const [text, anchor, grave] of listed.map((each) => window.known.marks[each])) {
    made.append(" ", link(text, `${home}method/index.html#${anchor}`, { className: grave ? "doubt grave" : "doubt" }));
  }
  return made;
}

function figure(record, [, when, state, text, marks, anchor]) {
  const item = element("li", "", { className: state === 2 ? "target" : "" });
  item.append(link(text, address(record, anchor), { className: "said" }), " ");
  item.append(element("span", `${when}${said.comma}${window.known.statuses[state]}`, { className: "when" }));
  if (marks.length) item.append(doubts(marks));
  return item;
}

// The other names of a record that was found by one of them: without them nobody sees why it is there.
function alsoNamed({ record, things }) {
  const says = (text) => things.some((each) => plain(text).includes(each.text));
  const names = record.aliases.split("|").filter((each) => each && says(each));
  return says(record.name) || !names.length ? "" : said.also.replace("{names}", () => names.slice(0, 3).join(said.several));
}

// A few words around what was found in a text, where the name does not have it.
function around({ record, things }) {
  const needles = things.flatMap((each) => each.ways?.map((one) => one.text) ?? []).filter(Boolean);
  if (needles.some((each) => record.titles.some((title) => title.includes(each)))) return null;
  for (const text of [record.text, said.quotes && record.quotes].filter(Boolean)) {
    const low = text.toLowerCase();
    const needle = needles.find((each) => low.includes(each));
    if (needle) return cutOut(text, low.indexOf(needle), needle.length);
  }
  return null;
}

function cutOut(text, at, size) {
  const from = Math.max(0, text.lastIndexOf("|", at) + 1, at - AROUND);
  const bar = text.indexOf("|", at);
  const to = Math.min(bar < 0 ? text.length : bar, at + size + AROUND);
  const made = element("p", "", { className: "around" });
  const before = from && text[from - 1] !== "|" ? "…" : "";
  made.append(before + text.slice(from, at), element("mark", text.slice(at, at + size)), text.slice(at + size, to));
  if (to < text.length && text[to] !== "|") made.append("…");
  return made;
}

function result(each, part) {
  const { record, facts } = each;
  const item = element("li");
  item.dataset.id = record.id;
  const head = element("p", "", { className: "title" });
  const anchor = part?.startsWith(`${record.id}.`) ? part.slice(record.id.length + 1) : "";
  head.append(link(record.name, address(record, anchor), { className: "hit" }), " ");
  head.append(element("span", window.known.kinds[record.kind], { className: "kind" }));
  item.append(head);
  if (facts.length) {
    const figures = element("ul", "", { className: "told" });
    figures.append(...facts.map((fact) => figure(record, fact)));
    item.append(figures);
  }
  const also = alsoNamed(each);
  if (also) item.append(element("p", also, { className: "other also" }));
  const words = also ? null : around(each);
  if (words) item.append(words);
  return item;
}

// ---- all of them

function counted(found, some) {
  const count = found.length;
  if (some) return said.some.replace("{count}", count);
  return { 0: said.none, 1: said.one }[count] ?? said.found.replace("{count}", count);
}

function remarks(done, query) {
  const lines = done.notes.map((each) => element("p", each, { className: "remark" }));
  const offered = done.corrected || done.meant;
  if (offered) {
    const line = element("p", done.corrected ? said.corrected.replace("{query}", () => query.trim()) : said.meant);
    line.append(" ", link(offered, `?q=${encodeURIComponent(offered)}`));
    lines.push(line);
  }
  const also = done.also.filter((each) => HAN.test(each) === document.documentElement.lang.startsWith("zh"));
  if (also.length) lines.push(element("p", said.too.replace("{words}", () => also.join(said.several)), { className: "key" }));
  return lines;
}

function filters(found, query) {
  const counts = new Map();
  for (const { record } of found) counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
  if (counts.size < 2) return [];
  const names = window.known.kinds;
  const choices = [["", said.all, found.length], ...[...counts].sort(([one], [two]) => one - two).map(([kind, count]) => [names[kind], names[kind], count])];
  return choices.map(([value, name, count]) => {
    const button = element("button", `${name} `, { type: "button", className: "small" });
    button.append(element("span", count, { className: "count" }));
    button.setAttribute("aria-pressed", String(value === chosen));
    button.addEventListener("click", () => {
      chosen = value;
      show(query);
      remember(query);
      [...kinds.children].find((each) => each.getAttribute("aria-pressed") === "true")?.focus();
    });
    return button;
  });
}

function show(query) {
  for (const each of [list, kinds, about]) each.replaceChildren();
  status.textContent = "";
  if (!query.trim()) return;
  if (!ready()) {
    status.textContent = said.broken;
    return;
  }
  const done = search(engine, query);
  const buttons = filters(done.found, query);
  if (!done.found.some(({ record }) => window.known.kinds[record.kind] === chosen)) chosen = "";
  const found = chosen ? done.found.filter(({ record }) => window.known.kinds[record.kind] === chosen) : done.found;
  status.textContent = counted(found, done.some) + (found.length > LIMIT ? said.comma + said.more.replace("{count}", LIMIT) : "");
  about.append(...remarks(done, query));
  kinds.append(...buttons);
  list.append(...found.slice(0, LIMIT).map((each) => result(each, done.part)));
}

function remember(query) {
  const kept = new URLSearchParams([["q", query], ["kind", chosen]].filter(([, value]) => value));
  try {
    history.replaceState(null, "", query ? `?${kept}` : location.pathname);
  } catch { /* a page opened from a folder may not change its address */ }
}

// What is typed is answered when no key has followed for a moment, or at once when somebody goes on.
let waiting = 0;

function answer() {
  clearTimeout(waiting);
  waiting = 0;
  show(input.value);
  remember(input.value);
}

// ---- the keys: down from the field into the results, up and down among them, Escape back

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && waiting) answer();
  const hits = [...list.querySelectorAll("a.hit")];
  const at = hits.indexOf(document.activeElement);
  const inside = at >= 0 || document.activeElement === input;
  if (event.key === "Escape" && at >= 0) input.focus();
  else if (!step || !inside || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  else if (at + step < 0) input.focus();
  else if (hits.length) hits[Math.min(at + step, hits.length - 1)].focus();
  event.preventDefault();
}
document.addEventListener("keydown", move);

const asked = new URLSearchParams(location.search);
input.value ||= asked.get("q") ?? ""; // who was quicker than this script has typed already
chosen = asked.get("kind") ?? "";
if (input.value) show(input.value);
else (window.requestIdleCallback ?? setTimeout)(ready);
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(answer, 80);
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
