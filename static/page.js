// A new page begins at its top: Streamlit keeps the place of the page before. And it is one step of the history: Streamlit
// tells the parameters of a new page before its path, so that the way back would lead to the old page with the new ones.
(() => {
  let page = location.pathname + (new URLSearchParams(location.search).get("id") ?? "");
  let parametersAt = -Infinity;
  const [push, replace] = [history.pushState, history.replaceState];
  history.pushState = function (state, title, address) {
    const next = new URL(address ?? location.href, location.href);
    const isNewPath = next.pathname !== location.pathname;
    const isSecondHalf = isNewPath && next.search === location.search && performance.now() - parametersAt < 3000;
    if (!isNewPath) parametersAt = performance.now();
    (isSecondHalf ? replace : push).call(this, state, title, address);
    const now = location.pathname + (new URLSearchParams(location.search).get("id") ?? "");
    if (now === page) return;
    page = now;
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  };
})();

// The search by keyboard: arrows walk through the answers, Escape takes them away and leaves one in the empty field.
(() => {
  const written = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set; // React overlooks a plain one
  const clear = (field) => {
    field.focus();
    written.call(field, "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.(".st-key-find");
    if (!box) return;
    const stops = [box.querySelector("input"), ...box.querySelectorAll(".st-key-find_results a")];
    const next = stops[stops.indexOf(event.target) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    if (event.key !== "Escape" && !next) return;
    event.preventDefault();
    if (next) next.focus();
    else clear(stops[0]);
  });
})();
