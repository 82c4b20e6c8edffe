// What the search knows and how it finds. It touches no page, so that tests and measurements use it alone.
//
// There is no index: each record is a few short texts, and looking through all of them takes milliseconds. A query is
// taken apart into things that are asked for; each may be said in several ways. What has all of them comes first; only
// where nothing has, what has some of them is told as such.

const RUN = /[\p{Script=Han}々〇]+|[\p{L}\p{N}]+(?:[.,:/'-][\p{L}\p{N}]+)*/gu;
const HAN = /[\p{Script=Han}々〇]/u;
const HANS = /[\p{Script=Han}々〇]+/gu;
const YEAR = /^(?:19|20)\d{2}$/;
const RANGE = /^((?:19|20)\d{2})[-/]((?:19|20)\d{2})$/;
// The id of a part is that of its record and more, and an anchor on the page of its record.
const ID = /^[a-z]{3}-[a-z0-9-]+$/;
export const PART = /^([a-z]{3}-[a-z0-9-]+)\.[a-z0-9.-]+$/;

// What the texts of a record weigh, in the order in which `known.records` has them.
const WEIGHTS = { name: 10, other: 7, aliases: 8, labels: 3, text: 2.5, quotes: 1, values: 3 };
const FIELDS = Object.keys(WEIGHTS);
const NAMES = ["name", "other", "aliases"];
const LEVELS = { whole: 1, begun: 0.5, apart: 0.35 };
const AIM = 2; // the status of what is aimed at
const SOME = 0.34; // of what was asked for, at least, where nothing has all of it

export function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/\s+/g, " ").trim();
}

// ---- what is known

// `language` is that of the page, by which names are in order.
export function prepare(known, language) {
  const lists = (words) => words.map(plain);
  const everyday = new Map();
  for (const [words, means, note] of known.everyday) {
    for (const word of words) {
      const before = everyday.get(plain(word)) ?? { means: [], notes: [] };
      everyday.set(plain(word), { means: [...before.means, ...means], notes: [...before.notes, ...(note ? [note] : [])] });
    }
  }
  const signs = new Map([...everyday.keys()].map((word) => [word, "everyday"]));
  for (const group of ["ignored", "amounts", "targets", "results"]) {
    for (const word of lists(known[group])) if (!signs.has(word)) signs.set(word, group);
  }
  const weak = new Set(known.supporting);
  const first = new Set(known.headline);
  const searched = plainAll(known.records.map((row) => row.slice(2, 9)));
  const records = known.records.map((row, at) => {
    const [id, kind, name, , aliases, , text, quotes, , facts, shown] = row;
    const texts = searched[at];
    const titles = [texts[0], texts[1], ...texts[2].split("|")].filter(Boolean);
    const prior = (weak.has(kind) ? 0.7 : 1) * (first.has(id) ? 1.1 : 1) * (1 + 0.01 * Math.min(facts.filter(([, , , said]) => /\d/.test(said)).length, 10));
    return { id, kind, name, aliases, text, quotes, facts, shown, texts, titles, prior, at, all: texts.join("\n") };
  });
  const order = new Intl.Collator(language);
  return { known, order, records, everyday, signs, longest: Math.max(...[...signs.keys()].map((each) => each.length)) };
}

// All texts are made plain at once, as one text: that is ten times as fast as one by one.
function plainAll(rows) {
  const all = plain(rows.map((texts) => texts.join("\u0001")).join("\u0002"));
  return all.split("\u0002").map((texts) => texts.split("\u0001"));
}

// ---- what is asked for

// Runs that are not Chinese, without the Chinese inside them: 2023年 is 2023 and 年.
function pieces(text) {
  const found = [];
  for (const [run] of text.matchAll(RUN)) {
    let at = 0;
    for (const match of run.matchAll(HANS)) {
      if (match.index > at) found.push({ text: run.slice(at, match.index) });
      found.push({ text: match[0], han: true });
      at = match.index + match[0].length;
    }
    if (at < run.length) found.push({ text: run.slice(at) });
  }
  return found.map((each) => ({ ...each, text: each.han ? each.text : each.text.replace(/^[.,:/'-]+|[.,:/'-]+$/g, "") }))
    .filter((each) => each.text);
}

