// Photos and documents of a record as small pictures; each leads to its large form below them.
// data: {photos: [{href, src, alt, caption, mark, chosen}]}; src is empty for a document
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".photos");
  const cards = data.photos.map((one) => {
    const card = Object.assign(document.createElement("a"), { href: one.href, className: one.chosen ? "chosen" : "" });
    if (one.chosen) card.setAttribute("aria-current", "true");
    card.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("open", one.href);
    });
    const picture = one.src
      ? Object.assign(document.createElement("img"), { src: one.src, alt: one.alt, loading: "lazy" })
      : Object.assign(document.createElement("span"), { className: "page", textContent: "PDF" });
    const caption = Object.assign(document.createElement("small"), { textContent: one.caption });
    card.append(picture, caption);
    if (one.mark) card.append(Object.assign(document.createElement("i"), { textContent: one.mark }));
    return card;
  });
  host.replaceChildren(...cards);
}
