"""Fields that point at something: a person or house to pick while one types, a position, a picture."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core.attachments.taking import take
from core.kernel.access import Actor
from core.kernel.database import office
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _
from core.kernel.search import search, titles
from core.kernel.unit_of_work import UnitOfWork
from core.ui import session

SHOWN = 8
HINTS = {"person": N_("Name, phone or ID, last four"), "house": N_("Address or house code")}
ENDINGS = ["jpg", "jpeg", "png", "webp"]
_LOCATE = st.components.v2.component(
    "lingrid_locate",
    html='<button type="button"></button><span role="status"></span>',
    css="""
button { font: inherit; color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); padding: .3rem .75rem; min-height: 2.4rem; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
span { margin-left: .6rem; font-size: .85rem; opacity: .7; }
""",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector('button'), told = parentElement.querySelector('span');
  button.textContent = data.label;
  button.onclick = () => {
    told.textContent = data.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        told.textContent = '';
        const spot = [coords.longitude, coords.latitude].map((n) => n.toFixed(7)).join(',');
        setTriggerValue('place', `${spot}±${Math.round(coords.accuracy)}`);
      },
      () => { told.textContent = data.failed; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 },
    );
  };
}
""",
)


def pick(known: Declared, key: str, label: str, value: Any, tip: str | None) -> int | None:
    """Choose one person or house by typing; its number, None for none."""
    actor = session.current_actor()
    now = st.session_state.get(key, value)
    typed = st.text_input(
        label,
        key=f"{key}:find",
        help=tip,
        live="250ms",
        type="search",
        icon=":material/search:",
        placeholder=_(HINTS[known.facts.widget]),
    )
    names = _found(actor, known.facts.widget, typed or "", now) if actor else {}
    if not names:
        if typed:
            st.caption(_("Nothing found in your area. Try fewer words, or the last four digits of a number."))
        return None
    options = [*names] if known.required else [*names, None]
    chosen = st.radio(
        label,
        options,
        index=options.index(now) if now in options else None,
        key=key,
        format_func=lambda number: names.get(number, _("None of them")),
        label_visibility="collapsed",
    )
    return int(chosen) if chosen else None


def _found(actor: Actor, kind: str, typed: str, now: Any) -> dict[Any, str]:
    """Number -> name: what is chosen already, and what the words find."""
    uow = office().uow(actor)
    names: dict[Any, str] = {}
    if now:
        names[int(now)] = titles(uow, [int(now)]).get(int(now), _("Number {number}").format(number=now))
    hits = search(uow, typed, kinds=(kind,), limit=SHOWN) if typed.strip() else []
    return {**names, **{hit.id: f"**{hit.title}**  :gray[{hit.body}]" for hit in hits}}


def place(known: Declared, key: str, label: str, value: Any, tip: str | None) -> str:
    """Longitude and latitude, typed or taken from the device."""
    st.session_state.setdefault(key, str(value or ""))
    typed = st.text_input(
        label, key=key, help=tip, placeholder="116.7200000,23.2800000", autocomplete="off"
    ).strip()
    locate(key, lambda spot: st.session_state.update({key: spot}))
    return typed


def locate(key: str, take: Callable[[str], None]) -> None:
    """A button that asks the device where it is; `take` gets "longitude,latitude±metres". Not inside a form."""
    at = f"{key}:locate"
    _LOCATE(
        key=at,
        data={
            "label": _("Use my position"),
            "waiting": _("Looking for the position…"),
            "failed": _("The device gives no position. It needs https and your consent."),
        },
        on_place_change=lambda: take(st.session_state[at].place),
    )


def picture(known: Declared, key: str, label: str, value: Any, tip: str | None) -> Any:
    """A picture to hand in; the number of the one that is there, or the new file itself."""
    if value:
        st.html(thumbnail(value))
    chosen = st.file_uploader(label, type=ENDINGS, key=key, help=tip)
    return chosen if chosen is not None else value


def thumbnail(number: Any) -> str:
    """A small picture that opens the whole one; `number` is that of its attachment."""
    address = f"/api/files/{int(number)}"
    return f'<a href="{address}" target="_blank"><img class="thumb" src="{address}?size=thumb" alt=""></a>'


def apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of a form, and those of them that are new files: these are attached once their record is there."""
    files = {name: value for name, value in values.items() if hasattr(value, "getvalue")}
    return {name: value for name, value in values.items() if name not in files}, files


def attached(uow: UnitOfWork, kind: str, number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a form with its new files attached to their record, each by its number."""
    plain, files = apart(values)
    return {
        **plain,
        **{name: str(take(uow, kind, number, one.getvalue(), name=one.name)) for name, one in files.items()},
    }
