"""Codes of components as older systems wrote them (CJ/T 214-2007): 6 county + 2 major + 2 minor + 6 serial."""

from dataclasses import dataclass

from core.components.rules.classes import class_of_old
from core.kernel.codes import code_name
from core.kernel.i18n import _
from core.kernel.identifiers import tidy

OLD = "cjt214_components"
STATES = {"完好": "intact", "破损": "broken", "丢失": "lost", "废弃": "abandoned", "移除": "removed"}
"""States as lists write them -> codes of `component_state`."""
ACCURACIES = {"A": 0.5, "B": 1, "C": 10}
"""Class of accuracy -> metres, the narrowest first."""


@dataclass(frozen=True)
class OldCode:
    """A code of 16 digits, read: the county, the class of today, and how sure that is."""

    code: str
    division: str
    class_code: str
    confidence: str


def old_code(text: str) -> OldCode:
    """Read a code of 16 digits. Raises ValueError with a sentence: no such code, or no class for it any more."""
    code = tidy(text)
    if len(code) != 16 or not (code.isascii() and code.isdecimal()):
        raise ValueError(
            _("An old component code has 16 digits; this one has {count} places.").format(count=len(code))
        )
    old = code[6:10]
    mapped = class_of_old(old)
    if not mapped.target:
        said = _("The class {old} {name} has no class in GB/T 47678.5; enter it by hand. {note}")
        raise ValueError(
            said.format(old=old, name=code_name(OLD, old).replace(old, ""), note=mapped.note).strip()
        )
    return OldCode(code, code[:6], mapped.target, mapped.confidence)


def state_of(word: str) -> str:
    """The code of a state, from its code or its word; as it is when neither."""
    return STATES.get(word.strip(), word.strip() or "intact")


def accuracy_of(metres: int) -> str:
    """The class of accuracy of a position that is known within so many metres; "" when it is in none."""
    return next((code for code, reach in ACCURACIES.items() if metres <= reach), "")
