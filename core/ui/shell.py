"""The frame around every page: style, sign-in in place, menu, and who is here."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from core.kernel.access import Actor
from core.kernel.i18n import LANGUAGES, N_, _, speak
from core.kernel.problems import Problem
from core.ui import login, session
from core.ui.accounts import post_name
from core.ui.assets import STATIC, STYLE
from core.ui.page import problem

PAGES = Path(__file__).parents[2] / "pages"
SECTIONS = (N_("Daily work"), N_("Basic records"), N_("Places"), N_("Administration"), N_("Me"))
HOME = "workbench"


class Known(type(Path())):  # type: ignore[misc]
    """A page's file, found already. Streamlit resolves the path of every page in every run: hundreds of calls of the
    system, and at each of them a busy server lets another thread go first.
    """

    def __rtruediv__(self, _main: object) -> "Known":
        return self

    def resolve(self, strict: bool = False) -> "Known":
        """Itself."""
        return self

    def is_file(self) -> bool:
        """It is: it comes from the folder."""
        return True


@cache
def declared(path: Path) -> dict[str, Any]:
    """The values of the file's one `page(...)` call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page":
            title = node.args[0]
            values = {k.arg: ast.literal_eval(_inner(k.value)) for k in node.keywords if k.arg}
            return {"title": ast.literal_eval(_inner(title)), "hidden": False, "order": 50, **values}
    raise SyntaxError(f"{path.name} has no page(...) call")


def _inner(node: ast.expr) -> ast.expr:
    """N_("text") -> "text"."""
    return node.args[0] if isinstance(node, ast.Call) else node


def menu(actor: Actor | None) -> dict[str, list[st.Page]]:
    """Every page, so that a deep link survives the sign-in; the ones an actor may not open stay out of sight."""
    entries = sorted((declared(p)["order"], p.stem, p) for p in PAGES.glob("*.py"))
    sections: dict[str, list[st.Page]] = defaultdict(list)
    for _order, stem, path in entries:
        values = declared(path)
        shown = actor is not None and actor.may(values["needs"]) and not values["hidden"]
        sections[_(values["section"])].append(
            st.Page(
                Known(path),
                title=_(values["title"]),
                icon=f":material/{values['icon']}:",
                url_path=stem,
                default=stem == HOME,
                visibility="visible" if shown else "hidden",
            )
        )
    return {_(name): sections[_(name)] for name in SECTIONS if _(name) in sections}


def shell() -> None:
    """One run of the app for one visitor."""
    st.set_page_config(page_title="邻格 LinGrid", page_icon=str(STATIC / "icon.svg"), layout="wide")
    st.html(STYLE)
    try:
        actor = session.current_actor()
    except Problem as trouble:
        speak(session.language())
        problem(trouble.sentence, _("The office cannot work now."))
        return
    speak(actor.language if actor else session.language())
    ready = actor is not None and not actor.must_change
    shown = st.navigation(menu(actor), position="sidebar" if ready else "hidden", expanded=True)
    if actor is None:
        login.login_form()
    elif actor.must_change:
        login.change_password_form(actor)
    else:
        st.logo(str(STATIC / "logo.svg"), size="large", icon_image=str(STATIC / "icon.svg"))
        _whoami(actor)
        shown.run()


def _whoami(actor: Actor) -> None:
    """At the foot of the menu: name, role, language and the way out."""
    with st.sidebar, st.container(key="whoami"):
        role = post_name(actor.role, actor.line)
        st.markdown(f":material/account_circle: **{actor.name or actor.login}** · {role}")
        with st.container(horizontal=True, gap="small"):
            session.language_switch(actor, LANGUAGES)
            session.sign_out_button(actor)
