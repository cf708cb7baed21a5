"""What must be true of the office's own codes."""

import re

from core.kernel.codes import rows
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.identifiers import tidy
from core.kernel.problems import Clash, Invalid
from core.kernel.session import scoped_kinds

FIXED = {
    "area_kind",
    "area_level",
    "field_kind",
    "house_state",
    "household_kind",
    "permission",
    "person_category",
    "person_state",
    "residence_kind",
}
"""Lists whose codes the program's own rules go by: a further one would be shown and not understood."""


def lists() -> dict[str, str]:
    """The lists that forms choose from and an office may add to -> the label of a field that uses it."""
    found: dict[str, str] = {}
    for kind in scoped_kinds():
        for known in declared(kind).values():
            if known.facts.codes and known.facts.codes not in FIXED:
                found.setdefault(known.facts.codes, known.label)
    return dict(sorted(found.items()))


def longest(name: str) -> int:
    """How many characters every field that uses the list has room for."""
    uses = [
        known for kind in scoped_kinds() for known in declared(kind).values() if known.facts.codes == name
    ]
    return min((known.longest for known in uses if known.longest), default=12)


def new_code(name: str, code: str) -> str:
    """The code in its stored form. Raises Invalid for a list or a code that cannot be, Clash for a national one."""
    if name not in lists():
        raise Invalid(_("Nothing can be added to this list."))
    clean, most = tidy(code), longest(name)
    if not re.fullmatch(r"[0-9A-Z]+", clean) or len(clean) > most:
        said = _("A code has one to {most} letters and digits.").format(most=most)
        raise Invalid(said, code=said)
    if national := {row["code"]: row["name"] for row in rows(name)}.get(clean):
        said = _("The national list has this code already: {name}.").format(name=national)
        raise Clash(said, code=said)
    return clean


def check_name(name: str, said: str) -> None:
    """Raises Clash for what a national code is called already."""
    if said in {row["name"] for row in rows(name)}:
        sentence = _("The national list has this name already.")
        raise Clash(sentence, name=sentence)
