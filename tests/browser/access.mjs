// Judges each of `paths` by all default rules of axe in each of `schemes`, in a window of the size `viewport` if one is
// named; tells what assistive technology is given for every drawing, what stands before a hidden one, how many of each
// role the page has, and by how many pixels it is wider than the window. Firefox keeps to the first scheme, and tells
// only what axe finds and the pixels.
import axe from "axe-core";
import { answer, asked, opened } from "./common.mjs";

const DRAWING = "svg:not(svg svg)";

function before(all) {
  const told = (drawing) => (drawing.closest("td") ?? drawing).previousElementSibling?.textContent.trim() ?? "";
  return all.map((each) => (each.getAttribute("aria-hidden") === "true" ? told(each) : ""));
}

async function drawings(page) {
  const beside = await page.locator(DRAWING).evaluateAll(before);
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: DRAWING });
  const found = [];
  for (const [at, nodeId] of nodeIds.entries()) {
    const { nodes } = await session.send("Accessibility.getPartialAXTree", { nodeId, fetchRelatives: false });
    const [node] = nodes;
    const value = (each) => each?.value ?? "";
    found.push({
      ignored: node.ignored, role: value(node.role), name: value(node.name), description: value(node.description),
      beside: beside[at],
    });
  }
  await session.detach();
  return found;
}

async function roles(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const counts = {};
  for (const { ignored, role } of nodes) if (!ignored) counts[role.value] = (counts[role.value] ?? 0) + 1;
  return counts;
}

await answer(async (browser) => {
  const context = await browser.newContext(asked.viewport ? { viewport: asked.viewport } : {});
  await context.addInitScript({ content: axe.source }); // not as an element of the page, which its policy forbids
  const page = await context.newPage();
  const told = {};
  for (const path of asked.paths) {
    await opened(page, path);
    await page.evaluate(() => { // axe judges what is out of sight too
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { content-visibility: visible !important }");
      document.adoptedStyleSheets = [sheet];
    });
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
    await page.evaluate(() => { document.adoptedStyleSheets = []; });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    told[path] = { violations, passes, wider };
    if (!asked.firefox) Object.assign(told[path], { drawings: await drawings(page), roles: await roles(page) });
  }
  return told;
}, {
  flags: ["--force-renderer-accessibility"], // as while a screen reader runs: rows out of sight are told too
  preferences: { "layout.css.prefers-color-scheme.content-override": asked.schemes[0] === "dark" ? 0 : 1 },
});
