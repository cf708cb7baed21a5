// The frame around the map: a panel of tabs beside it (on a phone a sheet below it), tools over it, a card, a toast.
import { button, el } from "./parts.mjs";

const HEIGHTS = ["low", "half", "full"];

export function frame(host, words) {
  const side = el("aside", { className: "side", aria: { label: words("Map panel") } });
  const grip = button(words("Raise or lower the panel"), { className: "grip" });
  const tabs = el("div", { className: "tabs", aria: { role: "tablist" } });
  const panes = el("div", { className: "panes" });
  const canvas = el("div", { className: "canvas" });
  const top = el("div", { className: "top" });
  const tools = el("div", { className: "tools", aria: { role: "toolbar", label: words("Map tools") } });
  const foot = el("div", { className: "foot" });
  const card = el("section", { className: "card", hidden: true, aria: { label: words("What was picked"), live: "polite" } });
  const said = el("div", { className: "toast", hidden: true, aria: { role: "status" } });
  const stage = el("div", { className: "stage" }, canvas, top, tools, foot, card, said);
  side.append(grip, tabs, panes);
  host.replaceChildren(side, stage);
  const shown = { side, stage, canvas, top, tools, foot, card, ...tabbed(host, tabs, panes), toast: toaster(said) };
  sheet(host, grip, side);
  return shown;
}

// tab(key, title, sign) gives the pane to fill; show(key) opens it, and on a phone raises the sheet.
function tabbed(host, tabs, panes) {
  const all = new Map();
  const show = (key) => {
    for (const [name, { tab, pane }] of all) {
      tab.setAttribute("aria-selected", String(name === key));
      tab.tabIndex = name === key ? 0 : -1;
      pane.hidden = name !== key;
      if (name === key) pane.dispatchEvent(new Event("shown"));
    }
  };
  const tab = (key, title, sign, { first = false } = {}) => {
    const pane = el("div", { className: `pane ${key}`, hidden: true, tabIndex: -1, aria: { role: "tabpanel", label: title } });
    const made = button(title, { sign, text: title, press: () => (show(key), host.dataset.sheet === "low" && (host.dataset.sheet = "half")) });
    made.setAttribute("role", "tab");
    all.set(key, { tab: made, pane });
    tabs[first ? "prepend" : "append"](made);
    panes.append(pane);
    if (all.size === 1 || first) show(key);
    return pane;
  };
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const order = [...tabs.children];
    const next = step && order.at((order.indexOf(event.target) + step) % order.length);
    if (next) next.focus(), next.click();
  });
  return { tab, show };
}

function toaster(said) {
  let timer = 0;
  return (text, { tone = "", act = null, lasts = 5000 } = {}) => {
    clearTimeout(timer);
    said.className = `toast ${tone}`;
    said.replaceChildren(text, ...(act ? [button(act.label, { text: act.label, press: () => ((said.hidden = true), act.press()) })] : []));
    said.hidden = !text;
    if (text && lasts) timer = setTimeout(() => (said.hidden = true), lasts);
  };
}

// One thumb is enough: a tap on the grip goes one height up, from the top back down; a drag goes where it is let go.
function sheet(host, grip, side) {
  host.dataset.sheet = "low";
  let from = null;
  grip.addEventListener("pointerdown", (event) => {
    from = { y: event.clientY, high: side.offsetHeight };
    grip.setPointerCapture(event.pointerId);
    host.classList.add("dragging");
  });
  grip.addEventListener("pointermove", (event) => {
    if (from) host.style.setProperty("--sheet", `${from.high + from.y - event.clientY}px`);
  });
  const end = (event) => {
    if (!from) return;
    host.classList.remove("dragging");
    host.style.removeProperty("--sheet");
    const moved = from.y - event.clientY;
    const part = (from.high + moved) / host.clientHeight;
    from = null;
    if (Math.abs(moved) > 8) host.dataset.sheet = part > 0.68 ? "full" : part > 0.22 ? "half" : "low";
    else raise(host);
  };
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
  grip.addEventListener("click", (event) => event.detail === 0 && raise(host)); // by the keyboard
}

function raise(host) {
  host.dataset.sheet = HEIGHTS[(HEIGHTS.indexOf(host.dataset.sheet) + 1) % HEIGHTS.length];
}
