// What a file would draw: each row's outline in the colour of what would come of it, over the map as it is now.
// extra: {title, empty, states: {state: {label, colour}}, rows: [{number, title, state, geometry}]}.
import { boundsOf } from "./marks.mjs";
import { button, el } from "./parts.mjs";

const MOST = 300; // rows in the list; the map shows all

export default function ({ map, panel, extra, atlas }) {
  const pane = panel(extra.title, "preview");
  map.addSource("outlines", { type: "geojson", data: collection([]) });
  const colour = ["match", ["get", "state"], ...Object.entries(extra.states).flatMap(([state, one]) => [state, one.colour]), "#7a8594"];
  const part = (type, paint) => map.addLayer({ id: `outlines/${type}`, type, source: "outlines", paint });
  part("fill", { "fill-color": colour, "fill-opacity": 0.16 });
  part("line", { "line-color": colour, "line-width": 2.5 });
  map.on("click", "outlines/fill", ({ features: [{ properties }] }) => look(current.rows[properties.at]));
  const look = (row) => (atlas.marks.show(row.geometry), around(atlas, [row]));
  let current = { rows: [] };
  return {
    update(next) {
      if (JSON.stringify(next) === JSON.stringify(current)) return;
      current = next;
      map.getSource("outlines").setData(collection(next.rows));
      pane.replaceChildren(...listed(next, look));
      if (next.rows.length) around(atlas, next.rows);
    },
  };
}

const collection = (rows) => ({
  type: "FeatureCollection",
  features: rows.map(({ state, geometry }, at) => ({ type: "Feature", properties: { state, at }, geometry })),
});

function around(atlas, rows) {
  const boxes = rows.map(({ geometry }) => boundsOf(geometry));
  const edge = (pick, n) => pick(...boxes.map((box) => box[n]));
  atlas.fit([[edge(Math.min, 0), edge(Math.min, 1)], [edge(Math.max, 2), edge(Math.max, 3)]], { duration: 0 });
}

function listed({ empty, states, rows }, look) {
  if (!rows.length) return [el("p", { textContent: empty })];
  const counts = Object.entries(states).map(([state, one]) => [one, rows.filter((row) => row.state === state).length]);
  const dot = (ink) => Object.assign(el("i", { className: "dot" }), { style: `background:${ink};display:inline-block;width:10px;height:10px;border-radius:5px;margin-inline-end:6px` });
  const legend = counts.filter(([, count]) => count).map(([one, count]) => el("div", {}, dot(one.colour), `${one.label} ${count}`));
  const shown = rows.slice(0, MOST).map((row) => {
    const line = button("", { text: row.title, className: "small", press: () => look(row) });
    line.prepend(dot(states[row.state]?.colour ?? "#7a8594"));
    return el("li", { style: "list-style:none" }, line);
  });
  return [...legend, el("ul", { style: "padding:0;margin:8px 0" }, shown)];
}
