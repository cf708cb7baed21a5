// A click shows the essentials of what lies there, with the way to its page; the address remembers it, so that the way
// back from that page leads to the same view with the same card.
import * as address from "./address.mjs";
import { near } from "./near.mjs";
import { ask, button, el, icon, link } from "./parts.mjs";

export class Cards {
  #turn = 0;

  constructor(atlas) {
    this.atlas = atlas;
    const { host, signal, map } = atlas;
    host.addEventListener("keydown", (event) => event.key === "Escape" && !atlas.isDrawing && this.close(), { signal });
    map?.on("click", (event) => this.#clicked(event));
    map?.on("contextmenu", ({ lngLat }) => atlas.isDrawing || near(atlas, { lon: lngLat.lng, lat: lngLat.lat }));
    map?.on("mousemove", (event) => this.#pointed(event));
    const [layer, id] = address.read("card").split("/");
    if (id) this.open(layer, id);
  }

  #pointed({ point }) {
    const { map, isDrawing } = this.atlas;
    if (isDrawing) return;
    const [found] = this.#here(point, 2);
    const canvas = map.getCanvas();
    canvas.style.cursor = found ? "pointer" : "";
    canvas.title = found ? said(found) : "";
  }

  // Land lies under everything: it is meant only when nothing else is there.
  #here(point, reach) {
    const isLand = ({ layer, feature }) => layer.shape === "area" && feature.sourceLayer !== "numbers";
    const things = this.atlas.layers.at(point, reach).filter((one) => !isLand(one));
    const land = this.atlas.layers.at(point, 0).filter(isLand).sort((one, other) => depth(other) - depth(one));
    return [...things, ...this.#raised(point, things), ...land];
  }

  // A building in 3D stands for its layer, where that is one that has cards.
  #raised(point, things) {
    const { map, layers } = this.atlas;
    const layer = layers.all.find((one) => one.name === "buildings");
    if (!layer || things.some((one) => one.layer === layer) || !map.getLayer("solid")) return [];
    return map.queryRenderedFeatures(point, { layers: ["solid"] }).slice(0, 1).map((feature) => ({ layer, feature }));
  }

  #clicked({ point, lngLat, originalEvent }) {
    if (this.atlas.isDrawing) return;
    const found = this.#here(point, originalEvent.pointerType === "touch" ? 10 : 4);
    if (!found.length) return this.close();
    const [{ layer, feature }, ...others] = found;
    if (feature.sourceLayer === "numbers") return this.#closer(layer, feature);
    this.open(layer.name, feature.id, { feature, others, at: { lon: lngLat.lng, lat: lngLat.lat } });
    if (this.atlas.data.extra?.tells?.includes("picked")) this.atlas.send("picked", { layer: layer.name, id: feature.id });
  }

  // A number is opened by going where the things themselves are drawn.
  #closer(layer, feature) {
    const { map } = this.atlas;
    const zoom = Math.min(Math.max(map.getZoom() + 2, 13), layer.fromZoom + 0.6);
    map.easeTo({ center: feature.geometry.coordinates, zoom: Math.max(zoom, map.getZoom() + 1) });
  }

  async open(layer, id, { feature, others = [], at } = {}) {
    const turn = ++this.#turn;
    const { signal, words } = this.atlas;
    address.keep({ card: `${layer}/${id}` });
    if (feature) this.atlas.marks.feature(feature);
    if (at && this.atlas.host.classList.contains("phone")) this.#lift(at);
    this.#show(el("div", { className: "waits", aria: { label: words("Loading") } }));
    const told = await ask(`/api/map/card/${layer}/${id}`, { signal }).catch((trouble) => trouble);
    if (turn !== this.#turn || signal.aborted) return;
    if (told instanceof Error) return this.#show(el("p", { className: "quiet", textContent: told.status === 404 ? words("Nothing more may be shown here.") : words("The office does not answer.") }));
    this.#show(...this.#told(this.atlas.layers?.all.find((one) => one.name === layer), told), this.#around(at), this.#others(others));
  }

  // On a phone the card covers the lower half: what was picked moves above it.
  #lift({ lon, lat }) {
    this.atlas.map.easeTo({ center: [lon, lat], offset: [0, -this.atlas.host.clientHeight * 0.24] });
  }

  // A card about what was found by words instead of by a click.
  tell({ title, body, href, icon: sign }) {
    this.#turn++;
    address.keep({ card: "" });
    const links = href ? [{ label: this.atlas.words("Open"), href }] : [];
    this.#show(...this.#told({ icon: sign }, { title, facts: [], links, body }));
  }

  #told(layer, { title, facts, links, body }) {
    const rows = facts.map(([label, value]) => el("div", {}, el("dt", { textContent: label }), el("dd", { textContent: value ?? "—" })));
    return [
      el("header", {}, icon(layer?.icon ?? "info"), el("div", {}, layer?.title && el("small", { textContent: layer.title }), el("h2", { textContent: title }))),
      body && el("p", { className: "quiet", textContent: body }),
      rows.length > 0 && el("dl", {}, rows),
      links.length > 0 && el("nav", {}, links.map(({ label, href }, n) => Object.assign(link(label, href.startsWith("/") ? href : `/${href}`, (to) => this.atlas.send("opened", to)), { className: n ? "" : "first" }))),
    ].filter(Boolean);
  }

  #around(at) {
    const { words } = this.atlas;
    return at && button(words("Nearest to here"), { sign: "near_me", text: words("Nearest to here"), className: "around", press: () => near(this.atlas, at) });
  }

  #others(others) {
    if (!others.length) return "";
    const { words } = this.atlas;
    const one = ({ layer, feature }) => button(layer.title, { sign: layer.icon, text: feature.properties.name ?? layer.title, press: () => this.open(layer.name, feature.id, { feature, others: others.filter((each) => each.feature !== feature) }) });
    return el("div", { className: "others" }, el("small", { textContent: words("Also here") }), others.slice(0, 6).map(one));
  }

  // A card of one's own: {icon, title, layer} above what stands in it.
  show({ icon: sign, title, layer }, ...inside) {
    this.#turn++;
    address.keep({ card: "" });
    this.#show(...this.#told({ icon: sign, title: layer }, { title, facts: [], links: [] }), ...inside);
  }

  #show(...inside) {
    const { card, stage } = this.atlas.frame;
    const close = button(this.atlas.words("Close"), { sign: "close", className: "close", press: () => this.close() });
    card.replaceChildren(close, ...inside.filter(Boolean));
    card.hidden = false;
    stage.classList.add("carded");
  }

  close() {
    this.#turn++;
    this.atlas.frame.card.hidden = true;
    this.atlas.frame.stage.classList.remove("carded");
    this.atlas.marks?.clear();
    address.keep({ card: "" });
  }
}

// The legend of areas goes from large to small: the smallest one is meant first.
const depth = ({ layer, feature }) => layer.legend.findIndex((kind) => kind.key === feature.properties.kind);

// What the pointer rests on: a number says of what and where it is.
function said({ layer, feature: { properties, sourceLayer } }) {
  const kind = layer.legend.find((one) => one.key === properties.kind)?.label;
  if (sourceLayer === "numbers") return `${layer.title} · ${properties.name}: ${properties.n}`;
  return [properties.name, layer.title, properties.n > 1 ? properties.n : kind].filter(Boolean).join(" · ");
}
