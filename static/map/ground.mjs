// Measures of a boundary while it is being drawn; what counts is checked by the office once more.
const METRES = 111_320;

export function metresOf(ring) {
  const east = METRES * Math.cos((ring[0][1] * Math.PI) / 180);
  const twice = ring.reduce((sum, [x, y], n) => {
    const [u, v] = ring[(n + 1) % ring.length];
    return sum + ((x - ring[0][0]) * (v - ring[0][1]) - (u - ring[0][0]) * (y - ring[0][1])) * east * METRES;
  }, 0);
  return Math.abs(twice) / 2;
}

// Where two sides of a ring cross; null when none do.
export function knot(ring) {
  const sides = ring.slice(1).map((end, n) => [ring[n], end]);
  for (let n = 0; n < sides.length; n += 1) {
    for (let m = n + 2; m < sides.length; m += 1) {
      const place = n === 0 && m === sides.length - 1 ? null : crossing(sides[n], sides[m]);
      if (place) return place;
    }
  }
  return null;
}

function crossing([[x0, y0], [x1, y1]], [[u0, v0], [u1, v1]]) {
  const across = (x1 - x0) * (v1 - v0) - (y1 - y0) * (u1 - u0);
  if (!across) return null;
  const along = ((u0 - x0) * (v1 - v0) - (v0 - y0) * (u1 - u0)) / across;
  const other = ((u0 - x0) * (y1 - y0) - (v0 - y0) * (x1 - x0)) / across;
  const within = (part) => part > 1e-9 && part < 1 - 1e-9;
  return within(along) && within(other) ? [x0 + along * (x1 - x0), y0 + along * (y1 - y0)] : null;
}
