// How a layer looks on the map. A tile of ours has up to four parts: `numbers` at areas from afar, `points` and `shapes`
// from near by, `names` of areas. `n` is how many a feature stands for, `kind` the kind of most of them.
const PLAIN = "#7a8594";
const FONT = ["sans"];
const SLOT = 52; // pixels between the numbers of several layers at one area

export const parts = (name) => ["fill", "line", "point", "sign", "count", "number", "total", "name"].map((part) => `${name}/${part}`);

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

const INKS = {
  day: { ink: "#1c2733", halo: "#ffffff", rim: "#ffffff" },
  night: { ink: "#e4e9ef", halo: "#12171d", rim: "#12171d" },
  photo: { ink: "#ffffff", halo: "#10171f", rim: "#ffffff" },
};

const part = ({ layer }, id, type, sourceLayer, more) => ({ id: `${layer.name}/${id}`, type, source: layer.name, "source-layer": sourceLayer, ...more });

function shapes(given) {
  const { layer, tint, strength } = given;
  const isArea = layer.shape === "area";
  const fill = { "fill-color": tint, "fill-opacity": isArea ? ["case", ["has", "n"], 0.5 * strength, 0.05 * strength] : 0.85 * strength };
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

function points(given) {
  const { layer, tint, strength, rim } = given;
  const many = ["coalesce", ["get", "n"], 1];
  const wide = (least, step) => ["+", least, ["*", step, ["min", 3, ["log2", ["max", 1, many]]]]];
  const circle = {
    "circle-color": tint,
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 14, wide(2.6, 0.8), 16.5, wide(6, 1.6), 19, wide(11, 2)],
    "circle-stroke-color": rim,
    "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 14, 0.6, 16.5, 1.4],
    "circle-opacity": strength,
    "circle-stroke-opacity": strength,
  };
  const sign = { "icon-image": `sign:${layer.icon}`, "icon-size": ["interpolate", ["linear"], ["zoom"], 16.5, 0.32, 19, 0.56], "icon-allow-overlap": true, "icon-ignore-placement": true };
  const count = { "text-field": ["to-string", many], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 15.5, 10, 19, 13], "text-allow-overlap": true, "text-ignore-placement": true };
  const several = [">", many, 1];
  return [
    part(given, "point", "circle", "points", { paint: circle }),
    part(given, "sign", "symbol", "points", { minzoom: 16.5, filter: ["!", several], layout: sign, paint: { "icon-opacity": strength } }),
    part(given, "count", "symbol", "points", { minzoom: 15.5, filter: several, layout: count, paint: { "text-color": "#ffffff", "text-opacity": strength } }),
  ];
}

function numbers(given) {
  const { tint, strength, rim, shift } = given;
  const wide = ["interpolate", ["linear"], ["log10", ["max", 1, ["get", "n"]]], 0, 12, 2, 16, 4, 22, 6, 28];
  const circle = { "circle-color": tint, "circle-radius": wide, "circle-opacity": 0.92 * strength, "circle-stroke-color": rim, "circle-stroke-width": 2, "circle-translate": shift };
  const short = ["case", [">=", ["get", "n"], 10_000], ["concat", ["to-string", ["round", ["/", ["get", "n"], 1000]]], "k"], ["to-string", ["get", "n"]]];
  const text = { "text-field": short, "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true };
  return [
    part(given, "number", "circle", "numbers", { paint: circle }),
    part(given, "total", "symbol", "numbers", { layout: text, paint: { "text-color": "#ffffff", "text-opacity": strength, "text-translate": shift } }),
  ];
}

function names(given) {
  const { layer, ink, halo, strength } = given;
  if (layer.shape !== "area") return [];
  const text = { "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 11, 11, 17, 14], "text-max-width": 7, "text-padding": 4 };
  return [part(given, "name", "symbol", "names", { layout: text, paint: { "text-color": ink, "text-halo-color": halo, "text-halo-width": 1.6, "text-opacity": strength } })];
}

// A sign of the page's own icon font, drawn white for use on a coloured dot.
export async function sign(name, size = 44) {
  await document.fonts.load(`${size}px "Material Symbols Rounded"`);
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = canvas.getContext("2d");
  Object.assign(pen, { font: `${size}px "Material Symbols Rounded"`, textAlign: "center", textBaseline: "middle", fillStyle: "#ffffff" });
  pen.fillText(name, size / 2, size / 2 + 1);
  return pen.getImageData(0, 0, size, size);
}