// The word without the ending of a plural: parks is park, companies is company.
function singular(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  return word.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/([^s])s$/, "$1");
}

// Cuts a Chinese run into words that are known and what is between them, the longest word first at each place.
function cut(ready, run) {
  const found = [];
  let rest = "";
  for (let at = 0; at < run.length;) {
    let size = Math.min(ready.longest, run.length - at);
    while (size > 0 && !ready.signs.has(run.slice(at, at + size))) size -= 1;
    if (size && rest) found.push({ text: rest, han: true });
    if (size) found.push({ text: run.slice(at, at + size), han: true, sign: ready.signs.get(run.slice(at, at + size)) });
    rest = size ? "" : rest + run[at];
    at += size || 1;
  }
  return rest ? [...found, { text: rest, han: true }] : found;
}

// Joins words to those that are known together: how many, air quality.
function joined(ready, words) {
  const found = [];
  for (let at = 0; at < words.length;) {
    let size = Math.min(4, words.length - at);
    let text = "";
    for (; size > 0; size -= 1) {
      const some = words.slice(at, at + size);
      const mixed = some.some((each) => each.han) ? "" : " "; // 15分钟 is one word
      const tries = [some.map((each) => each.text), some.map((each) => singular(each.text))].map((each) => each.join(mixed));
      text = tries.find((each) => ready.signs.has(each)) ?? "";
      if (text) break;
    }
    found.push(text ? { ...words[at], text, sign: ready.signs.get(text) } : words[at]);
    at += size || 1;
  }
  return found;
}

// The things that a query asks for, each with the ways to say it, and whether it wants targets, results or numbers.
function parsed(ready, query) {
  const runs = pieces(query).map((each, at, all) => (
    each.han && YEAR.test(all[at - 1]?.text ?? "") ? { ...each, text: each.text.replace(/^年度?/, "") } : each)).filter((each) => each.text);
  const cuts = joined(ready, runs).flatMap((each) => (each.han && !each.sign ? cut(ready, each.text) : [each]));
  const asked = (group) => cuts.some((each) => each.sign === group);
  const named = cuts.filter((each) => !each.sign || each.sign === "everyday");
  const things = (named.length ? named : cuts).flatMap((each) => thing(ready, each));
  // One character that is left over between words decides nothing.
  const firm = things.filter((each) => each.year || !(each.left && each.text.length === 1));
  return {
    things: firm.length ? firm : things,
    wanted: asked("targets") ? "targets" : asked("results") ? "results" : "",
    counting: asked("amounts"),
  };
}

function thing(ready, { text, han, sign }) {
  const range = RANGE.exec(text);
  if (range) return [range[1], range[2]].map((year) => ({ text: year, year, ways: [way(year, 1)] }));
  if (YEAR.test(text)) return [{ text, year: text, ways: [way(text, 1)] }];
  const meant = ready.everyday.get(text)?.means ?? [];
  const ways = [{ ...way(text, 1), exact: sign === "everyday" }, ...meant.map((each, at) => way(plain(each), Math.max(0.92 * 0.9 ** at, 0.5)))];
  return [{ text, han, ways, meant, left: han && !sign }];
}

// A way to say a thing: its text, of Chinese its pairs, of other words each, to be found apart where not together.
function way(text, weight) {
  const runs = pieces(text);
  const needles = runs.map((each) => (each.han ? each : { ...each, text: singular(each.text) }));
  const apart = needles.flatMap((each) => (each.han ? pairs(each.text).map((pair) => ({ text: pair, han: true })) : [each]));
  const sure = (apart.length ? apart : needles).map((each) => (each.han ? each.text : stem(each.text)));
  return { text: needles.length === 1 ? needles[0].text : text, han: HAN.test(text), weight, apart: apart.length > 1 ? apart : [], sure };
}

