// 楼盘表: a building as floors × rooms; each door shows its number, who lives there as a count, and its state as a colour.
// The same plan shows the shops of a ground floor: there a door has a `text` (what stands over it), an `icon` and a `mark`.
// data: {units: [{label, floors: [{label, doors: [{label, state, title, href, people, here, text, icon, mark}]}]}],
//        legend: [{state, label, count}]}
function piece(name, className, text) {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

function shop(one) {
  const head = piece("span", "head", "");
  const icon = piece("i", "icon", one.icon || "");
  icon.setAttribute("aria-hidden", "true");
  head.append(piece("b", "", one.label), icon);
  return [head, piece("strong", "", one.text), ...(one.mark ? [piece("em", "", one.mark)] : [])];
}

function door(one, open) {
  const link = document.createElement("a");
  link.className = `door ${one.state}${one.here ? " here" : ""}${one.text ? " shop" : ""}`;
  link.href = one.href;
  link.title = one.title;
  link.setAttribute("aria-label", one.title);
  if (one.here) link.setAttribute("aria-current", "true");
  link.append(...(one.text ? shop(one) : [piece("b", "", one.label), piece("span", "", one.people || "")]));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(one.href);
  });
  return link;
}

function unit(one, open) {
  const box = document.createElement("section");
  if (one.label) box.append(Object.assign(document.createElement("h4"), { textContent: one.label }));
  for (const floor of one.floors) {
    const row = document.createElement("div");
    row.className = "floor";
    if (floor.label) row.append(piece("i", "", floor.label));
    for (const each of floor.doors) row.append(door(each, open));
    box.append(row);
  }
  return box;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".matrix");
  const open = (href) => setTriggerValue("open", href);
  const units = Object.assign(document.createElement("div"), { className: "units" });
  units.append(...data.units.map((one) => unit(one, open)));
  const legend = Object.assign(document.createElement("div"), { className: "legend" });
  for (const one of data.legend) {
    const mark = Object.assign(document.createElement("span"), { className: `mark ${one.state}` });
    const said = Object.assign(document.createElement("span"), { textContent: `${one.label} ${one.count}` });
    const pair = Object.assign(document.createElement("span"), { className: "pair" });
    pair.append(mark, said);
    legend.append(pair);
  }
  host.replaceChildren(legend, units);
  const here = units.querySelector(".here"); // scrolled inside the plan only: the page keeps its place
  if (here) units.scrollTo({ top: here.offsetTop - units.offsetTop - 80, left: here.offsetLeft - units.offsetLeft - 80 });
}
