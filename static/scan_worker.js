// Reads QR codes beside the page, so that the picture of the camera keeps moving. An old-style worker: jsQR is no module.
importScripts("vendor/jsqr/jsQR.js");

self.onmessage = ({ data: { pixels, width, height } }) => {
  self.postMessage(self.jsQR(pixels, width, height, { inversionAttempts: "dontInvert" })?.data ?? "");
};
