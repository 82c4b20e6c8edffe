// Reads a citation as reference managers do, with citation-js, and prints what arrives as CSL and as text in APA style.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-cff";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const read = (text) => {
  const [item] = new Cite(text).data;
  return { item, apa: new Cite(item).format("bibliography", { template: "apa", lang: "en-US" }).trim() };
};
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
