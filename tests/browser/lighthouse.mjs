// Judges each of `paths` by Lighthouse as on a telephone, its default; tells the scores and what cost them.
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

await answer(async () => {
  const told = {};
  for (const path of asked.paths) {
    const { lhr } = await lighthouse(asked.base + path, { port, logLevel: "error", output: "json", onlyCategories: CATEGORIES });
    const lost = Object.values(lhr.categories).flatMap((category) => category.auditRefs)
      .filter((each) => each.weight && lhr.audits[each.id].score !== null && lhr.audits[each.id].score < 1)
      .map((each) => `${each.id} ${lhr.audits[each.id].score} ${lhr.audits[each.id].displayValue ?? ""}`.trim());
    const scores = Object.fromEntries(CATEGORIES.map((each) => [each, lhr.categories[each].score]));
    told[path] = { scores, lost, error: lhr.runtimeError?.message ?? "" };
  }
  return told;
}, [`--remote-debugging-port=${port}`]);
