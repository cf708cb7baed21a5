// Plan, 3D or picture from above in one click, and what belongs to them: which picture, the colours of buildings, the light.
import { button, el, press } from "./parts.mjs";

export function views(atlas) {
  const { words, bases, solid } = atlas;
  const picture = () => bases.sources.find((one) => one.name === atlas.kept.picture) ?? bases.sources.find((one) => one.kind === "raster");
  const go = (view) => {
    if (view === "photo" && !picture()) return atlas.toast(words("No picture from above is set up yet. A system administrator adds a source on the page “Base maps”."), { lasts: 8000 });
    bases.choose(view === "photo" ? picture().name : "");
    solid.set(view === "solid");
    shown();
  };
  const made = {
    plan: button(words("Plan, seen from above"), { sign: "map", text: words("2D"), press: () => go("plan") }),
    solid: button(words("Buildings in 3D"), { sign: "view_in_ar", text: words("3D"), press: () => go("solid") }),
    photo: button(words("Satellite or aerial picture"), { sign: "satellite_alt", text: words("Satellite"), press: () => go("photo") }),
  };
  const menu = el("div", { className: "menu", hidden: true });
  const more = button(words("Base map and light"), { sign: "tune", press: () => toggle() });
  more.setAttribute("aria-expanded", "false");
  const toggle = (is = menu.hidden) => {
    menu.hidden = !is;
    more.setAttribute("aria-expanded", String(is));
    if (is) menu.replaceChildren(...choices(atlas, shown));
  };
  const shown = () => {
    const now = { plan: !bases.source && !solid.on, solid: solid.on, photo: bases.isPicture };
    for (const [name, one] of Object.entries(made)) press(one, now[name]);
    if (!menu.hidden) menu.replaceChildren(...choices(atlas, shown));
  };
  const box = el("div", { className: "views", aria: { role: "group", label: words("View") } }, ...Object.values(made), more);
  box.addEventListener("keydown", (event) => event.key === "Escape" && (toggle(false), more.focus()));
  atlas.frame.canvas.addEventListener("pointerdown", () => toggle(false), { signal: atlas.signal });
  shown();
  atlas.frame.top.append(el("div", { className: "right" }, box, menu));
  return { go, shown };
}

function choices(atlas, shown) {
  const { words, bases, solid } = atlas;
  const ground = [{ name: "", title: words("Our own plan") }, ...bases.sources.filter((one) => one.kind === "raster")];
  const base = (one) => radio("base", one.title, bases.chosen === one.name || (!one.name && !bases.source), () => (bases.choose(one.name), shown()));
  const raised = el("label", { className: "line" }, checkbox(solid.on, (is) => (solid.set(is), shown())), words("Buildings in 3D"));
  return [el("h3", { textContent: words("Base map") }), ...ground.map(base), el("h3", { textContent: words("Buildings") }), raised, ...(solid.on ? solid.choices(shown) : [])];
}

export function checkbox(checked, change) {
  const made = el("input", { type: "checkbox", checked });
  made.addEventListener("change", () => change(made.checked));
  return made;
}

export function radio(name, title, checked, change) {
  const made = el("input", { type: "radio", name, checked });
  made.addEventListener("change", () => change());
  return el("label", { className: "line" }, made, title);
}
