// Dividing a community: its grids on the map and in a list, and the tools that draw, move, split and merge them. What was
// drawn goes to the page, which says what would become of it; the page hands the draft back, and it is shown over the rest.
import browse from "./browse.mjs";
import { knot, metresOf } from "./ground.mjs";
import { button, el, icon, isPhone } from "./parts.mjs";
import { boundsOf, outline } from "./marks.mjs";
import { ink, legend, paint, TINTS } from "./gridpaint.mjs";

export default function (given) {
  const { map, words, panel, host, signal, atlas } = given;
  const state = { ...given, chosen: [], busy: null, seen: "" };
  map.on("click", (event) => clicked(state, event)); // before those of looking around
  browse({ atlas });
  state.pane = panel(words("Divide"), "grid_view");
  paint(map);
  map.on("styledata", () => alone(map));
  const shown = () => (ink(map, host.dataset.ground), show(state));
  host.addEventListener("restyled", shown, { signal });
  shown();
  return { update: (extra) => update(state, extra) };
}

// Here a click chooses a grid and opens no card: as long as it lasts, it counts as drawing.
function clicked(state, { point }) {
  const { map, atlas } = state;
  if (atlas.isDrawing) return;
  atlas.isDrawing = true;
  setTimeout(() => (atlas.isDrawing = Boolean(state.busy)));
  const [found] = map.queryRenderedFeatures(point, { layers: ["divide/land"] });
  if (found) choose(state, found.properties.area);
}

// The layer of boundaries would say everything twice.
function alone(map) {
  const twice = map.getStyle().layers.filter(({ id, layout }) => id.startsWith("grids/") && layout?.visibility !== "none");
  for (const { id } of twice) map.setLayoutProperty(id, "visibility", "none");
}

// A draft that was handed in or given up ends what is under way here; a place to look at is flown to once.
function update(state, extra) {
  const isNew = JSON.stringify(extra.grids) !== JSON.stringify(state.extra.grids);
  state.extra = extra;
  if (isNew) state.chosen = state.chosen.filter((area) => extra.grids.some((one) => one.area === area));
  show(state);
  if (!extra.look || extra.look.mark === state.seen) return;
  state.seen = extra.look.mark;
  state.atlas.point(extra.look);
}

function choose(state, area) {
  const { chosen } = state;
  state.chosen = chosen.includes(area) ? chosen.filter((one) => one !== area) : [...chosen, area];
  show(state);
}

function show(state) {
  const { map, extra, chosen } = state;
  map.getSource("divide")?.setData(features(extra.grids.filter((one) => one.polygon), (one) => ({ area: one.area, name: one.name, said: one.said, tint: TINTS[one.tint % TINTS.length], chosen: chosen.includes(one.area) })));
  map.getSource("divide-draft")?.setData(features(extra.draft, (one) => ({ name: one.name, changed: one.changed })));
  map.getSource("divide-past")?.setData(features(extra.past, (one) => ({ name: one.name })));
  map.getSource("divide-wrong")?.setData({ type: "FeatureCollection", features: extra.troubles.map((one) => ({ type: "Feature", properties: { blocking: one.blocking }, geometry: { type: "Point", coordinates: [one.lon, one.lat] } })) });
  fill(state);
}

const features = (all, told) => ({ type: "FeatureCollection", features: all.map((one) => ({ type: "Feature", properties: told(one), geometry: outline(one.polygon) })) });

// --- the panel ---------------------------------------------------------------------------------------------

function fill(state) {
  const { pane, words, extra, host } = state;
  if (state.busy) return pane.replaceChildren(...state.busy(state));
  const held = pane.getRootNode().activeElement?.dataset?.area;
  const tools = isPhone(host) ? el("p", { className: "quiet", textContent: words("On a phone the grids are looked at and checked; draw them at a desk.") }) : toolbox(state);
  pane.replaceChildren(tools, ...byHand(state), ...wrong(state), el("h3", { textContent: words("Grids of {name}", { name: extra.name }) }), el("div", { className: "rows" }, extra.grids.map((one) => row(state, one))), legend(words, extra));
  pane.querySelector(`[data-area="${held}"]`)?.focus({ preventScroll: true });
}

function row(state, one) {
  const { chosen, atlas, words } = state;
  const sign = one.polygon ? "check_box_outline_blank" : "location_off";
  const made = button(one.name, { className: "row", pressed: chosen.includes(one.area), press: () => (choose(state, one.area), one.polygon && atlas.point({ polygon: one.polygon })) });
  made.title = words("Choose {name}", { name: one.name });
  made.dataset.area = one.area;
  made.append(icon(chosen.includes(one.area) ? "check_box" : sign), el("span", {}, el("b", { textContent: one.name }), el("small", { textContent: one.polygon ? one.said : words("not drawn yet") })));
  return made;
}

// The parts of a proposal are changed one by one before it is saved.
function byHand(state) {
  const { words, extra, host } = state;
  if (!extra.parts?.length || isPhone(host)) return [];
  const line = (one, part) => {
    const made = button(words("Choose {name}", { name: one.name }), { className: "row", press: () => edit(state, one.polygon, { kind: "adjust", part }) });
    made.append(icon("edit_location_alt"), el("span", { textContent: one.name }));
    return made;
  };
  return [el("h3", { textContent: words("Grids of the draft: choose one to move its border") }), el("div", { className: "rows" }, extra.parts.map(line))];
}

