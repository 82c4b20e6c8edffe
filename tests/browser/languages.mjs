// Goes to the other language and back from each of `paths`.
import { answer, asked, opened } from "./common.mjs";

const here = async (page) => ({
  path: decodeURI(page.url()).slice(asked.base.length),
  lang: await page.locator("html").getAttribute("lang"),
  id: await page.locator("#own-id").textContent(),
  heading: await page.locator("h1").textContent(),
});

await answer(async (browser) => {
  const page = await browser.newPage();
  const told = {};
  for (const path of asked.paths) {
    await opened(page, path);
    const steps = [await here(page)];
    for (let turn = 0; turn < 2; turn += 1) {
      await page.locator("a.language").click();
      await page.waitForLoadState();
      steps.push(await here(page));
    }
    told[path] = steps;
  }
  return told;
});
