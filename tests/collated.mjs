// Sorts the texts of a list in JSON as a browser does for a page in a language.
import { readFileSync } from "node:fs";

const { language, texts } = JSON.parse(readFileSync(0, "utf8"));
const order = new Intl.Collator(language);
process.stdout.write(JSON.stringify(texts.sort(order.compare)));
