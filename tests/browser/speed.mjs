// Searches for each of `queries` on the search page of each of `homes`, with a processor slower by each of `rates`; tells
// how many milliseconds each search takes until its results stand in the page. The first one makes the search ready.
import { answer, asked } from "./common.mjs";

await answer(async (browser) => {
  const told = [];
  for (const home of asked.homes) {
    for (const rate of asked.rates) {
      const page = await browser.newPage();
      await page.addInitScript(() => { window.requestIdleCallback = () => 0; }); // nothing is made ready beforehand
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate });
      await page.goto(`${asked.base}${home}search/index.html`, { waitUntil: "load" });
      const times = await page.evaluate((queries) => queries.map((query) => {
        const input = document.getElementById("query");
        input.value = query;
        const begun = performance.now();
        input.form.requestSubmit();
        document.body.getBoundingClientRect(); // its layout too
        return performance.now() - begun;
      }), asked.queries);
      told.push({ home, rate, times });
      await page.close();
    }
  }
  return told;
});
