// Opens a page that is served while it is worked on, and waits until it has loaded itself again with the title `title`.
import { answer, asked, watched } from "./common.mjs";

await answer(async (browser) => {
  const page = await browser.newPage();
  const seen = watched(page);
  await page.goto(asked.base, { waitUntil: "commit" });
  await page.waitForFunction((title) => document.title === title, asked.title, { timeout: 120_000 });
  return { title: await page.title(), complaints: seen.complaints };
});
