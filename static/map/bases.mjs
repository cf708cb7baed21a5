// The ground of the map: our own plan or a picture from above, by day and by night, with its source named.
import * as address from "./address.mjs";
import { baseStyle } from "./base.mjs";
import { ask } from "./parts.mjs";

export class Bases {
  sources = [];

  constructor(atlas) {
    this.atlas = atlas;
    this.chosen = address.read("base") || (address.tells() ? "" : atlas.kept.base) || "";
    const night = window.matchMedia("(prefers-color-scheme: dark)");
    night.addEventListener("change", () => setTimeout(() => this.followTheme(), 300), { signal: atlas.signal });
  }

  async load() {
    this.sources = await ask("/api/map/bases", { signal: this.atlas.signal }).catch(() => []);
    if (!this.sources.some((one) => one.name === this.chosen)) this.chosen = "";
  }

  get source() {
    return this.sources.find((one) => one.name === this.chosen);
  }

  // Whose map is seen: that of a picture, else that of our own plan.
  get shown() {
    return this.source ?? this.sources.find((one) => one.kind === "plan");
  }

  get isPicture() {
    return this.source?.kind === "raster";
  }

  #drawn(dark) {
    const { chosen: base, sources } = this;
    return baseStyle({ dark, base, sources, origin: location.origin, words: this.atlas.words });
  }

  // The style of now for paper, which is white at night too.
  daylight() {
    return merged(this.atlas.map.getStyle(), this.#drawn(false), this.ids, this.held);
  }

  style() {
    this.dark = isDark(this.atlas.host);
    const { dark } = this;
    const style = this.#drawn(dark);
    this.ids = new Set(style.layers.map((layer) => layer.id));
    this.held = new Set(Object.keys(style.sources));
    this.atlas.host.dataset.ground = this.isPicture ? "photo" : dark ? "night" : "day";
    return style;
  }

  followTheme() {
    if (this.atlas.map && this.dark !== isDark(this.atlas.host)) this.#restyle();
  }

  choose(name) {
    if (name === this.chosen) return;
    this.chosen = name;
    address.keep({ base: name });
    this.atlas.remember({ base: name, ...(name && { picture: name }) });
    this.#restyle();
  }

  #restyle() {
    const [ids, held] = [this.ids, this.held];
    const style = this.style();
    const { map, host } = this.atlas;
    // MapLibre tells of a new style in the middle of drawing a frame: what follows waits until that is over.
    map.once("styledata", () => setTimeout(() => host.dispatchEvent(new Event("restyled"))));
    map.setStyle(style, { transformStyle: (before, next) => merged(before, next, ids, held) });
  }
}

// What lies on the ground stays: areas below the names of the new ground, everything else above them.
function merged(before, next, ids, held) {
  if (!before) return next;
  const ours = before.layers.filter((layer) => !ids.has(layer.id));
  const under = ours.filter((layer) => layer.metadata?.under);
  const names = next.layers.findIndex((layer) => layer.type === "symbol");
  const split = names < 0 ? next.layers.length : names;
  const kept = Object.entries(before.sources).filter(([name]) => !held.has(name));
  return {
    ...next,
    ...(before.light && { light: before.light }),
    sources: { ...next.sources, ...Object.fromEntries(kept) },
    layers: [...next.layers.slice(0, split), ...under, ...next.layers.slice(split), ...ours.filter((one) => !under.includes(one))],
  };
}

// Streamlit tells components its colours; how bright the ground is says whether it is night.
export function isDark(host) {
  const paint = document.createElement("canvas").getContext("2d");
  paint.fillStyle = getComputedStyle(host).getPropertyValue("--st-background-color").trim() || "#fff";
  const [red, green, blue] = paint.fillStyle.match(/\w\w/g).map((pair) => parseInt(pair, 16));
  return red * 0.3 + green * 0.6 + blue * 0.1 < 110;
}
