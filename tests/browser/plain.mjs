// Opens each of `paths` without JavaScript and tells the text that is visible, the rows, and what only scripts can use.
import { answer, asked, opened } from "./common.mjs";

await answer(async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const told = {};
  for (const path of asked.paths) {
    await opened(page, path);
    told[path] = {
      text: await page.locator("main").innerText(),
      rows: await page.locator("main tbody tr:visible").count(),
      buttons: await page.locator("button[data-copy]:visible").count(),
      filters: await page.locator(".filter:visible").count(),
      links: await page.locator("main a:visible").evaluateAll((all) => all.map((each) => each.getAttribute("href"))),
    };
  }
  return told;
}, { preferences: { "javascript.enabled": false } });
