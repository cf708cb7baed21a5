// A PDF of one page that is one picture. Source: ISO 32000-1, 7.5 (file structure) and 8.9.5 (image dictionaries, DCTDecode).
const POINTS = 72 / 25.4; // per millimetre

export function PDF(jpeg, { width, height }, [wide, high]) {
  const box = [wide, high].map((side) => (side * POINTS).toFixed(2)).join(" ");
  const [across, up] = box.split(" ");
  const drawing = `q ${across} 0 0 ${up} 0 0 cm /Map Do Q`;
  const objects = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${box}] /Resources << /XObject << /Map 4 0 R >> >> /Contents 5 0 R >>`],
    [`<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`, jpeg, "\nendstream"],
    [`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
  ];
  return assembled(objects);
}

function assembled(objects) {
  const parts = ["%PDF-1.4\n"];
  const size = () => parts.reduce((sum, part) => sum + part.length, 0); // everything but the picture is ASCII
  const places = objects.map((inside, n) => {
    const at = size();
    parts.push(`${n + 1} 0 obj\n`, ...inside, "\nendobj\n");
    return at;
  });
  const start = size();
  const table = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}
