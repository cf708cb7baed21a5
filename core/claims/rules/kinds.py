"""The kinds of thing that may be said at a door, and the fields of each: those of the register, and a few beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from core.claims.models import SaidMore
from core.kernel.fields import Declared, declared
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.kernel.records import Record
from core.organisations.models import Organisation
from core.people.models import Person, Residence
from core.places.models import House

NOTHING, ADD, CHANGE, OUT = "nothing", "add_person", "change_person", "moved_out"
HOUSE, FIRM, NOTE = "house", "organisation", "note"
TITLES = {
    NOTHING: N_("No change"),
    ADD: N_("Somebody lives here"),
    CHANGE: N_("Details of a resident"),
    OUT: N_("Somebody moved out"),
    HOUSE: N_("The house"),
    FIRM: N_("Company or shop"),
    NOTE: N_("A message"),
}


@dataclass(frozen=True)
class Spot:
    """Where a field of a form belongs: the record and its column, and whether it must be filled in."""

    model: type[Record]
    column: str
    required: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether the register has such a field; others are only read by who verifies."""
        return self.model is not SaidMore


def _of(model: type[Record], *names: str, required: tuple[str, ...] = ()) -> dict[str, Spot]:
    return {name: Spot(model, name, name in required) for name in names}


_WHO = ("name", "sex", "birth", "document_kind", "document_no", "phone", "category")
_LIVES = {"residence": Spot(Residence, "kind"), "relation": Spot(Person, "relation")}
_FIRM = ("credit_code", "no_code_reason", "kind", "trade", "employees", "legal_name", "contact_name")
_PERMIT = ("contact_phone", "licence_kind", "licence_no", "licence_until", "opened_on", "place", "state")
_NOTE = _of(SaidMore, "note")

SPOTS: Mapping[str, Mapping[str, Spot]] = {
    NOTHING: _of(SaidMore, "unchanged"),
    ADD: {
        **_of(Person, *_WHO, "no_document_reason", required=("name", "birth")),
        **_LIVES,
        "from_on": Spot(Residence, "from_on"),
        **_of(SaidMore, "until_on", "guardian_name", "guardian_phone"),
        **_NOTE,
    },
    CHANGE: {**_of(Person, *_WHO), **_LIVES, **_NOTE},
    OUT: {**_of(SaidMore, "name", "on", "where", required=("on",)), **_NOTE},
    HOUSE: {**_of(House, "state", "use", required=("state",)), **_of(SaidMore, "since"), **_NOTE},
    FIRM: {
        **_of(Organisation, "name", *_FIRM, *_PERMIT, "closed_on", required=("name",)),
        **_NOTE,
    },
    NOTE: {},
}


@cache
def fields_of(kind: str) -> dict[str, Declared]:
    """The fields that a kind may fill in, as they are declared, under the names of the form. Raises Invalid."""
    if kind not in SPOTS:
        said = _("There is nothing of this kind to report.")
        raise Invalid(said, items=said)
    return {
        name: replace(declared(spot.model)[spot.column], name=name, required=spot.required, keeper="")
        for name, spot in SPOTS[kind].items()
    }
