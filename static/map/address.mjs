// What the map shows lives in the page's address, so that it can be sent to a colleague and survives a reload.
// `at` is zoom/latitude/longitude/bearing/pitch, as map addresses are written everywhere.

export const read = (name) => new URLSearchParams(location.search).get(name) ?? "";
export const list = (name) => read(name).split(",").filter(Boolean);

// An address that says anything of the view says all of it: how somebody left the map does not add to it.
export const tells = () => ["at", "on", "base", "solid"].some(read);

export function keep(values) {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) asked.set(name, value);
    else asked.delete(name);
  }
  const said = asked.toString().replace(/%(2F|2C|3A|3B|40|7E)/g, decodeURIComponent); // signs that may stand in an address as they are
  history.replaceState(history.state, "", `${location.pathname}${said && `?${said}`}${location.hash}`);
}

export function viewport() {
  const [zoom, lat, lon, bearing = 0, pitch = 0] = read("at").split("/").map(Number);
  const fits = [zoom, lat, lon, bearing, pitch].every(Number.isFinite) && Math.abs(lat) < 85 && read("at");
  return fits ? { zoom, center: [lon, lat], bearing, pitch } : null;
}

export function keepViewport(map) {
  const { lng, lat } = map.getCenter();
  const turned = [map.getBearing(), map.getPitch()].map(Math.round);
  keep({ at: [map.getZoom().toFixed(2), lat.toFixed(6), lng.toFixed(6), ...(turned.some(Boolean) ? turned : [])].join("/") });
}
