// How grids look while a community is divided: as they are, as they were, as they would be, and where something is wrong.
import { INKS } from "./paint.mjs";
import { el } from "./parts.mjs";

const NOTHING = { type: "FeatureCollection", features: [] };
export const TINTS = ["#3b82a0", "#7a9a3c", "#c08a2e", "#9a5fa6", "#3f9a7c", "#b5655a", "#6274b8", "#8a8350"];
const DRAFT = "#e06a1f";
const WRONG = "#c62828";
const PAST = "#6b7280";

export function paint(map) {
  for (const id of ["divide", "divide-past", "divide-draft", "divide-wrong"]) map.addSource(id, { type: "geojson", data: NOTHING });
  const tint = ["to-color", ["get", "tint"]];
  const chosen = (yes, no) => ["case", ["get", "chosen"], yes, no];
  const text = (field, size) => ({ "text-field": field, "text-size": size, "text-line-height": 1.3, "text-max-width": 9 });
  const halo = { "text-halo-width": 1.8 };
  const join = { "line-join": "round" };
  const layers = [
    { id: "divide/land", type: "fill", source: "divide", metadata: { under: true }, paint: { "fill-color": tint, "fill-opacity": chosen(0.42, 0.16) } },
    { id: "divide/edge", type: "line", source: "divide", layout: join, paint: { "line-color": chosen(DRAFT, tint), "line-width": chosen(3.5, 1.8) } },
    { id: "divide-past/edge", type: "line", source: "divide-past", layout: join, paint: { "line-color": PAST, "line-width": 2, "line-dasharray": [1, 2] } },
    { id: "divide-draft/land", type: "fill", source: "divide-draft", filter: ["get", "changed"], paint: { "fill-color": DRAFT, "fill-opacity": 0.12 } },
    { id: "divide-draft/edge", type: "line", source: "divide-draft", layout: join, paint: { "line-color": DRAFT, "line-width": ["case", ["get", "changed"], 3, 1.2], "line-dasharray": [3, 1.5] } },
    { id: "divide/name", type: "symbol", source: "divide", layout: text(["format", ["get", "name"], { "font-scale": 1 }, "\n", {}, ["get", "said"], { "font-scale": 0.78 }], 14), paint: halo },
    { id: "divide-draft/name", type: "symbol", source: "divide-draft", filter: ["get", "changed"], layout: { ...text(["get", "name"], 14), "text-offset": [0, 2.2] }, paint: halo },
    { id: "divide-wrong/spot", type: "circle", source: "divide-wrong", paint: { "circle-radius": 9, "circle-color": ["case", ["get", "blocking"], WRONG, "#d99a1c"], "circle-opacity": 0.85, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } },
  ];
  for (const layer of layers) map.addLayer(layer);
}

// Names are read by day, by night and over a picture of the land.
export function ink(map, ground) {
  const { ink: text, halo } = INKS[ground];
  map.setPaintProperty("divide/name", "text-color", text);
  map.setPaintProperty("divide-draft/name", "text-color", ground === "day" ? "#a9470c" : "#f4a46b");
  for (const id of ["divide/name", "divide-draft/name"]) map.setPaintProperty(id, "text-halo-color", halo);
}

export function legend(words, extra) {
  const line = (colour, label) => el("span", { className: "kind" }, el("i", { className: "dab", style: `background:${colour}` }), label);
  const shown = [extra.draft.length && line(DRAFT, words("Draft")), extra.past.length && line(PAST, words("As it was then")), extra.troubles.length && line(WRONG, words("Something is wrong here"))];
  return el("div", { className: "kinds" }, shown.filter(Boolean));
}
