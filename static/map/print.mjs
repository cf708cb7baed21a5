// The view on paper: A4 or A3 as PDF or picture, with title, legend, scale, north, sources and date. Everything is drawn
// here, letters too, with the fonts of this computer; so Chinese is right wherever the file is opened.
import { button, el, icon } from "./parts.mjs";
import { resolver } from "./signs.mjs";
import { scaleOf } from "./tools.mjs";

const SIZES = { A4: [297, 210], A3: [420, 297] }; // millimetres, lying
const DOTS = 150 / 25.4; // dots per millimetre
const EDGE = 10; // millimetres around

export function printing(atlas) {
  const { words, host, data } = atlas;
  const title = el("input", { type: "text", value: words("Map of {area}", { area: data.areaName }), maxLength: 60 });
  const pick = (values) => el("select", {}, values.map(([value, label]) => el("option", { value, textContent: label })));
  const paper = pick([["A4", "A4"], ["A3", "A3"]]);
  const turned = pick([["", words("Landscape")], ["1", words("Portrait")]]);
  const kind = pick([["pdf", "PDF"], ["png", words("Picture (PNG)")]]);
  const legend = el("input", { type: "checkbox", checked: true });
  const line = (label, inside) => el("label", { className: "line" }, el("span", { textContent: label }), inside);
  const make = button(words("Make the file"), { text: words("Make the file"), className: "strong", press: async () => {
    make.disabled = true;
    make.textContent = words("Being drawn…");
    const chosen = { title: title.value, paper: paper.value, isTall: Boolean(turned.value), kind: kind.value, hasLegend: legend.checked };
    await print(atlas, chosen).catch((trouble) => (console.error(trouble), atlas.toast(words("The file could not be made."), { tone: "bad" })));
    dialog.close();
  } });
  const close = button(words("Close"), { sign: "close", className: "close", press: () => dialog.close() });
  const dialog = el("dialog", { className: "printing", aria: { label: words("Print the map") } }, close, el("h2", {}, icon("print"), words("Print the map")), line(words("Heading"), title), line(words("Paper"), paper), line(words("Format"), turned), line(words("File"), kind), line(words("With legend"), legend), el("p", { className: "quiet", textContent: words("What is in view is printed, in the colours of the day.") }), make);
  dialog.addEventListener("close", () => dialog.remove());
  host.append(dialog);
  dialog.showModal();
}

