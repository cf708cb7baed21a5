"""Completeness and freshness: the numbers are those of the rows counted one by one, for everybody who may see them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from core.completeness.commands import count_everything
from core.completeness.datasets import DATASETS, HELD, LEFT_OUT, OFF, standard_items
from core.completeness.declaring import ITEMS, limits
from core.completeness.measures import ALL
from core.completeness.queries.behind import behind
from core.completeness.queries.counting import AreaCounts, Count, board, visible
from core.completeness.queries.fields import field_sheet
from core.components.models import Component
from core.components.rules import is_sensitive, national
from core.kernel.access import Actor, job, roles
from core.kernel.codes import codes
from core.kernel.database import Office
from core.kernel.fields import declared
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation
from core.people.models import DeclaredTag, Household, Person, Residence
from core.people.tags import DECLARED
from core.places.models import Area, Building, House
from core.places.rules.position import inside
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

SCOPES = ("440599/", COMMUNITY, GRID, NEXT_GRID)
NOW = datetime.now(UTC)


NO_PHONE = dict.fromkeys(("contact_phone", "contact_phone_index", "legal_phone", "legal_phone_index"))


def since(days: int) -> datetime:
    """So many days ago."""
    return NOW - timedelta(days=days)


@pytest.fixture
def worn(town: Office) -> Office:
    """The invented town with a gap of every kind in it."""
    gaps: list[Any] = [
        update(Person).where(Person.id % 7 == 0).values(consistent=""),
        update(Person).where(Person.id % 11 == 0).values(document_no=None, document_no_index=None),
        update(Person).where(Person.id % 13 == 0).values(sex="0"),
        update(Person).where(Person.id % 17 == 0).values(relation=""),
        update(Person).where(Person.id % 19 == 0).values(hukou_division="", hukou_address=""),
        update(Residence)
        .where(Residence.id % 23 == 0, col(Residence.to_on).is_(None))
        .values(to_on=date.today()),
        update(Household).where(Household.id % 9 == 0).values(head_id=None),
        update(House).where(House.id % 8 == 0).values(floor_area=None),
        update(Building).where(Building.id % 3 == 0).values(lon=120.0),
        update(Building).where(Building.id % 5 == 0).values(lon=None),
        update(Component).where(Component.id % 6 == 0).values(lat=None),
        update(Organisation).where(Organisation.id % 4 == 0).values(credit_code=None),
        update(Organisation).where(Organisation.id % 3 == 0).values(licence_until=date(2024, 1, 1)),
        update(Organisation).where(Organisation.id % 5 < 2).values(NO_PHONE),
        update(House).where(House.id % 10 == 0).values(residents=3),
    ]
    with town.writer.begin() as connection:
        for gap in gaps:
            connection.execute(gap)
    return town


Rows = dict[str, list[dict[str, Any]]]


@query("completeness.view")
def _everything(uow: UnitOfWork) -> Rows:
    """Every record in sight as plain values."""
    kinds = (Person, Household, House, Building, Area, DeclaredTag, Residence, Component, Organisation)
    found = {kind.__name__: uow.session.exec(select(kind)).all() for kind in kinds}
    return {
        name: [{part: getattr(one, part) for part in type(one).model_fields} for one in rows]
        for name, rows in found.items()
    }


def by_hand(all_of: Rows, actor: Actor, key: str, under: str) -> tuple[int, int]:
    """A measure counted row by row in Python: good, all."""
    here = {name: [row for row in rows if row["area"].startswith(under)] for name, rows in all_of.items()}
    among, good = HAND[key]
    facts = Facts(all_of, actor)
    rows = [row for row in here[ALL[key].of.__name__] if among(facts, row)]
    return sum(bool(good(facts, row)) for row in rows), len(rows)


class Facts:
    """What a row is judged by beside itself."""

    def __init__(self, all_of: Rows, actor: Actor) -> None:
        self.homes = {row["person_id"] for row in all_of["Residence"] if row["to_on"] is None}
        self.households = {row["house_id"] for row in all_of["Household"] if row["closed_on"] is None}
        self.rings = {row["area"]: row["polygon"] for row in all_of["Area"] if row["polygon"]}
        self.buildings = {row["id"]: row for row in all_of["Building"]}
        self.tags = {key for key, kind in DECLARED.items() if kind.shown_to(actor)}

    def placed(self, row: dict[str, Any]) -> bool:
        """A position inside of its grid."""
        if row["lon"] is None or row["lat"] is None:
            return False
        return row["area"] not in self.rings or inside(self.rings[row["area"]], row["lon"], row["lat"])


Judge = Callable[[Facts, dict[str, Any]], object]


def fresh(days: int) -> Judge:
    """Verified within so many days."""
    return lambda _facts, row: row["verified_at"] is not None and row["verified_at"] >= since(days)


def lives(_facts: Facts, row: dict[str, Any]) -> object:
    """Lives here."""
    return row["state"] == "here"


def placed_person(_facts: Facts, row: dict[str, Any]) -> object:
    """A category with its fact."""
    where = {"hukou": row["hukou_division"] + row["hukou_address"], "migrant": row["hukou_division"]}
    return where.get(row["category"], row["nationality"]) != ""


HAND: dict[str, tuple[Judge, Judge]] = {
    "confirmed": (lives, fresh(180)),
    "consistent": (lambda f, r: lives(f, r) and r["category"] != "overseas", lambda _f, r: r["consistent"]),
    "home": (lives, lambda f, r: r["id"] in f.homes),
    "document": (lives, lambda _f, r: r["document_no"] or r["no_document_reason"]),
    "facts": (lives, lambda _f, r: r["sex"] in "12" and r["registered_on"]),
    "head": (lambda _f, r: not r["closed_on"] and r["kind"] == "family", lambda _f, r: r["head_id"]),
    "relation": (lambda f, r: lives(f, r) and r["household_id"], lambda _f, r: r["relation"]),
    "category": (lives, placed_person),
    "tag_valid": (
        lambda f, r: r["tag"] in f.tags,
        lambda _f, r: not r["expires_on"] or r["expires_on"] >= date.today(),
    ),
    "tag_verified": (lambda f, r: r["tag"] in f.tags, lambda _f, r: r["verified_on"] >= since(365).date()),
    "house_confirmed": (lambda _f, _r: True, fresh(365)),
    "house_area": (lambda _f, _r: True, lambda _f, r: r["floor_area"] is not None),
    "house_position": (lambda _f, _r: True, lambda f, r: f.placed(f.buildings[r["building_id"]])),
    "boundary": (lambda _f, r: r["level"] == "grid" and not r["valid_to"], lambda _f, r: r["polygon"]),
    "house_state": (lambda _f, _r: True, lambda _f, r: r["state"] != "unknown"),
    "house_household": (lambda _f, r: r["residents"] > 0, lambda f, r: r["id"] in f.households),
    "component_position": (lambda _f, r: r["state"] != "removed", lambda f, r: f.placed(r)),
    "component_checked": (lambda _f, r: r["state"] != "removed", fresh(180)),
    "component_intact": (lambda _f, r: r["state"] != "removed", lambda _f, r: r["state"] == "intact"),
    "component_units": (lambda _f, r: r["state"] != "removed", lambda _f, r: r["authority_name"]),
    "organisation_place": (lambda _f, r: r["state"] == "open", lambda _f, r: r["building_id"]),
    "organisation_contact": (
        lambda _f, r: r["state"] == "open",
        lambda _f, r: r["contact_phone"] or r["legal_phone"],
    ),
    "organisation_visited": (lambda _f, r: r["state"] == "open", fresh(365)),
    "organisation_code": (
        lambda _f, r: r["state"] == "open",
        lambda _f, r: r["credit_code"] or r["no_code_reason"],
    ),
    "organisation_open": (
        lambda _f, r: r["state"] == "open",
        lambda _f, r: not r["closed_on"] and (not r["licence_until"] or r["licence_until"] >= date.today()),
    ),
}


def test_every_measure_is_counted_by_hand_too() -> None:
    assert set(HAND) == set(ALL)
    assert {measure.item for measure in ALL.values()} == set(ITEMS)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", sorted(r for r, role in roles().items() if "completeness.view" in role.may))
def test_the_numbers_are_those_of_the_rows(role: str, scope: str, worn: Office) -> None:
    actor = Actor("wang", role, scope, line="civil" if roles()[role].lined else "")
    found = board(worn.uow(actor))
    rows = _everything(worn.uow(Actor("x", "lead", "440599/")))
    assert found.whole.area == scope
    for key, count in found.whole.counts.items():
        assert (count.good, count.all) == by_hand(rows, actor, key, scope), key
        for part in found.parts:
            if part.counts[key].all:
                counted = (part.counts[key].good, part.counts[key].all)
                assert counted == by_hand(rows, actor, key, part.area), key


@pytest.mark.parametrize("key", sorted(ALL))
def test_the_rows_behind_a_number_are_all_there(key: str, worn: Office) -> None:
    actor = Actor("li", "lead", COMMUNITY)
    count, rows, after = board(worn.uow(actor)).whole.counts[key], list[int](), None
    while True:
        page = behind(worn.uow(actor), key, after_key=after, limit=40)
        rows += [row.id for row in page.items]
        if not (after := page.after):
            break
    assert len(rows) == len(set(rows)) == count.all - count.good


def test_there_is_a_gap_of_every_kind_to_find(worn: Office) -> None:
    whole = board(worn.uow(Actor("li", "lead", COMMUNITY))).whole
    full = {key for key, count in whole.counts.items() if count.all and count.good == count.all}
    assert full <= {"boundary", "component_units", "organisation_place"}


def test_an_item_is_the_mean_of_its_shares_and_nothing_to_measure_is_no_zero(worn: Office) -> None:
    found = board(worn.uow(Actor("li", "lead", COMMUNITY)))
    shares = [c.share for k, c in found.whole.counts.items() if ALL[k].item == "residents"]
    assert found.whole.item("residents") == pytest.approx(
        sum(s for s in shares if s is not None) / len(shares)
    )
    nothing = AreaCounts(GRID, "", {"confirmed": Count(0, 0), "home": Count(0, 0)})
    assert nothing.item("residents") is None


def test_a_department_is_not_told_of_fields_that_are_not_its_own(worn: Office) -> None:
    uow = worn.uow(Actor("zhao", "department", "440599/", line="civil"))
    known = set(board(uow).whole.counts)
    assert "consistent" not in known and "house_area" not in known and "relation" in known
    assert "house_area" in board(worn.uow(Actor("z", "department", "440599/", line="housing"))).whole.counts
    with pytest.raises(Refused):
        behind(uow, "consistent")
    assert "consistent" not in {line.name for line in field_sheet(uow, "people").fields}


def test_who_counts_but_sees_nobody_gets_no_rows(worn: Office) -> None:
    uow = worn.uow(Actor("wu", "analyst", "440599/"))
    assert "organisation_code" in board(uow).whole.counts and "confirmed" not in board(uow).whole.counts
    for key in ("organisation_code", "confirmed"):
        with pytest.raises(Refused):
            behind(uow, key)
    with pytest.raises(Refused):
        field_sheet(uow, "people")


def test_a_withheld_component_is_called_by_its_class_and_says_nothing_of_its_place(worn: Office) -> None:
    rows = {row["id"]: row for row in _everything(worn.uow(Actor("x", "lead", COMMUNITY)))["Component"]}
    seen, known = (
        {
            r.id: r
            for r in behind(worn.uow(Actor("x", role, COMMUNITY)), "component_position", limit=900).items
        }
        for role in ("clerk", "lead")
    )
    one = next(number for number in seen if is_sensitive(rows[number]["class_code"]))
    name, code = national()[rows[one]["class_code"]], rows[one]["code"]
    assert (seen[one].title, seen[one].detail) == (name, "")
    assert known[one].title == name and known[one].detail.startswith(code)
    assert not any("None" in f"{row.title}{row.detail}" for row in (*seen.values(), *known.values()))


def test_the_counts_of_the_night_say_the_same_and_when(worn: Office) -> None:
    lead = Actor("lin", "lead", "440599/")
    before = board(worn.uow(lead))
    sheets = {name: field_sheet(worn.uow(lead), name).fields for name in DATASETS}
    assert before.counted_at is None
    assert count_everything(worn.uow(job("night"))) > 1
    after = board(worn.uow(lead))
    assert after.counted_at is not None
    assert (after.whole.counts, after.parts) == (before.whole.counts, before.parts)
    for name, fields in sheets.items():
        assert field_sheet(worn.uow(lead), name).fields == fields
    with worn.writer.begin() as connection:
        connection.execute(update(Person).values(verified_at=None))
    assert board(worn.uow(lead)).whole.counts["confirmed"] == before.whole.counts["confirmed"]
    assert board(worn.uow(Actor("li", "lead", COMMUNITY))).whole.counts["confirmed"].good == 0
    count_everything(worn.uow(job("night")))
    assert board(worn.uow(lead)).whole.counts["confirmed"].good == 0


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_fields_are_counted_as_they_are_filled(name: str, worn: Office) -> None:
    lead, known = Actor("li", "lead", COMMUNITY), DATASETS[name]
    sheet = field_sheet(worn.uow(lead), name)
    rows = _everything(worn.uow(lead))[known.of.__name__]
    state = {"Person": "here", "Organisation": "open"}.get(known.of.__name__)
    rows = [r for r in rows if not state or r["state"] == state]
    rows = [r for r in rows if known.of is not Component or r["state"] != "removed"]
    for line in sheet.fields:
        if line.name in known.applies:
            continue
        values = [r[line.name] for r in rows]
        assert line.whole.all == len(rows)
        assert line.whole.good == sum(v not in (None, "") for v in values), line.name
        listed = (
            codes(declared(known.of)[line.name].facts.codes)
            if declared(known.of)[line.name].facts.codes
            else {}
        )
        assert line.unfit == sum(v not in listed for v in values if listed and v not in (None, "")), line.name
        assert sum(part.good for part in line.parts) == line.whole.good


def test_a_field_is_missed_only_where_it_can_be(worn: Office) -> None:
    sheet = field_sheet(worn.uow(Actor("li", "lead", COMMUNITY)), "people")
    lines = {line.name: line.whole for line in sheet.fields}
    with worn.reader.connect() as connection:
        asked = select(Person.inflow_reason).where(Person.category == "migrant", Person.state == "here")
        reasons = connection.execute(asked).scalars().all()
    assert (lines["inflow_reason"].all, lines["inflow_reason"].good) == (
        len(reasons),
        sum(map(bool, reasons)),
    )


def test_the_standard_is_answered_item_by_item(worn: Office) -> None:
    sheet = field_sheet(worn.uow(Actor("li", "lead", COMMUNITY)), "people")
    marks = {(item.dataset, item.name): item.mark for item in sheet.items}
    assert marks["户籍人口", "姓名"] == HELD
    assert marks["户籍人口", "宗教信仰"] == LEFT_OUT
    assert marks["户籍人口", "曾用名"] == OFF
    assert marks["流动人口", "姓名"] == HELD


def test_what_is_said_to_answer_to_the_standard_exists() -> None:
    for dataset in DATASETS.values():
        for name in dataset.standards:
            assert standard_items(name), name
            for item in standard_items(name):
                model, _dot, part = item.ours.partition(".")
                kinds = {one.of.__name__: one.of for one in DATASETS.values()}
                assert not part or part in declared(kinds[model]), item


def test_an_office_has_its_own_limits(worn: Office) -> None:
    assert limits(worn.settings).tone(0.96) == "ok"
    (worn.settings.data / "completeness.toml").write_text(
        "good = 0.99\nresident_days = 1\n", encoding="utf-8"
    )
    own = limits(worn.settings)
    assert (own.tone(0.96), own.tone(0.5), own.tone(None), own.house_days) == ("warn", "bad", "", 365)
    count = board(worn.uow(Actor("li", "lead", COMMUNITY))).whole.counts["confirmed"]
    assert count.share is not None and count.share < 0.2


def test_what_there_is_not_is_refused(worn: Office) -> None:
    uow = worn.uow(Actor("li", "lead", COMMUNITY))
    with pytest.raises(Invalid):
        behind(uow, "risk")
    with pytest.raises(Invalid):
        field_sheet(uow, "souls")
    with uow.reading("completeness.view"):
        assert visible(uow, ALL["confirmed"])
