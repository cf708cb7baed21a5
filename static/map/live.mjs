// Staff on a shift, live: asked for every few seconds while somebody looks, drawn over whatever map lies below.
// Who is in the answer was decided by the office's route: on a shift, in this reader's area, for a role that may see it.
import { Cards } from "./cards.mjs";
import { INKS } from "./paint.mjs";
import { layerPanel } from "./panel.mjs";
import { ask, el, button, link } from "./parts.mjs";
import { tools } from "./tools.mjs";
import { views } from "./views.mjs";
import { bounds, features, point } from "./track.mjs";

const EVERY = 10_000;
const LATE = 3 * 60_000;
const SILENT = 10 * 60_000;
const COLOURS = ["match", ["get", "state"], "fresh", "#1b8a5a", "late", "#c98a1b", "#8a949f"];

export default function ({ map, host, panel, words, toast, send, extra, signal, atlas }) {
  ground(host, atlas);
  const pane = panel(words("On a shift"), "directions_walk");
  const told = { people: [], chosen: 0, mayTrack: extra.mayTrack, isFirst: !new URLSearchParams(location.search).has("at") };
  draw(map);
  const inked = () => ink(map, host.dataset.ground);
  host.addEventListener("restyled", inked, { signal });
  inked();
  const choose = (person) => ((told.chosen = person.shift_id), show(), person.lon !== null && map.easeTo({ center: [person.lon, person.lat], zoom: Math.max(map.getZoom(), 16.5) }));
  const show = () => {
    map.getSource("staff")?.setData(features(told.people.filter((one) => one.lon !== null).map((one) => spot(one, told.chosen))));
    list(pane, told, words, choose, (href) => send("opened", href));
  };
  const poll = async () => {
    if (document.hidden || signal.aborted) return;
    try {
      const answer = await ask("/api/map/live", { signal });
      told.people = answer.people.map((one) => ({ ...one, at: one.at && Date.parse(one.at) }));
    } catch (trouble) {
      if (trouble.name !== "AbortError") toast(words("Positions could not be fetched; the last known ones are shown."), { tone: "warn" });
    }
    if (signal.aborted) return;
    show();
    if (told.isFirst) fit(atlas, told);
  };
  map.on("click", "staff", ({ features: [found] }) => {
    const person = told.people.find((one) => one.shift_id === found.properties.shift);
    atlas.cards.close(); // not the building below
    if (person) choose(person);
  });
  map.on("mouseenter", "staff", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "staff", () => (map.getCanvas().style.cursor = ""));
  document.addEventListener("visibilitychange", poll, { signal }); // whoever comes back sees the present at once
  const timer = setInterval(poll, EVERY);
  poll();
  return { update: (next) => (told.mayTrack = next.mayTrack), remove: () => clearInterval(timer) };
}

function draw(map) {
  map.addSource("staff", { type: "geojson", data: features([]) });
  map.addLayer({ id: "staff-halo", type: "circle", source: "staff", paint: { "circle-radius": ["case", ["get", "chosen"], 20, 13], "circle-color": COLOURS, "circle-opacity": 0.22 } });
  map.addLayer({ id: "staff", type: "circle", source: "staff", paint: { "circle-radius": 7, "circle-color": COLOURS, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
  map.addLayer({
    id: "staff-name", type: "symbol", source: "staff",
    layout: { "text-field": ["get", "name"], "text-size": 13, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true },
    paint: { "text-halo-width": 1.6 },
  });
}

function ink(map, ground) {
  const { ink: text, halo } = INKS[ground];
  map.setPaintProperty("staff-name", "text-color", text);
  map.setPaintProperty("staff-name", "text-halo-color", halo);
}

const spot = (one, chosen) => point([one.lon, one.lat], { name: one.name, shift: one.shift_id, state: state(one), chosen: one.shift_id === chosen });

function state({ at }) {
  if (!at) return "none";
  const age = Date.now() - at;
  return age < LATE ? "fresh" : age < SILENT ? "late" : "silent";
}

// Everybody in the first answer, unless the address said what to look at.
function fit(atlas, told) {
  told.isFirst = false;
  const known = told.people.filter((one) => one.lon !== null).map((one) => [one.lon, one.lat]);
  if (known.length) atlas.fit(bounds(known), { maxZoom: 17 });
}

function list(pane, told, words, choose, open) {
  const held = pane.getRootNode().activeElement?.dataset?.shift;
  const rows = told.people.map((one) => el("li", {}, row(one, told, words, choose), ...way(one, told, words, open)));
  const empty = el("p", { className: "quiet", textContent: words("Nobody is on a shift now. A worker appears here when they begin one, and leaves when it ends.") });
  const count = el("p", { className: "quiet", textContent: words("{n} on a shift; refreshed every 10 seconds", { n: told.people.length }) });
  pane.replaceChildren(...(rows.length ? [count, el("ul", { className: "people" }, rows)] : [empty]));
  pane.querySelector(`[data-shift="${held}"]`)?.focus({ preventScroll: true });
}

function row(one, told, words, choose) {
  const made = button(one.name, { className: "person", text: one.name, press: () => choose(one) });
  made.replaceChildren(el("i"), el("b", { textContent: one.name }), el("time", { textContent: ago(one, words) }), el("small", { textContent: one.place }));
  made.dataset.state = state(one);
  made.dataset.shift = one.shift_id;
  made.setAttribute("aria-current", String(one.shift_id === told.chosen));
  return made;
}

function way(one, told, words, open) {
  if (!told.mayTrack || one.shift_id !== told.chosen) return [];
  return [link(words("Track of this shift (the look is written down)"), `/track?shift=${one.shift_id}`, open)];
}

function ago({ at }, words) {
  if (!at) return words("no position yet");
  const minutes = Math.floor((Date.now() - at) / 60_000);
  return minutes < 1 ? words("just now") : words("{n} min ago", { n: minutes });
}

// What lies below: the layers, the ground, measuring, as on the map itself.
export function ground(host, atlas) {
  style(host);
  atlas.cards = new Cards(atlas);
  layerPanel(atlas);
  views(atlas);
  tools(atlas);
}

function style(host) {
  const root = host.getRootNode();
  if (root.querySelector("link.staff")) return;
  host.before(el("link", { className: "staff", rel: "stylesheet", href: new URL("./staff.css", import.meta.url).href }));
}
