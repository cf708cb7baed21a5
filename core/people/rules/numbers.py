"""What an identity number says about its holder, and whether the rest agrees with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.kernel.codes import code_name
from core.kernel.i18n import _, language
from core.kernel.identifiers import IdentityFacts, identity_facts

CARDS = ("111", "112", "553", "L01", "L02")
UNKNOWN_SEX = ("", "0", "9")


@dataclass(frozen=True)
class Suggestion:
    """What a form may fill in from a citizen number; the division is that of the first registration, a
    guess only.
    """

    birth: date
    sex: str
    hukou_division: str
    division_name: str


def _facts(kind: object, number: object) -> IdentityFacts | None:
    """What the number says; None for other documents and for numbers that are none."""
    try:
        return identity_facts(str(number)) if number and str(kind or "111") in CARDS else None
    except ValueError:
        return None


def suggest(number: str, kind: str = "111") -> Suggestion | None:
    """What to fill in from a typed number; None while it is not a right one."""
    if (said := _facts(kind, number)) is None:
        return None
    at_home = said.division if kind in ("111", "112") else ""
    name = code_name("gb2260_history", at_home) if at_home else ""
    return Suggestion(said.birth, said.sex, at_home, name if name != at_home else "")


def derived(values: Mapping[str, object]) -> dict[str, object]:
    """Birth and sex from the number where they are not given."""
    if (said := _facts(values.get("document_kind"), values.get("document_no"))) is None:
        return {}
    found: dict[str, object] = {} if values.get("birth") else {"birth": said.birth}
    return found if str(values.get("sex") or "") not in UNKNOWN_SEX else {**found, "sex": said.sex}


def contradictions(kind: str, number: str, birth: date | None, sex: str) -> dict[str, str]:
    """Field -> sentence where birth or sex are not what the number says; empty for other documents."""
    if (said := _facts(kind, number)) is None:
        return {}
    wrong = {}
    if birth and birth != said.birth:
        wrong["birth"] = _("The identity number says born on {day}.").format(day=said.birth)
    if sex not in UNKNOWN_SEX and sex != said.sex:
        name = code_name("gbt2261_1_sex", said.sex, lang=language.get())
        wrong["sex"] = _("The identity number says {sex}.").format(sex=name)
    return wrong
