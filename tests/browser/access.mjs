// Judges each of `paths` by all default rules of axe in each of `schemes`, and tells what assistive technology is given
// for every drawing of the page.
import axe from "axe-core";
import { answer, asked, opened } from "./common.mjs";

async function drawings(page) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "svg" });
  const found = [];
  for (const nodeId of nodeIds) {
    const { nodes } = await session.send("Accessibility.getPartialAXTree", { nodeId, fetchRelatives: false });
    const [node] = nodes;
    const value = (each) => each?.value ?? "";
    found.push({
      ignored: node.ignored, role: value(node.role), name: value(node.name), description: value(node.description),
    });
  }
  await session.detach();
  return found;
}

await answer(async (browser) => {
  const context = await browser.newContext();
  await context.addInitScript({ content: axe.source }); // not as an element of the page, which its policy forbids
  const page = await context.newPage();
  const told = {};
  for (const path of asked.paths) {
    await opened(page, path);
    const violations = [];
    let passes = 0;
    for (const colorScheme of asked.schemes) {
      await page.emulateMedia({ colorScheme });
      const result = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      passes += result.passes.length;
      for (const { id, nodes } of result.violations) {
        for (const { target, failureSummary } of nodes.slice(0, 5)) {
          violations.push(`${colorScheme} ${id} ${target.join(" ")}: ${failureSummary.split("\n").slice(1).join(" ").trim()}`);
        }
      }
    }
    told[path] = { violations, passes, drawings: await drawings(page) };
  }
  return told;
});
