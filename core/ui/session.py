"""Who is here, and the few things that only the browser can do: take a cookie, give one back, load anew."""

from collections.abc import Mapping

import streamlit as st

from core.accounts import commands, cookies, door, rules
from core.kernel.access import Actor
from core.kernel.database import office
from core.kernel.i18n import LANGUAGES, _

_POST = st.components.v2.component(
    "lingrid_post",
    js="""
export default async function({data, setTriggerValue}) {
  const body = JSON.stringify(data.body), headers = {'content-type': 'application/json'};
  const answer = await fetch(data.path, {method: 'POST', headers, body}).catch(() => null);
  if (!answer?.ok) {
    const told = await answer?.json().catch(() => null);
    setTriggerValue('failed', told?.message ?? data.silence);
  } else if (data.next) {
    location.assign(data.next);
  } else {
    location.reload();
  }
}
""",
)


def current_actor() -> Actor | None:
    """Who is here; None before the sign-in and after its end. Every page asks this on every run."""
    token = cookies.read(st.context.cookies.get(cookies.NAME))
    return door.actor_of(door.gate(), token) if token else None


def language() -> str:
    """What this browser speaks while nobody has signed in."""
    chosen = st.context.cookies.get(cookies.LANGUAGE)
    return chosen if isinstance(chosen, str) and chosen in LANGUAGES else office().settings.language


def device() -> str:
    """The browser in a few words, for the person's list of sign-ins."""
    return rules.device_name(st.context.headers.get("User-Agent"), st.context.ip_address)


def post(path: str, body: Mapping[str, str], next: str = "") -> None:
    """Let the browser POST to a route of ours and then open `next`, or load the same page anew.

    Cookies reach Python with a new connection only, so every change of a cookie ends in a page load. When the
    route refuses, the next run finds its sentence in `refusal`.
    """
    data = {"path": path, "body": dict(body), "next": next, "silence": _("The office does not answer.")}
    key = f"post{path}"
    _POST(key=key, data=data, on_failed_change=lambda: _failed(key))


def _failed(key: str) -> None:
    st.session_state["post_refusal"] = st.session_state[key].failed


def refusal() -> str:
    """What the route said when it refused the last `post`, once; "" when it did not."""
    return str(st.session_state.pop("post_refusal", ""))


def sign_out_button(actor: Actor) -> None:
    """Ends the sign-in of this browser and goes to the first page."""
    if st.button(_("Sign out"), key="sign_out", icon=":material/logout:", type="tertiary"):
        post("/api/session/end", {}, "/")


def sign_out_everywhere_button(actor: Actor) -> None:
    """Ends every sign-in of this person: for a lost phone, or a computer left open."""
    if st.button(_("Sign out everywhere"), key="sign_out_everywhere", icon=":material/devices_off:"):
        commands.sign_out_everywhere(office().uow(actor))
        post("/api/session/end", {}, "/")


def language_switch(actor: Actor | None, languages: Mapping[str, str] = LANGUAGES) -> None:
    """A button for each other language; the choice stays with the browser and, after sign-in, the account."""
    now = actor.language if actor else language()
    for code, name in languages.items():
        if code != now and st.button(name, key=f"speak_{code}", icon=":material/translate:", type="tertiary"):
            if actor:
                commands.set_language(office().uow(actor), code)
            post("/api/language", {"language": code})
