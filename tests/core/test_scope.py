"""Every query and command × every role × another branch: nobody gets round their role or their area."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import func, select

import core
import core.models
from core.attachments.models import Attachment
from core.basemap.models import MapSource
from core.claims.forms import ClaimForm
from core.claims.models import Claim
from core.claims.queries import ClaimFilter
from core.components.models import Component, LocalClass
from core.components.queries import ComponentFilter
from core.designs.models import Design
from core.designs.rules import Body
from core.entries.models import ImportBatch
from core.entries.queries import EntryFilter
from core.geo.mercator import Tile
from core.gridding.models import GridChange
from core.gridding.rules import Draft
from core.kernel.access import Actor, roles
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.jobs.models import Job
from core.kernel.log import LogFilter
from core.kernel.problems import Problem, Refused
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.labels.models import DoorLabel, LabelSheet, PrintRun
from core.labels.queries import Choice
from core.organisations.models import Organisation, Staff
from core.organisations.queries import OrganisationFilter
from core.people.duplicates import DuplicatePair
from core.people.models import DeclaredTag, Household, Person, Residence
from core.people.queries import HouseholdFilter, PairFilter, PeopleFilter
from core.places.models import Area, Building, House
from core.places.queries import HouseFilter
from core.proposals.models import Proposal
from core.rebuilding.models import HouseChange
from core.registers.dog import Dog
from core.retention.models import DisposalItem, DisposalList, Hold
from core.rights.models import Consent, ConsentText, SubjectRequest
from core.staff.models import Shift
from core.upkeep.models import LocalCode
from core.visits.models import VisitAct
from tests.conftest import GRID, NEXT_GRID

Named = Callable[..., Any]
NUMBERS = {
    "person_id": Person,
    "other_id": Person,
    "house_id": House,
    "building_id": Building,
    "household_id": Household,
    "area_id": Area,
    "residence_id": Residence,
    "declared_id": DeclaredTag,
    "pair_id": DuplicatePair,
    "deed_id": Deed,
    "new_head_id": Person,
    "record_id": Person,
    "proposal_id": Proposal,
    "attachment_id": Attachment,
    "about_id": Person,
    "code_id": LocalCode,
    "job_id": Job,
    "hold_id": Hold,
    "list_id": DisposalList,
    "item_id": DisposalItem,
    "request_id": SubjectRequest,
    "text_id": ConsentText,
    "consent_id": Consent,
    "organisation_id": Organisation,
    "staff_id": Staff,
    "component_id": Component,
    "class_id": LocalClass,
    "entry_id": Dog,
    "batch_id": ImportBatch,
    "design_id": Design,
    "shift_id": Shift,
    "change_id": GridChange,
    "application_id": HouseChange,
    "source_id": MapSource,
    "claim_id": Claim,
    "label_id": DoorLabel,
    "run_id": PrintRun,
    "sheet_id": LabelSheet,
    "act_id": VisitAct,
}
VALUES: dict[str, Any] = {
    "day": date(2026, 1, 1),
    "decision": "later",
    "found": {},
    "key": "homeless",
    "parents": [],
    "person_ids": [],
    "house_ids": [],
    "label_ids": [],
    "about_kind": "Person",
    "list_name": "grid_trade",
    "sign_in_id": 1,
    "before": datetime(2020, 1, 1, tzinfo=UTC),
    "days": 400,
    "due": {},
    "given_on": date(2026, 1, 1),
    "channel": "counter",
    "seen": None,
    "of": "Person",
    "people": [],
    "counts": {},
    "dataset": "people",
    "measure_key": "confirmed",
    "accepted": [],
    "question": "有证件吗",
    "text": "有",
    "source": "visit",
    "reason": "核对",
    "field": "phone",
    "kind": "10",
    "name": "改名",
    "state": "vacant",
    "to_on": date(2020, 1, 1),
    "relation": "30",
    "relations": {},
    "tag": "志愿者",
    "units": 1,
    "floors": 1,
    "rooms_per_floor": 1,
    "rooms": 1,
    "members": [],
    "typed": "张",
    "birth": date(1990, 1, 1),
    "wanted": None,
    "paths": [],
    "facts": {"road": "海滨路", "number": "1号"},
    "rows": [],
    "area": NEXT_GRID,
    "path_or_id": NEXT_GRID,
    "community_path": NEXT_GRID,
    "grid": NEXT_GRID,
    "class_code": "04007",
    "major": "03",
    "lon": 116.74,
    "lat": 23.27,
    "parent": NEXT_GRID,
    "under": NEXT_GRID,
    "register": "dog",
    "widget": "house",
    "number": 1,
    "data": "犬名,部件名称\n旺财,街头座椅\n".encode(),
    "file": "犬只.csv",
    "purpose": "核对台账",
    "what": "people",
    "body": Body(),
    "is_on": False,
    "view_id": 1,
    "shape": "circle:116.74,23.27;900",
    "layer": "houses",
    "address": "at=15/23.27/116.74",
    "title": "海滨路",
    "token": "nobody-knows",
    "choice": {},
    "ids": [],
    "part": 0,
    "polygon": [],
    "draft": Draft(kind="merge", community=NEXT_GRID, grid=NEXT_GRID),
    "level": "grid",
    "z": 16,
    "x": 54019,
    "y": 28410,
    "tile": Tile(15, 27010, 14201),
    "origin": "demo",
    "code": "2222-2222-2222",
    "claim_ids": [],
    "once": "form-000001",
    "form": ClaimForm(who="resident"),
}


@pytest.fixture
def town(shared_town: Office) -> Office:
    """One town for all: whoever gets round the promises is seen in its log."""
    return shared_town


def _named() -> Iterator[Named]:
    found: dict[str, Named] = {}
    for info in pkgutil.walk_packages(core.__path__, "core."):
        if (
            "queries" in info.name
            or "commands" in info.name
            or info.name in ("core.kernel.search", "core.kernel.log")
        ):
            module = importlib.import_module(info.name)
            for name, fn in inspect.getmembers(module, inspect.isfunction):
                if hasattr(fn, "permission") and fn.__module__ == module.__name__:
                    found[f"{fn.__module__}.{name}"] = fn
    return iter(found.values())


NAMED = sorted(_named(), key=lambda fn: f"{fn.__module__}.{fn.__name__}")
ABOUT_ONE = [fn for fn in NAMED if any(p in NUMBERS for p in inspect.signature(fn).parameters)]
LISTS = [
    fn
    for fn in NAMED
    if "queries" in fn.__module__
    and fn not in ABOUT_ONE
    and not fn.permission.startswith(("session", "account.own"))
]  # type: ignore[attr-defined]


def called(fn: Named) -> str:
    """Where a function lives, for the test's name."""
    return f"{fn.__module__.removeprefix('core.')}.{fn.__name__}"


