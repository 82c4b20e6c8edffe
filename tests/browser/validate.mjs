// Judges the HTML files in `files` by html-validate and tells the errors and warnings of each.
import fs from "node:fs";
import process from "node:process";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const { files } = JSON.parse(process.argv[2]);
const config = JSON.parse(fs.readFileSync(new URL("html-validate.json", import.meta.url), "utf8"));
const judge = new HtmlValidate(new StaticConfigLoader(config));
const told = {};
for (const file of files) {
  const { results } = await judge.validateFile(file);
  told[file] = results.flatMap((each) => each.messages)
    .map((each) => `${each.line}:${each.column} ${each.ruleId}: ${each.message} ${each.selector ?? ""}`);
}
process.stdout.write(JSON.stringify(told));
