"""What a view shows lives in its address, so that it can be sent to a colleague and survives a reload."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from core.kernel.i18n import _
from core.kernel.paging import Page


def text(name: str, default: str = "") -> str:
    """One value of the address."""
    return str(st.query_params.get(name, default))


def number(name: str) -> int | None:
    """A whole number of the address; None for anything else."""
    value = text(name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 17 else None


def day(name: str) -> date | None:
    """A day of the address; None for anything else."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        return None


def keep(**values: object) -> None:
    """Put values into the address; empty ones leave it. A changed value starts at the first page again."""
    told = {name: "" if value is None else str(value) for name, value in values.items()}
    if all(text(name) == value for name, value in told.items()):
        return
    for name, value in {**told, "after": ""}.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def pager(page: Page[Any], key: str) -> None:
    """First and next page, below a list; each page is an address."""
    start = text("after")
    if not start and not page.after:
        return
    with st.container(horizontal=True, horizontal_alignment="right"):
        if start and st.button(_("First page"), key=f"{key}-first", icon=":material/first_page:"):
            del st.query_params["after"]
            st.rerun()
        if page.after and st.button(
            _("Next page"), key=f"{key}-next", icon=":material/chevron_right:", icon_position="right"
        ):
            st.query_params["after"] = page.after
            st.rerun()


def _follow(name: str, told: object) -> str:
    """Key of a filter's widget, which follows the address when a link changed it, and else stays as chosen."""
    key = f"filter-{name}"
    if key not in st.session_state or st.session_state.get(f"{key}:address") != text(name):
        st.session_state[key] = told
    return key


def _remember(name: str, chosen: object) -> None:
    keep(**{name: chosen})
    st.session_state[f"filter-{name}:address"] = text(name)


def choice(label: str, name: str, names: Mapping[str, str], *, width: int = 150, nothing: str = "") -> str:
    """A filter among codes; "" is all of them, or what `nothing` says. Codes in the address serve both languages."""
    key = _follow(name, text(name) if text(name) in names else "")
    chosen = st.selectbox(
        label,
        ["", *names],
        key=key,
        format_func=lambda code: names.get(code) or nothing or _("All"),
        width=width,
    )
    _remember(name, chosen)
    return chosen or ""


def words(label: str, name: str, *, placeholder: str = "", width: int = 180, live: str | bool = False) -> str:
    """A filter by words."""
    typed = (
        st.text_input(label, key=_follow(name, text(name)), placeholder=placeholder, width=width, live=live)
        or ""
    )
    _remember(name, typed.strip())
    return typed.strip()


def when(label: str, name: str, *, width: int = 150) -> date | None:
    """A filter by a day."""
    chosen = st.date_input(label, key=_follow(name, day(name)), value=None, format="YYYY-MM-DD", width=width)
    _remember(name, chosen)
    return chosen
