"""Sensitive positions: whoever may not see them cannot get them by any query, search, count, trail or clash."""

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from core.attachments.queries import gallery
from core.components.commands import add_component, edit_component, move_component, set_state
from core.components.models import Component
from core.components.queries import (
    ComponentFilter,
    component,
    components,
    numbers,
    of_house,
    trail,
)
from core.components.rules import MASKED, is_sensitive
from core.kernel import log
from core.kernel.access import roles
from core.kernel.problems import Clash, Refused
from core.kernel.search import SearchDoc, search
from core.places.commands import add_building, add_house
from tests.conftest import COMMUNITY, GRID, UowOf
from tests.core.components.conftest import BENCH, GAS, LAT, LON, bench, valve

SECRETS = (str(LON), str(LAT), "海滨路12号门前", "阀门在北侧", "000001")
BLIND = sorted(
    name for name, role in roles().items() if "component.view" in role.may and Component.guard not in role.may
)
SEEING = sorted(
    name
    for name, role in roles().items()
    if {"component.view", Component.guard} <= role.may and not role.internal
)


def said(value: Any) -> str:
    """Everything an answer says, wherever it stands."""
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(said(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return " ".join(f"{said(k)} {said(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return " ".join(said(each) for each in value)
    return str(value)


def test_there_are_roles_on_both_sides() -> None:
    assert BLIND == ["clerk", "department"] and SEEING == ["grid_worker", "lead"]


@pytest.mark.parametrize("role", BLIND)
def test_a_blind_role_sees_that_it_is_there_and_nothing_else(uow_of: UowOf, role: str) -> None:
    lead, uow = uow_of("lead"), uow_of(role)
    home = add_house(lead, add_building(lead, GRID, "海滨路12号", floors=2), room="101")
    key, seat = valve(lead, house_id=home, former_code="4405990111000001"), bench(lead)
    set_state(lead, key, "broken", reason="松动")
    one = component(uow, key)
    assert (one.class_name, one.area, one.state, one.is_withheld) == ("燃气井盖", GRID, "broken", True)
    assert {name for name, value in one.values.items() if value is None} >= {
        "lon",
        "lat",
        "code",
        "place",
        "note",
    }
    assert (one.code, one.house_id, one.address) == (None, None, "")
    lists = [
        components(uow, ComponentFilter()),
        components(uow, ComponentFilter(minor=GAS)),
        components(uow, ComponentFilter(words="燃气")),
        components(uow, ComponentFilter(state="broken")),
    ]
    for page in lists:
        [line] = [line for line in page.items if line.id == key]
        assert not any(secret in said(line) for secret in SECRETS)
    answers = (one, numbers(uow), of_house(uow, home), search(uow, "燃气井盖"))
    assert not any(secret in said(answer) for answer in answers for secret in SECRETS)
    assert of_house(uow, home) == []
    assert component(uow, seat).values["lon"] == LON


@pytest.mark.parametrize("role", BLIND)
@pytest.mark.parametrize(
    "words", ["44059901011000001", "440599010110", "4405990111000001", "海滨路12号门前", "000001"]
)
def test_no_word_that_tells_the_place_finds_it(uow_of: UowOf, role: str, words: str) -> None:
    key = valve(uow_of("lead"), former_code="4405990111000001")
    assert components(uow_of(role), ComponentFilter(words=words)).items == []
    for everybody in (role, "lead"):
        assert key not in [hit.id for hit in search(uow_of(everybody), words)]


def test_who_may_sees_all_of_it(uow_of: UowOf) -> None:
    key = valve(uow_of("lead"))
    for role in SEEING:
        one = component(uow_of(role, GRID), key)
        assert (one.values["lon"], one.values["lat"], one.is_withheld) == (LON, LAT, False)
        assert one.code == "44059901011000001"
        assert [c.id for c in components(uow_of(role, GRID), ComponentFilter(words=one.code)).items] == [key]


def test_the_log_and_the_trail_hold_digests_only(uow_of: UowOf) -> None:
    key = valve(uow_of("lead"))
    move_component(uow_of("lead"), key, LON + 0.0002, LAT)
    found = log.entries(uow_of("audit_admin", "440599/"), log.LogFilter(about="Component"))
    assert len(found.items) == 2
    told = said(found.items)
    assert not any(secret in told for secret in SECRETS) and str(LON + 0.0002) not in told
    assert "sealed:" in told
    for role in ("clerk", "lead", "audit_admin"):
        lines = said(trail(uow_of(role), key))
        assert lines and not any(secret in lines for secret in SECRETS)


def test_the_search_document_does_not_know_the_place(uow_of: UowOf) -> None:
    key = valve(uow_of("lead"))
    with uow_of().office.reader.connect() as connection:
        from sqlmodel import select

        doc = connection.execute(select(SearchDoc).where(SearchDoc.id == key)).mappings().one()
    assert not any(secret in said(dict(doc)) for secret in (*SECRETS, "44059901011"))


def test_an_edit_by_somebody_blind_leaves_the_place_alone(uow_of: UowOf) -> None:
    key = valve(uow_of("lead"))
    one = component(uow_of("clerk"), key)
    edit_component(
        uow_of("clerk"), key, seen=one.version, owner_name="燃气公司", place=None, note="", initial_on=None
    )
    seen = component(uow_of("lead"), key)
    assert (seen.values["place"], seen.values["note"], seen.values["owner_name"]) == (
        "海滨路12号门前",
        "阀门在北侧",
        "燃气公司",
    )
    with pytest.raises(Refused):
        move_component(uow_of("clerk"), key, LON, LAT)
    with pytest.raises(Clash) as trouble:
        edit_component(uow_of("clerk"), key, seen=one.version, owner_name="另一家", place="x", note="y")
    assert set(trouble.value.differences) == {"owner_name"}


def test_a_clerk_may_file_one_and_then_sees_no_more_of_it(uow_of: UowOf) -> None:
    key = add_component(uow_of("clerk"), GAS, area=GRID, lon=LON, lat=LAT)
    assert component(uow_of("clerk"), key).values["lon"] is None
    assert component(uow_of("lead"), key).values["lon"] == LON


def test_a_bench_is_no_secret(uow_of: UowOf) -> None:
    assert not is_sensitive(BENCH) and is_sensitive(GAS)
    assert {"lon", "lat", "accuracy", "place", "code", "house_id"} <= MASKED
    assert component(uow_of("department", COMMUNITY), bench(uow_of())).values["lat"] == LAT


def test_photos_show_where_it_is_and_are_withheld_too(uow_of: UowOf) -> None:
    key, seat = valve(uow_of("lead")), bench(uow_of("lead"))
    for role in ("clerk", "department"):
        with pytest.raises(Refused):
            gallery(uow_of(role), "Component", key)
        assert gallery(uow_of(role), "Component", seat) == []
    assert gallery(uow_of("lead"), "Component", key) == []
