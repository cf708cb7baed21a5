"""What a self-report says, as it comes from a page: plain values, not yet checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.kernel.files import Checked


@dataclass(frozen=True)
class Said:
    """One thing that is said: its kind (rules/kinds.py), whom or what it is about (a mark that the doorway gave), and
    the values by their fields. Empty ones say nothing."""

    kind: str
    about: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ClaimForm:
    """A whole self-report: who speaks, what is said, how they can be asked back, and the numbers of the consent texts
    they agreed to."""

    who: str
    items: tuple[Said, ...] = ()
    contact_name: str = ""
    contact_phone: str = ""
    texts: tuple[int, ...] = ()
    note: str = ""
    language: str = "zh_CN"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that was checked and stored already; `kind` is a code of `picture_kind`. It is always sensitive."""

    file: Checked
    digest: str
    kind: str = "other"
    name: str = ""


@dataclass(frozen=True)
class Receipt:
    """What is handed back: the code to follow, correct or withdraw; `is_again` when this very form came before."""

    code: str
    claim_id: int
    area: str
    is_again: bool
