// The drawing tools, shared by all modes: a shape is drawn once and promised, or corners of a given one are moved.
//
//   const tools = await draw();
//   const feature = await tools.shape("polygon", { near: rings, live(feature) {} });  // null: cancelled; also rectangle,
//                                                                   // circle (properties.metres), line, point
//   const editing = tools.edit(geometry, { near: rings, change(feature) {} });  … editing.feature(), editing.stop()
//   tools.clear();                                                  // what was drawn stays in sight until then
//
// `near` are lines as arrays of [lon, lat]: corners snap to their corners first, then to their sides.
import { TerraDrawMapLibreGLAdapter } from "../vendor/terra-draw/adapter.mjs";
import * as TD from "../vendor/terra-draw/terra-draw.mjs";

const REACH = 14; // pixels from which a corner snaps
const INK = "#e06a1f"; // seen on the plan, at night and on pictures from above
const FORMS = { polygon: "polygon", rectangle: "rectangle", circle: "circle", line: "linestring", point: "point" };

export class Drawing {
  #near = [];
  #turn = 0;

  constructor(atlas) {
    this.atlas = atlas;
    this.map = atlas.map;
    this.pen = new TD.TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: this.map, coordinatePrecision: 7 }),
      modes: modes({ toCustom: (event) => snapped(this.map, this.#near, event) }),
    });
    this.pen.start();
    atlas.signal.addEventListener("abort", () => this.pen.stop());
  }

  shape(form, { near = [], signal, hint, live } = {}) {
    this.clear();
    this.#near = near;
    this.#begin(hint ?? this.atlas.words(HINTS[form]));
    return new Promise((done) => {
      const ended = new AbortController();
      const end = (feature) => {
        ended.abort();
        this.pen.off("finish", finish);
        this.pen.off("change", changed);
        this.#end();
        done(feature);
      };
      const finish = (id) => end(this.#feature(id));
      this.cancel = () => (this.pen.clear(), end(null));
      const changed = (ids) => live && ids.filter((id) => this.#isShape(id)).forEach((id) => live(this.#feature(id)));
      this.pen.on("finish", finish);
      this.pen.on("change", changed);
      this.pen.setMode(FORMS[form]);
      const key = (event) => event.key === "Escape" && (event.stopPropagation(), this.cancel?.());
      this.atlas.host.addEventListener("keydown", key, { capture: true, signal: ended.signal });
      signal?.addEventListener("abort", () => this.cancel?.(), { signal: ended.signal });
      this.map.getCanvas().focus();
    });
  }

  edit(geometry, { near = [], change } = {}) {
    this.clear();
    this.#near = near;
    this.#busy();
    const mode = geometry.type === "LineString" ? "linestring" : "polygon";
    const [{ id }] = this.pen.addFeatures([{ type: "Feature", geometry: rounded(geometry), properties: { mode } }]);
    this.pen.selectFeature(id);
    const told = (ids) => ids.includes(id) && this.pen.hasFeature(id) && change?.(this.#feature(id));
    this.pen.on("change", told);
    const stop = () => {
      this.pen.off("change", told);
      this.clear();
    };
    return { feature: () => this.#feature(id), stop };
  }

  clear() {
    this.cancel?.();
    this.pen.setMode("static");
    this.pen.clear();
    this.#rest();
  }

  #begin(hint) {
    this.#busy();
    const act = { label: this.atlas.words("Cancel"), press: () => this.cancel?.() };
    this.atlas.toast(hint, { act, lasts: 0 });
  }

  #end() {
    this.cancel = null;
    this.pen.setMode("static");
    this.atlas.toast("");
    this.#rest();
  }

  #busy() {
    this.#turn++;
    this.atlas.isDrawing = true;
  }

  // The click that ends a shape is no click on what lies below it: drawing is over a moment later.
  #rest() {
    const turn = ++this.#turn;
    setTimeout(() => turn === this.#turn && (this.atlas.isDrawing = false), 300);
  }

  // Guide points of the pen are features too.
  #isShape(id) {
    return this.pen.hasFeature(id) && this.pen.getSnapshotFeature(id).geometry.type !== "Point";
  }

  #feature(id) {
    const { geometry, properties } = this.pen.getSnapshotFeature(id);
    const { radiusKilometers: radius } = properties;
    return { type: "Feature", geometry, properties: radius ? { metres: Math.round(radius * 1000) } : {} };
  }
}

const HINTS = {
  polygon: "Click corner by corner; a click on the first one or Enter closes the area.",
  rectangle: "Click one corner, then the opposite one.",
  circle: "Click the middle, then how far the circle reaches.",
  line: "Click point by point; another click on the last one or Enter ends the line.",
  point: "Click the place.",
};

function modes(snapping) {
  const area = { fillColor: INK, fillOpacity: 0.16, outlineColor: INK, outlineWidth: 2.5 };
  const corner = { closingPointColor: "#ffffff", closingPointOutlineColor: INK, closingPointWidth: 6, closingPointOutlineWidth: 2, snappingPointColor: INK };
  const handle = { selectionPointColor: "#ffffff", selectionPointOutlineColor: INK, selectionPointWidth: 6, selectionPointOutlineWidth: 2, midPointColor: INK, midPointOutlineColor: "#ffffff", midPointWidth: 4, selectedPolygonColor: INK, selectedPolygonOutlineColor: INK, selectedLineStringColor: INK };
  const corners = { midpoints: true, draggable: true, deletable: true, snappable: snapping };
  const flags = { polygon: { feature: { draggable: false, coordinates: corners } }, linestring: { feature: { draggable: false, coordinates: corners } } };
  return [
    new TD.TerraDrawPolygonMode({ snapping, styles: { ...area, ...corner } }),
    new TD.TerraDrawRectangleMode({ styles: area }),
    new TD.TerraDrawCircleMode({ styles: area }),
    new TD.TerraDrawLineStringMode({ snapping, styles: { ...corner, lineStringColor: INK, lineStringWidth: 3 } }),
    new TD.TerraDrawPointMode({ styles: { pointColor: INK, pointWidth: 7, pointOutlineColor: "#ffffff", pointOutlineWidth: 2 } }),
    new TD.TerraDrawSelectMode({ flags, styles: handle, allowManualDeselection: false }),
  ];
}

// The nearest corner in reach, else the nearest place on a side in reach; nothing when both are too far.
export function snapped(map, lines, event) {
  const at = { x: event.containerX, y: event.containerY };
  const best = { corner: null, far: REACH, side: null, off: REACH };
  for (const line of lines) {
    const shown = line.map((place) => map.project(place));
    shown.forEach((point, n) => {
      const far = Math.hypot(point.x - at.x, point.y - at.y);
      if (far < best.far) Object.assign(best, { corner: line[n], far });
      if (n) nearer(best, shown[n - 1], point, at);
    });
  }
  if (best.corner) return best.corner;
  return best.side ? map.unproject(best.side).toArray() : undefined;
}

function nearer(best, one, other, at) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const along = Math.min(1, Math.max(0, ((at.x - one.x) * dx + (at.y - one.y) * dy) / (dx * dx + dy * dy || 1)));
  const side = [one.x + along * dx, one.y + along * dy];
  const off = Math.hypot(side[0] - at.x, side[1] - at.y);
  if (off < best.off) Object.assign(best, { side, off });
}

const rounded = ({ type, coordinates }) => ({ type, coordinates: trimmed(coordinates) });
const trimmed = (part) => (Array.isArray(part) ? part.map(trimmed) : Number(part.toFixed(7)));
