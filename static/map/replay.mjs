// A shift played again: a slider over its time, play and pause, speed; the way behind is drawn, the rest is faint.
// Space plays and pauses; comma and full stop go a minute back and on, wherever on the map the keyboard is.
import { ground } from "./live.mjs";
import { ask, button, el, icon } from "./parts.mjs";
import { bounds, features, line, pieces, point, where } from "./track.mjs";

const SPEEDS = [1, 10, 60, 300];
const USUAL = 60;

export default async function ({ map, host, panel, words, toast, extra, signal, atlas }) {
  ground(host, atlas);
  const pane = panel(words("Replay"), "route");
  const answer = await ask(`/api/map/track/${extra.shift}${extra.own ? "?own=1" : ""}`, { signal }).catch((trouble) => trouble);
  if (signal.aborted) return {};
  if (answer instanceof Error) return toast(words("The track could not be fetched."), { tone: "bad", lasts: 0 }), {};
  if (!answer.spots.length) return pane.append(el("p", { className: "quiet", textContent: words("No positions are kept of this shift.") })), {};
  const player = new Player({ map, host, words, atlas, signal, track: answer, gap: extra.gap });
  fill(pane, player, words);
  return { remove: () => player.stop() };
}

class Player {
  constructor(given) {
    Object.assign(this, given);
    this.start = Date.parse(this.track.started_at);
    this.spots = this.track.spots;
    this.last = this.spots.at(-1)[2];
    this.first = this.spots[0][2];
    this.second = this.last; // the whole way at first sight
    this.speed = USUAL;
    this.follows = false;
    this.frame = 0;
    this.#draw();
    this.#bar();
    this.go(this.last);
    this.atlas.fit(bounds(this.spots), { maxZoom: 17.5, padding: { top: 60, left: 60, right: 60, bottom: 150 } }); // above the player
  }

  #draw() {
    const { map } = this;
    map.addSource("way", { type: "geojson", data: line(pieces(this.spots, this.gap)) });
    map.addSource("done", { type: "geojson", data: features([]) });
    map.addSource("there", { type: "geojson", data: features([]) });
    const round = { "line-cap": "round", "line-join": "round" };
    map.addLayer({ id: "way", type: "line", source: "way", layout: round, paint: { "line-color": "#7b8794", "line-width": 3, "line-opacity": 0.55, "line-dasharray": [1, 1.6] } });
    map.addLayer({ id: "done-edge", type: "line", source: "done", layout: round, paint: { "line-color": "#fff", "line-width": 7, "line-opacity": 0.8 } });
    map.addLayer({ id: "done", type: "line", source: "done", layout: round, paint: { "line-color": "#0f6e84", "line-width": 4 } });
    map.addLayer({ id: "there", type: "circle", source: "there", paint: { "circle-radius": 8, "circle-color": "#d1562c", "circle-stroke-color": "#fff", "circle-stroke-width": 2.5 } });
  }

  #bar() {
    const { words } = this;
    this.slider = el("input", { type: "range", min: this.first, max: Math.max(this.last, this.first + 1), step: 1, aria: { label: words("Time of the shift") } });
    this.slider.addEventListener("input", () => (this.pause(), this.go(Number(this.slider.value))));
    this.button = button(words("Play"), { sign: "play_arrow", className: "play", press: () => this.toggle() });
    this.clock = el("time");
    const speeds = el("select", { aria: { label: words("Speed") } }, ...SPEEDS.map((n) => el("option", { value: n, textContent: `${n}×`, selected: n === USUAL })));
    speeds.addEventListener("change", () => (this.speed = Number(speeds.value)));
    this.bar = el("div", { className: "player", aria: { role: "group", label: words("Replay") } }, this.button, this.slider, this.clock, speeds);
    this.host.querySelector(".stage").append(this.bar);
    this.host.addEventListener("keydown", (event) => this.#key(event), { signal: this.signal });
  }

  #key(event) {
    if (event.target.matches("input:not([type=range]), select, textarea, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ",": -60, ".": 60 }[event.key];
    if (event.key === " ") this.toggle();
    else if (step) this.pause(), this.go(this.second + step);
    else return;
    event.preventDefault();
  }

  toggle() {
    if (this.frame) return this.pause();
    if (this.second >= this.last) this.go(this.first);
    this.#sign("pause", this.words("Pause"));
    let before = performance.now();
    const step = (now) => {
      this.go(this.second + ((now - before) / 1000) * this.speed);
      before = now;
      this.frame = this.second < this.last ? requestAnimationFrame(step) : 0;
      if (!this.frame) this.pause();
    };
    this.frame = requestAnimationFrame(step);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.#sign("play_arrow", this.words("Play"));
  }

  #sign(sign, label) {
    this.button.replaceChildren(icon(sign));
    this.button.title = label;
    this.button.setAttribute("aria-label", label);
  }

  go(second) {
    this.second = Math.min(Math.max(second, this.first), this.last);
    const there = where(this.spots, this.second, this.gap);
    const done = this.spots.filter((spot) => spot[2] <= this.second);
    const parts = pieces(done, this.gap);
    if (parts.length && there) parts.at(-1).push([...there, this.second]);
    this.map.getSource("done")?.setData(line(parts));
    this.map.getSource("there")?.setData(features(there ? [point(there)] : []));
    if (this.follows && there) this.map.setCenter(there);
    this.slider.value = this.second;
    this.clock.textContent = this.at(this.second);
    this.slider.setAttribute("aria-valuetext", this.clock.textContent);
  }

  at(second) {
    return new Date(this.start + second * 1000).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.bar.remove();
  }
}

// Beside the map: what the track says in words, and where somebody stayed, each a way to that moment.
function fill(pane, player, words) {
  const { track } = player;
  const follow = el("input", { type: "checkbox" });
  follow.addEventListener("change", () => ((player.follows = follow.checked), player.go(player.second)));
  const short = (second) => player.at(second).slice(0, 5);
  const stops = track.stays.map(([from, to, ...place]) => {
    const said = `${short(from)}–${short(to)}　${words("{n} min", { n: Math.round((to - from) / 60) })}`;
    const open = () => (player.pause(), player.go(from), player.map.easeTo({ center: place, zoom: Math.max(player.map.getZoom(), 17) }));
    return el("li", {}, button(said, { text: said, sign: "pause_circle", press: open }));
  });
  pane.append(
    el("strong", { textContent: track.name }),
    el("p", { className: "quiet", textContent: words("{km} km, {n} positions", { km: (track.metres / 1000).toFixed(1), n: track.spots.length }) }),
    el("label", { className: "follow" }, follow, words("Keep it in the middle")),
    el("p", { className: "quiet", textContent: words("Space plays and pauses; comma and full stop go a minute back and on.") }),
    el("h3", { textContent: words("Stays of four minutes or more") }),
    stops.length ? el("ul", { className: "people" }, stops) : el("p", { className: "quiet", textContent: words("None.") }),
  );
}
