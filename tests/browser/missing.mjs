// Opens addresses that do not exist, for which the host shows the page `shown`; tells what comes first and what is offered.
import { answer, asked, watched } from "./common.mjs";

await answer(async (browser) => {
  const told = [];
  for (const path of asked.paths) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const seen = watched(page);
    const address = asked.base + path;
    await page.route(address, (route) => route.fulfill({ path: asked.shown, contentType: "text/html" }));
    await page.goto(address, { waitUntil: "load" });
    const language = await page.locator(".missing section").first().getAttribute("lang");
    const offered = await page.locator(".meant:visible a").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    told.push({ path, language, offered, fits, complaints: seen.complaints });
    await page.close();
  }
  return told;
});
