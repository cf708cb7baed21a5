// The map itself: made once, styled by the base that is chosen, kept in the address, given to the mode of the page.
import * as address from "./address.mjs";
import { Bases } from "./bases.mjs";
import { frame } from "./frame.mjs";
import { Layers } from "./layers.mjs";
import { boundsOf, Marks, outline, place } from "./marks.mjs";
import { ask, button, el, icon, isPhone, later, link, speaker } from "./parts.mjs";
import { Solid } from "./solid.mjs";

const FONTS = "'Noto Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', sans-serif";

export class Atlas {
  #ending = new AbortController();
  #mode = null;

  constructor(host, data) {
    this.host = host;
    this.data = data;
    this.kept = data.choice ?? {};
    this.signal = this.#ending.signal;
    this.words = speaker(data.words, data.extra?.words);
    this.frame = frame(host, this.words);
    this.toast = this.frame.toast;
    this.bases = new Bases(this);
    this.layers = new Layers(this);
    this.#fitPage();
    this.ready = this.#start().catch((trouble) => this.#failed(trouble));
  }

  // How the reader leaves the map is how it opens the next time.
  remember(values) {
    this.kept = { ...this.kept, ...values };
    this.#keep();
  }

  #keep = later(1200, () => ask("/api/map/choice", { body: { choice: this.kept } }).catch(() => null));

  // Called by every rerun of the page: only what the mode says about itself is new, the map stays as it is.
  update(data) {
    this.data = data;
    this.words = speaker(data.words, data.extra?.words);
    this.#mode?.update?.(data.extra ?? {});
    this.bases.followTheme();
    if (this.map) this.layers.refresh();
  }

  async #start() {
    if (!canDraw()) return this.#flat();
    const [ML] = await Promise.all([import("../vendor/maplibre/maplibre-gl.mjs"), this.bases.load(), this.layers.load()]);
    if (this.signal.aborted) return;
    this.ML = ML;
    this.map = this.#made(ML);
    this.#watch();
    await new Promise((done) => this.map.once("style.load", done));
    this.marks = new Marks(this);
    this.layers.watch();
    this.solid = new Solid(this);
    await this.#enter();
    if (this.data.nowhere) beginning(this);
    this.host.classList.add("ready");
  }

  #made(ML) {
    const { bounds } = this.data;
    const start = address.viewport() ?? { bounds, fitBoundsOptions: { padding: 48, maxZoom: 17.5 } };
    return new ML.Map({
      container: this.frame.canvas,
      style: this.bases.style(),
      ...start,
      attributionControl: false,
      localIdeographFontFamily: FONTS,
      maxPitch: 70,
      minZoom: 3,
      maxZoom: 21,
      fadeDuration: 150,
      clickTolerance: 6,
      canvasContextAttributes: { antialias: true },
      locale: { "Map.Title": this.words("Map: arrow keys move it, plus and minus zoom, Shift with arrow keys turns and tilts") },
    });
  }

  #watch() {
    this.map.on("moveend", later(200, () => this.signal.aborted || address.keepViewport(this.map)));
    this.map.on("error", ({ error }) => this.#grumble(error));
    this.bases.followTheme();
  }

  async #enter() {
    const { default: enter } = await import(`./${this.data.mode}.mjs`);
    if (this.signal.aborted) return;
    const { map, ML, host, words, toast, signal, data } = this;
    const [panel, draw] = [(title, sign) => this.panel(title, sign), () => this.draw()];
    const send = (kind, value) => this.send(kind, value);
    const given = { map, ML, host, panel, words, toast, draw, send, extra: data.extra ?? {}, signal, atlas: this };
    this.#mode = (await enter(given)) ?? {};
    this.#mode.update?.(this.data.extra ?? {});
  }

  panel(title, sign) {
    return this.frame.tab(title, title, sign, { first: true });
  }

  // The drawing tools are fetched when somebody first draws.
  draw() {
    return (this.drawing ??= import("./draw.mjs").then(({ Drawing }) => new Drawing(this)));
  }

  fit(bounds, more = {}) {
    this.map.fitBounds(bounds, { padding: isPhone(this.host) ? 40 : 80, maxZoom: 18.5, ...more });
  }

  // Shows where something is: {lon, lat} or {polygon: rings}.
  point({ lon, lat, polygon }) {
    const geometry = polygon?.length ? outline(polygon) : place(lon, lat);
    this.marks.show(geometry);
    const [west, south, east, north] = boundsOf(geometry);
    this.fit([[west, south], [east, north]]);
  }

  // A tile that fails is drawn again with the next move; what the reader must know is that the office is away.
  #grumble(error) {
    if (error?.name === "AbortError" || error?.status === 404) return;
    if (error?.status === 401) this.toast(this.words("You are signed out. Load the page anew."), { tone: "bad", lasts: 0 });
    else if (error?.message?.includes("fetch")) this.toast(this.words("The office does not answer."), { tone: "warn" });
    else console.warn(error);
  }

  #failed(trouble) {
    if (this.signal.aborted) return;
    console.error(trouble);
    this.#notice("cloud_off", this.words("The map could not be opened."), this.words("Load the page anew; the lists work without it."));
  }

  // Without WebGL there is the list, which holds the same.
  async #flat() {
    this.host.classList.add("flat");
    this.#notice("map", this.words("This browser cannot draw the map."), this.words("Everything on it stands in the list."));
    const { lists } = await import("./list.mjs");
    lists(this);
  }

  #notice(sign, ...texts) {
    this.frame.canvas.append(el("div", { className: "notice" }, icon(sign), ...texts.map((text) => el("p", { textContent: text }))));
  }

  // From where it stands down to the lower edge of the window, as long as that is enough to work with.
  #fitPage() {
    const fit = () => {
      this.host.classList.toggle("phone", isPhone(this.host));
      this.host.classList.toggle("low", this.data.height > 0 && this.data.height < 420);
      const above = this.host.getBoundingClientRect().top + (this.host.closest("[data-testid=stMain]")?.scrollTop ?? 0);
      const below = isPhone(this.host) && this.data.mode === "browse" ? 0 : 14; // on a phone it reaches the edge
      const free = window.innerHeight - Math.max(above, 0) - below;
      this.host.style.height = `${this.data.height || Math.max(free, isPhone(this.host) ? 460 : 420)}px`;
    };
    requestAnimationFrame(fit);
    window.addEventListener("resize", fit, { signal: this.signal });
  }

  remove() {
    this.#ending.abort();
    this.#mode?.remove?.();
    this.map?.remove();
  }
}

// Nothing of the area has a place yet: what that means, and where to begin.
function beginning({ frame, words, data, send }) {
  const ways = data.nowhere.map(({ label, href }) => link(label, href, (to) => send("opened", to)));
  const next = ways.length ? words("Begin with one of these; then the map opens there.") : words("Whoever looks after the areas takes their boundaries in.");
  const title = el("b", { textContent: words("Nothing of this area is on the map yet.") });
  const box = el("section", { className: "beginning" }, title, el("p", { className: "quiet", textContent: next }), el("nav", {}, ways));
  box.prepend(button(words("Close"), { sign: "close", className: "small", press: () => box.remove() }));
  frame.stage.append(box);
}

function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}
