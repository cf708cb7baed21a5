// The phone's camera looks for the QR code of a door label. Nothing of the picture leaves the phone: it is read here, by the
// browser's own reader where it has one, else by jsQR in a worker. The camera stops as soon as a code is found or the page
// is left.
const SIDE = 640;
const PAUSE = 120;
const TROUBLES = {
  NotAllowedError: "The camera is not allowed here. Allow it for this page in the browser's settings, or use a photo or the code below.",
  NotFoundError: "This device has no camera. Use a photo or the code below.",
  NotReadableError: "The camera is used by another app. Close that one and try again.",
};
const OTHER = "The camera does not start. Use a photo or the code below.";
const NO_HTTPS = "Browsers give the camera to https pages only. Use a photo or the code below, or ask the system administrator for the https address.";

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".scan");
  host.scanner ??= new Scanner(host);
  host.scanner.update(data.words, (text) => setTriggerValue("found", text));
  return () => setTimeout(() => host.isConnected || host.scanner.stop());
}

class Scanner {
  constructor(host) {
    this.host = host;
    this.video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    this.video.setAttribute("playsinline", "");
    this.canvas = document.createElement("canvas");
    this.cameras = [];
    this.left = () => document.hidden && this.stop();
  }

  update(words, found) {
    Object.assign(this, { words, found });
    if (this.told) return;
    this.told = true;
    if (!window.isSecureContext || !navigator.mediaDevices) return this.say("warn", NO_HTTPS);
    this.ready();
    navigator.permissions?.query({ name: "camera" }).then(({ state }) => state === "granted" && this.start(), () => {});
  }

  ready() {
    this.host.className = "scan";
    this.host.replaceChildren(this.button("Scan with the camera", () => this.start(), "go"));
  }

  async start(deviceId) {
    if (this.stream) return;
    const wishes = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { ...wishes, width: { ideal: 1280 }, height: { ideal: 960 } } });
    } catch (trouble) {
      return this.fail(trouble.name);
    }
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => {}); // the page was left meanwhile
    document.addEventListener("visibilitychange", this.left);
    this.cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    this.reader = await reader();
    this.show();
    this.look();
  }

  fail(name) {
    this.say("bad", TROUBLES[name] ?? OTHER);
    this.host.append(this.button("Try again", () => { this.told = false; this.update(this.words, this.found); this.start(); }));
  }

  show() {
    const [track] = this.stream.getVideoTracks();
    const tools = document.createElement("div");
    tools.className = "tools";
    if (track.getCapabilities?.().torch) tools.append(this.button("Light", () => this.light(track)));
    if (this.cameras.length > 1) tools.append(this.button("Other camera", () => this.change(track)));
    tools.append(this.button("Stop", () => this.stop()));
    const frame = document.createElement("div");
    frame.className = "frame";
    frame.append(this.video, document.createElement("i"));
    this.host.className = "scan on";
    this.host.replaceChildren(frame, this.line("Hold the QR code of the label inside the frame."), tools);
  }

  light(track) {
    this.lit = !this.lit;
    track.applyConstraints({ advanced: [{ torch: this.lit }] }).catch(() => {});
  }

  change(track) {
    const now = this.cameras.findIndex((one) => one.deviceId === track.getSettings().deviceId);
    const next = this.cameras[(now + 1) % this.cameras.length].deviceId;
    this.release();
    this.start(next);
  }

  async look() {
    while (this.stream) {
      const text = this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await this.reader(this.pixels()) : "";
      if (text && this.stream) {
        navigator.vibrate?.(60);
        this.release();
        this.say("ok", "Read. Opening the home…");
        return this.found(text);
      }
      await new Promise((go) => setTimeout(go, PAUSE));
    }
  }

  // The middle of the picture: what stands in the frame, small enough to be read several times a second.
  pixels() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const side = Math.min(width, height);
    this.canvas.width = this.canvas.height = Math.min(side, SIDE);
    const drawing = this.canvas.getContext("2d", { willReadFrequently: true });
    drawing.drawImage(this.video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, this.canvas.width, this.canvas.height);
    return this.canvas;
  }

  release() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    document.removeEventListener("visibilitychange", this.left);
  }

  stop() {
    this.release();
    if (this.host.isConnected) this.ready();
  }

  say(tone, text) {
    this.host.className = `scan ${tone}`;
    this.host.replaceChildren(this.line(text));
  }

  line(text) {
    return Object.assign(document.createElement("p"), { textContent: this.words[text] ?? text });
  }

  button(text, does, className = "") {
    const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: this.words[text] ?? text });
    made.addEventListener("click", () => does());
    return made;
  }
}

// The browser's own reader, where it has one that knows QR codes; else jsQR.
async function reader() {
  const known = await self.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (known?.includes("qr_code")) {
    const own = new BarcodeDetector({ formats: ["qr_code"] });
    return (canvas) => own.detect(canvas).then(([one]) => one?.rawValue ?? "", () => "");
  }
  const worker = new Worker(new URL("./scan_worker.js", import.meta.url));
  return (canvas) => read(worker, canvas);
}

function read(worker, canvas) {
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Promise((done) => {
    worker.onmessage = (told) => done(told.data);
    worker.onerror = () => done("");
    worker.postMessage({ pixels: data, width, height }, [data.buffer]);
  });
}
