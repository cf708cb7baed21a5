"""Our own components, whose clicks lead to pages: each is `static/<name>.mjs` and `static/<name>.css`."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from core.ui.assets import STATIC, module


def leading(name: str) -> Callable[[str, Mapping[str, Any]], None]:
    """Declare a component once; the function shows data under a key and opens the page that was clicked."""
    mount = st.components.v2.component(
        f"lingrid_{name}",
        html=f'<div class="{name}">\n</div>',
        css=(STATIC / f"{name}.css").read_text(encoding="utf-8"),
        js=module(f"{name}.mjs"),
    )

    def show(key: str, data: Mapping[str, Any]) -> None:
        chosen = mount(key=key, data=dict(data), on_open_change=lambda: None)
        if chosen.open:
            go(str(chosen.open))

    return show


def go(href: str) -> None:
    """Open a page of ours by its address, such as "/person?id=12"."""
    parts = urlsplit(href)
    st.switch_page(f"pages/{parts.path.strip('/')}.py", query_params=dict(parse_qsl(parts.query)))
