// Papers: a button for the browser's own print dialog; without scripts its menu does the same.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
