// Searches for each of `queries` in each of `homes`: by address, typed into the search page, and for the first from the
// header of the home page. Tells the ids that were found, the best first.
import { answer, asked, opened, watched } from "./common.mjs";

const found = (page) => page.locator("#results > li").evaluateAll((all) => all.map((each) => each.dataset.id));

await answer(async (browser) => {
  const page = await browser.newPage();
  const seen = watched(page);
  const told = [];
  for (const home of asked.homes) {
    for (const query of asked.queries) {
      await opened(page, `${home}search/index.html?q=${encodeURIComponent(query)}`);
      const addressed = await found(page);
      const said = await page.locator("#found").textContent();
      await opened(page, `${home}search/index.html`);
      await page.locator("#query").pressSequentially(query);
      await page.waitForFunction(() => document.querySelector("#results li"));
      await page.locator("#query").press("Enter");
      const typed = await found(page);
      const href = await page.locator("#results a.hit").first().getAttribute("href");
      const also = await page.locator("#results .also").allTextContents();
      told.push({ home, query, addressed, typed, said, href, also });
      if (query !== asked.queries[0]) continue; // where a search begins does not depend on what is looked for
      await opened(page, `${home}index.html`);
      await page.locator("header input[name=q]").fill(query);
      await page.locator("header button[type=submit]").click();
      await page.waitForURL((url) => url.pathname.endsWith(`${home}search/index.html`));
      await page.waitForLoadState();
      const submitted = await found(page);
      const shown = await page.locator("#query").inputValue();
      await page.locator("#results a.hit").first().click();
      await page.waitForLoadState();
      const led = { url: page.url(), id: await page.locator("#own-id").textContent() };
      Object.assign(told.at(-1), { submitted, shown, led });
    }
  }
  await opened(page, "search/index.html?q=%E9%BE%98%E9%BE%98");
  const nothing = { ids: await found(page), said: await page.locator("#found").textContent() };
  // A page that is left before its icon came gives up on it, and nothing else is given up.
  const complaints = seen.complaints.filter((each) => !each.endsWith("icon.svg net::ERR_ABORTED"));
  return { told, nothing, complaints };
});
