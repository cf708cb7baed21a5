// A new page begins at its top: Streamlit keeps the place of the page before.
(() => {
  let page = location.pathname + (new URLSearchParams(location.search).get("id") ?? "");
  const push = history.pushState;
  history.pushState = function (...given) {
    push.apply(this, given);
    const now = location.pathname + (new URLSearchParams(location.search).get("id") ?? "");
    if (now === page) return;
    page = now;
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  };
})();
