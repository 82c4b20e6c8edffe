// What the page for a missing address runs: it offers the records whose ids are most like the one that was asked for.
const MOST = 5;

// How many letters differ; two that changed places count as one.
function distance(one, two) {
  let before = [];
  let row = [...Array(two.length + 1).keys()];
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= two.length; to += 1) {
      const swapped = at > 1 && to > 1 && one[at - 1] === two[to - 2] && one[at - 2] === two[to - 1];
      next.push(Math.min(next[to - 1] + 1, row[to] + 1, row[to - 1] + (one[at - 1] === two[to - 1] ? 0 : 1), swapped ? before[to - 2] + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[two.length];
}

const bare = (id) => id.replace(/^[a-z]{3}-/, "");

// The id in an address: /id/<id>/, /id/<id>.json; of a part, that of its record. Of any other address its last name.
export function askedFor(path) {
  const names = path.split("/").filter((each) => each && !/^index\.html?$/.test(each));
  const at = names.indexOf("id");
  const name = (at >= 0 && names[at + 1]) || names.at(-1) || "";
  return name.toLowerCase().replace(/_/g, "-").split(".")[0];
}

// The records whose ids are most like a text, the most alike first.
export function alike(records, text) {
  const own = bare(text);
  if (own.length < 2) return [];
  return records
    .map(([id, , name, other]) => {
      const ends = bare(id);
      const begun = own.length > 2 && (ends.startsWith(own) || own.startsWith(`${ends}-`));
      return { id, name, other, far: ends === own ? 0 : Math.min(distance(own, ends), begun ? 1.5 : Infinity) };
    })
    .filter(({ id, far }) => /^[a-z]{3}-/.test(id) && far <= Math.max(1.5, own.length / 4))
    .sort((one, two) => one.far - two.far || one.id.length - two.id.length)
    .slice(0, MOST);
}

// Hosts show one page for both languages: the part in that of the address comes first.
function ownPart(path) {
  const parts = [...document.querySelectorAll(".missing section")];
  const fit = parts.filter((each) => path.startsWith(each.dataset.home)).sort((one, two) => two.dataset.home.length - one.dataset.home.length);
  const own = fit[0] ?? parts[0];
  own.parentElement.prepend(own);
  return own;
}

function offer() {
  let path = location.pathname;
  try {
    path = decodeURIComponent(path);
  } catch { /* as it is */ }
  const own = ownPart(path);
  const turned = own.lang !== document.documentElement.lang; // the data has the names of the language of the page first
  const found = alike(window.known?.records ?? [], askedFor(path));
  const place = own.querySelector(".meant");
  place.hidden = !found.length;
  place.querySelector("ul").append(...found.map(({ id, name, other }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${own.dataset.home}id/${id}/index.html`;
    link.textContent = (turned && other) || name;
    const code = document.createElement("code");
    code.textContent = id;
    item.append(link, " ", code);
    return item;
  }));
}

if (typeof document !== "undefined") offer();