def arguments(office: Office, fn: Named, area: str) -> tuple[list[Any], dict[str, Any]]:
    """Values for every required parameter; numbers are those of records in `area`."""
    positional, named = [], {}
    for parameter in list(inspect.signature(fn).parameters.values())[1:]:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.default is not parameter.empty and parameter.name not in NUMBERS:
            continue
        value = (
            _number(office, NUMBERS[parameter.name], area)
            if parameter.name in NUMBERS
            else VALUES.get(parameter.name)
        )
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            positional.append(value)
    return positional, named


def _number(office: Office, kind: type[Any], area: str) -> int:
    with office.reader.connect() as connection:
        found = connection.execute(select(kind.id).where(kind.area == area).limit(1)).scalar()
    return int(found or 1)


def _done(office: Office) -> int:
    with office.reader.connect() as connection:
        changed = (
            select(func.count())
            .select_from(AuditEntry)
            .where(AuditEntry.outcome.in_(("done", "removed", "revealed")))
        )  # type: ignore[attr-defined]
        return int(connection.execute(changed).scalar() or 0)


@pytest.mark.parametrize("fn", NAMED, ids=called)
def test_every_role_without_the_permission_is_refused(fn: Named, town: Office) -> None:
    without = [role for role in sorted(roles()) if fn.permission not in roles()[role].may]  # type: ignore[attr-defined]
    before = _done(town)
    positional, named = arguments(town, fn, GRID) if without else ([], {})
    let_in = [role for role in without if not _is_refused(town, fn, role, positional, named)]
    assert let_in == []
    assert _done(town) == before


def _is_refused(office: Office, fn: Named, role: str, positional: list[Any], named: dict[str, Any]) -> bool:
    try:
        fn(office.uow(Actor("wang", role, GRID)), *positional, **named)
    except Refused:
        return True
    return False


def _somebody(fn: Named) -> str:
    people = (r for r, role in roles().items() if fn.permission in role.may and r not in ("gate", "job"))  # type: ignore[attr-defined]
    return next(people, "job")


@pytest.mark.parametrize("fn", [f for f in ABOUT_ONE if not called(f).startswith("accounts")], ids=called)
def test_a_record_of_the_next_grid_is_out_of_reach(fn: Named, town: Office) -> None:
    """Either it is a Problem, or, where a list is asked for, there is nothing in it."""
    before = _done(town)
    positional, named = arguments(town, fn, NEXT_GRID)
    uow = town.uow(Actor("wang", _somebody(fn), GRID))
    try:
        answer = fn(uow, *positional, **named)
    except Problem:
        pass
    else:
        assert not answer or not list(_areas(answer)), f"{called(fn)} answered {answer}"
    assert _done(town) == before


def _areas(value: Any) -> Iterator[str]:
    """Every area path anywhere in an answer."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            part = getattr(value, each.name)
            if each.name == "area" and isinstance(part, str):
                yield part
            elif each.name != "chain":
                yield from _areas(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _areas(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _areas(part)


@pytest.mark.parametrize("fn", LISTS, ids=called)
def test_a_list_holds_only_what_is_in_the_branch(fn: Named, town: Office) -> None:
    special = {
        "people": PeopleFilter(),
        "houses": HouseFilter(),
        "households": HouseholdFilter(),
        "pairs_of": PairFilter(),
        "entries": LogFilter(),
        "organisations": OrganisationFilter(),
        "components": ComponentFilter(),
        "claims": ClaimFilter(),
        "house_rows": Choice(),
        "how_many": Choice(),
    }
    more = {"find_entries": ["dog", EntryFilter()], "sample": [Choice(), 3]}
    uow = town.uow(Actor("wang", _somebody(fn), GRID))
    positional, named = arguments(town, fn, GRID)
    if fn.__name__ in special:
        positional = [special[fn.__name__]]
    positional = more.get(fn.__name__, positional)
    try:
        answer = fn(uow, *positional, **named)
    except Problem:
        return
    outside = {area for area in _areas(answer) if not area.startswith(GRID) and not GRID.startswith(area)}
    assert not outside, f"{called(fn)} shows {outside}"


def test_there_is_something_to_see_on_both_sides(town: Office) -> None:
    for area in (GRID, NEXT_GRID):
        for kind in (Person, House, Household, Residence, Building, Organisation, Component):
            assert _number(town, kind, area) > 1, f"{kind.__name__} in {area}"


def test_a_whole_community_sees_both_grids(town: Office) -> None:
    from core.people.queries import people

    uow: UnitOfWork = town.uow(Actor("li", "clerk", "440599/001/001/"))
    assert {p.area for p in people(uow, PeopleFilter(), limit=2000).items} == {GRID, NEXT_GRID}
