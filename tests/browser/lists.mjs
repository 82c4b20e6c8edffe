// Uses the list of indicators as a reader does, in a window of the size `viewport` if one is named: sorts it, filters
// it, and comes back to what was filtered.
import { answer, asked, opened, watched } from "./common.mjs";

const rows = (page) => page.locator("#records tbody tr").evaluateAll((all) => all.map((row) => ({
  hidden: !row.checkVisibility(),
  cells: [...row.cells].map((cell) => ({ text: cell.textContent.trim(), sort: cell.dataset.sort ?? null })),
})));
const state = async (page) => ({
  rows: await rows(page),
  said: await page.locator(".filter output").textContent(),
  hash: new URL(page.url()).hash,
});

await answer(async (browser) => {
  const page = await browser.newPage(asked.viewport ? { viewport: asked.viewport } : {});
  const seen = watched(page);
  const sorted = [];
  await opened(page, asked.path);
  const heads = await page.locator("#records thead th").allTextContents();
  const before = await state(page);
  for (const column of asked.columns) {
    for (let turn = 0; turn < 2; turn += 1) {
      const head = page.locator("#records thead th").nth(column);
      await head.click();
      await page.waitForTimeout(80);
      sorted.push({ column, direction: await head.getAttribute("aria-sort"), rows: await rows(page) });
    }
  }
  const head = page.locator("#records thead th").nth(asked.columns[0]);
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(80);
  const byKey = await head.getAttribute("aria-sort");

  await page.locator(".filter [data-text]").fill(asked.text);
  const byText = await state(page);
  const select = page.locator(".filter [data-column]").first();
  const column = Number(await select.getAttribute("data-column"));
  const choice = await select.locator("option").nth(1).textContent();
  await page.locator(".filter [data-text]").fill("");
  await select.selectOption({ index: 1 });
  const bySelect = { ...await state(page), column, choice };
  await page.locator(".filter [data-text]").fill(asked.text);
  const both = await state(page);
  const address = page.url();
  const again = await (await browser.newContext()).newPage();
  await again.goto(address);
  const back = {
    ...await state(again),
    text: await again.locator(".filter [data-text]").inputValue(),
    choice: await again.locator(".filter [data-column]").first().inputValue(),
  };
  await page.locator(".filter [data-text]").fill("");
  await select.selectOption({ index: 0 });
  const cleared = await state(page);
  return { heads, before, sorted, byKey, byText, bySelect, both, back, cleared, complaints: seen.complaints };
});
