"""What is asked at a door: who may report what, and which few fields each form has. The fields themselves, with their
labels, choices and checks, are those of the register (core/claims)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.claims.rules import ADD, CHANGE, FIRM, HOUSE, NOTE, NOTHING, OUT, fields_of
from core.kernel.fields import Declared
from core.kernel.i18n import N_, language
from core.kernel.problems import Missing

MOST_PARTS = 6
"""How many people one form may report at once."""
CODES = {"gbt2261_1_sex": ("1", "2"), "house_state": ("owned", "rented", "vacant", "business")}
"""Lists of which only the usual codes are offered to somebody without knowledge of them."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One form: the kind of thing it says, its fields (`more` behind a fold), and what goes without asking.

    `about`: "" nobody in particular, "one" or "many" of those registered. `makes` is the state that the home has then.
    `picture` is what a photo shows.
    """

    kind: str
    title: str
    lead: str = ""
    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    guardian: tuple[str, ...] = ()
    about: str = ""
    several: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    makes: str = ""
    picture: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return (*self.first, *self.more, *self.guardian)

    def shown(self, names: tuple[str, ...]) -> list[Declared]:
        """Some of its fields as they are declared."""
        known = fields_of(self.kind)
        return [known[name] for name in names]


@dataclass(frozen=True)
class Who:
    """Somebody at the door: as what they speak, and what they may report, the likeliest first."""

    title: str
    about: str
    asks: tuple[str, ...]


_PERSON = ("name", "document_no", "birth", "phone")
_MORE = ("sex", "document_kind", "relation", "category")
_GUARDIAN = ("guardian_name", "guardian_phone")
ASKS: Mapping[str, Ask] = {
    "same": Ask(
        kind=NOTHING,
        title=N_("No change"),
        lead=N_("Everything is as it stands here. Nothing else is asked."),
    ),
    "add": Ask(
        kind=ADD,
        title=N_("Register somebody who lives here"),
        first=(*_PERSON, "residence", "from_on"),
        more=_MORE,
        guardian=_GUARDIAN,
        several=True,
        picture="identity",
    ),
    "tenants": Ask(
        kind=ADD,
        title=N_("Register tenants"),
        lead=N_("Everybody who lives in the rented home, one after the other."),
        first=(*_PERSON, "from_on"),
        more=(*_MORE, "until_on"),
        guardian=_GUARDIAN,
        several=True,
        fixed={"residence": "tenant"},
        makes="rented",
        picture="identity",
    ),
    "stay": Ask(
        kind=ADD,
        title=N_("Register a visitor's stay"),
        lead=N_("For who stays some nights with friends or family."),
        first=(*_PERSON, "from_on", "until_on"),
        more=_MORE,
        guardian=_GUARDIAN,
        several=True,
        fixed={"residence": "temporary"},
        picture="identity",
    ),
    "out": Ask(
        kind=OUT,
        title=N_("Somebody moved out"),
        lead=N_("Tick who no longer lives here, or write the name."),
        first=("name", "on", "where"),
        about="many",
    ),
    "change": Ask(
        kind=CHANGE,
        title=N_("Correct somebody's details"),
        lead=N_("Fill in only what is different. What stands in the register is not shown here."),
        first=("name", "phone", "document_no", "residence"),
        more=("birth", "sex", "document_kind", "relation"),
        about="one",
        picture="identity",
    ),
    "home": Ask(
        kind=HOUSE,
        title=N_("The home is rented out, empty or a shop"),
        first=("state", "since"),
        more=("use",),
        picture="house",
    ),
    "firm": Ask(
        kind=FIRM,
        title=N_("Report a company or shop"),
        first=("name", "credit_code", "employees", "contact_name", "contact_phone"),
        more=(
            "no_code_reason",
            "kind",
            "trade",
            "legal_name",
            "licence_no",
            "licence_until",
            "opened_on",
            "place",
        ),
        about="one",
        picture="licence",
    ),
    "shut": Ask(
        kind=FIRM,
        title=N_("A company or shop closed or moved away"),
        first=("name", "state", "closed_on"),
        about="one",
        starts={"state": "closed"},
    ),
    "other": Ask(
        kind=NOTE,
        title=N_("Something else"),
        lead=N_("Write it in a few words. Somebody of the community office reads it."),
        picture="other",
    ),
}
WHO: Mapping[str, Who] = {
    "resident": Who(
        N_("I live here"), N_("Owner, family or tenant"), ("same", "add", "out", "change", "home", "other")
    ),
    "landlord": Who(
        N_("I let this home"), N_("Landlord or agent"), ("same", "tenants", "out", "home", "other")
    ),
    "head": Who(
        N_("I am the building head"), N_("Helps the community"), ("same", "home", "add", "out", "other")
    ),
    "company": Who(
        N_("I work here"), N_("Company, shop or workshop"), ("same", "firm", "shut", "home", "other")
    ),
    "visitor": Who(N_("I am visiting"), N_("Staying for some days"), ("stay", "other")),
}


def asked(who: str, what: str) -> Ask:
    """The form that somebody asks for. Raises Missing for one that is not theirs."""
    if who not in WHO or what not in WHO[who].asks:
        raise Missing("")
    return ASKS[what]


def choices(known: Declared) -> dict[str, str]:
    """Code -> name of each choice of a field; empty for a free one."""
    offered = known.offered(language.get())
    usual = CODES.get(known.facts.codes)
    return {code: name for code, name in offered.items() if usual is None or code in usual}


def of_kind(kind: str) -> Ask:
    """A form with every field of a kind, to correct what was handed in."""
    ask = next((one for one in ASKS.values() if one.kind == kind), ASKS["other"])
    known = fields_of(ask.kind)
    first = tuple(name for name in known if name != "unchanged" and name not in _GUARDIAN)
    return replace(
        ask, first=first, more=(), guardian=tuple(name for name in _GUARDIAN if name in known), fixed={}
    )
