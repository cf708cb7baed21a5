// A plain, dense, accessible table: a row opens its record; on a phone each row becomes a card.
// data: {columns: [{name, label, kind}], rows: [{href, cells: {name: text | {text, tone, href} | [..]}}], caption}
const KINDS = { number: "num", code: "code", main: "main", quiet: "quiet", labelled: "labelled", wide: "wide" };

function piece(value, open) {
  const holder = document.createDocumentFragment();
  for (const one of Array.isArray(value) ? value : [value]) {
    if (one === null || one === undefined || one === "") continue;
    if (typeof one === "object") {
      const chip = document.createElement(one.href ? "a" : "span");
      chip.className = `chip ${one.tone || ""}`;
      chip.textContent = one.text;
      if (one.title) chip.title = one.title;
      if (one.href) {
        chip.href = one.href;
        chip.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
          event.preventDefault();
          event.stopPropagation();
          open(one.href);
        });
      }
      holder.append(chip, " ");
    } else holder.append(String(one));
  }
  return holder;
}

function cell(column, row, open) {
  const td = document.createElement("td");
  td.className = KINDS[column.kind] || "";
  td.dataset.label = column.label;
  const value = row.cells[column.name];
  if (column.kind === "main" && row.href) {
    const link = document.createElement("a");
    link.href = row.href;
    link.append(piece(value, open));
    td.append(link);
  } else td.append(piece(value, open));
  if (!td.textContent) td.classList.add("none");
  return td;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".table");
  const table = document.createElement("table");
  if (data.caption) table.createCaption().textContent = data.caption;
  const head = table.createTHead().insertRow();
  for (const column of data.columns) {
    const th = document.createElement("th");
    th.scope = "col";
    th.className = KINDS[column.kind] || "";
    th.textContent = column.label;
    head.append(th);
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const tr = body.insertRow();
    if (row.href) {
      tr.className = "opens";
      tr.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        if (String(getSelection())) return;
        event.preventDefault();
        tr.classList.add("going");
        setTriggerValue("open", row.href);
      });
    }
    const open = (href) => setTriggerValue("open", href);
    for (const column of data.columns) tr.append(cell(column, row, open));
  }
  host.replaceChildren(table);
}
