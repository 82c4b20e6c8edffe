// What the search knows and how it finds. It touches no page, so that tests and measurements use it alone.
//
// MiniSearch keeps the index and ranks; here a query becomes a tree of what it asks for: all of the things, each in one
// of the ways to say it. Only where nothing has all of them, what has some is told as such.
import MiniSearch from "minisearch";
import { dictionary, parsed } from "./query.js";
import { corrected, resembling } from "./spelling.js";
import { isHan, pairs, plain, plainAll, singular, spelt, terms } from "./words.js";

// The id of a part is that of its record and more, and an anchor on the page of its record.
const ID = /^[a-z]{3}-[a-z0-9-]+$/;
export const PART = /^([a-z]{3}-[a-z0-9-]+)\.[a-z0-9.-]+$/;

// What a place weighs in which something is found, in the order in which `known.records` has them, and of a year.
const BOOST = { name: 10, other: 7, aliases: 8, labels: 3, text: 2.5, quotes: 1, values: 3, years: 5 };
const FIELDS = Object.keys(BOOST);
// How what is asked for stands in a record: as its name, as another name of it, at an end of one, in one, in a text, or only apart.
const STANDS = { named: 8, called: 2.5, ends: 1.6, inside: 1.3, said: 1, apart: 0.35 };
const AIM = 2; // the status of what is aimed at
const LESS = 0.6; // how much less a name tells there, as a power: what has more of the things comes first
const SOME = 0.4; // of what fits best, at least, where nothing has all that was asked for

// ---- what is known

// `language` is that of the page, by which names are in order.
export function prepare(known, language) {
  const texts = plainAll(known.records.flatMap((row) => row.slice(2, 9)));
  const records = known.records.map((row, at) => record(known, row, texts.slice(7 * at, 7 * at + 7)));
  const index = new MiniSearch({
    idField: "at",
    fields: FIELDS,
    extractField: (each, field) => each[field] ?? each.texts[FIELDS.indexOf(field)],
    tokenize: terms,
    processTerm: singular,
    searchOptions: { tokenize: pairs, combineWith: "AND", boost: BOOST, bm25: { k: 1.2, b: 0.5, d: 0.5 } },
  });
  index.addAll(records.map((each, at) => ({ at, texts: each.texts, years: yearsOf(each) })));
  const names = records.filter(({ kind }) => !known.supporting.includes(kind)).flatMap(({ titles }) => titles);
  return { records, index, words: dictionary(known, names), order: new Intl.Collator(language) };
}

function record(known, [id, kind, name, , aliases, , text, quotes, , facts, shown], texts) {
  const titles = [texts[0], texts[1], ...texts[2].split("|")].filter(Boolean);
  const prior = (known.supporting.includes(kind) ? 0.7 : 1) * (known.headline.includes(id) ? 1.3 : 1);
  return { id, kind, name, aliases, text, quotes, facts, shown, texts, titles, prior };
}

function yearsOf({ facts }) {
  const years = facts.flatMap(([when]) => {
    const [from, to = from] = when.split("/").map((each) => Number(each.slice(0, 4)));
    return Array.from({ length: to - from + 1 }, (_, more) => from + more);
  });
  return [...new Set(years)].join(" ");
}

// How a record is spelt is made when it is first looked at.
const spelling = (one) => (one.spelt ??= { titles: one.titles.map(spelt), all: spelt(one.texts.join("|")) });

// ---- what fits

const named = (way, one) => spelling(one).titles.includes(way.spelt);

function stands(way, one) {
  const { titles, all } = spelling(one);
  const having = titles.filter((each) => each.includes(way.spelt));
  if (one.id.includes("/")) return named(way, one) ? STANDS.inside : STANDS.apart; // a page is no answer
  if (titles.slice(0, 2).includes(way.spelt)) return STANDS.named;
  if (named(way, one)) return STANDS.called;
  if (having.length) {
    const ends = having.some((each) => each.startsWith(way.spelt) || each.endsWith(way.spelt));
    const share = Math.max(...having.map((each) => way.spelt.length / each.length));
    return (ends ? STANDS.ends : STANDS.inside) + share;
  }
  return all.includes(way.spelt) || pairs(way.text).length < 2 ? STANDS.said : STANDS.apart;
}

const covers = (when, year) => when.slice(0, 4) <= year && year <= (when.split("/")[1] ?? when).slice(0, 4);
// What may be wanted of a figure, by its status and, where it is a target, its outcome.
const WANTED = {
  "": () => true,
  targets: ([, , status]) => status === AIM,
  results: ([, , status]) => status !== AIM,
  missed: (fact) => fact[6] === "missed",
  met: (fact) => fact[6] === "met",
};

// What a year is worth in a record: most of a figure of it, less of a longer period, least as a mere number.
function yearly(year, wanted, one) {
  const worth = one.facts.filter(([when]) => covers(when, year)).map((fact) => (
    (fact[0] === year ? 2 : fact[0].includes(year) ? 1.5 : 1) * (WANTED[wanted](fact) ? 1 : 0.5) + (fact[2] === AIM ? 0.2 : 0)));
  return Math.max(0.2, ...worth);
}

