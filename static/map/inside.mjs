// Everything inside a shape that somebody draws. The address keeps the shape; what lies in it stands in the list, and in
// full, with sheets to take along, on the page of the area search.
import * as address from "./address.mjs";
import { button, el, icon, link } from "./parts.mjs";

const WIDTH = 50; // metres to each side of a line, until somebody says otherwise
const WIDTHS = { line: [20, 30, 50, 100, 200], road: [20, 30, 50, 100, 200], circle: [100, 200, 300, 500, 1000] };
const INK = "#e06a1f";

export function inside(atlas) {
  const { words } = atlas;
  const menu = el("div", { className: "flyout", hidden: true });
  const open = button(words("Everything inside a shape"), { sign: "select_all", press: () => turn() });
  const turn = (is = menu.hidden) => {
    menu.hidden = !is;
    open.setAttribute("aria-expanded", String(is));
  };
  const one = (form, label, sign) => button(label, { sign, text: label, press: () => (turn(false), draw(atlas, form)) });
  menu.append(one("polygon", words("Draw an area"), "polyline"), one("circle", words("Draw a circle"), "trip_origin"), one("line", words("Along a line"), "conversion_path"), named(atlas));
  turn(false);
  atlas.frame.canvas.addEventListener("pointerdown", () => turn(false), { signal: atlas.signal });
  return [open, menu];
}

// Whoever does not draw names the place on the page of the area search.
function named({ words, send }) {
  const to = link(words("By an address, an area or a road"), "/map_area", (page) => send("opened", page));
  to.prepend(icon("search"));
  return to;
}

async function draw(atlas, form) {
  const tools = await atlas.draw();
  const found = await tools.shape(form);
  if (!found) return;
  tools.clear();
  keepShape(atlas, written(form, found));
}

const said = (place) => place.map((value) => value.toFixed(6)).join(",");

function written(form, { geometry, properties }) {
  if (form === "line") return `line:${[...geometry.coordinates.map(said), WIDTH].join(";")}`;
  const [ring] = geometry.coordinates;
  if (form === "polygon") return `polygon:${ring.map(said).join(";")}`;
  const corners = ring.slice(1);
  const middle = [0, 1].map((n) => corners.reduce((sum, corner) => sum + corner[n], 0) / corners.length);
  return `circle:${said(middle)};${properties.metres}`;
}

export function keepShape(atlas, shape) {
  address.keep({ shape });
  if (!shape) outlined(atlas, null);
  atlas.frame.show("list");
  atlas.host.dispatchEvent(new Event("shape"));
  if (shape && atlas.host.dataset.sheet === "low") atlas.host.dataset.sheet = "half";
}

// The outline of the shape on the map: what is inside stays as it is, the edge is plain to see.
export function outlined({ map }, geometry) {
  if (!map) return;
  const data = { type: "FeatureCollection", features: geometry ? [{ type: "Feature", properties: {}, geometry }] : [] };
  if (map.getSource("shape")) return map.getSource("shape").setData(data);
  map.addSource("shape", { type: "geojson", data });
  map.addLayer({ id: "shape", type: "line", source: "shape", paint: { "line-color": INK, "line-width": 2.5, "line-dasharray": [3, 1.5] } });
}

// How wide a corridor or a circle is can be changed afterwards, and the shape taken away.
export function settings(atlas, shape) {
  const { words } = atlas;
  const [kind, rest] = shape.split(":");
  const metres = rest.split(";").at(-1);
  const wide = el("select", { aria: { label: words("Metres around") } }, [...new Set([...(WIDTHS[kind] ?? []), Number(metres)])].sort((a, b) => a - b).map((value) => el("option", { value, textContent: `${value} m`, selected: String(value) === metres })));
  wide.addEventListener("change", () => keepShape(atlas, `${kind}:${[...rest.split(";").slice(0, -1), wide.value].join(";")}`));
  const gone = button(words("Take the shape away"), { sign: "close", className: "small", press: () => keepShape(atlas, "") });
  return el("div", { className: "line" }, kind in WIDTHS && wide, gone);
}
