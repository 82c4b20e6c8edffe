// Searches what `known` knows, on a page in `language`, for each of `queries`; tells what each finds, the best first: its id,
// and its figures with the anchor of each. What is asked comes from the standard input: a whole site is too long to be typed.
import process from "node:process";
import { json } from "node:stream/consumers";
import { prepare, search } from "../../scripts/factpack/site/client/src/engine.js";

const asked = await json(process.stdin);
const ready = prepare(asked.known, asked.language);
process.stdout.write(JSON.stringify(asked.queries.map((query) => {
  const done = search(ready, query);
  const facts = done.found.map((each) => each.facts.map((fact) => `${fact[0]} ${fact[2]} ${fact[3]}`));
  const parts = done.found.map((each) => each.facts.map((fact) => `${each.record.id}.${fact[5]}`));
  return { ...done, found: done.found.map((each) => each.record.id), facts, parts };
})));
