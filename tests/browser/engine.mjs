// Searches what `known` knows for each of `queries`, without a page; tells what each finds, the best first.
import process from "node:process";
import { prepare, search } from "../../scripts/factpack/site/client/src/engine.js";

const asked = JSON.parse(process.argv[2]);
const ready = prepare(asked.known, "en");
process.stdout.write(JSON.stringify(asked.queries.map((query) => {
  const done = search(ready, query);
  const facts = done.found.map((each) => each.facts.map((fact) => `${fact[0]} ${fact[2]} ${fact[3]}`));
  return { ...done, found: done.found.map((each) => each.record.id), facts };
})));
