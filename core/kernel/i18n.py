"""Words for the screen: English in the code, Chinese by default.

The catalogue is read from the `.po` files themselves, so there is no compiled file that could go stale.
"""

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "data" / "locale"
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
language: ContextVar[str] = ContextVar("language", default="zh_CN")


@cache
def catalogue(code: str) -> dict[str, str]:
    """Every translated message of a language; empty for the language of the code itself."""
    found: dict[str, str] = {}
    for path in sorted((LOCALE / code / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found.update((str(m.id), str(m.string)) for m in read_po(file, locale=code) if m.id and m.string)
    return found


def _(message: str) -> str:
    """Translate now, for the person being served; fill `{name}` places with `.format` afterwards."""
    return catalogue(language.get()).get(message, message) if message else ""


def N_(message: str) -> str:
    """Mark for translation later: for declarations, which are read before anyone is here."""
    return message


def speak(code: str | None) -> str:
    """Choose the language of everything said from here on; an unknown one means Chinese."""
    chosen = code if code in LANGUAGES else "zh_CN"
    language.set(chosen)
    return chosen
