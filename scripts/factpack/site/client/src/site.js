// What every page runs: copy buttons, tables that are sorted and filtered, rows and charts as
// files, and the way to the other language. Without it the page reads the same.
import "./lists.js";
import "./take.js";
import "./picture.js";

const body = document.body.dataset;

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  const label = button.firstChild;
  const before = label.textContent;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    let said = body.copied;
    try {
      await copy(text);
    } catch {
      said = body.notCopied;
    }
    label.textContent = said;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}

// In a page that was opened from a folder no form may be sent in Firefox: to its policy, no file is of the same origin.
if (location.protocol === "file:") {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    location.assign(`${event.target.action}?${new URLSearchParams(new FormData(event.target))}`);
  });
}

// The clipboard is for secure pages; one opened from a folder or over http copies by selecting.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "only-heard";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

// The other language shows the same place, the same search and the same filter.
const language = document.querySelector("a.language");
const there = language?.getAttribute("href");
for (const event of ["focus", "pointerdown", "click"]) {
  language?.addEventListener(event, () => { language.href = there + location.search + location.hash; });
}

// On a phone the menu is wider than the page: where the reader is, is in sight.
const here = document.querySelector(".top :is([aria-current], .within)");
if (here) here.closest("ul").scrollLeft = here.offsetLeft - 20;

// The key / leads to the search, unless something is being written.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, select, textarea, [contenteditable]");
  const field = document.querySelector("main [type=search], header [type=search]");
  if (event.key !== "/" || writing || !field || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.focus();
  field.select();
});
