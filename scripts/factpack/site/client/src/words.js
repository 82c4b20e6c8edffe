// How texts are cut: Chinese into single characters or pairs of them, all else into words.

const RUN = /[\p{Script=Han}々〇]+|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\d]+(?:\.\d+)*/gu;
const HAN = /[\p{Script=Han}々〇]/u;

export const isHan = (text) => HAN.test(text);

// A text in one writing: full width, capitals, 16,000, people's.
export function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/['’]s\b/g, "").replace(/\s+/g, " ").trim();
}

// All texts are made plain at once, as one text: that is ten times as fast as one by one.
export function plainAll(texts) {
  return plain(texts.join("\u0001")).split("\u0001");
}

export function runs(text) {
  return text.match(RUN) ?? [];
}

// The word without the ending of a plural: parks is park, companies is company.
export function singular(word) {
  if (!word.endsWith("s") || word.length < 4) return word;
  return word.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/([^su])s$/, "$1");
}

// What the index holds of a text: of Chinese all pairs and the last character, so that one character alone is the
// beginning of something wherever it stands.
export function terms(text) {
  return [...new Set(runs(text).flatMap((run) => (isHan(run) ? tails(run) : [run])))];
}

function tails(run) {
  const letters = [...run].map(placed);
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
}

// A Chinese character behind two that say among which 1,024 and which 32 it is: MiniSearch tries the beginnings of words
// one after another, and without these there would be thousands.
const known = new Map();

function placed(letter) {
  if (!known.has(letter)) known.set(letter, String.fromCharCode(letter.charCodeAt(0) >> 10, 256 + (letter.charCodeAt(0) >> 5)) + letter);
  return known.get(letter);
}

// What is looked for: of Chinese the pairs only.
export function pairs(text) {
  return [...new Set(runs(text).flatMap((run) => (isHan(run) ? tails(run).slice(0, Math.max(run.length - 1, 1)) : [run])))];
}

// The text in a writing in which what is looked for stands as it is: each word alone, without the ending of a plural.
export function spelt(text) {
  return runs(text).map((run) => (isHan(run) ? run : ` ${singular(run)} `)).join("");
}