function pairs(text) {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
}

// ---- what fits

const LETTER = /[\p{L}\p{N}]/u;

function joins(text, at) {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58);
  return code < 0x2e80 && LETTER.test(text[at]);
}

// What all forms of a word have in common: compan of company and companies.
function stem(word) {
  return word.length > 3 && /[^aeiou]y$/.test(word) ? word.slice(0, -1) : word;
}

// Says how a word stands in a text: whole (also in the plural), at the beginning of one, or not at all.
function standing(word, text) {
  const number = /\d$/.test(word);
  const begin = stem(word);
  let best = 0;
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
    if (joins(text, at - 1) || (/[.]/.test(text[at - 1]) && /\d/.test(word[0]) && /\d/.test(text[at - 2] ?? ""))) continue;
    let end = at + begin.length;
    if (begin !== word) {
      if (text[end] === "y") end += 1;
      else if (text.startsWith("ies", end)) end += 3;
      else continue;
    } else if (!number) {
      if (text.startsWith("es", end) && !joins(text, end + 2)) end += 2;
      else if (text[end] === "s" && !joins(text, end + 1)) end += 1;
    }
    if (!joins(text, end) && !(number && text[end] === "." && /\d/.test(text[end + 1] ?? ""))) return LEVELS.whole;
    if (word.length > 1 && !number) best = LEVELS.begun;
    if (number && word.length > 2 && joins(text, end)) best = LEVELS.begun / 2;
  }
  return best;
}

function level(needle, text, field) {
  if (!text) return 0;
  // One character in the middle of a label says little: 水 is in 水平.
  if (field === "labels" && needle.text.length < 2 && !text.split("|").includes(needle.text)) return 0;
  return needle.han ? (text.includes(needle.text) ? LEVELS.whole : 0) : standing(needle.text, text);
}

// A name that is little more than what was asked for fits better, and so does one that ends in it: 沙湖, 东湖 are lakes.
function shape(needle, record, field) {
  if (!NAMES.includes(field)) return 1;
  const at = FIELDS.indexOf(field);
  const names = field === "aliases" ? record.texts[at].split("|") : [record.texts[at]];
  return Math.max(...names.filter((each) => each.includes(needle.text)).map((each) => {
    const end = each.endsWith(needle.text) || each.endsWith(`${needle.text}s`) ? 0.15 : 0;
    return 0.55 + 0.45 * Math.min(needle.text.length / each.length, 1) + end;
  }), 0.55);
}

// Returns what a way of saying a thing is worth in a record: its best place, a little for the others.
function worth(one, record) {
  if (!one.sure.every((each) => record.all.includes(each))) return 0;
  let best = 0;
  let sum = 0;
  FIELDS.forEach((field, at) => {
    const found = level(one, record.texts[at], field);
    if (!found || (one.exact && found < LEVELS.whole)) return;
    const here = WEIGHTS[field] * found * shape(one, record, field);
    sum += here;
    if (here > best) best = here;
  });
  if (!best && one.apart.length && one.apart.every((each) => record.all.includes(each.text))) {
    best = LEVELS.apart * Math.max(...FIELDS.map((field, at) => (
      one.apart.every((each) => level(each, record.texts[at])) ? WEIGHTS[field] : 0)));
  }
  return one.weight * (best + 0.1 * (sum - best));
}

// Returns what a year is worth in a record: a figure of it, a longer period with it, or only the number.
function yearly(year, record, wanted) {
  let best = record.titles.some((each) => each.includes(year)) ? 5 : record.all.includes(year) ? 0.5 : 0;
  for (const [when, , status] of record.facts) {
    if (!covers(when, year)) continue;
    const exact = when === year ? 8 : when.startsWith(year) || when.includes(`/${year}`) ? 6 : 4;
    const fits = !wanted || (wanted === "targets") === (status === AIM);
    best = Math.max(best, exact + (status === AIM ? 1 : 0) - (fits ? 0 : 4));
  }
  return best;
}

