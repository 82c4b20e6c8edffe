// Reads YAML texts with the reader of most programs in JavaScript. In: a JSON list of texts. Out: for each the value that
// it has, its mappings as lists of pairs, or null if it is refused.
import process from "node:process";
import { text } from "node:stream/consumers";
import { parseDocument } from "yaml";

function pairs(value) {
  if (value instanceof Map) return { pairs: [...value].map(([key, each]) => [key, pairs(each)]) };
  return Array.isArray(value) ? value.map(pairs) : value;
}

function read(written) {
  const document = parseDocument(written, { version: "1.2", strict: true, uniqueKeys: true, prettyErrors: false });
  return document.errors.length > 0 ? null : { value: pairs(document.toJS({ mapAsMap: true })) };
}

process.stdout.write(JSON.stringify(JSON.parse(await text(process.stdin)).map(read)));
