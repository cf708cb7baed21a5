// A track as numbers: spots are [longitude, latitude, seconds since the shift began], in order. Nothing here draws.

// The way in pieces: what lies between two spots with a gap nobody knows, so no line is drawn there.
export function pieces(spots, gap) {
  const found = [];
  spots.forEach((spot, n) => {
    if (n && spot[2] - spots[n - 1][2] <= gap) found.at(-1).push(spot);
    else found.push([spot]);
  });
  return found;
}

// The last spot at or before a second, by halving; -1 before the first one.
export function index(spots, second) {
  let low = 0;
  let high = spots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spots[middle][2] <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Where somebody was at a second: on the way between two spots, or at the last one known. null before the first.
export function where(spots, second, gap) {
  const n = index(spots, second);
  if (n < 0) return null;
  const [from, to] = [spots[n], spots[n + 1]];
  if (!to || to[2] - from[2] > gap) return from.slice(0, 2);
  const share = (second - from[2]) / (to[2] - from[2]);
  return [0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * share);
}

export function bounds(spots) {
  const [lons, lats] = [0, 1].map((axis) => spots.map((spot) => spot[axis]));
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

export const line = (parts) => ({
  type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: parts.filter((part) => part.length > 1) },
});
export const point = (place, properties = {}) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: place } });
export const features = (list) => ({ type: "FeatureCollection", features: list });
