// Counts as cards: each number leads to the rows behind it.
// data: {figures: [{label, value, href, tone}]}
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".figures");
  const cards = data.figures.map((one) => {
    const card = document.createElement(one.href ? "a" : "div");
    card.className = `figure ${one.tone}`;
    if (one.href) {
      card.href = one.href;
      card.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        setTriggerValue("open", one.href);
      });
    }
    card.append(
      Object.assign(document.createElement("span"), { textContent: one.label }),
      Object.assign(document.createElement("b"), { textContent: one.value }),
    );
    return card;
  });
  host.replaceChildren(...cards);
}
