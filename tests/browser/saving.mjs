// Saves pages in the ways in which a browser does: as one file, as the document that it shows, as text, printed, and as
// a picture; and the source of a page as it shows that. `pages` are their addresses below `base`.
import { Buffer } from "node:buffer";
import { answer, asked } from "./common.mjs";

async function snapshot(page) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureSnapshot", { format: "mhtml" });
  return Buffer.from(data, "utf-8").toString("base64");
}

await answer(async (browser) => {
  const saved = {};
  for (const path of asked.pages) {
    const page = await browser.newPage();
    await page.goto(asked.base + path, { waitUntil: "load" });
    saved[path] = {
      mhtml: await snapshot(page),
      dom: Buffer.from(await page.content(), "utf-8").toString("base64"),
      text: Buffer.from(await page.evaluate(() => document.body.innerText), "utf-8").toString("base64"),
      pdf: (await page.pdf()).toString("base64"),
      png: (await page.screenshot()).toString("base64"),
    };
    await page.goto(`view-source:${asked.base}${path}`, { waitUntil: "load" });
    saved[path].source = await snapshot(page);
    saved[path].copied = Buffer.from(await page.evaluate(() => document.body.innerText), "utf-8").toString("base64");
    await page.close();
  }
  return saved;
});
