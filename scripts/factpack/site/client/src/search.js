// The search. Chinese is found by single characters and pairs of them, all else by words, numbers and ids.
import MiniSearch from "minisearch";

const FIELDS = ["id", "name", "other", "aliases", "values", "text"];
const RUN = /[\p{Script=Han}々〇]+|[\p{L}\p{N}]+(?:[.,:/-][\p{L}\p{N}]+)*/gu;
const HAN = /[\p{Script=Han}々〇]+/gu;
const LIMIT = 50;
const order = new Intl.Collator(document.documentElement.lang);

// Runs that are not Chinese, without the Chinese inside them: 2023年 is 2023 and 年.
function pieces(text) {
  const found = [];
  for (const [run] of text.normalize("NFKC").toLowerCase().matchAll(RUN)) {
    let at = 0;
    for (const match of run.matchAll(HAN)) {
      if (match.index > at) found.push({ text: run.slice(at, match.index) });
      found.push({ text: match[0], han: true });
      at = match.index + match[0].length;
    }
    if (at < run.length) found.push({ text: run.slice(at) });
  }
  return found.map((each) => ({ ...each, text: each.han ? each.text : each.text.replace(/^[.,:/-]+|[.,:/-]+$/g, "") }))
    .filter((each) => each.text);
}

function pairs(text) {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
}

function parts(word) {
  const plain = /^[\d,]+(\.\d+)?$/.test(word) ? [word.replaceAll(",", "")] : [];
  return [word, ...plain, ...word.split(/[,:/-]/)];
}

function terms(text) {
  return [...new Set(pieces(text).flatMap((each) => each.han ? [...each.text, ...pairs(each.text)] : parts(each.text)))];
}

// What is asked for: Chinese by its pairs, a word as it was written.
function asked(text) {
  return [...new Set(pieces(text).flatMap((each) => each.han ? pairs(each.text) : [each.text]))];
}

const input = document.getElementById("query");
const status = document.getElementById("found");
const list = document.getElementById("results");
let engine;

function ready() {
  if (engine || !window.records) return engine;
  engine = new MiniSearch({
    fields: FIELDS,
    storeFields: ["kind", "name", "other", "aliases", "values"],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: asked,
      combineWith: "AND",
      boost: { id: 4, name: 6, other: 5, aliases: 5, values: 1.5 },
      prefix: (term) => !/\p{Script=Han}/u.test(term) && term.length > 1,
      fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
    },
  });
  engine.addAll(window.records.map(([id, kind, name, other, aliases, values, text]) => ({
    id, kind, name, other, aliases, values, text,
  })));
  return engine;
}

// The id of a part is that of its record and more, and an anchor on the page of its record.
const PART = /^([a-z]{3}-[a-z0-9-]+)\.[a-z0-9.-]+$/;

function plain(query) {
  return query.normalize("NFKC").toLowerCase().trim();
}

// What bears exactly the name that was asked for comes first, then what begins with it; what fits alike is by name.
function ranked(query) {
  const wanted = plain(query).replace(PART, "$1");
  const near = (each) => {
    const names = [each.id, each.id.slice(each.id.indexOf("-") + 1), each.name.toLowerCase(), each.other.toLowerCase()];
    return names.includes(wanted) ? 2 : names.some((name) => name.startsWith(wanted)) ? 1 : 0;
  };
  return ready().search(PART.test(plain(query)) ? wanted : query).map((each) => [near(each), each])
    .sort((one, two) => two[0] - one[0] || two[1].score - one[1].score || order.compare(one[1].name, two[1].name)).map(([, each]) => each);
}

function element(name, text, more = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return Object.assign(made, more);
}

// The other names of a record that was found by one of them: without them nobody sees why it is there.
function alsoNamed(each, query) {
  const says = (text) => plain(text).includes(plain(query));
  return says(each.aliases) && !says(each.name) && !says(each.other) ? each.aliases : "";
}

function show(query) {
  list.replaceChildren();
  const said = status.dataset;
  if (!query.trim()) {
    status.textContent = "";
    return;
  }
  if (!ready()) {
    status.textContent = said.broken;
    return;
  }
  const found = ranked(query);
  const count = { 0: said.none, 1: said.one }[found.length] ?? said.found.replace("{count}", found.length);
  status.textContent = count + (found.length > LIMIT ? said.comma + said.more.replace("{count}", LIMIT) : "");
  const part = PART.exec(plain(query));
  for (const each of found.slice(0, LIMIT)) {
    const item = element("li");
    const anchor = part?.[1] === each.id ? `#${part[0]}` : "";
    const title = element("a", each.name, { href: `${list.dataset.home}id/${each.id}/index.html${anchor}` });
    const about = element("p");
    about.append(element("span", each.kind, { className: "kind" }), " ", element("code", each.id));
    if (each.other && each.other !== each.name) about.append(" ", element("span", each.other, { className: "other" }));
    const also = alsoNamed(each, query);
    if (also) about.append(" ", element("span", said.also.replace("{names}", () => also), { className: "other also" }));
    item.append(title, about);
    list.append(item);
  }
}

input.value = new URLSearchParams(location.search).get("q") ?? "";
show(input.value);
let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    show(input.value);
    try {
      history.replaceState(null, "", input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
    } catch { /* a page opened from a folder may not change its address */ }
  }, 80);
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show(input.value);
});
