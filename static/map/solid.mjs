// Buildings in 3D: as high as their floors, coloured by use, by how lately somebody looked or by how many live there,
// lit by the hour of the day. They are the features of the layer "buildings", whether it is switched on or not.
import * as address from "./address.mjs";
import { el, icon } from "./parts.mjs";
import { light, sky, sun } from "./sun.mjs";
import { radio } from "./views.mjs";

const FLOOR = 3.1; // metres
const [TILT, TURN] = [58, -20]; // degrees
const PLAIN = "#c3c8cc";
const OFTEN = [[183, "#2f9e6e", "Half a year ago or less"], [365, "#d9a92b", "A year ago or less"], [Infinity, "#c4574e", "More than a year ago"]];
const MANY = [[0, "#d5dbe0", "Nobody"], [20, "#a9cfd9", "1 to 20"], [60, "#4f9fb5", "21 to 60"], [Infinity, "#0f5a70", "More than 60"]];

export class Solid {
  constructor(atlas) {
    this.atlas = atlas;
    const asked = address.read("solid") || (address.tells() ? "" : atlas.kept.solid) || "";
    this.on = Boolean(asked);
    this.by = asked && asked !== "1" ? asked : "use";
    this.hour = new Date().getHours() + new Date().getMinutes() / 60;
    if (this.hour < 7 || this.hour > 18) this.hour = 10;
    atlas.host.addEventListener("restyled", () => this.#draw(), { signal: atlas.signal });
    if (this.on && !address.viewport()) atlas.map.jumpTo({ pitch: TILT, bearing: TURN, zoom: Math.max(atlas.map.getZoom(), 16) });
    if (this.on) this.#draw();
  }

  set(on) {
    if (on === this.on) return;
    this.on = on;
    this.#keep();
    this.#draw();
    const { map } = this.atlas;
    const close = Math.max(map.getZoom(), 16);
    map.easeTo(on ? { pitch: TILT, bearing: map.getBearing() || TURN, zoom: close, duration: 900 } : { pitch: 0, bearing: 0, duration: 700 });
  }

  colour(by) {
    this.by = by;
    this.#keep();
    this.#draw();
  }

  shine(hour) {
    this.hour = hour;
    const { lng, lat } = this.atlas.map.getCenter();
    const where = sun(lng, lat, hour);
    this.atlas.map.setLight(light(where));
    this.atlas.map.setSky(sky(where, this.atlas.bases.dark));
  }

  get layer() {
    return this.atlas.layers.all.find((one) => one.name === "buildings");
  }

  // What the colours mean, for the panel and for paper: [colour, words].
  legend() {
    const { words } = this.atlas;
    if (this.by === "fresh") return [...OFTEN.map(([, colour, text]) => [colour, words(text)]), [PLAIN, words("Never")]];
    if (this.by === "people") return MANY.map(([, colour, text]) => [colour, words(text)]);
    return (this.layer?.legend ?? []).map(({ colour, label }) => [colour, label]);
  }

  choices(shown) {
    const { words } = this.atlas;
    const by = { use: words("By use"), fresh: words("By how lately somebody looked"), people: words("By residents") };
    const legend = this.legend().map(([colour, text]) => el("span", { className: "kind" }, el("i", { className: "dab", style: `background:${colour}` }), text));
    const slider = el("input", { type: "range", min: 5, max: 20, step: 0.25, value: this.hour, aria: { label: words("Time of day") } });
    const told = el("output", { textContent: clock(this.hour) });
    slider.addEventListener("input", () => (this.shine(Number(slider.value)), (told.textContent = clock(this.hour))));
    return [
      el("h3", { textContent: words("Colours") }),
      ...Object.entries(by).map(([name, title]) => radio("solid", title, this.by === name, () => (this.colour(name), shown()))),
      el("div", { className: "kinds" }, legend),
      el("h3", { textContent: words("Time of day") }),
      el("div", { className: "line" }, icon("light_mode"), slider, told),
    ];
  }

  #keep() {
    const said = this.on ? this.by : "";
    address.keep({ solid: said });
    this.atlas.remember({ solid: said });
  }

  #draw() {
    const { map } = this.atlas;
    if (map.getLayer("solid")) map.removeLayer("solid");
    if (!this.on || !this.layer) return map.setSky(undefined);
    this.atlas.layers.source(this.layer);
    map.addLayer(this.#layer(), map.getStyle().layers.find((one) => one.type === "symbol")?.id);
    this.shine(this.hour);
  }

  #colour() {
    if (this.by === "people") return stepped(["coalesce", ["get", "residents"], 0], MANY);
    if (this.by === "fresh") return ["case", ["!", ["has", "seen"]], PLAIN, ...stepped(["get", "seen"], OFTEN).slice(1)];
    return this.atlas.layers.colour(this.layer);
  }

  #layer() {
    return {
      id: "solid",
      type: "fill-extrusion",
      source: "buildings",
      "source-layer": "shapes",
      minzoom: 15,
      filter: ["==", ["geometry-type"], "Polygon"],
      metadata: { under: true },
      paint: {
        "fill-extrusion-color": this.#colour(),
        "fill-extrusion-height": ["interpolate", ["linear"], ["zoom"], 15, 0, 15.8, ["*", ["coalesce", ["get", "floors"], 1], FLOOR]],
        "fill-extrusion-opacity": 0.94,
        "fill-extrusion-vertical-gradient": true,
      },
    };
  }
}

const clock = (hour) => `${String(Math.floor(hour)).padStart(2, "0")}:${String(Math.round((hour % 1) * 60)).padStart(2, "0")}`;

const stepped = (value, steps) => ["case", ...steps.slice(0, -1).flatMap(([most, colour]) => [["<=", value, most], colour]), steps.at(-1)[1]];
