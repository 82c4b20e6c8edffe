// What a query with a mistake was meant to be: the nearest word or name that is known.
import MiniSearch from "minisearch";
import { CustomConverter } from "opencc-js/core";
import CHARACTERS from "opencc-js/dict/TSCharacters";
import { isHan, runs, singular } from "./words.js";

// `ready` keeps what it knows, made at the first mistake: English words one by one, Chinese names whole.
function nearest(ready, word) {
  ready.lexicon ??= lexicon(ready);
  const letters = (text) => [...text].sort().join("");
  const begins = ({ id }) => isHan(word) || id[0] === word[0];
  const near = ready.lexicon.search(word, { fuzzy: word.length < 8 ? 1 : 2, filter: begins });
  const swapped = () => ready.lexicon.search(word, { fuzzy: 2, filter: ({ id }) => letters(id) === letters(word) });
  return (near[0] ?? swapped()[0])?.id ?? "";
}

function lexicon({ records, words }) {
  const names = [...records.flatMap((each) => each.titles), ...[...words.signs.values()].map((each) => each.word ?? "")];
  const all = names.flatMap((name) => runs(name)).filter((run) => isHan(run) || /^[a-z]{3,}$/.test(run)).map(singular);
  const made = new MiniSearch({ fields: ["id"], tokenize: (text) => [text], processTerm: (term) => term });
  made.addAll([...new Set(all)].map((id) => ({ id })));
  return made;
}

// The query in simplified characters, and with each word that nothing has replaced by the nearest one.
export function corrected(ready, text) {
  ready.simplified ??= CustomConverter([CHARACTERS]);
  return ready.simplified(text).replace(/[a-z]{4,}/g, (word) => (ready.index.search(word).length ? word : nearest(ready, singular(word)) || word));
}

// The name of its length that a Chinese query may have meant.
export function resembling(ready, text) {
  const near = runs(text).length === 1 && isHan(text) && text.length > 2 ? nearest(ready, text) : "";
  return near.length === text.length && near !== text ? near : "";
}
