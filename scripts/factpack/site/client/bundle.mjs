// Bundles what the pages load into bundle/: scripts, style, the font of the card, and the licences of the libraries.
import { build } from "esbuild";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const FONT = "node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-600-normal.woff";
const FONT_LICENCE = "node_modules/@fontsource/noto-sans-sc/LICENSE";
const common = { bundle: true, minify: true, charset: "utf8", legalComments: "none", target: "es2020", outdir: "bundle" };

await build({ ...common, entryPoints: ["src/site.js", "src/search.js", "src/missing.js", "src/style.css", "src/icon.svg"], loader: { ".svg": "copy" } });
await build({ ...common, entryPoints: { card: FONT }, loader: { ".woff": "copy" } });
copyFileSync(FONT_LICENCE, "bundle/card.licence.txt"); // the pages do not carry the font, but a wheel does
const licences = ["minisearch/LICENSE.txt", "opencc-js/LICENSE", "opencc-js/LICENSES/Apache-2.0.txt"]; // the last of its characters
writeFileSync("bundle/licences.txt", licences.map((path) => `${path}\n\n${readFileSync(`node_modules/${path}`, "utf8")}`).join("\n\n"));
