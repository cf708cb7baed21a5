// Everything inside a shape that somebody draws: the address keeps the shape, the page lists what lies in it.
import * as address from "./address.mjs";
import { button, el } from "./parts.mjs";

const WIDTH = 50; // metres to each side of a line, until somebody says otherwise

export function inside(atlas) {
  const { words } = atlas;
  const menu = el("div", { className: "flyout", hidden: true });
  const open = button(words("Everything inside a shape"), { sign: "select_all", press: () => turn() });
  const turn = (is = menu.hidden) => {
    menu.hidden = !is;
    open.setAttribute("aria-expanded", String(is));
  };
  const one = (form, label, sign) => button(label, { sign, text: label, press: () => (turn(false), draw(atlas, form)) });
  menu.append(one("polygon", words("Draw an area"), "polyline"), one("circle", words("Draw a circle"), "trip_origin"), one("line", words("Along a line"), "conversion_path"));
  if (address.read("shape")) menu.append(button(words("Take the shape away"), { sign: "close", text: words("Take the shape away"), press: () => (turn(false), keep(atlas, "")) }));
  turn(false);
  atlas.frame.canvas.addEventListener("pointerdown", () => turn(false), { signal: atlas.signal });
  return [open, menu];
}

async function draw(atlas, form) {
  const tools = await atlas.draw();
  const found = await tools.shape(form);
  if (!found) return;
  tools.clear();
  keep(atlas, written(form, found));
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

function keep(atlas, shape) {
  address.keep({ shape });
  atlas.host.dispatchEvent(new Event("shape"));
  atlas.frame.show("list");
  atlas.send("asked-area", shape);
}

