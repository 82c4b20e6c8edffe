// Judges each of `paths` by Lighthouse as on a telephone, its default, up to `runs` times until every score is `enough`;
// tells the best scores and what cost them in the last run.
import net from "node:net";
import lighthouse from "lighthouse";
import { answer, asked } from "./common.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port: free } = server.address();
    server.close(() => resolve(free));
  });
});

async function judged(path) {
  const scores = {};
  for (let run = 1; ; run += 1) {
    const { lhr } = await lighthouse(asked.base + path, { port, logLevel: "error", onlyCategories: CATEGORIES });
    for (const each of CATEGORIES) scores[each] = Math.max(scores[each] ?? 0, lhr.categories[each].score ?? 0);
    const lost = Object.values(lhr.categories).flatMap((category) => category.auditRefs)
      .filter((each) => each.weight && lhr.audits[each.id].score !== null && lhr.audits[each.id].score < 1)
      .map((each) => `${each.id} ${lhr.audits[each.id].score} ${lhr.audits[each.id].displayValue ?? ""}`.trim());
    if (run >= asked.runs || Math.min(...Object.values(scores)) >= asked.enough) {
      return { scores, lost, run, error: lhr.runtimeError?.message ?? "" };
    }
  }
}

await answer(async () => {
  const told = {};
  for (const path of asked.paths) told[path] = await judged(path);
  return told;
}, [`--remote-debugging-port=${port}`]);
