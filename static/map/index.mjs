// The one map of a page. Streamlit calls this at every change of its data; the map, made once, lives on the element and
// outlives every rerun. What a page does on the map is a module of its own beside this one (data.mode names it):
//
//   export default function ({ map, ML, host, panel, words, toast, draw, send, extra, signal, atlas }) {
//     …
//     return { update(extra) {}, remove() {} };
//   }
//
// map: the MapLibre map, its style loaded. ML: MapLibre's module. host: the element of it all. panel(title, sign): a tab of
// the panel beside the map, to be filled. words(text, values): the text in the reader's language. toast(text, {tone, act}).
// draw(): a promise of the drawing tools (draw.mjs). send(kind, value): an event for the page's Python. extra: what the
// page handed over. signal: aborts with the map; give it to every listener and request. atlas: everything else, such as
// atlas.layers, atlas.cards, atlas.fit(bounds), atlas.point({lon, lat}). With extra.tells = ["picked"] a page learns what is
// clicked, {layer, id}; moving the map is never told, the address has it. Sources and layers that a mode adds to the map survive a change of style;
// a layer with metadata {under: true} stays below the names of the base map.
import { Atlas } from "./atlas.mjs";

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".atlas");
  const atlas = (host.atlas ??= new Atlas(host, data));
  atlas.send = (kind, value = null) => setTriggerValue("happened", { kind, value });
  atlas.update(data);
  // Streamlit also cleans up between two quick changes: only an element that has left the page takes the map with it.
  return () => setTimeout(() => host.isConnected || (host.atlas?.remove(), delete host.atlas));
}
