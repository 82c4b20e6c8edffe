// What the programs share: what they are asked, the browser, and what a page said while it was open.
import process from "node:process";
import { chromium, firefox } from "playwright-core";

// Each program is asked in one JSON argument: `chromium`, the program, or `firefox`, which is then used; `base`, the
// address of the site, with a slash at its end; and what is its own.
export const asked = JSON.parse(process.argv[2]);

// Gives a browser to a task and prints what the task returns as one JSON document. Chromium is told more by flags, and
// Firefox by preferences: WebDriver BiDi cannot tell it to run no scripts or to be dark.
export async function answer(task, { flags = [], preferences = {} } = {}) {
  const browser = asked.firefox
    ? await firefox.launch({ channel: "moz-firefox", executablePath: asked.firefox, firefoxUserPrefs: preferences })
    : await chromium.launch({ executablePath: asked.chromium, args: ["--no-sandbox", ...flags] });
  try {
    process.stdout.write(JSON.stringify(await task(browser)));
  } finally {
    await browser.close();
  }
}

// Notes what a page asks for and complains of.
export function watched(page) {
  const seen = { complaints: [], requests: [] };
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) seen.complaints.push(`console ${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => seen.complaints.push(`error: ${error.message}`));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("requestfailed", (request) => {
    seen.complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) seen.complaints.push(`${response.status()}: ${response.url()}`);
  });
  return seen;
}

// Opens a page of the site and waits until all that it loads is there.
export async function opened(page, path) {
  await page.goto(asked.base + path, { waitUntil: "load" });
}
