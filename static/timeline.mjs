// A house or a person over the years: one line for each stay, its name above its bar.
// data: {ticks: [{label, at}], rows: [{label, note, mark, kind, from, to, open, unknown, href, title}], legend: [{kind, label}]}
// Places are shares of the width, from 0 to 100.
function piece(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

function head(one) {
  const line = piece("span", "head");
  line.append(piece("b", "", one.label), piece("span", "note", one.note));
  if (one.mark) line.append(piece("em", one.mark.tone, one.mark.text));
  return line;
}

function bar(one) {
  const track = piece("span", "track");
  const shape = [one.kind, one.open ? "open" : "", one.unknown ? "unknown" : ""].join(" ");
  const part = piece("i", shape);
  part.style.left = `${one.from}%`;
  part.style.width = `${Math.max(one.to - one.from, 0.8)}%`; // a stay of a day is still seen
  track.append(part);
  return track;
}

function row(one, open) {
  const line = piece(one.href ? "a" : "div", "row");
  line.append(head(one), bar(one));
  line.title = one.title;
  if (!one.href) return line;
  line.href = one.href;
  line.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(one.href);
  });
  return line;
}

function ticks(all) {
  const axis = piece("div", "axis");
  axis.setAttribute("aria-hidden", "true");
  for (const one of all) {
    const mark = piece("span", "", one.label);
    mark.style.left = `${one.at}%`;
    axis.append(mark);
  }
  return axis;
}

function legend(all) {
  const box = piece("div", "legend");
  for (const one of all) {
    const pair = piece("span", "pair");
    pair.append(piece("i", one.kind), piece("span", "", one.label));
    box.append(pair);
  }
  return box;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const open = (href) => setTriggerValue("open", href);
  const rows = piece("div", "rows");
  rows.append(...data.rows.map((one) => row(one, open)));
  parentElement.querySelector(".timeline").replaceChildren(legend(data.legend), rows, ticks(data.ticks));
}
