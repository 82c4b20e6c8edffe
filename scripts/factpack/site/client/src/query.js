// Takes a query apart: into things that are asked for, each with the ways to say it, and what is wanted of them.
import { isHan, plain, plainAll, runs, singular, spelt } from "./words.js";

const YEAR = /^(?:19|20)\d{2}$/;
const WANTED = ["missed", "met", "targets", "results"]; // of what is asked for, the first counts
const GROUPS = ["ignored", "amounts", ...WANTED];
const FALL = 0.9; // what each further way to say a thing counts, of the one before

// Every word that the search knows, by its words and characters: what it means, what readers are told of it, or what it
// asks for. The names of records are words too: 沙湖 is asked for, not 湖.
export function dictionary(known, names) {
  const signs = new Map();
  const add = (words, more) => {
    for (const word of plainAll(words)) {
      const there = signs.get(key(word));
      if (!there) signs.set(key(word), { word, ...more });
      else if (more?.means) Object.assign(there, { means: [...there.means, ...more.means], notes: [...there.notes, ...more.notes] });
    }
  };
  for (const [words, means, note] of known.everyday) add(words, { means, notes: note ? [note] : [] });
  for (const group of GROUPS) add(known[group], { group });
  add(names.filter((each) => each.length > 1));
  return { signs, longest: Math.max(...[...signs.keys()].map((each) => each.split(" ").length)) };
}

const withoutYear = (text) => text.replace(/((?:19|20)\d{2})年度?/g, "$1 ");
const key = (text) => runs(text).map((run) => (isHan(run) ? [...run].join(" ") : singular(run))).join(" ");

// The words and Chinese characters of a text, each with whether it is the first of a run.
function atoms(text) {
  return runs(withoutYear(text)).flatMap((run) => (
    isHan(run) ? [...run].map((letter, at) => ({ text: letter, han: true, first: !at })) : [{ text: singular(run), own: run, first: true }]));
}

// Cuts a query into words that are known, the longest first at each place, and what is between them.
function cut({ signs, longest }, text) {
  const all = atoms(text);
  const found = [];
  for (let at = 0; at < all.length;) {
    const some = (size) => all.slice(at, at + size).map((each) => each.text).join(" ");
    let size = Math.min(longest, all.length - at);
    while (size && !signs.has(some(size))) size -= 1;
    const last = found.at(-1);
    const { text: letter, own = letter, han, first } = all[at];
    if (size) found.push({ ...signs.get(some(size)), known: true });
    else if (han && !first && last && !last.known) last.text += letter;
    else found.push({ text: own, han });
    at += size || 1;
  }
  return found;
}

export function parsed(words, text) {
  const cuts = cut(words, text);
  const asked = (group) => cuts.some((each) => each.group === group);
  const named = cuts.filter((each) => !each.group);
  const wanted = WANTED.find(asked) ?? "";
  const things = (named.length ? named : cuts).map(thing);
  // One character that is left over between words decides nothing.
  const firm = things.filter((each) => !each.left || each.text.length > 1);
  return {
    things: firm.length ? firm : things,
    wanted,
    only: wanted !== "" && !named.length, // what is wanted of whatever has it
    counting: asked("amounts"),
  };
}

function thing({ text, word = text, known = false, means = [], notes = [], han = false }) {
  const all = [word, ...means.map(plain)];
  const ways = [...new Set(all)].map((each, at) => ({ text: each, spelt: spelt(each), weight: Math.max(FALL ** at, 0.5) }));
  return { text: word, year: !known && YEAR.test(word) ? word : "", known, left: han, ways, means, notes };
}
