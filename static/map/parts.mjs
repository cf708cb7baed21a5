// Small pieces every part of the map is made of: elements, icons, words, requests.

export function el(name, given = {}, ...inside) {
  const made = Object.assign(document.createElement(name), given);
  for (const [key, value] of Object.entries(given.data ?? {})) made.dataset[key] = value;
  for (const [key, value] of Object.entries(given.aria ?? {})) made.setAttribute(key === "role" ? key : `aria-${key}`, value);
  made.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

// Streamlit has loaded this font already; the name of the icon is drawn as its picture.
export function icon(name) {
  const made = el("i", { className: "icon", translate: false, textContent: name });
  made.setAttribute("aria-hidden", "true");
  return made;
}

export function button(label, { sign = "", text = "", className = "", press, pressed } = {}) {
  const made = el("button", { type: "button", className, title: text ? "" : label }, sign && icon(sign), text);
  if (!text) made.setAttribute("aria-label", label);
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  if (press) made.addEventListener("click", press);
  return made;
}

export const press = (made, is) => made.setAttribute("aria-pressed", String(is));

// A link to a page of ours: opened in place, but in a tab of its own when the reader asks the browser for one.
export function link(label, href, open) {
  const made = el("a", { href, textContent: label });
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(href);
  });
  return made;
}

// Made once as words = speaker(lists); words of "{n} rows" and {n: 3} are "3 rows". The reader's language comes with the page; a word it lacks is said in English.
export function speaker(...lists) {
  return (text, values = {}) => {
    const said = lists.map((list) => list?.[text]).find(Boolean) ?? text;
    return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
}

export class Unreachable extends Error {}

// JSON from a route of ours. A refusal carries its sentence; no answer at all is told apart from it.
export async function ask(path, { signal, body } = {}) {
  const sent = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, { signal, ...sent }).catch((trouble) => {
    if (trouble.name === "AbortError") throw trouble;
    throw new Unreachable(path);
  });
  const told = await answer.json().catch(() => null);
  if (!answer.ok || told === null) throw Object.assign(new Error(told?.message ?? `${answer.status}`), { status: answer.status });
  return told;
}

export function later(wait, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}

export const isPhone = (host) => host.clientWidth < 720;


