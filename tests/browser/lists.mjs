// Uses the list of indicators as a reader does, in a window of the size `viewport` if one is named: sorts it, filters
// it, and comes back to what was filtered.
import { answer, asked, opened, watched } from "./common.mjs";

const rows = (page) => page.locator("#records tbody tr:not(.group)").evaluateAll((all) => all.map((row) => ({
  hidden: !row.checkVisibility(),
  group: row.parentElement.querySelector(".group th a")?.textContent ?? "",
  cells: [...row.cells].map((cell) => ({
    text: cell.textContent.trim(), sort: cell.dataset.sort ?? null, unit: cell.dataset.unit ?? "",
  })),
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
    for (let turn = 0; turn < 3; turn += 1) {
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
  for (let turn = 0; turn < 2; turn += 1) await page.keyboard.press("Enter");

  await page.locator(".filter input").fill(asked.text);
  const byText = await state(page);
  const select = page.locator(`.filter select[name="${asked.filter}"]`);
  const column = await page.locator("#records thead th").evaluateAll(
    (all, name) => all.findIndex((head) => head.dataset.key === name), asked.filter);
  const choice = await select.locator("option").nth(1).getAttribute("data-label");
  const value = await select.locator("option").nth(1).getAttribute("value");
  await page.locator(".filter input").fill("");
  const told = await select.locator("option").nth(1).textContent();
  await select.selectOption({ index: 1 });
  const bySelect = { ...await state(page), column, choice, value, told };
  await page.locator(".filter input").fill(asked.text);
  const both = await state(page);
  const address = page.url();
  const again = await (await browser.newContext()).newPage();
  await again.goto(address);
  const back = {
    ...await state(again),
    text: await again.locator(".filter input").inputValue(),
    choice: await again.locator(`.filter select[name="${asked.filter}"]`).inputValue(),
  };
  const counts = await again.locator(`.filter select[name="${asked.filter}"] option`).allTextContents();
  await page.locator(".filter input").fill("");
  await select.selectOption({ index: 0 });
  const cleared = await state(page);

  // An address that is typed, the same in the other language, and one that nothing fits.
  const [plain] = page.url().split("#");
  await page.goto(`${plain}#${asked.filter}=${value}&sort=-${asked.sort}`);
  await page.waitForTimeout(80);
  const typed = { ...await state(page), order: await page.locator(".filter [data-order]").inputValue() };
  await page.locator("a.language").click();
  await page.waitForLoadState();
  const other = await state(page);
  await page.goto(`${page.url().split("#")[0]}#has=no+such+words`);
  await page.waitForTimeout(80);
  const nothing = { ...await state(page), none: await page.locator("#records-none").isVisible() };
  await page.locator("#records-none button").click();
  const all = { ...await state(page), none: await page.locator("#records-none").isVisible() };
  return {
    heads, before, sorted, byKey, byText, bySelect, both, back, counts, cleared, typed, other, nothing, all,
    complaints: seen.complaints,
  };
});
