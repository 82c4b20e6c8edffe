// Uses the search by keyboard on each of `homes`, without waiting for answers: / goes to the field, the arrows into the
// results, Enter opens one; tells what has the focus after each step, what is announced, and what a filter by type leaves.
import { answer, asked, opened } from "./common.mjs";

const focused = (page) => page.evaluate(() => {
  const { id, name, className, parentElement } = document.activeElement;
  return id || name || `${className} ${parentElement.closest("li")?.dataset.id ?? ""}`.trim();
});

await answer(async (browser) => {
  const page = await browser.newPage();
  const told = [];
  for (const home of asked.homes) {
    await opened(page, `${home}about/index.html`);
    await page.keyboard.press("/");
    const steps = [await focused(page)];
    await opened(page, `${home}search/index.html`);
    await page.waitForFunction(() => document.activeElement.id === "query");
    await page.keyboard.type(asked.query);
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "Escape", "ArrowDown", "/"]) {
      await page.keyboard.press(key);
      steps.push(await focused(page));
    }
    const said = await page.locator("#found").textContent();
    const first = await page.locator("#results > li").first().getAttribute("data-id");
    const all = await page.locator("#results > li").count();
    await page.locator("#kinds button").nth(1).press("Enter");
    const filtered = {
      pressed: await page.locator("#kinds [aria-pressed=true]").textContent(),
      kinds: await page.locator("#results .kind").allTextContents(),
      address: new URL(page.url()).search,
    };
    await page.locator("#results a.hit").first().press("Enter");
    await page.waitForLoadState();
    told.push({ home, steps, said, first, all, filtered, url: page.url() });
  }
  return told;
});
