// The nearest things around a place: of the layers that are on, or of all when none with things is.
import { ask, button, el, icon } from "./parts.mjs";
import { place } from "./marks.mjs";
import { saidLength } from "./measure.mjs";

export async function near(atlas, { lon, lat }) {
  const { words, layers, signal, cards, marks } = atlas;
  marks.show(place(lon, lat));
  const names = layers.on.filter(({ layer }) => layer.shape !== "area").map(({ layer }) => layer.name);
  const asked = new URLSearchParams({ at: `${lon.toFixed(6)},${lat.toFixed(6)}`, layers: names.join(","), limit: 15 });
  const found = await ask(`/api/map/near?${asked}`, { signal }).catch(() => null);
  const rows = (found?.items ?? []).map((one) => row(atlas, one));
  const empty = found ? words("Nothing of the layers that are on stands near here.") : words("The office does not answer.");
  cards.show({ icon: "near_me", title: words("Nearest to here"), layer: `${lat.toFixed(6)}, ${lon.toFixed(6)}` }, rows.length ? el("div", { className: "rows" }, rows) : el("p", { className: "quiet", textContent: empty }));
}

function row(atlas, one) {
  const layer = atlas.layers.all.find((each) => each.name === one.layer);
  const text = el("span", {}, el("b", { textContent: one.title }), el("small", { textContent: [layer?.title, one.kind].filter(Boolean).join(" · ") }));
  const made = button(one.title, { className: "row", text: " ", press: () => (atlas.point(one), atlas.cards.open(one.layer, one.id)) });
  made.replaceChildren(icon(layer?.icon ?? "place"), text, el("output", { textContent: saidLength(one.distance) }));
  return made;
}
