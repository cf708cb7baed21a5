"""Codes of components as older systems wrote them (CJ/T 214-2007): 6 county + 2 major + 2 minor + 6 serial."""

from dataclasses import dataclass

from core.components.rules.classes import class_of_old
from core.kernel.codes import code_name
from core.kernel.i18n import _
from core.kernel.identifiers import tidy

OLD = "cjt214_components"
ACCURACIES = {"A": 0.5, "B": 1, "C": 10}
"""Class of accuracy -> metres, the narrowest first."""


@dataclass(frozen=True)
class OldCode:
    """A code of 16 digits, read: its class then and now ("" when there is none: `why`), and how sure that is."""

    code: str
    old_name: str
    class_code: str
    confidence: str
    why: str


def old_code(text: str) -> OldCode:
    """Read a code of 16 digits. Raises ValueError with a sentence for what is none."""
    code = tidy(text)
    if len(code) != 16 or not (code.isascii() and code.isdecimal()):
        said = _("A component code has 17 digits, an older one 16; this one has {count} places.")
        raise ValueError(said.format(count=len(code)))
    old = code[6:10]
    mapped, name = class_of_old(old), code_name(OLD, old).replace(old, "")
    said = _("The class {old} {name} has no class in GB/T 47678.5; write the class code into the row. {note}")
    why = "" if mapped.target else said.format(old=old, name=name, note=mapped.note).strip()
    return OldCode(code, name, mapped.target, mapped.confidence, why)


def accuracy_of(metres: int) -> str:
    """The class of accuracy of a position that is known within so many metres; "" when it is in none."""
    return next((code for code, reach in ACCURACIES.items() if metres <= reach), "")