async function print(atlas, chosen) {
  const [long, short] = SIZES[chosen.paper];
  const size = chosen.isTall ? [short, long] : [long, short];
  const page = await paged(atlas, size, chosen);
  const { PDF } = await import("./pdf.mjs");
  const blob = chosen.kind === "pdf" ? PDF(await jpeg(page), page, size) : await new Promise((done) => page.toBlob(done, "image/png"));
  const link = el("a", { href: URL.createObjectURL(blob), download: `${chosen.title || "map"}.${chosen.kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const jpeg = async (canvas) => new Uint8Array(await (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92))).arrayBuffer());

async function paged(atlas, [wide, high], chosen) {
  const page = Object.assign(document.createElement("canvas"), { width: Math.round(wide * DOTS), height: Math.round(high * DOTS) });
  const pen = page.getContext("2d");
  pen.scale(DOTS, DOTS); // from here on in millimetres
  const rows = chosen.hasLegend ? entries(atlas) : [];
  const [top, side, foot] = [22, rows.length ? 52 : 0, 12];
  const frame = { x: EDGE, y: top, w: wide - 2 * EDGE - side, h: high - top - foot - EDGE };
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, wide, high);
  const drawn = await pictured(atlas, frame);
  pen.drawImage(drawn.canvas, frame.x, frame.y, frame.w, frame.h);
  pen.strokeStyle = "#1c2733";
  pen.lineWidth = 0.3;
  pen.strokeRect(frame.x, frame.y, frame.w, frame.h);
  write(pen, chosen.title, wide / 2, 14, { size: 7, align: "center", weight: 600 });
  legend(pen, atlas, rows, frame.x + frame.w + 4, top, high - EDGE);
  footed(pen, atlas, drawn, frame);
  return page;
}

// The same map once more, unseen, as large as the paper; it is gone when its picture is taken.
async function pictured({ map, ML, bases, layers }, { w, h }) {
  const fine = 3.2; // screen pixels to a millimetre: letters come out as large as on the screen
  const box = el("div", { style: `position:fixed;left:-9999px;top:0;width:${w * fine}px;height:${h * fine}px` });
  document.body.append(box);
  const { clientWidth, clientHeight } = map.getContainer();
  const zoom = map.getZoom() + Math.log2(Math.min((w * fine) / clientWidth, (h * fine) / clientHeight)); // all that is in view
  const made = new ML.Map({ container: box, style: layers.daylight(bases.daylight()), center: map.getCenter(), zoom, bearing: map.getBearing(), pitch: map.getPitch(), interactive: false, attributionControl: false, fadeDuration: 0, pixelRatio: DOTS / fine, canvasContextAttributes: { preserveDrawingBuffer: true } });
  made.setMissingStyleImageResolver(resolver(made, layers));
  await new Promise((done) => made.once("idle", done));
  const canvas = Object.assign(document.createElement("canvas"), { width: made.getCanvas().width, height: made.getCanvas().height });
  canvas.getContext("2d").drawImage(made.getCanvas(), 0, 0);
  const scale = scaleOf(made, 130);
  const bearing = made.getBearing();
  const isFlat = made.getPitch() < 1;
  made.remove();
  box.remove();
  return { canvas, bearing, isFlat, scale: { ...scale, width: scale.width / fine }, credit: [bases.shown?.attribution, bases.shown?.approval].filter(Boolean).join(" · ") };
}

// What the legend says: a heading for each layer, then its kinds.
function entries({ layers, solid, words }) {
  const said = layers.on.flatMap(({ layer, kinds }) => [[null, layer.title], ...layer.legend.filter((kind) => !kinds || kinds.has(kind.key)).map(({ colour, label }) => [colour, label])]);
  return [...(solid.on ? [[null, words("Buildings")], ...solid.legend()] : []), ...said];
}

function legend(pen, { words }, rows, x, y, end) {
  if (!rows.length) return;
  write(pen, words("Legend"), x, y + 4, { size: 4, weight: 600 });
  let at = y + 11;
  for (const [colour, text] of rows) {
    if (at > end) break;
    if (colour === null) at += 1.5;
    else pen.fillStyle = colour;
    if (colour !== null) pen.fillRect(x, at - 2.8, 4.4, 3.2);
    write(pen, text, colour === null ? x : x + 6.5, at, { size: 3.1, weight: colour === null ? 600 : 400, most: colour === null ? 46 : 39 });
    at += 5;
  }
}

function footed(pen, { words }, { scale, credit, bearing, isFlat }, frame) {
  const y = frame.y + frame.h + 6;
  pen.fillStyle = "#1c2733";
  if (isFlat) pen.fillRect(frame.x, y + 1.2, scale.width, 0.8);
  if (isFlat) write(pen, scale.text, frame.x, y, { size: 3.2 });
  else write(pen, words("Seen at an angle: without scale"), frame.x, y, { size: 3.2 });
  const today = new Date().toLocaleDateString("sv-SE");
  write(pen, words("Made on {day} with LinGrid", { day: today }), frame.x + frame.w, y, { size: 3.2, align: "right" });
  write(pen, credit, frame.x + frame.w, y + 4.6, { size: 2.7, align: "right" });
  northward(pen, frame.x + frame.w - 8, frame.y + 10, bearing);
}

function northward(pen, x, y, bearing) {
  pen.save();
  pen.translate(x, y);
  pen.rotate((-bearing * Math.PI) / 180);
  pen.beginPath();
  pen.moveTo(0, -6);
  pen.lineTo(3, 4);
  pen.lineTo(0, 2);
  pen.lineTo(-3, 4);
  pen.closePath();
  Object.assign(pen, { fillStyle: "#1c2733", strokeStyle: "#ffffff", lineWidth: 0.8 });
  pen.stroke();
  pen.fill();
  pen.restore();
}

function write(pen, text, x, y, { size, align = "left", weight = 400, most } = {}) {
  Object.assign(pen, { font: `${weight} ${size}px "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif`, textAlign: align, textBaseline: "alphabetic", fillStyle: "#1c2733" });
  pen.fillText(text, x, y, most);
}
