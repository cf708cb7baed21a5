// How a layer looks on the map. A tile of ours has up to four parts: `numbers` at areas from afar, `points` and `shapes`
// from near by, `names` of areas. `n` is how many a feature stands for, `kind` the kind of most of them.
import { ringOf } from "./signs.mjs";

const PLAIN = "#7a8594";
const FONT = ["sans"];
const SLOT = 52; // pixels between the numbers of several layers at one area

export const parts = (name) => ["fill", "line", "point", "sign", "count", "total", "name"].map((part) => `${name}/${part}`);

export function colour({ legend }) {
  const known = legend.filter((kind) => kind.key !== "");
  const plain = legend.find((kind) => kind.key === "")?.colour ?? legend[0]?.colour ?? PLAIN;
  return known.length ? ["match", ["coalesce", ["get", "kind"], ""], ...known.flatMap((kind) => [kind.key, kind.colour]), plain] : plain;
}

// slot: the place of this layer's numbers among those of `of` layers that stand at the same areas.
export function painted(layer, { strength, ground, slot, of }) {
  const given = { layer, strength, tint: colour(layer), ...INKS[ground], shift: [(slot - (of - 1) / 2) * SLOT, 0] };
  return [...shapes(given), ...points(given), ...numbers(given), ...names(given)];
}

// Names over the ground, on which they must be read.
export const INKS = {
  day: { ink: "#1c2733", halo: "#ffffff", rim: "#ffffff" },
  night: { ink: "#e4e9ef", halo: "#12171d", rim: "#12171d" },
  photo: { ink: "#ffffff", halo: "#10171f", rim: "#ffffff" },
};

const part = ({ layer }, id, type, sourceLayer, more) => ({ id: `${layer.name}/${id}`, type, source: layer.name, "source-layer": sourceLayer, ...more });

function shapes(given) {
  const { layer, tint, strength } = given;
  const isArea = layer.shape === "area";
  const fill = { "fill-color": tint, "fill-opacity": isArea ? ["case", ["has", "n"], 0.5 * strength, 0.012 * strength] : 0.72 * strength };
  const line = {
    "line-color": tint,
    "line-opacity": strength * (isArea ? 0.95 : 0.7),
    "line-width": isArea ? ["interpolate", ["linear"], ["zoom"], 10, 1, 15, 2, 18, 3] : layer.shape === "line" ? 3 : 0.8,
  };
  const polygons = ["==", ["geometry-type"], "Polygon"];
  return [
    part(given, "fill", "fill", "shapes", { filter: polygons, metadata: { under: true }, paint: fill }),
    part(given, "line", "line", "shapes", { metadata: { under: isArea }, layout: { "line-join": "round" }, paint: line }),
  ];
}

const many = ["coalesce", ["get", "n"], 1];
const short = ["case", [">=", many, 10_000], ["concat", ["to-string", ["round", ["/", many, 1000]]], "k"], ["to-string", many]];
const free = { "icon-allow-overlap": true, "icon-ignore-placement": true, "text-allow-overlap": true, "text-ignore-placement": true };

// One thing is a dot with its sign; several at one place are a ring of their kinds around their number.
function points(given) {
  const { layer, tint, strength, rim } = given;
  const circle = {
    "circle-color": tint,
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 2.6, 16.5, 7, 19, 12],
    "circle-stroke-color": rim,
    "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 16.5, 1.4],
    "circle-opacity": strength,
    "circle-stroke-opacity": strength,
  };
  const sign = { "icon-image": `sign|${layer.icon}`, "icon-size": ["interpolate", ["linear"], ["zoom"], 16.5, 0.45, 19, 0.8], ...free };
  const one = ["<=", many, 1];
  const size = ["interpolate", ["linear"], ["zoom"], 14, 0.26, 15.4, 0.36, 16.5, 0.6, 19, 0.8];
  return [
    part(given, "point", "circle", "points", { filter: one, paint: circle }),
    part(given, "sign", "symbol", "points", { minzoom: 16.5, filter: one, layout: sign, paint: { "icon-opacity": strength } }),
    part(given, "count", "symbol", "points", { filter: ["!", one], ...counted(given, size, ["interpolate", ["linear"], ["zoom"], 15, 6.5, 15.6, 8, 16.5, 11, 19, 14]) }),
  ];
}

function counted({ layer, strength }, size, letters, { shift = [0, 0], signed = false } = {}) {
  const layout = { "icon-image": ringOf(layer, signed), "icon-size": size, "text-field": short, "text-font": FONT, "text-size": letters, "text-offset": [0, signed ? 0.42 : 0], ...free };
  return { layout, paint: { "icon-opacity": strength, "text-opacity": strength, "text-color": "#1c2733", "icon-translate": shift, "text-translate": shift } };
}

function numbers(given) {
  const size = ["interpolate", ["linear"], ["log10", many], 0, 0.8, 2, 0.92, 4, 1.1, 6, 1.3];
  return [part(given, "total", "symbol", "numbers", counted(given, size, 12, { shift: given.shift, signed: true }))];
}

function names(given) {
  const { layer, ink, halo, strength } = given;
  if (layer.shape !== "area") return [];
  const text = { "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 11, 11, 17, 14], "text-max-width": 7, "text-padding": 4 };
  return [part(given, "name", "symbol", "names", { layout: text, paint: { "text-color": ink, "text-halo-color": halo, "text-halo-width": 1.6, "text-opacity": strength } })];
}
