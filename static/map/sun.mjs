// Where the sun stands over a place, and the light it gives. Good to a degree, which is more than a shadow tells.
// Source: the usual low-precision formulas of the Astronomical Almanac, with China's one time zone (UTC+8).
const RAD = Math.PI / 180;

export function sun(lon, lat, hour, day = dayOfYear(new Date())) {
  const tilt = 23.44 * Math.sin(((360 / 365) * (day - 81)) * RAD) * RAD;
  const turn = (hour - 12 + (lon - 120) / 15) * 15 * RAD;
  const high = Math.asin(Math.sin(lat * RAD) * Math.sin(tilt) + Math.cos(lat * RAD) * Math.cos(tilt) * Math.cos(turn));
  const round = Math.atan2(Math.sin(turn), Math.cos(turn) * Math.sin(lat * RAD) - Math.tan(tilt) * Math.cos(lat * RAD));
  return { height: high / RAD, azimuth: (round / RAD + 180 + 360) % 360 };
}

export const dayOfYear = (date) => Math.floor((date - new Date(date.getFullYear(), 0, 0)) / 86_400_000);

// MapLibre's light: from where (degrees round, degrees from straight above), how strong, in which colour.
export function light({ height, azimuth }) {
  const day = Math.max(0, Math.min(1, (height + 4) / 30));
  const colour = height < -2 ? "#b9c8ea" : height < 12 ? "#ffd9b0" : "#ffffff";
  return { anchor: "map", position: [1.5, azimuth, Math.min(80, 90 - Math.max(height, 10))], intensity: 0.22 + 0.28 * day, color: colour };
}

export function sky({ height }, dark) {
  const at = height < -2 ? "night" : height < 12 ? "low" : dark ? "evening" : "day";
  return { "horizon-fog-blend": 0.6, "fog-ground-blend": 0.85, "atmosphere-blend": 0, ...SKIES[at] };
}

const SKIES = {
  night: { "sky-color": "#0c1624", "horizon-color": "#24324a", "fog-color": "#1a2432" },
  evening: { "sky-color": "#16283c", "horizon-color": "#3a4a5c", "fog-color": "#242f3b" },
  low: { "sky-color": "#7f9cc0", "horizon-color": "#f3cfa6", "fog-color": "#efe0d0" },
  day: { "sky-color": "#8fb8dc", "horizon-color": "#e6eef2", "fog-color": "#eef1ef" },
};
