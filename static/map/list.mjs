// The list beside the map: the same things in words, for what is in view or inside a shape. It works without any map.
import * as address from "./address.mjs";
import { outlined, settings } from "./inside.mjs";
import { boundsOf } from "./marks.mjs";
import { ask, button, el, icon, later, link } from "./parts.mjs";

export function lists(atlas) {
  const { words, map, host, signal, data } = atlas;
  const pane = atlas.frame.tab("list", words("Listed"), "list");
  const opened = new Set();
  let turn = 0;
  const fill = async (isFirst = false) => {
    const drawn = address.read("shape");
    if (pane.hidden && !drawn) return;
    const mine = ++turn;
    const shape = drawn || (map ? inView(map) : `grid:${data.area}`);
    const found = await ask(`/api/map/inside?${new URLSearchParams({ shape })}`, { signal }).catch((trouble) => trouble);
    if (mine !== turn || signal.aborted) return;
    if (found instanceof Error) return pane.replaceChildren(el("p", { className: "quiet", textContent: found.status ? found.message : words("The office does not answer.") }));
    if (drawn) outlined(atlas, found.outline);
    if (isFirst && map && found.outline && !address.viewport()) map.fitBounds(boundsOf(found.outline), { padding: 60, duration: 0 });
    pane.replaceChildren(...heading(atlas, found, drawn), ...found.layers.map((one) => group(atlas, one, shape, opened)));
    if (!found.layers.length) pane.append(el("p", { className: "quiet", textContent: words("Nothing stands here. Move the map or zoom out.") }));
  };
  map?.on("moveend", later(450, () => fill()));
  pane.addEventListener("shown", () => fill(), { signal });
  host.addEventListener("shape", () => fill(), { signal });
  if (!map || address.read("shape")) fill(true);
}

function inView(map) {
  const bounds = map.getBounds();
  const corners = [bounds.getNorthWest(), bounds.getNorthEast(), bounds.getSouthEast(), bounds.getSouthWest()];
  return `polygon:${corners.map(({ lng, lat }) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(";")}`;
}

function heading(atlas, { title, layers }, drawn) {
  const { words, map, data } = atlas;
  const n = layers.reduce((sum, one) => sum + one.total, 0);
  const where = drawn ? title : map ? words("In view") : data.areaName;
  const said = el("p", { className: "quiet", textContent: words("{where}: {n} entries", { where, n }) });
  if (!drawn) return [said];
  const whole = `/map_area?${new URLSearchParams({ shape: drawn })}`;
  return [el("div", { className: "line" }, said, settings(atlas, drawn)), link(words("Full lists and sheets"), whole, (to) => atlas.send("opened", to))];
}

function group(atlas, one, shape, opened) {
  const rows = el("div", { className: "rows" });
  const count = el("span", { className: "count", textContent: one.total });
  const made = el("details", { className: "group-of", open: opened.has(one.name) }, el("summary", {}, icon(one.icon), el("span", { textContent: one.title }), count), kinds(one), rows);
  const fill = () => {
    if (!made.open) return opened.delete(one.name);
    opened.add(one.name);
    if (one.list && !rows.childElementCount) page(atlas, one, shape, rows, "");
  };
  made.addEventListener("toggle", fill);
  return made;
}

function kinds({ kinds: all }) {
  const one = ({ label, colour, count }) => el("span", { className: "kind" }, el("i", { className: "dab", style: `background:${colour}` }), `${label} ${count}`);
  return all.length > 1 ? el("div", { className: "kinds" }, all.map(one)) : "";
}

async function page(atlas, layer, shape, rows, after) {
  const { words, signal } = atlas;
  const asked = new URLSearchParams({ shape, layer: layer.name, ...(after && { after }) });
  const found = await ask(`/api/map/inside?${asked}`, { signal }).catch(() => null);
  if (!found) return rows.append(el("p", { className: "quiet", textContent: words("The office does not answer.") }));
  rows.append(...found.items.map((one) => row(atlas, layer, one)));
  if (found.after) {
    const more = button(words("More"), { text: words("More"), className: "more", press: () => (more.remove(), page(atlas, layer, shape, rows, found.after)) });
    rows.append(more);
  }
}

function row(atlas, layer, { id, title, kind, colour, lon, lat, href }) {
  const dab = el("i", { className: "dab", style: `background:${colour}` });
  const text = el("span", {}, el("b", { textContent: title }), kind && el("small", { textContent: kind }));
  const open = (to) => atlas.send("opened", to);
  if (!atlas.map) return el("div", { className: "row" }, dab, href ? link(title, href, open) : title, el("small", { textContent: kind }));
  const isCarded = atlas.layers.all.some((one) => one.name === layer.name);
  const show = () => {
    if (lon !== null) atlas.point({ lon, lat });
    if (isCarded) atlas.cards.open(layer.name, id);
    else atlas.cards.tell({ title, body: kind, href, icon: layer.icon });
    if (atlas.host.classList.contains("phone")) atlas.host.dataset.sheet = "low";
  };
  const made = button(title, { className: "row", text: " ", press: show });
  made.replaceChildren(dab, text);
  return made;
}
