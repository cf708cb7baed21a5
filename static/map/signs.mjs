// Pictures that the map asks for when it first needs them: the sign of a kind of thing, and rings of shares.
const SIGN = 44; // pixels, drawn at half that size on fine screens
const RING = 96;
const STEPS = 20; // shares are shown to a twentieth, so that few pictures serve many places

// MapLibre calls this with the name of a picture it lacks.
export function resolver(map, layers) {
  return async (id) => {
    const [what, ...rest] = id.split("|");
    const drawn = what === "sign" ? await sign(rest[0]) : what === "ring" ? await ring(layers, rest) : null;
    if (drawn && !map.hasImage(id)) map.addImage(id, drawn, { pixelRatio: 2 });
  };
}

// The name of the ring of a feature: ring|layer|shares of its kinds in twentieths, as an expression of the map. `signed`
// rings carry the sign of their layer above the number.
export function ringOf({ name, legend }, signed) {
  const share = ({ key }) => ["to-string", ["round", ["/", ["*", STEPS, ["coalesce", ["get", `n:${key}`], 0]], ["max", 1, ["get", "n"]]]]];
  return ["concat", `ring|${name}|`, ...legend.flatMap((kind, n) => (n ? [".", share(kind)] : [share(kind)])), signed ? "|signed" : ""];
}

const pencil = (size) => Object.assign(document.createElement("canvas"), { width: size, height: size }).getContext("2d");

// A sign of the page's own icon font; white for use on a coloured dot.
async function sign(name) {
  const pen = pencil(SIGN);
  await letter(pen, name, SIGN, SIGN / 2, SIGN / 2 + 1, "#ffffff");
  return pen.getImageData(0, 0, SIGN, SIGN);
}

async function letter(pen, name, size, x, y, colour) {
  const font = `${size}px "Material Symbols Rounded"`;
  await document.fonts.load(font);
  Object.assign(pen, { font, textAlign: "center", textBaseline: "middle", fillStyle: colour });
  pen.fillText(name, x, y);
}

async function ring(layers, [name, shares, signed]) {
  const { legend, icon } = layers.all.find((one) => one.name === name);
  const parts = shares.split(".").map(Number);
  const all = parts.reduce((sum, part) => sum + part, 0) || 1;
  const pen = pencil(RING);
  const middle = RING / 2;
  let from = -Math.PI / 2;
  disc(pen, middle, middle - 1, "#ffffff");
  parts.forEach((part, n) => {
    const to = from + (2 * Math.PI * part) / all;
    pen.beginPath();
    pen.moveTo(middle, middle);
    pen.arc(middle, middle, middle - 4, from, to);
    pen.fillStyle = legend[n].colour;
    if (part) pen.fill();
    from = to;
  });
  disc(pen, middle, middle - 14, "#ffffff");
  if (signed) await letter(pen, icon, 26, middle, 33, "#66717f");
  return pen.getImageData(0, 0, RING, RING);
}

function disc(pen, middle, radius, colour) {
  pen.beginPath();
  pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}
