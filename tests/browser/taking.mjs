// Takes away what readers take: the rows of the table `path` that are shown, in each form and as they are filtered and
// sorted by `hash`, and each chart of the page `chart` as a picture.
import { readFile } from "node:fs/promises";
import { answer, asked, opened, watched } from "./common.mjs";

async function taken(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: file.suggestedFilename(), base64: (await readFile(await file.path())).toString("base64") };
}

await answer(async (browser) => {
  const page = await browser.newPage({ colorScheme: asked.scheme ?? "light" });
  const seen = watched(page);
  const rows = {};
  for (const hash of asked.hashes) {
    await page.goto("about:blank");
    await opened(page, asked.path + hash);
    const visible = page.locator("#records tbody tr:visible");
    const first = await visible.count();
    const more = page.locator("#records-more");
    while (await more.isVisible()) await more.click();
    rows[hash] = { first, ids: await visible.evaluateAll((all) => all.map((row) => row.id)), files: {} };
    for (const form of ["csv", "excel", "json"]) {
      rows[hash].files[form] = await taken(page, page.locator(`[data-take] [data-form=${form}]`));
    }
  }
  await opened(page, asked.chart);
  const charts = [];
  for (const bar of await page.locator("[data-picture]").all()) {
    charts.push({
      svg: await taken(page, bar.locator("[data-form=svg]")),
      png: await taken(page, bar.locator("[data-form=png]")),
    });
  }
  return { rows, charts, complaints: seen.complaints, requests: seen.requests.filter((each) => each !== "about:blank") };
});
