// Places that are clicked on the map, one after the other: each click goes to the page, and the page says by
// extra.spots, a list of {at: [lon, lat], label}, what is marked.
export default function ({ map, ML, host, send }) {
  let shown = [];
  const pick = ({ lngLat }) => send("picked", [lngLat.lng, lngLat.lat]);
  const clear = () => shown.forEach((one) => one.remove());
  host.classList.add("folded"); // nothing stands in the panel
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", pick);
  return {
    update({ spots = [] }) {
      clear();
      shown = spots.map(({ at, label }) => new ML.Marker({ element: sign(label), anchor: "center" }).setLngLat(at).addTo(map));
    },
    remove() {
      map.off("click", pick);
      clear();
    },
  };
}

function sign(label) {
  const dot = Object.assign(document.createElement("div"), { textContent: label });
  Object.assign(dot.style, {
    width: "22px", height: "22px", borderRadius: "50%", font: "600 12px/22px sans-serif", textAlign: "center", color: "#fff", background: "#c2410c", boxShadow: "0 0 0 2px #fff",
  });
  return dot;
}
