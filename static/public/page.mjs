// What a phone gains from JavaScript: a form keeps what was typed until it arrives, pictures travel small, and a hand-in
// tries again when the line is back. Without this file every page still works.

const KEPT_FOR = 24 * 3600 * 1000; // a day: the draft stands in this browser only
const LONGEST_SIDE = 1920, QUALITY = 0.85;
const line = document.getElementById("line");
const WORDS = line.dataset; // the sentences stand in the page, in its language

const say = (text) => { line.textContent = text ?? ""; line.hidden = !text; };

// --- drafts: numbers of documents stay only in this tab, everything else for a day -----------------------------

const keyOf = (form) => `lingrid:${location.pathname}:${form.dataset.draft}`;
const storeFor = (field) => (field.hasAttribute("data-secret") ? sessionStorage : localStorage);
const isKept = (field) => field.name && !["file", "submit", "button"].includes(field.type) && !["challenge", "code"].includes(field.name);

function read(store, key) {
  try {
    const found = JSON.parse(store.getItem(key) ?? "null");
    return found && found.at + KEPT_FOR > Date.now() ? found.values : {};
  } catch { return {}; } // private browsing, or something else under that name
}

function keep(form) {
  for (const store of [localStorage, sessionStorage]) {
    const values = {};
    for (const field of form.elements) {
      if (!isKept(field) || storeFor(field) !== store) continue;
      if (["radio", "checkbox"].includes(field.type)) { if (field.checked) (values[field.name] ??= []).push(field.value); }
      else (values[field.name] ??= []).push(field.value);
    }
    try { store.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values })); } catch { /* full or forbidden: no draft */ }
  }
}

const drafted = (form) => ({ ...read(localStorage, keyOf(form)), ...read(sessionStorage, keyOf(form)) });

// Several people were written down, and the page came back with room for one: ask for as many, then fill them in.
async function hasRoom(form, values) {
  const kept = Number(values.parts?.[0] ?? 0);
  if (!navigator.onLine || !(kept > Number(form.elements.parts?.value))) return true;
  const data = new FormData(form);
  data.set("parts", kept - 1);
  data.set("do", "more");
  await show(await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" }), form);
  return false;
}

function restore(form, values) {
  let typed = false;
  const seen = {};
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in values) || field.name === "parts") continue;
    const kept = values[field.name];
    if (["radio", "checkbox"].includes(field.type)) {
      typed ||= field.checked !== kept.includes(field.value);
      field.checked = kept.includes(field.value);
      continue;
    }
    const value = kept[(seen[field.name] = (seen[field.name] ?? -1) + 1)];
    if (value === undefined || value === field.value) continue;
    typed ||= field.type !== "hidden";
    field.value = value; // also `once`: the same hand-in keeps its mark over a reload
  }
  if (typed) say(WORDS.kept);
}

function forget(form) {
  for (const store of [localStorage, sessionStorage]) { try { store.removeItem(keyOf(form)); } catch { /* nothing kept */ } }
}

// Drafts that nobody came back for.
function tidy() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("lingrid:") && !Object.keys(read(localStorage, key)).length) localStorage.removeItem(key);
    }
  } catch { /* no storage here */ }
}

// --- pictures: a photo of 10 MB becomes some hundred kB before it travels -------------------------------------

async function smaller(file) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * share);
    canvas.height = Math.round(image.height * share);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch { return file; } // a kind that this browser cannot draw: the office looks at it
}

async function content(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  for (const field of form.querySelectorAll("input[type=file]")) {
    data.delete(field.name);
    for (const file of field.files) data.append(field.name, await smaller(file));
  }
  return data;
}

// --- handing in ------------------------------------------------------------------------------------------------

const pressed = new WeakMap();

const pause = (milliseconds) => new Promise((done) => {
  const timer = setTimeout(end, milliseconds);
  function end() { clearTimeout(timer); removeEventListener("online", end); done(); }
  addEventListener("online", end);
});

// The same form again and again until it arrives: its `once` makes sure that it counts a single time.
async function sent(address, data) {
  for (let wait = 2000; ; wait = Math.min(wait * 1.6, 30000)) {
    try {
      const answer = await fetch(address, { method: "POST", body: data, credentials: "same-origin" });
      if (![502, 503, 504].includes(answer.status)) return answer;
    } catch { /* no line */ }
    say(WORDS.waiting);
    await pause(wait);
    say(WORDS.sending);
  }
}

async function show(answer, form) {
  if (answer.redirected) {
    if (form.matches(".hand-in")) forget(form);
    location.replace(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const chosen = [...form.querySelectorAll("input[type=file]")]; // a browser would let them be chosen anew
  document.querySelector("main").replaceWith(page.querySelector("main"));
  for (const field of chosen) {
    const fresh = document.querySelector(`input[type=file][name="${field.name}"]`);
    if (fresh) fresh.files = field.files;
  }
  say("");
  begin();
  const first = document.querySelector("[aria-invalid=true], .note.bad, h1");
  first?.focus?.();
  first?.scrollIntoView?.({ block: "center" });
}

async function handIn(event) {
  const form = event.target;
  const button = event.submitter ?? pressed.get(form); // older phones do not tell
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  button?.setAttribute("aria-busy", "true");
  keep(form);
  say(WORDS.sending);
  try {
    const address = button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
    await show(await sent(address, await content(form, button)), form);
  } finally {
    delete form.dataset.busy;
    button?.removeAttribute("aria-busy");
  }
}

function begin() {
  for (const form of document.querySelectorAll("form.draft")) {
    const values = drafted(form);
    hasRoom(form, values).then((there) => there && restore(form, values), () => restore(form, values));
    form.addEventListener("input", () => keep(form));
    form.addEventListener("click", (event) => pressed.set(form, event.target.closest("button")));
    form.addEventListener("submit", handIn);
  }
}

// A page from the back/forward cache (WeChat keeps it) may be about what has been handed in already.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// The keyboard covers half of the screen: the field in use stays in sight.
addEventListener("focusin", (event) => {
  if (event.target.matches("input, textarea, select")) setTimeout(() => event.target.scrollIntoView({ block: "center", behavior: "smooth" }), 300);
});
tidy();
begin();
