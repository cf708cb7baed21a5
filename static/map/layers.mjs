// The layers an actor may see: which are on, how strong, in which order, narrowed to which kinds and days.
// In the address: on=houses:rented.vacant~70,grids@2026-01-01..2026-06-30 (kinds, strength in per cent, days; the first lies on top).
import * as address from "./address.mjs";
import { ask } from "./parts.mjs";
import { colour, painted, parts } from "./paint.mjs";
import { resolver } from "./signs.mjs";

const NONE = "-";
const FRESH = 15_000; // milliseconds for which a catalogue is believed

export class Layers {
  all = [];
  on = []; // {layer, kinds: Set | null, strength: 0..1, since, until}, the first on top
  #asked = 0;
  #urls = new Map(); // by layer: what its source asks for

  constructor(atlas) {
    this.atlas = atlas;
    this.colour = colour;
  }

  async load() {
    this.all = await this.#catalogue();
    this.#asked = Date.now();
    const said = address.read("on") || (!address.tells() && this.atlas.kept.on) || this.all.filter((one) => one.isOn).map((one) => one.name).join(",");
    this.on = said === NONE ? [] : said.split(",").map((text) => this.#read(text)).filter(Boolean);
  }

  async #catalogue() {
    const { layers } = await ask("/api/map/layers", { signal: this.atlas.signal }).then((told) => (Array.isArray(told) ? { layers: told } : told));
    return layers;
  }

  #read(text) {
    const [, name, kinds, strength, since, until] = /^([^:~@]+)(?::([^~@]*))?(?:~(\d+))?(?:@([\d-]*)\.\.([\d-]*))?$/.exec(text) ?? [];
    const layer = this.all.find((one) => one.name === name);
    return layer && { layer, kinds: kinds === undefined ? null : new Set(kinds.split(".")), strength: Number(strength ?? 100) / 100, since: since ?? "", until: until ?? "" };
  }

  state(name) {
    return this.on.find((one) => one.layer.name === name);
  }

  toggle(name, is = !this.state(name)) {
    if (is && !this.state(name)) this.on.unshift(this.#read(name));
    if (!is) this.on = this.on.filter((one) => one.layer.name !== name);
    if (!is) this.#remove(name);
    this.changed();
  }

  // Several settings of a layer at once, such as {kinds, since}; what is asked of the server changes with some of them.
  set(name, more) {
    Object.assign(this.state(name), more);
    this.changed();
  }

  move(name, step) {
    const at = this.on.findIndex((one) => one.layer.name === name);
    const [one] = this.on.splice(at, 1);
    this.on.splice(Math.max(0, Math.min(this.on.length, at + step)), 0, one);
    this.changed();
  }

  // What is on, as the address says it.
  get said() {
    return this.on.map(written).join(",") || NONE;
  }

  changed() {
    address.keep({ on: this.said });
    this.atlas.remember({ on: this.said });
    this.draw();
    this.atlas.host.dispatchEvent(new Event("layers"));
  }

  tiles({ layer, kinds, since, until }) {
    const asked = new URLSearchParams({ ...(kinds && { kinds: [...kinds].join(",") }), ...(since && { since }), ...(until && { until }), v: layer.stamp ?? "" });
    return `${location.origin}/tiles/${layer.name}/{z}/{x}/{y}.pbf?${asked}`;
  }

  // The source of a layer, for those who draw it in a way of their own.
  source(layer) {
    this.#source(layer.name, this.tiles(this.state(layer.name) ?? { layer }));
  }

  // Puts what is on onto the map, from below to above, land below everything; sources stay as long as what they ask for stays.
  draw() {
    const { map, host } = this.atlas;
    const land = this.on.filter((one) => !this.#counting.includes(one));
    for (const one of [...this.#counting, ...land].reverse()) {
      this.#source(one.layer.name, this.tiles(one));
      this.#paint(one.layer.name, this.#painted(one, host.dataset.ground));
    }
    if (map.getLayer("solid")) map.moveLayer("solid", map.getStyle().layers.find((one) => one.type === "symbol")?.id);
    this.atlas.marks?.raise();
  }

  get #counting() {
    return this.on.filter((one) => one.layer.shape !== "area");
  }

  #painted(one, ground) {
    const counting = this.#counting;
    return painted(one.layer, { strength: one.strength, ground, slot: counting.indexOf(one), of: counting.length });
  }

  // A style with our layers in the inks of the day.
  daylight(style) {
    const ground = this.atlas.bases.isPicture ? "photo" : "day";
    const inked = new Map(this.on.flatMap((one) => this.#painted(one, ground)).map((layer) => [layer.id, layer]));
    return { ...style, layers: style.layers.map((layer) => inked.get(layer.id) ?? layer) };
  }

  #source(name, url) {
    const { map } = this.atlas;
    const known = map.getSource(name);
    if (!known) map.addSource(name, { type: "vector", tiles: [url], maxzoom: 16 });
    else if (this.#urls.get(name) !== url) known.setTiles([url]);
    this.#urls.set(name, url);
  }

  #paint(name, layers) {
    const { map } = this.atlas;
    const ground = map.getStyle().layers.find((one) => one.type === "symbol" && one.source === "plan")?.id;
    for (const id of parts(name)) if (map.getLayer(id)) map.removeLayer(id);
    for (const layer of layers) map.addLayer(layer, layer.metadata?.under ? ground : undefined);
  }

  #remove(name) {
    const { map } = this.atlas;
    for (const id of parts(name)) if (map.getLayer(id)) map.removeLayer(id);
    this.atlas.marks.clear();
    if (!(name === "buildings" && map.getLayer("solid")) && map.getSource(name)) map.removeSource(name);
  }

  // After something changed in the office: what is drawn from older data is asked for anew.
  async refresh() {
    if (Date.now() - this.#asked < FRESH) return;
    this.#asked = Date.now();
    const fresh = await this.#catalogue().catch(() => null);
    if (!fresh || this.atlas.signal.aborted) return;
    for (const one of this.on) Object.assign(one.layer, fresh.find((each) => each.name === one.layer.name));
    for (const one of this.on) this.#source(one.layer.name, this.tiles(one));
  }

  watch() {
    const { map, host, signal } = this.atlas;
    map.setMissingStyleImageResolver(resolver(map, this));
    host.addEventListener("restyled", () => this.draw(), { signal });
    window.addEventListener("focus", () => this.refresh(), { signal });
    this.draw();
  }

  // What of ours lies at a place of the screen, the topmost first; the same thing once.
  at(point, reach = 4) {
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const { map } = this.atlas;
    const ids = this.on.flatMap((one) => parts(one.layer.name)).filter((id) => map.getLayer(id));
    const found = new Map();
    for (const feature of map.queryRenderedFeatures(box, { layers: ids })) {
      const layer = this.all.find((one) => one.name === feature.source);
      const key = `${feature.source}/${feature.sourceLayer === "names" ? "shapes" : feature.sourceLayer}/${feature.id}`;
      if (layer && !found.has(key)) found.set(key, { layer, feature });
    }
    return [...found.values()];
  }
}

function written({ layer, kinds, strength, since, until }) {
  const days = since || until ? `@${since}..${until}` : "";
  return `${layer.name}${kinds ? `:${[...kinds].join(".")}` : ""}${strength < 1 ? `~${Math.round(strength * 100)}` : ""}${days}`;
}
