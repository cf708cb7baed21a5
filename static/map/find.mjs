// Search on the map: what has a place is flown to and marked, a kind of thing is switched on as its layer.
import { ask, button, el, icon, later } from "./parts.mjs";

export function finder(atlas) {
  const { words, signal } = atlas;
  const field = el("input", { type: "search", placeholder: words("Find on the map"), autocomplete: "off", enterKeyHint: "search", aria: { role: "combobox", label: words("Find on the map"), expanded: "false", autocomplete: "list" } });
  const found = el("div", { className: "found", hidden: true, aria: { role: "listbox", label: words("What was found") } });
  let turn = 0;
  const show = (...rows) => {
    found.replaceChildren(...rows);
    found.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(rows.length > 0));
  };
  const look = async () => {
    const typed = field.value.trim();
    const mine = ++turn;
    if (!typed) return show();
    const told = await ask(`/api/map/find?q=${encodeURIComponent(typed)}`, { signal }).catch(() => null);
    if (mine !== turn) return;
    if (!told) return show(el("p", { className: "quiet", textContent: words("The office does not answer.") }));
    const rows = [...told.hits.map((one) => hit(atlas, one, done)), ...told.categories.map((one) => category(atlas, one, done))];
    show(...(rows.length ? rows : [el("p", { className: "quiet", textContent: words("Nothing found. Try fewer words, an address or a code.") })]));
  };
  const done = () => {
    show();
    field.blur();
  };
  field.addEventListener("input", later(220, look));
  field.addEventListener("focus", () => field.value && found.hidden && look());
  const box = el("div", { className: "find", aria: { role: "search" } }, icon("search"), field, found);
  const clear = () => {
    field.value = "";
    show();
    field.focus();
  };
  box.addEventListener("keydown", (event) => steps(event, field, found, clear));
  atlas.frame.canvas.addEventListener("pointerdown", done, { signal });
  atlas.frame.top.prepend(box);
}

function steps(event, field, found, clear) {
  const rows = [...found.querySelectorAll("button")];
  const at = rows.indexOf(event.target);
  const next = { ArrowDown: rows[at + 1], ArrowUp: at > 0 ? rows[at - 1] : field, Enter: event.target === field && rows[0] }[event.key];
  if (event.key === "Escape") clear(), event.stopPropagation();
  if (!next) return;
  event.preventDefault();
  if (event.key === "Enter") next.click();
  else next.focus();
}

const row = (sign, title, body, press) => {
  const made = button(title, { className: "hit", text: " ", press });
  made.setAttribute("role", "option");
  made.replaceChildren(icon(sign), el("span", {}, el("b", { textContent: title }), el("small", { textContent: body })));
  return made;
};

function hit(atlas, one, done) {
  const placed = Number.isFinite(one.lon) || one.polygon;
  const body = placed ? one.body : [one.body, atlas.words("no position")].filter(Boolean).join(" · ");
  return row(one.icon, one.title, body, () => {
    done();
    if (placed) atlas.point(one);
    atlas.cards.tell(one);
  });
}

function category(atlas, { layer, kinds, title, group }, done) {
  const known = atlas.layers.all.find((one) => one.name === layer);
  return row(known?.icon ?? "layers", title, [atlas.words("Layer"), group].filter(Boolean).join(" · "), () => {
    done();
    if (!known) return;
    atlas.layers.toggle(layer, true);
    atlas.layers.set(layer, { kinds: kinds.length ? new Set(kinds) : null });
    atlas.toast(atlas.words("{title} is switched on.", { title }));
  });
}
