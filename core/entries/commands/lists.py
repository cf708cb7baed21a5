"""Exports of the lists of people, houses, organisations and components: for a purpose, masked, counted in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.components.models import Component
from core.components.queries import components
from core.entries.commands.sheets import MOST_EXPORTED, PAGE, cell_of, check_purpose, exported
from core.kernel import sheets
from core.kernel.fields import CHINA, declared
from core.kernel.forms import named, own_columns
from core.kernel.i18n import N_, _
from core.kernel.paging import Page
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command
from core.organisations.models import Organisation
from core.organisations.queries import organisations
from core.people.models import Person
from core.people.queries import people
from core.places.models import House
from core.places.queries import area_names, houses


@dataclass(frozen=True)
class Listed:
    """A list that can be exported: its rows, their kind of record, and the fields of a row with headings for those
    that the record does not declare."""

    title: str
    rows: Callable[[UnitOfWork, Any, str | None, int], Page[Any]]
    of: type[Any]
    fields: dict[str, str]


def _as_declared(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


LISTS = {
    "people": Listed(
        N_("People"),
        people,
        Person,
        {
            "name": "",
            "sex": "",
            "birth": "",
            "category": "",
            "state": "",
            "phone": "",
            "document_no": "",
            "address": N_("Home"),
        },
    ),
    "houses": Listed(
        N_("Houses"),
        houses,
        House,
        {**_as_declared("address", "code", "state", "use", "floor_area"), "residents": N_("Residents")},
    ),
    "organisations": Listed(
        N_("Organisations"),
        organisations,
        Organisation,
        {
            **_as_declared("name", "credit_code", "kind", "trade", "state", "contact_name", "contact_phone"),
            "address": N_("Address"),
        },
    ),
    "components": Listed(
        N_("Components"),
        components,
        Component,
        _as_declared(
            "class_code",
            "code",
            "state",
            "owner_name",
            "maintainer_name",
            "place",
            "lon",
            "lat",
            "accuracy",
            "changed_on",
        ),
    ),
}


@command("person.export")
def export_list(uow: UnitOfWork, what: str, wanted: Any, purpose: str, form: str = sheets.EXCEL) -> bytes:
    """A list of `LISTS`, as its filter `wanted` shows it to the actor. Raises Missing, Invalid, and Refused for who may
    not see the list itself."""
    if what not in LISTS:
        raise Missing(_("There is no such list."))
    check_purpose(purpose)
    listed = LISTS[what]
    uow.require(listed.rows.permission)  # type: ignore[attr-defined]
    lines = _all(uow, listed, wanted)
    kind: Any = listed.of
    known, own = declared(kind), own_columns(uow, kind.__name__)
    more = named(uow, own, [getattr(line, "own", {}) for line in lines])
    headings = [_(label or known[name].label) for name, label in listed.fields.items()]
    headings += [*(one.label for one in own), _("Grid"), _("Verified at")]
    places = area_names(uow, {line.area for line in lines})
    rows = [
        [
            *(_cell(known.get(name), getattr(line, name)) for name in listed.fields),
            *(cell_of(one, row.get(one.name)) for one in own),
            places.get(line.area, ""),
            line.verified_at.astimezone(CHINA) if line.verified_at else None,
        ]
        for line, row in zip(lines, more, strict=True)
    ]
    exported(uow, f"list/{what}", len(rows), wanted, purpose)
    return sheets.write(form, headings, rows, title=_(listed.title))


def _cell(known: Any, value: Any) -> Any:
    return cell_of(known, value) if known is not None else value


def _all(uow: UnitOfWork, listed: Listed, wanted: Any) -> list[Any]:
    """Every row of the list. Raises Invalid for too many."""
    found: list[Any] = []
    token: str | None = None
    while True:
        page = listed.rows(uow, wanted, token, PAGE)
        found += page.items
        token = page.after
        if not token:
            return found
        if len(found) >= MOST_EXPORTED:
            raise Invalid(_("More than {n} rows: narrow the list first.").format(n=f"{MOST_EXPORTED:,}"))
