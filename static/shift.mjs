// The worker's own phone tells where it is, while the page of a shift that they began is open. Before the shift and after
// it the phone is not even asked. What cannot be sent for lack of a net waits in this page and is sent later.
const EVERY = 15_000;
const MOST = 1500;
const ADDRESS = "/api/staff/positions/browser";
const DENIED = 1;

export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".shift");
  host.teller ??= new Teller(host);
  host.teller.update(data);
  return () => setTimeout(() => host.isConnected || host.teller.stop());
}

class Teller {
  constructor(host) {
    Object.assign(this, { host, waiting: [], told: 0, timer: 0 });
  }

  update({ words, startsAt, endsAt }) {
    Object.assign(this, { words, startsAt, endsAt });
    if (this.timer || Date.now() >= endsAt) return;
    if (!window.isSecureContext || !navigator.geolocation) {
      return this.say("bad", "This browser shares positions over https only. Ask the system administrator for the https address.");
    }
    this.say("", "Waiting for the phone's position…");
    this.timer = setInterval(() => this.look(), EVERY);
    this.look();
  }

  // Asked each time anew: who stands still is there too, and what the phone knew before the shift stays with it.
  look() {
    if (Date.now() >= this.endsAt) return this.over();
    const wishes = { enableHighAccuracy: true, maximumAge: 0, timeout: EVERY - 1000 };
    navigator.geolocation.getCurrentPosition((found) => this.found(found), (trouble) => this.lost(trouble), wishes);
  }

  found({ coords, timestamp }) {
    if (!this.timer) return;
    if (timestamp >= this.startsAt) {
      this.waiting.push({ at: timestamp, lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy });
    }
    this.tell();
  }

  lost({ code }) {
    if (!this.timer) return;
    if (code === DENIED) this.say("bad", "The phone does not share its position. Allow it for this page in the browser's settings.");
    else this.say("warn", "The phone finds no position here. It goes on trying.");
  }

  async tell() {
    this.waiting = this.waiting.slice(-MOST);
    const sent = [...this.waiting];
    if (!sent.length) return;
    const answer = await fetch(ADDRESS, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) }).catch(() => null);
    if (answer?.ok) {
      const { kept, outside } = await answer.json();
      this.waiting = this.waiting.filter((one) => !sent.includes(one));
      if (outside && !kept) return this.over(); // ended in another window
      this.told = Date.now();
    }
    if (this.timer) this.shared();
  }

  shared() {
    const time = this.told && new Date(this.told).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
    const more = [time && this.word("Last told at {time}", { time }), this.waiting.length && this.word("{n} waiting for the net", { n: this.waiting.length })];
    this.say(this.waiting.length ? "warn" : "ok", "Your position is being shared; keep this page open.", more.filter(Boolean).join("　"));
  }

  over() {
    this.stop();
    this.say("", "The shift is over. Nothing is told any more.");
  }

  say(tone, text, more = "") {
    const small = Object.assign(document.createElement("small"), { textContent: more });
    const said = document.createElement("span");
    said.append(this.word(text), ...(more ? [small] : []));
    const line = document.createElement("p");
    line.append(said);
    this.host.className = `shift ${tone}`;
    this.host.replaceChildren(line);
  }

  word(text, values = {}) {
    return (this.words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
  }
}
