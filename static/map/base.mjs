// The ground of the map as a MapLibre style: our own plan, calm by day and by night, or a picture of the land.
// Names are drawn by the browser's own Chinese font: there is no `glyphs`, so nothing has to be fetched for them.

const DAY = {
  sea: "#d7e3ea",
  land: "#f4f3ef",
  water: "#bcd3e0",
  green: "#dbe7d2",
  road: "#ffffff",
  main: "#fbeecb",
  edge: "#dcd8cd",
  mainEdge: "#e3cf9b",
  rail: "#b3afa8",
  building: "#e4e0d8",
  buildingEdge: "#d3cec4",
  line: "#a9a5b8",
  text: "#5d6470",
  quiet: "#858b95",
  halo: "#ffffffcc",
};
const NIGHT = {
  sea: "#10171f",
  land: "#1b222b",
  water: "#16303f",
  green: "#1f2f29",
  road: "#323c48",
  main: "#4a4a3f",
  edge: "#232c36",
  mainEdge: "#2b2d2a",
  rail: "#4b525b",
  building: "#28313b",
  buildingEdge: "#343e49",
  line: "#565d70",
  text: "#aab3bf",
  quiet: "#7f8995",
  halo: "#12181fcc",
};
const PLAN = "/tiles/base/{z}/{x}/{y}.pbf";
const DEEPEST = 16;

// `base` is the name of one of `sources` (as /api/map/bases gives them); "" and unknown names are our own plan.
export function baseStyle({ dark = false, base = "", sources = [], origin = location.origin } = {}) {
  const chosen = sources.find((one) => one.name === base);
  const isPicture = chosen?.kind === "raster";
  const colours = dark ? NIGHT : DAY;
  return {
    version: 8,
    sources: { plan: planSource(origin, sources), ...(isPicture && { picture: pictureSource(origin, chosen) }) },
    layers: isPicture ? pictureLayers(colours, dark) : planLayers(colours),
  };
}

function planSource(origin, sources) {
  const plan = sources.find((one) => one.kind === "plan");
  return { type: "vector", tiles: [origin + (plan?.tiles ?? PLAN)], maxzoom: plan?.maxZoom ?? DEEPEST };
}

function pictureSource(origin, { tiles, maxZoom, attribution, approval }) {
  const told = [attribution, approval].filter(Boolean).map(plain).join(" · ");
  return { type: "raster", tiles: [origin + tiles], tileSize: 256, maxzoom: maxZoom, ...(told && { attribution: told }) };
}

// MapLibre puts an attribution into the page as HTML, but it was written by hand as text.
function plain(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// Where a picture is missing or clear, the plan is seen through it.
function pictureLayers(colours, dark) {
  const paint = { "raster-fade-duration": 150, ...(dark && { "raster-brightness-max": 0.82 }) };
  const names = { ...colours, text: "#ffffff", quiet: "#f2f4f6", halo: "#10171fcc" };
  return [...groundLayers(colours), ...roadLayers(colours), { id: "picture", type: "raster", source: "picture", paint }, ...nameLayers(names)];
}

function planLayers(colours) {
  return [...groundLayers(colours), buildingLayer(colours), ...roadLayers(colours), railLayer(colours), edgeLayer(colours), ...nameLayers(colours)];
}

function groundLayers(colours) {
  const fill = (id) => ({ id, type: "fill", source: "plan", "source-layer": id, paint: { "fill-color": colours[id] } });
  return [{ id: "ground", type: "background", paint: { "background-color": colours.sea } }, fill("land"), fill("green"), fill("water")];
}

function buildingLayer({ building, buildingEdge }) {
  const paint = { "fill-color": building, "fill-outline-color": buildingEdge, "fill-opacity": ramp(15, 0.4, 16, 1) };
  return { id: "building", type: "fill", source: "plan", "source-layer": "building", minzoom: 15, paint };
}

// A road is two lines: the wide one shows beside the narrow one as its edge. Rank 0 is the widest.
function roadLayers(colours) {
  const layout = { "line-cap": "round", "line-join": "round", "line-sort-key": ["-", 9, ["get", "rank"]] };
  const road = (id, plainColour, mainColour, more) => ({
    id,
    type: "line",
    source: "plan",
    "source-layer": "road",
    layout,
    paint: { "line-color": ["match", ["get", "rank"], [0, 1], mainColour, plainColour], "line-width": roadWidth(more) },
  });
  return [road("road-edge", colours.edge, colours.mainEdge, 1.6), road("road", colours.road, colours.main, 0)];
}

function roadWidth(more) {
  const wide = (...widths) => ["+", ["match", ["get", "rank"], 0, widths[0], 1, widths[1], 2, widths[2], 3, widths[3], widths[4]], more];
  return ["interpolate", ["exponential", 1.5], ["zoom"], 9, wide(1.2, 0.8, 0.5, 0.3, 0.2), 14, wide(5, 4, 2.5, 1.6, 0.8), 18, wide(24, 20, 15, 10, 5)];
}

function railLayer({ rail }) {
  const paint = { "line-color": rail, "line-width": ramp(10, 0.6, 16, 2.5), "line-dasharray": [4, 2] };
  return { id: "rail", type: "line", source: "plan", "source-layer": "rail", paint };
}

function edgeLayer({ line }) {
  const paint = { "line-color": line, "line-width": ["match", ["get", "level"], "street", 1.4, 0.9], "line-dasharray": [3, 2], "line-opacity": 0.7 };
  return { id: "boundary", type: "line", source: "plan", "source-layer": "boundary", paint };
}

function nameLayers({ text, quiet, halo }) {
  const written = (id, layer, minzoom, layout, colour) => ({
    id,
    type: "symbol",
    source: "plan",
    "source-layer": layer,
    minzoom,
    filter: ["has", "name"],
    layout: { "text-field": ["get", "name"], "text-font": ["sans"], "text-max-width": 8, "text-padding": 6, ...layout },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 1.4 },
  });
  const along = { "symbol-placement": "line", "symbol-spacing": 420, "text-size": ramp(13, 10.5, 18, 13), "symbol-sort-key": ["get", "rank"] };
  const places = { "text-size": ["interpolate", ["linear"], ["get", "rank"], 0, 17, 3, 12], "symbol-sort-key": ["get", "rank"], "text-letter-spacing": 0.06 };
  const area = (id, kind, minzoom, layout) => {
    const made = written(id, "name", minzoom, layout, quiet);
    return { ...made, filter: ["==", ["get", "kind"], kind] };
  };
  return [
    area("water-area-name", "water", 11, { "text-size": 12, "text-letter-spacing": 0.15 }),
    area("green-area-name", "green", 15, { "text-size": 11 }),
    written("water-name", "water", 11, { "text-size": 12, "text-letter-spacing": 0.15 }, quiet),
    written("road-name", "road", 13, along, quiet),
    written("place-name", "place", 5, places, text),
  ];
}

function ramp(zoom, value, laterZoom, laterValue) {
  return ["interpolate", ["linear"], ["zoom"], zoom, value, laterZoom, laterValue];
}
