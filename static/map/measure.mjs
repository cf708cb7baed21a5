// Measuring along a line and over an area, on the round earth: the number follows the pointer and then stays at the shape.
import { button } from "./parts.mjs";

const EARTH = 6_371_008.8; // mean radius in metres
const RAD = Math.PI / 180;

export function length(line) {
  return line.slice(1).reduce((sum, place, n) => sum + between(line[n], place), 0);
}

function between([lon, lat], [east, north]) {
  const [dlat, dlon] = [(north - lat) * RAD, (east - lon) * RAD];
  const half = Math.sin(dlat / 2) ** 2 + Math.cos(lat * RAD) * Math.cos(north * RAD) * Math.sin(dlon / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
}

// Square metres within a ring; source: Chamberlain and Duquette, "Some algorithms for polygons on a sphere", 2007.
export function area(ring) {
  const sum = ring.slice(1).reduce((total, [east, north], n) => {
    const [lon, lat] = ring[n];
    return total + (east - lon) * RAD * (2 + Math.sin(lat * RAD) + Math.sin(north * RAD));
  }, 0);
  return (Math.abs(sum) * EARTH * EARTH) / 2;
}

export const saidLength = (metres) => (metres < 1000 ? `${metres.toFixed(metres < 100 ? 1 : 0)} m` : `${(metres / 1000).toFixed(2)} km`);

export function saidArea(square, words) {
  if (square < 10_000) return `${Math.round(square)} m²`;
  if (square < 1_000_000) return words("{n} ha", { n: (square / 10_000).toFixed(2) });
  return `${(square / 1_000_000).toFixed(2)} km²`;
}

export function measures(atlas) {
  const { words } = atlas;
  const along = (geometry) => words("Length {n}", { n: saidLength(length(geometry.coordinates)) });
  const over = (geometry) => {
    const [ring] = geometry.coordinates;
    return words("Area {n}, outline {m}", { n: saidArea(area(ring), words), m: saidLength(length(ring)) });
  };
  return [
    button(words("Measure a distance"), { sign: "straighten", press: () => measure(atlas, "line", along) }),
    button(words("Measure an area"), { sign: "square_foot", press: () => measure(atlas, "polygon", over) }),
  ];
}

async function measure(atlas, form, said) {
  const { words, toast } = atlas;
  const tools = await atlas.draw();
  const live = ({ geometry }) => toast(said(geometry), { lasts: 0, act: { label: words("Cancel"), press: () => tools.cancel?.() } });
  const found = await tools.shape(form, { live });
  if (found) toast(said(found.geometry), { lasts: 0, act: { label: words("Clear"), press: () => tools.clear() } });
}
