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
