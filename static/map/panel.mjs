// The panel of layers: grouped, each with its switch; what is on shows its legend, whose kinds switch too, and its settings.
import { button, el, icon } from "./parts.mjs";
import { checkbox } from "./views.mjs";

export function layerPanel(atlas) {
  const { words, layers, host, signal } = atlas;
  const pane = atlas.frame.tab("layers", words("Layers"), "layers");
  const open = new Set();
  const shown = () => pane.replaceChildren(...groups(layers.all).flatMap(([title, some]) => [el("h3", { textContent: title }), ...some.map((one) => entry(atlas, one, open, shown))]));
  host.addEventListener("layers", shown, { signal });
  shown();
  if (!layers.all.length) pane.append(el("p", { className: "quiet", textContent: words("There is no layer for your role.") }));
}

function groups(all) {
  const found = new Map();
  for (const one of all) found.set(one.groupTitle, [...(found.get(one.groupTitle) ?? []), one]);
  return [...found];
}

function entry(atlas, layer, open, shown) {
  const { words, layers } = atlas;
  const state = layers.state(layer.name);
  const turn = checkbox(Boolean(state), (is) => layers.toggle(layer.name, is));
  turn.setAttribute("role", "switch");
  const head = el("label", { className: "layer", title: layer.about }, icon(layer.icon), el("span", { textContent: layer.title }), turn);
  if (!state) return head;
  const settle = () => (open.has(layer.name) ? open.delete(layer.name) : open.add(layer.name), shown());
  const more = button(words("Settings of {title}", { title: layer.title }), { sign: "tune", className: "small", press: settle });
  more.setAttribute("aria-expanded", String(open.has(layer.name)));
  const kept = legend(atlas, layer, state);
  return el("div", { className: "entry" }, head, el("div", { className: "under" }, kept, more), open.has(layer.name) && settings(atlas, layer, state));
}

function legend(atlas, layer, state) {
  const kinds = layer.legend.map((kind) => {
    const is = !state.kinds || state.kinds.has(kind.key);
    const dab = el("i", { className: "dab", style: `background:${kind.colour}` });
    if (layer.hasKinds === false || layer.legend.length < 2) return el("span", { className: "kind" }, dab, kind.label);
    const made = button(kind.label, { className: "kind", text: kind.label, pressed: is, press: () => narrow(atlas, layer, state, kind.key) });
    made.prepend(dab);
    return made;
  });
  return el("div", { className: "kinds" }, kinds);
}

// The first click on a kind shows it alone, further ones add or take away; none left means all again.
function narrow({ layers }, layer, state, key) {
  const kinds = new Set(state.kinds ?? []);
  if (!kinds.delete(key)) kinds.add(key);
  layers.set(layer.name, { kinds: kinds.size && kinds.size < layer.legend.length ? kinds : null });
}

function settings({ words, layers }, layer, state) {
  const set = (more) => layers.set(layer.name, more);
  const strength = el("input", { type: "range", min: 0.1, max: 1, step: 0.1, value: state.strength });
  strength.addEventListener("change", () => set({ strength: Number(strength.value) }));
  const day = (name) => {
    const made = el("input", { type: "date", value: state[name] });
    made.addEventListener("change", () => set({ [name]: made.value }));
    return made;
  };
  const order = [button(words("Further up"), { sign: "arrow_upward", className: "small", press: () => layers.move(layer.name, -1) }), button(words("Further down"), { sign: "arrow_downward", className: "small", press: () => layers.move(layer.name, 1) })];
  const line = (label, ...inside) => el("label", { className: "line" }, el("span", { textContent: label }), ...inside);
  return el(
    "div",
    { className: "settings" },
    el("p", { className: "quiet", textContent: layer.about }),
    line(words("Strength"), strength),
    layer.isDated && line(words("From day"), day("since")),
    layer.isDated && line(words("Until day"), day("until")),
    el("div", { className: "line" }, el("span", { textContent: words("Order") }), ...order),
  );
}
