// What is pointed at: a ring around a place, a bright edge around a shape. Always on top, in any light.
const INK = "#e0388b";
const NOTHING = { type: "FeatureCollection", features: [] };

export class Marks {
  constructor({ map }) {
    this.map = map;
    map.addSource("marks", { type: "geojson", data: NOTHING });
    const edge = (id, color, width) => ({ id, type: "line", source: "marks", paint: { "line-color": color, "line-width": width }, layout: { "line-join": "round", "line-cap": "round" } });
    const dot = (id, radius, more) => ({ id, type: "circle", source: "marks", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": radius, "circle-color": "rgba(0,0,0,0)", ...more } });
    this.layers = [
      { id: "marks/fill", type: "fill", source: "marks", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": INK, "fill-opacity": 0.12 } },
      edge("marks/halo", "#ffffff", 6),
      edge("marks/line", INK, 3),
      dot("marks/rim", 17, { "circle-stroke-color": "#ffffff", "circle-stroke-width": 6 }),
      dot("marks/ring", 17, { "circle-stroke-color": INK, "circle-stroke-width": 3 }),
    ];
    for (const layer of this.layers) map.addLayer(layer);
  }

  show(...geometries) {
    this.clear();
    const features = geometries.filter(Boolean).map((geometry) => ({ type: "Feature", properties: {}, geometry }));
    this.map.getSource("marks").setData({ type: "FeatureCollection", features });
    this.raise();
  }

  // A shape of a tile is marked in its own tiles: what a click gives of it ends at the edge of one.
  feature({ source, sourceLayer, id, geometry }) {
    if (!geometry.type.endsWith("Polygon")) return this.show(geometry);
    this.clear();
    const of = { source, "source-layer": sourceLayer === "names" ? "shapes" : sourceLayer, filter: ["==", ["id"], id] };
    for (const { id: name, type, paint, layout = {} } of this.layers.slice(1, 3)) this.map.addLayer({ id: `${name}-of`, type, ...of, paint, layout });
  }

  clear() {
    this.map.getSource("marks")?.setData(NOTHING);
    for (const { id } of this.layers) if (this.map.getLayer(`${id}-of`)) this.map.removeLayer(`${id}-of`);
  }

  raise() {
    for (const id of this.layers.flatMap((one) => [one.id, `${one.id}-of`])) if (this.map.getLayer(id)) this.map.moveLayer(id);
  }
}

export const place = (lon, lat) => ({ type: "Point", coordinates: [lon, lat] });
export const outline = (rings) => ({ type: "Polygon", coordinates: rings });

export function boundsOf(geometry) {
  const found = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part) => {
    if (typeof part[0] !== "number") return part.forEach(walk);
    found[0] = Math.min(found[0], part[0]);
    found[1] = Math.min(found[1], part[1]);
    found[2] = Math.max(found[2], part[0]);
    found[3] = Math.max(found[3], part[1]);
  };
  walk(geometry.coordinates);
  return found;
}