function wrong({ words, extra, atlas }) {
  if (!extra.troubles.length) return [];
  const line = (one) => {
    const made = button(one.said, { className: "row", press: () => atlas.point(one) });
    made.append(icon(one.blocking ? "error" : "warning"), el("span", { textContent: one.said }));
    return made;
  };
  return [el("h3", { textContent: words("To be put right ({n})", { n: extra.troubles.length }) }), el("div", { className: "rows" }, extra.troubles.map(line))];
}

function toolbox(state) {
  const { words, chosen, extra } = state;
  const [one] = chosen;
  const is = (count) => chosen.length === count && chosen.every((area) => drawn(extra, area));
  const tool = (label, sign, may, press, why) => {
    const made = button(words(label), { sign, text: words(label), className: "tool", press });
    made.disabled = !may || extra.draft.length > 0;
    made.title = extra.draft.length ? words("Save or discard the draft first.") : may ? "" : words(why);
    return made;
  };
  const single = "Choose one grid first, on the map or in the list.";
  return el(
    "div",
    { className: "toolbox" },
    tool("Draw a grid", "polyline", true, () => drawNew(state), ""),
    tool("Move its border", "edit_location_alt", chosen.length === 1, () => reshape(state, one), single),
    tool("Split", "call_split", is(1), () => split(state, one), single),
    tool("Merge", "merge", chosen.length > 1 && is(chosen.length), () => state.send("drawn", { kind: "merge", grid: one, others: chosen }), "Choose two or more neighbouring grids first."),
  );
}

const drawn = (extra, area) => extra.grids.some((one) => one.area === area && one.polygon);
const polygonOf = (extra, area) => extra.grids.find((one) => one.area === area)?.polygon;

// --- drawing -----------------------------------------------------------------------------------------------

// Corners snap to those of the neighbours and of the community: so borders are one and the same.
const near = ({ extra }, but = "") => [...(extra.polygon ?? []), ...extra.grids.filter((one) => one.polygon && one.area !== but).flatMap((one) => one.polygon)];

async function drawNew(state, grid = "") {
  const tools = await state.draw();
  const found = await tools.shape("polygon", { near: near(state, grid), live: (feature) => told(state, feature) });
  ended(tools);
  if (found) state.send("drawn", { kind: grid ? "reshape" : "draw", grid, polygon: found.geometry.coordinates });
}

async function split(state, grid) {
  const tools = await state.draw();
  const hint = state.words("Draw the line from border to border; another click on its last point ends it.");
  const found = await tools.shape("line", { near: near(state), hint });
  ended(tools);
  if (found) state.send("drawn", { kind: "split", grid, line: found.geometry.coordinates });
}

// The click that ends a shape is over a moment later; until then it chooses nothing.
const ended = (tools) => setTimeout(() => tools.clear(), 400);

// A grid without a boundary is drawn; the corners of one that has it are moved until somebody is content.
function reshape(state, grid) {
  const polygon = polygonOf(state.extra, grid);
  return polygon ? edit(state, polygon, { kind: "reshape", grid }) : drawNew(state, grid);
}

async function edit(state, polygon, wish) {
  const tools = await state.draw();
  state.atlas.fit(box(polygon));
  const around = wish.grid ? near(state, wish.grid) : state.extra.parts.filter((_, n) => n !== wish.part).flatMap((one) => one.polygon);
  const editing = tools.edit(outline(polygon), { near: around, change: (feature) => told(state, feature) });
  const end = (keep) => {
    const { geometry } = editing.feature();
    editing.stop();
    state.busy = null;
    show(state);
    if (keep) state.send("drawn", { ...wish, polygon: geometry.coordinates });
  };
  state.busy = () => editor(state, end);
  show(state);
  told(state, editing.feature());
}

const box = (polygon) => {
  const [west, south, east, north] = boundsOf(outline(polygon));
  return [[west, south], [east, north]];
};

function editor(state, end) {
  const { words } = state;
  state.live ??= el("p", { className: "live", aria: { live: "polite" } });
  const done = button(words("Finish"), { sign: "check", text: words("Finish"), className: "strong", press: () => end(true) });
  const stop = button(words("Cancel"), { text: words("Cancel"), press: () => end(false) });
  const hint = el("p", { textContent: words("Drag a corner; a click in the middle of a side adds one, a right click takes one away. The neighbours follow.") });
  return [hint, state.live, el("div", { className: "line" }, done, stop)];
}

// While somebody draws: how large it is, and whether the line crosses itself.
function told(state, { geometry }) {
  if (geometry.type !== "Polygon") return;
  const [ring] = geometry.coordinates;
  const place = knot(ring);
  const text = place ? state.words("The boundary crosses itself.") : state.words("{n} m²", { n: Math.round(metresOf(ring)).toLocaleString() });
  if (state.live) {
    state.live.textContent = text;
    state.live.classList.toggle("bad", Boolean(place));
  }
  state.map.getSource("divide-wrong")?.setData({ type: "FeatureCollection", features: place ? [{ type: "Feature", properties: { blocking: true }, geometry: { type: "Point", coordinates: place } }] : [] });
}