// Who asks for targets, results or numbers wants records that have them.
function fitting({ facts }, { wanted, counting }) {
  const number = counting && facts.some(([, , , text]) => /\d/.test(text)) ? 1.5 : 1;
  return number * (!wanted || facts.some(WANTED[wanted]) ? 1 : 0.5);
}

// ---- the tree of a query

function tree(ready, asked, some) {
  const leaf = (words, worth, more) => {
    const kept = new Map();
    const boostDocument = (at) => {
      const one = ready.records[at];
      if (!kept.has(at)) kept.set(at, worth(one) * one.prior * fitting(one, asked));
      return kept.get(at);
    };
    return { queries: [words], boostDocument, ...more };
  };
  if (asked.only) { // all that has what is wanted, after a page with this name
    const pages = asked.things.flatMap(({ ways }) => ways).map((way) => leaf(way.text, (one) => (one.id.includes("/") && named(way, one) ? 1 : 0)));
    return { combineWith: "OR", queries: [...pages, leaf(MiniSearch.wildcard, ({ facts }) => (facts.some(WANTED[asked.wanted]) ? 1 : 0))] };
  }
  const said = (way, { known, left }) => {
    const weight = way.weight / Math.max(pairs(way.text).length, 1);
    const alone = isHan(way.text) && way.text.length === 1;
    return leaf(way.text, (one) => stands(way, one) ** (some ? LESS : 1), {
      boostTerm: () => weight,
      prefix: (term) => alone || (!known && !/^(?:.|\d\d)$/u.test(term)),
      fields: alone ? FIELDS.filter((each) => each !== "labels") : FIELDS,
      combineWith: some && left ? "OR" : "AND",
    });
  };
  const plainly = asked.things.filter((each) => !each.year);
  const things = (some && plainly.length ? plainly : asked.things).map((each) => (each.year
    ? leaf(each.year, (one) => yearly(each.year, asked.wanted, one), { fields: ["years", "name"], bm25: { k: 1.2, b: 0, d: 0.5 } })
    : { combineWith: "OR", queries: each.ways.filter((way) => way.text).map((way) => said(way, each)) }));
  return { combineWith: some ? "OR" : "AND", queries: things };
}

// ---- the search

const NOTHING = { found: [], notes: [], also: [], some: false, corrected: "", meant: "" };

export function search(ready, query) {
  const text = plain(query);
  const part = PART.exec(text);
  if (!text) return NOTHING;
  const exact = part || ID.test(text) ? ready.records.filter(({ id }) => (part ? id === part[1] : id.startsWith(text))) : [];
  if (part || exact.length) return { ...NOTHING, found: exact.map((each) => told(each, [], "", [])), part: part?.[0] };
  const done = tried(ready, text);
  if (done.found.length && !done.some) return done;
  const mended = corrected(ready, text);
  if (mended !== text) {
    const again = tried(ready, mended);
    if (again.found.length && (!again.some || !done.found.length)) return { ...again, corrected: mended };
  }
  return { ...done, meant: resembling(ready, text) };
}

function tried(ready, text) {
  const asked = parsed(ready.words, text);
  const all = ranked(ready, asked, false);
  const parts = all.length ? [] : ranked(ready, asked, true);
  const years = asked.things.map((each) => each.year).filter(Boolean);
  const means = asked.things.flatMap((each) => each.means);
  return {
    ...NOTHING,
    found: [...all, ...parts].map(({ one }) => told(one, years, asked.wanted, asked.things)),
    some: parts.length > 0,
    notes: [...new Set(asked.things.flatMap((each) => each.notes))],
    also: [...new Set(means)].filter((each) => !text.includes(plain(each))),
  };
}

function ranked(ready, asked, some) {
  const found = ready.index.search(tree(ready, asked, some), { filter: ({ score }) => score > 0 }).map(({ id, score, queryTerms }) => {
    const each = score / Math.max(queryTerms.length, 1); // MiniSearch counts each word, here each thing counts
    return { one: ready.records[id], score: Math.round(1000 * (some ? each * covered(asked, queryTerms) ** 2 : each)) };
  });
  found.sort((one, two) => two.score - one.score || ready.order.compare(one.one.name, two.one.name));
  return some ? found.filter(({ score }) => score >= SOME * found[0].score) : found;
}

// How many of the things are there, a part of one for some of its pairs of characters.
function covered({ things }, queryTerms) {
  const share = (way) => pairs(way.text).filter((each) => queryTerms.includes(singular(each))).length / Math.max(pairs(way.text).length, 1);
  return things.reduce((sum, { ways }) => sum + Math.max(...ways.map(share)), 0);
}

// What is told of a record: of figures those that were asked for, else the latest and the next.
function told(one, years, wanted, things) {
  const asked = one.facts.filter((fact) => years.every((year) => covers(fact[0], year)) && WANTED[wanted](fact));
  const facts = (years.length || wanted) && asked.length ? asked.slice(-3) : one.shown.map((each) => one.facts[each]);
  return { record: one, facts, things };
}
