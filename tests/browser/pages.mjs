// Opens each of `paths` anew and tells what it asked for and complained of.
import { answer, asked, opened, watched } from "./common.mjs";

await answer(async (browser) => {
  const told = {};
  for (const path of asked.paths) {
    const context = await browser.newContext(); // nothing is kept from the page before
    const page = await context.newPage();
    const seen = watched(page);
    await opened(page, path);
    await page.waitForTimeout(100); // what a script does at the end of loading
    told[path] = { ...seen, title: await page.title() };
    await context.close();
  }
  return told;
});
