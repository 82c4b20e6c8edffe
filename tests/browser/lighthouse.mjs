// Judges each of `paths` by Lighthouse as on a telephone, its default, in `categories`, `runs` times; tells for each run
// its scores, what cost them, what was measured, and how fast Lighthouse finds the machine.
import net from "node:net";
import lighthouse from "lighthouse";
import { answer, asked } from "./common.mjs";

const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const { port: free } = server.address();
    server.close(() => resolve(free));
  });
});

async function judged(path) {
  const { lhr } = await lighthouse(asked.base + path, { port, logLevel: "error", onlyCategories: asked.categories });
  const found = Object.values(lhr.categories);
  return {
    scores: Object.fromEntries(found.map((category) => [category.id, category.score ?? 0])),
    lost: found.flatMap((category) => category.auditRefs)
      .filter((each) => each.weight && lhr.audits[each.id].score !== null && lhr.audits[each.id].score < 1)
      .map((each) => `${each.id} ${lhr.audits[each.id].score} ${lhr.audits[each.id].displayValue ?? ""}`.trim()),
    values: Object.fromEntries(Object.values(lhr.audits)
      .filter((audit) => audit.numericValue !== undefined).map((audit) => [audit.id, audit.numericValue])),
    machine: lhr.environment.benchmarkIndex,
    error: lhr.runtimeError?.message ?? "",
  };
}

await answer(async () => {
  const told = {};
  for (const path of asked.paths) {
    told[path] = [];
    while (told[path].length < asked.runs) told[path].push(await judged(path));
  }
  return told;
}, { flags: [`--remote-debugging-port=${port}`] });