export function covers(when, year) {
  const [from, to = from] = when.split("/");
  return from.slice(0, 4) <= year && year <= to.slice(0, 4);
}

// Returns the share of the pairs of a Chinese run, or of the words of a way, that a record has.
function shareOf(asked, record) {
  const one = asked.ways[0];
  if (!asked.left || one.apart.length < 3) return 0;
  const there = one.apart.filter((each) => record.all.includes(each.text)).length / one.apart.length;
  return there < 0.5 ? 0 : there;
}

// ---- the search

export function search(ready, query) {
  const text = plain(query);
  const part = PART.exec(text);
  if (!text) return { found: [], total: 0, notes: [], also: [] };
  const exact = part || ID.test(text) ? ready.records.filter(({ id }) => (part ? id === part[1] : id.startsWith(text))) : [];
  if (part || exact.length) return { ...nothing(), found: exact.map((record) => told(record, [], "", 1)), part: part?.[0] };
  const done = tried(ready, text);
  if (done.found.length && !done.some) return done;
  const mended = corrected(ready, text);
  if (mended && mended !== text) {
    const again = tried(ready, mended);
    if (again.found.length && (!again.some || !done.found.length)) return { ...again, corrected: mended };
  }
  return { ...done, meant: done.found.length && !done.some ? "" : resembling(ready, text) };
}

function nothing() {
  return { found: [], notes: [], also: [], some: false, corrected: "", meant: "" };
}

function tried(ready, text) {
  const { things, wanted, counting } = parsed(ready, text);
  const core = things.map((each) => each.text).join(HAN.test(text) ? "" : " ");
  const years = things.filter((each) => each.year).map((each) => each.year);
  const scores = things.map((each) => ready.records.map((record) => (
    each.year ? yearly(each.year, record, wanted) : Math.max(...each.ways.map((one) => (one.text ? worth(one, record) : 0))))));
  const rare = scores.map((each) => rarity(each.filter(Boolean).length, ready.records.length));
  const total = rare.reduce((sum, each) => sum + each, 0) || 1;
  const rank = (record, share) => {
    const sum = things.reduce((all, each, at) => all + rare[at] * (scores[at][record.at] || 0), 0) / total;
    return (sum * record.prior + Math.max(near(record, text), near(record, core))) * share * fitting(record, wanted, counting);
  };
  const all = ready.records.filter((record) => things.every((each, at) => scores[at][record.at]));
  const parts = all.length || !things.length ? [] : partial(ready, things, scores, rare, total);
  const some = parts.length > 0;
  const ranked = (some ? parts : all.map((record) => [record, 1])).map(([record, share]) => [record, Math.round(1000 * (rank(record, share) + (some ? 20 * share : 0)))]);
  ranked.sort((one, two) => two[1] - one[1] || ready.order.compare(one[0].name, two[0].name));
  return {
    ...nothing(),
    found: ranked.map(([record, score]) => told(record, years, wanted, score, things)),
    some,
    notes: [...new Set(things.flatMap((each) => ready.everyday.get(each.text)?.notes ?? []))],
    also: [...new Set(things.flatMap((each) => each.meant ?? []))].filter((each) => !text.includes(plain(each))),
  };
}

// What few records have tells more than what many have; what none has tells little.
function rarity(having, all) {
  return having ? Math.log(1 + all / (1 + having)) : 1;
}

// What has some of what was asked for, each with the share that it has.
function partial(ready, things, scores, rare, total) {
  const shares = ready.records.map((record) => [record, things.reduce((sum, each, at) => (
    sum + rare[at] * (scores[at][record.at] ? 1 : each.year ? 0 : 0.8 * shareOf(each, record))), 0) / total]);
  const most = Math.max(...shares.map(([, share]) => share));
  const best = shares.filter(([, share]) => share >= SOME && share >= 0.6 * most);
  return best.length ? best : begun(ready, things);
}

