// A chart as a picture to take away: with its title above, and below it its source, licence and address. It is drawn in
// the colours of a light page. The PNG is painted shape by shape: a picture of a picture is nothing that the page may load.
import { save } from "./save.js";

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 20;
const LINE = { heading: 24, group: 20, name: 18, said: 17, source: 18 };
const KEPT = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity",
  "font-size", "font-family", "font-weight", "text-anchor", "text-decoration-line",
];
const WIDE = 620; // of a chart that is as wide as there is room
const HALF = 320; // of the words and of the drawing of a row
const GAP = 20; // between both
const ROW = 36; // of a row at least
const SCALE = 3; // pixels of a PNG for each unit of a chart

const number = (each, name) => each[name].baseVal.value;

function made(name, attributes, text = "") {
  const each = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) each.setAttribute(key, value);
  each.textContent = text;
  return each;
}

// Writes a text in lines of a width, broken where it must be, and says where the next one begins.
function write(svg, text, kind, y, width) {
  let rest = [...text];
  while (rest.length) {
    const line = svg.appendChild(made("text", { class: kind, x: EDGE, y }, rest.join("")));
    let fits = rest.length;
    while (fits > 1 && line.getComputedTextLength() > width) {
      const space = rest.lastIndexOf(" ", fits - 2);
      fits = space > fits - 16 && space > 0 ? space + 1 : fits - 1;
      line.textContent = rest.slice(0, fits).join("");
    }
    rest = rest.slice(fits);
    y += LINE[kind];
  }
  return y;
}

// A drawing within a picture, without the name and the words that it has in the page.
function placed(drawing, x, y, width, height) {
  const look = [...drawing.classList].filter((each) => each !== "chart").join(" ");
  const group = made("g", { class: look });
  const copy = group.appendChild(made("svg", { x, y, width, height, overflow: "visible" }));
  if (drawing.hasAttribute("viewBox")) copy.setAttribute("viewBox", drawing.getAttribute("viewBox"));
  copy.append(...[...drawing.cloneNode(true).childNodes].filter((each) => !["title", "desc"].includes(each.nodeName)));
  return group;
}

// What a cell says to those who see it, with the heading that it has on a phone and its marks in brackets.
function said(cell) {
  const copy = cell.cloneNode(true);
  for (const each of copy.querySelectorAll(".only-heard, [aria-hidden]")) each.remove();
  for (const each of copy.querySelectorAll(".doubts")) each.textContent = `[${[...each.children].map((mark) => mark.textContent).join(", ")}]`;
  return [cell.dataset.label, copy.textContent].join(" ").replace(/\s+/g, " ").trim();
}

// The rows of a table that are drawn: what a row says on the left, its drawing on the right.
function rows(svg, table, start) {
  let y = start;
  for (const row of table.rows) {
    if (row.classList.contains("relation")) {
      y = write(svg, said(row.cells[0]), "group", y + 16, 2 * HALF + GAP);
      continue;
    }
    const [name, ...others] = row.closest("thead") ? [] : [...row.cells].filter((each) => !each.matches(".drawn"));
    const drawing = row.querySelector(".drawn > svg");
    let end = name ? write(svg, said(name), "name", y + 14, HALF) : y;
    if (others.length) end = write(svg, others.map(said).filter(Boolean).join(" · "), "said", end, HALF);
    const height = number(drawing ?? svg, "height") || 28;
    if (drawing) svg.append(placed(drawing, EDGE + HALF + GAP, y, HALF, height));
    y = Math.max(end - 8, y + (name ? ROW : height)) + 6;
  }
  return y;
}

