// The tools over the map: zoom, north, where I am, the whole area, measuring, the whole screen, printing; scale and sources.
import * as address from "./address.mjs";
import { inside } from "./inside.mjs";
import { measures } from "./measure.mjs";
import { button, el, press } from "./parts.mjs";

export function tools(atlas) {
  const { map, words, host, frame, data } = atlas;
  const group = (...inside) => el("div", { className: "group" }, inside.filter(Boolean));
  const north = button(words("Turn to the north, look from above"), { sign: "navigation", className: "north", press: () => map.easeTo({ bearing: 0, pitch: 0 }) });
  const turned = () => (north.firstChild.style.transform = `rotate(${-map.getBearing()}deg)`);
  map.on("rotate", turned);
  turned();
  const whole = button(words("Fill the screen"), { sign: "fullscreen", press: () => (document.fullscreenElement ? document.exitFullscreen() : host.requestFullscreen()) });
  host.addEventListener("fullscreenchange", () => press(whole, Boolean(document.fullscreenElement)));
  const print = button(words("Print"), { sign: "print", press: () => import("./print.mjs").then(({ printing }) => printing(atlas)) });
  const keep = data.mode === "browse" && button(words("Keep, share or take this view along"), { sign: "bookmark", press: () => kept(atlas) });
  const [searching, menu] = inside(atlas);
  frame.tools.append(
    group(button(words("Zoom in"), { sign: "add", press: () => map.zoomIn() }), button(words("Zoom out"), { sign: "remove", press: () => map.zoomOut() })),
    group(north, button(words("The whole area"), { sign: "zoom_out_map", press: () => map.fitBounds(data.bounds, { padding: 48 }) }), button(words("Where I am"), { sign: "my_location", press: () => locate(atlas) })),
    el("div", { className: "with" }, group(...measures(atlas), searching), menu),
    group(keep, print, host.requestFullscreen && whole),
  );
  foot(atlas);
}

// The page of views is given what the address of the map says, the whole of it.
function kept(atlas) {
  const { map, layers } = atlas;
  address.keepViewport(map);
  address.keep({ on: layers.said, card: "" });
  atlas.send("opened", `/map_view${location.search}`);
}

function locate(atlas) {
  const { words, toast } = atlas;
  if (!navigator.geolocation || !window.isSecureContext) return toast(words("The browser tells the position over https only."), { tone: "warn" });
  const found = ({ coords }) => atlas.point({ lon: coords.longitude, lat: coords.latitude });
  navigator.geolocation.getCurrentPosition(found, () => toast(words("The position is not known."), { tone: "warn" }), { enableHighAccuracy: true, timeout: 10_000 });
}

// A round length that fits the screen, and whose picture lies below.
function foot(atlas) {
  const { map, frame, host, signal } = atlas;
  const scale = el("div", { className: "scale" });
  const credit = el("div", { className: "credit" });
  const measured = () => {
    const { width, text } = scaleOf(map, 110);
    scale.style.width = `${width}px`;
    scale.textContent = text;
  };
  const credited = () => {
    const { attribution, approval } = atlas.bases.shown ?? {};
    credit.textContent = [attribution, approval].filter(Boolean).join(" · ");
    credit.hidden = !credit.textContent;
  };
  map.on("move", measured);
  host.addEventListener("restyled", credited, { signal });
  frame.foot.append(scale, credit);
  measured();
  credited();
}

// Metres to a pixel at the middle of the map; the widest round length not over `most` pixels.
export function scaleOf(map, most) {
  const metre = metresPerPixel(map);
  const power = 10 ** Math.floor(Math.log10(most * metre));
  const round = [5, 2, 1].map((digit) => digit * power).find((length) => length <= most * metre);
  return { width: round / metre, metres: round, text: round < 1000 ? `${round} m` : `${round / 1000} km` };
}

export const metresPerPixel = (map) => (40_075_016.686 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());
