// Presses every copy button of a page, pastes what is in the clipboard, and tells both. Where `plain` is set the page
// has no Clipboard API, as over http from another machine.
import { answer, asked, opened, watched } from "./common.mjs";

await answer(async (browser) => {
  const context = await browser.newContext();
  if (!asked.firefox && asked.base.startsWith("http")) { // Firefox asks for no leave to write
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(asked.base).origin });
  }
  if (asked.plain) {
    await context.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  }
  const page = await context.newPage();
  const seen = watched(page);
  const told = [];
  await opened(page, asked.path);
  await page.locator("details").evaluateAll((all) => all.forEach((each) => { each.open = true; }));
  const buttons = page.locator("button[data-copy]");
  for (let at = 0; at < await buttons.count(); at += 1) {
    const button = buttons.nth(at);
    const before = await button.textContent();
    await button.click();
    await page.waitForTimeout(50);
    const after = await button.textContent();
    const shown = await page.evaluate((id) => document.getElementById(id).textContent, await button.getAttribute("data-copy"));
    await page.evaluate(() => {
      const area = document.createElement("textarea");
      area.id = "pasted";
      document.body.append(area);
      area.focus();
    });
    await page.keyboard.press("Control+V");
    const pasted = await page.locator("#pasted").inputValue();
    await page.evaluate(() => document.getElementById("pasted").remove());
    told.push({ before, after, shown, pasted });
  }
  await page.waitForTimeout(2100);
  const restored = await buttons.allTextContents();
  return { told, restored, complaints: seen.complaints };
});