// The picture of a chart, in the page so that its styles are known, but out of sight.
function drawn(chart, bar) {
  const table = chart.closest("table");
  const width = table ? 2 * HALF + GAP : WIDE;
  const host = document.body.appendChild(document.createElement("div"));
  host.className = "taken";
  const svg = host.appendChild(made("svg", { class: "chart", width: width + 2 * EDGE }));
  svg.append(made("rect", { class: "paper", width: "100%", height: "100%" }));
  const title = (table?.caption ?? chart.querySelector("title")).textContent;
  let y = write(svg, title, "heading", EDGE + 8, width) - 8;
  if (table) {
    y = rows(svg, table, y) + 16;
  } else {
    const height = number(chart, "height");
    svg.append(placed(chart, EDGE, y, width, height));
    y += height + 20;
  }
  const figure = chart.closest("figure");
  const key = (figure.querySelector(".key") ?? figure.querySelector("figcaption"))?.textContent.trim();
  for (const text of [key, bar.dataset.source, bar.dataset.licence, address(bar)]) if (text) y = write(svg, text, "source", y, width);
  svg.setAttribute("height", y);
  svg.setAttribute("viewBox", `0 0 ${width + 2 * EDGE} ${y}`);
  svg.prepend(made("title", {}, title));
  return { host, svg };
}

function address(bar) {
  const known = document.querySelector("link[rel=canonical]")?.href;
  return known ?? (location.protocol === "file:" ? bar.dataset.id : location.href.split(/[?#]/)[0]);
}

// Gives each shape the look that the styles of the page give it, so that it looks the same alone.
function fixed(svg) {
  for (const each of svg.querySelectorAll("*")) {
    const look = getComputedStyle(each);
    for (const key of KEPT) if (look.getPropertyValue(key)) each.setAttribute(key, look.getPropertyValue(key));
    each.removeAttribute("class");
  }
  svg.removeAttribute("class");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

const outlines = {
  rect: (each) => ["rect", number(each, "x"), number(each, "y"), number(each, "width"), number(each, "height")],
  circle: (each) => ["arc", number(each, "cx"), number(each, "cy"), number(each, "r"), 0, 2 * Math.PI],
};

function outline(each) {
  if (each.localName === "path") return new Path2D(each.getAttribute("d"));
  const path = new Path2D();
  if (outlines[each.localName]) {
    const [way, ...values] = outlines[each.localName](each);
    path[way](...values);
  } else if (each.localName === "line") {
    path.moveTo(number(each, "x1"), number(each, "y1"));
    path.lineTo(number(each, "x2"), number(each, "y2"));
  } else {
    [...each.points].forEach(({ x, y }) => path.lineTo(x, y));
    if (each.localName === "polygon") path.closePath();
  }
  return path;
}

function paint(pen, each, svg) {
  const look = getComputedStyle(each);
  const at = svg.getScreenCTM().inverse().multiply(each.getScreenCTM());
  pen.setTransform(at.a * SCALE, at.b * SCALE, at.c * SCALE, at.d * SCALE, at.e * SCALE, at.f * SCALE);
  Object.assign(pen, {
    fillStyle: look.fill, strokeStyle: look.stroke, lineWidth: parseFloat(look.strokeWidth), lineJoin: look.strokeLinejoin,
    globalAlpha: Number(look.opacity), font: `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`,
  });
  pen.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(",").map(parseFloat));
  const filled = look.fill !== "none";
  const stroked = look.stroke !== "none" && pen.lineWidth > 0;
  if (!["text", "tspan"].includes(each.localName)) {
    const path = outline(each);
    if (filled) pen.fill(path);
    if (stroked) pen.stroke(path);
    return;
  }
  const text = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
  if (!text) return;
  const { x, y } = each.getStartPositionOfChar(0);
  if (stroked) pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
  if (look.textDecorationLine === "line-through") {
    pen.fillRect(x, y - parseFloat(look.fontSize) / 3, pen.measureText(text).width, 1);
  }
}

function painted(svg) {
  const canvas = document.createElement("canvas");
  canvas.width = number(svg, "width") * SCALE;
  canvas.height = number(svg, "height") * SCALE;
  const pen = canvas.getContext("2d");
  for (const each of svg.querySelectorAll("rect, line, circle, path, polyline, polygon, text, tspan")) paint(pen, each, svg);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

for (const bar of document.querySelectorAll("[data-picture]")) {
  bar.hidden = false;
  bar.addEventListener("click", async ({ target }) => {
    const form = target.dataset.form;
    if (!form) return;
    const { host, svg } = drawn(document.getElementById(bar.dataset.picture).closest("svg"), bar);
    const file = form === "svg" ? new Blob([fixed(svg)], { type: "image/svg+xml" }) : await painted(svg);
    host.remove();
    save(`${bar.dataset.name}.${form}`, file);
  });
}