// What has a pair of the characters, or a word, that is asked for in a name: the last try.
function begun(ready, things) {
  const needles = things.flatMap((each) => (each.left ? each.ways[0].apart : []));
  const share = (record) => needles.filter((each) => record.titles.some((title) => level(each, title))).length / needles.length;
  return needles.length ? ready.records.map((record) => [record, share(record)]).filter(([, found]) => found) : [];
}

// A page is no answer, though it may have the name.
const PAGES = 6;

// What bears exactly the name that was asked for comes first, then what begins with it, then what has it in its name.
function near(record, text) {
  if (record.id.includes("/")) return record.titles.includes(text) ? PAGES : 0;
  return named(record, text);
}

function named(record, text) {
  const slug = record.id.slice(record.id.indexOf("-") + 1);
  if (slug === text || record.texts.slice(0, 2).includes(text)) return 40;
  if (record.titles.includes(text)) return 20;
  return Math.max(0, ...record.titles.filter((each) => level({ text, han: HAN.test(text) }, each)).map((each) => (
    (each.startsWith(text) ? 4 : 1) + 3 * text.length / each.length + (each.endsWith(text) ? 2 : 0))));
}

// Who asks for targets, results or numbers wants records that have them.
function fitting(record, wanted, counting) {
  const number = counting && record.facts.some(([, , , text]) => /\d/.test(text)) ? 1.5 : 1;
  if (!wanted) return number;
  return number * (record.facts.some(([, , status]) => (wanted === "targets") === (status === AIM)) ? 1 : 0.5);
}

// What is told of a record: of figures those that were asked for, else the latest and the next.
function told(record, years, wanted, score, things = []) {
  const asked = record.facts.filter(([when, , status]) => (
    years.every((year) => covers(when, year)) && (!wanted || (wanted === "targets") === (status === AIM))));
  const facts = (years.length || wanted) && asked.length ? asked.slice(-3) : record.shown.map((each) => record.facts[each]);
  return { record, facts, score, things };
}

// ---- mistakes in writing

function vocabulary(ready) {
  ready.words ??= [...new Set([
    ...ready.records.flatMap((each) => each.titles.flatMap((title) => title.match(/[a-z]{3,}/g) ?? [])),
    ...[...ready.signs.keys()].flatMap((each) => each.match(/[a-z]{3,}/g) ?? []),
  ])];
  return ready.words;
}

// Returns the query with each word that nothing has replaced by the nearest word that something has.
function corrected(ready, text) {
  return text.replace(/[a-z]{4,}/g, (word) => {
    const there = ready.signs.has(word) || ready.records.some((each) => each.all.includes(singular(word)));
    return there ? word : nearest(vocabulary(ready), word);
  });
}

function nearest(words, word) {
  const allowed = word.length < 8 ? 1 : 2;
  const near = words.map((each) => [each[0] === word[0] ? distance(each, word, allowed) : 9, each])
    .filter(([far]) => far <= allowed).sort((one, two) => one[0] - two[0]);
  return near[0]?.[1] ?? word;
}

// How many letters must be changed, added, left out or exchanged with their neighbour; more than `most` counts as 9.
function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return 9;
  let before = [];
  let row = [...Array(two.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const same = one[i - 1] === two[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[two.length] > most ? 9 : row[two.length];
}

// Returns a name or an everyday word that differs from a Chinese query by one character.
function resembling(ready, text) {
  const letters = [...text];
  if (letters.length < 3 || !letters.every((each) => HAN.test(each))) return "";
  const names = [...ready.records.flatMap((each) => each.titles), ...ready.everyday.keys()];
  return names.find((name) => name.length === text.length && letters.filter((each, at) => each !== name[at]).length === 1) ?? "";
}
