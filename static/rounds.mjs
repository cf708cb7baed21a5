// The visit list of a grid: each home with why it is due, and the two answers that need no form. What is tapped without a net
// waits on this phone (the number of the house and the answer, nobody's name) and is sent as soon as there is one again; the
// office counts an answer once however often it arrives.
// data: {who, words, homes: [{id, seen, title, href, map, people, chips: [{text, tone, title}]}]}
const ADDRESS = "/api/visits";
const SIGNED_OUT = 401;
const AGAIN = 5_000;
const DAY = 24 * 3600_000;

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".rounds");
  host.rounds ??= new Rounds(host);
  host.rounds.update(data, (href) => setTriggerValue("open", href));
  return () => setTimeout(() => host.isConnected || host.rounds.stop());
}

class Rounds {
  constructor(host) {
    this.host = host;
    this.told = new Map(); // house -> {tone, text} of what became of a tap on this page
    this.online = () => this.send();
    addEventListener("online", this.online);
  }

  update(data, open) {
    Object.assign(this, { data, open, shelf: `lingrid-visits-${data.who}` });
    this.show();
    this.send();
  }

  // What waits to be told: {house, act, seen, at}. Kept for a day: after that somebody has been there again.
  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.shelf) ?? "[]").filter((one) => Date.now() - one.at < DAY);
    } catch {
      return [];
    }
  }

  set waiting(list) {
    localStorage.setItem(this.shelf, JSON.stringify(list));
  }

  tap(home, act) {
    this.waiting = [...this.waiting.filter((one) => one.house !== home.id), { house: home.id, act, seen: home.seen, at: Date.now() }];
    this.show();
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.sending = true;
    for (const one of this.waiting) if (!(await this.tell(one))) break;
    this.sending = false;
    if (this.host.isConnected && this.waiting.length) this.timer = setTimeout(() => this.send(), AGAIN);
  }

  // Whether the office has answered; without an answer, or signed out, the tap stays for later.
  async tell(one) {
    const { house, act, seen } = one;
    const wish = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ house, act, seen }) };
    const answer = await fetch(ADDRESS, wish).catch(() => null);
    if (!answer || answer.status === SIGNED_OUT || answer.status >= 500) return false;
    const said = answer.ok ? "" : (await answer.json().catch(() => ({}))).message;
    this.waiting = this.waiting.filter((other) => other.house !== house || other.at !== one.at);
    this.told.set(house, answer.ok ? { tone: "ok", text: this.word(act === "nobody" ? "Noted: come again." : "Confirmed.") } : { tone: "bad", text: said });
    this.show();
    return true;
  }

  show() {
    const waiting = new Map(this.waiting.map((one) => [one.house, one]));
    const cards = this.data.homes.map((home) => this.card(home, waiting.get(home.id)));
    const note = waiting.size ? [piece("p", "waits", this.word("{n} answers wait for the net").replace("{n}", waiting.size))] : [];
    this.host.replaceChildren(...note, ...cards);
  }

  card(home, waits) {
    const card = piece("article", waits ? "waiting" : (this.told.get(home.id)?.tone ?? ""));
    const title = this.link(home.title, home.href);
    const head = piece("h4", "");
    head.append(title);
    const chips = piece("div", "chips");
    chips.append(...home.chips.map((one) => Object.assign(piece("span", `chip ${one.tone}`, one.text), { title: one.title })));
    card.append(head, chips);
    if (home.people) card.append(piece("p", "people", home.people));
    card.append(this.foot(home, waits));
    return card;
  }

  foot(home, waits) {
    const foot = piece("div", "foot");
    const told = this.told.get(home.id);
    if (waits || told?.tone === "ok") {
      foot.append(piece("span", "said", waits ? this.word("Kept on this phone, will be sent.") : told.text), this.link(this.word("Open"), home.href));
      return foot;
    }
    if (told) foot.append(piece("span", "said", told.text));
    foot.append(this.button("As filed", () => this.tap(home, "confirmed"), "go"), this.button("Nobody at home", () => this.tap(home, "nobody")));
    if (home.map) foot.append(this.link(this.word("Map"), home.map));
    return foot;
  }

  link(text, href) {
    const link = Object.assign(piece("a", "", text), { href });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.open(href);
    });
    return link;
  }

  button(text, does, className = "") {
    const made = Object.assign(piece("button", className, this.word(text)), { type: "button" });
    made.addEventListener("click", does);
    return made;
  }

  word(text) {
    return this.data.words[text] ?? text;
  }

  stop() {
    clearTimeout(this.timer);
    removeEventListener("online", this.online);
  }
}

function piece(kind, className, text = "") {
  return Object.assign(document.createElement(kind), { className, textContent: text });
}
