"""Organisations: filed with a checked code, in the right place; edited, verified, revealed; and what is refused."""

import pytest
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.commands import (
    add_organisation,
    edit_organisation,
    name_representative,
    reveal,
    verify_organisation,
)
from core.organisations.queries import (
    OrganisationFilter,
    numbers,
    of_person,
    organisation,
    organisations,
    trail,
)
from core.people.commands import add_person
from core.places.queries import house
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.organisations.conftest import building, code, rooms, shop


def log(uow: UnitOfWork) -> list[AuditEntry]:
    """The lines of the audit log that tell of organisations, oldest first."""
    with uow.office.reader.connect() as connection:
        rows = connection.execute(select(AuditEntry).order_by("id")).mappings()
        lines = [AuditEntry(**row) for row in rows]
    return [line for line in lines if line.permission.startswith("organisation")]


# --- who may not --------------------------------------------------------------


@pytest.mark.parametrize("role", ["analyst", "department", "system_admin", "security_admin", "audit_admin"])
def test_who_only_looks_files_nothing(uow_of: UowOf, role: str) -> None:
    with pytest.raises(Refused):
        add_organisation(uow_of(role), area=GRID, name="某店")
    with pytest.raises(Refused):
        verify_organisation(uow_of(role), 1, "visit")
    with pytest.raises(Refused):
        reveal(uow_of(role), 1, "contact_phone", "核对")
    assert numbers(uow_of()).open == 0
    assert [line.outcome for line in log(uow_of())] == ["refused"] * 3


def test_an_analyst_counts_but_sees_no_organisation(uow_of: UowOf) -> None:
    shop(uow_of(), area=GRID)
    assert numbers(uow_of("analyst")).by_kind == {"trader": 1}
    with pytest.raises(Refused):
        organisations(uow_of("analyst"), OrganisationFilter())


def test_a_house_of_another_branch_is_not_there(uow_of: UowOf) -> None:
    away = rooms(uow_of(), building(uow_of(), NEXT_GRID))[0]
    worker = uow_of("grid_worker", GRID, "chen")
    with pytest.raises(Missing):
        shop(worker, away)
    with pytest.raises(Refused):
        shop(worker, area=NEXT_GRID)
    assert organisations(uow_of(), OrganisationFilter(state="")).items == []


def test_another_branch_sees_nothing_and_changes_nothing(uow_of: UowOf) -> None:
    there = shop(uow_of(), area=NEXT_GRID)
    worker = uow_of("grid_worker", GRID, "chen")
    for attempt in (
        lambda: organisation(worker, there),
        lambda: edit_organisation(worker, there, seen=1, name="改"),
        lambda: verify_organisation(worker, there, "visit"),
        lambda: reveal(worker, there, "contact_phone", "核对"),
    ):
        with pytest.raises(Missing):
            attempt()
    assert organisations(worker, OrganisationFilter(state="")).items == []
    assert search(worker, "阿海") == []


# --- the story ----------------------------------------------------------------


def test_a_worker_files_a_shop_and_everybody_finds_it(uow_of: UowOf) -> None:
    uow = uow_of("grid_worker", GRID, "chen")
    first, *_rest = rooms(uow, building(uow))
    number = code("92")
    key = shop(
        uow,
        first,
        credit_code=number.lower(),
        short_name="阿海小吃",
        legal_name="林海",
        legal_phone="19900000011",
        contact_phone="19900000012",
        employees=3,
    )
    seen = organisation(uow, key)
    assert (seen.kind, seen.registered, seen.area) == ("trader", "个体工商户", GRID)
    assert seen.address == "海滨路 12 号 101室"
    assert seen.values["credit_code"] == number
    assert seen.values["legal_phone"] == "199****0011"
    assert house(uow, first).state == "business"
    for words in ("阿海", "海滨路12号", number, "19900000012", "0011"):
        assert [hit.id for hit in search(uow, words, kinds=("organisation",))] == [key], words
    [born] = [line for line in log(uow) if line.about == f"Organisation/{key}"]
    assert born.changes["legal_phone"][1].startswith("sealed:")
    assert "19900000011" not in str(born.changes)


def test_a_phone_is_shown_in_full_for_a_reason_only(uow_of: UowOf) -> None:
    key = shop(uow_of(), area=GRID, contact_phone="19900000012")
    with pytest.raises(Invalid):
        reveal(uow_of(), key, "contact_phone", " ")
    with pytest.raises(Invalid):
        reveal(uow_of(), key, "name", "核对")
    assert reveal(uow_of(), key, "contact_phone", "联系复查") == "19900000012"
    [line] = [line for line in log(uow_of()) if line.outcome == "revealed"]
    assert (line.about, line.reason) == (f"Organisation/{key}", "联系复查")


def test_an_edit_keeps_the_phone_it_never_had_and_the_trail_tells(uow_of: UowOf) -> None:
    key = shop(uow_of(), area=GRID, contact_phone="19900000012", place="市场 3 号摊")
    edit_organisation(uow_of(), key, seen=1, name="示例区海哥小吃店", contact_phone=None, place="市场 5 号摊")
    verify_organisation(uow_of(), key, "visit")
    seen = organisation(uow_of(), key)
    assert (seen.name, seen.address, seen.verified_from) == ("示例区海哥小吃店", "市场 5 号摊", "visit")
    assert seen.values["contact_phone"] == "199****0012"
    edit_organisation(uow_of(), key, seen=seen.version, contact_phone="-")
    assert organisation(uow_of(), key).values["contact_phone"] is None
    told = [line.changes for line in trail(uow_of(), key)]
    assert any("机构名称 示例区阿海小吃店 → 示例区海哥小吃店" in line for line in told)
    assert not any("1990000" in line for line in told)


def test_a_registered_person_represents_it_and_finds_it_there(uow_of: UowOf) -> None:
    person = add_person(uow_of(), area=GRID, name="林海", birth="1985-05-05", phone="19900000013")
    key = shop(uow_of(), area=GRID)
    name_representative(uow_of(), key, person)
    seen = organisation(uow_of(), key)
    assert (seen.values["legal_name"], seen.values["legal_phone"]) == ("林海", "199****0013")
    assert seen.representative_id == person
    assert [(line.organisation_id, line.post) for line in of_person(uow_of(), person)] == [(key, "legal")]
    edit_organisation(uow_of(), key, seen=seen.version, legal_name="陈山")
    assert organisation(uow_of(), key).representative_id is None
    assert of_person(uow_of(), person) == []


def test_names_are_masked_for_who_sees_no_names(uow_of: UowOf, monkeypatch: pytest.MonkeyPatch) -> None:
    key = shop(uow_of(), area=GRID, legal_name="林海")
    from core.kernel import access

    monkeypatch.setitem(
        access.roles(), "plain", access.Role("x", "x", frozenset({"organisation.view", "area.view"}))
    )
    assert organisation(uow_of("plain"), key).values["legal_name"] == "林*"


def test_the_list_narrows_and_pages(uow_of: UowOf) -> None:
    keys = [shop(uow_of(), area=GRID, name=f"第{n}小吃店") for n in range(5)]
    firm = shop(uow_of(), area=NEXT_GRID, name="碧海科技有限公司", credit_code=code("91"), trade="business")
    first = organisations(uow_of(), OrganisationFilter(), limit=4)
    rest = organisations(uow_of(), OrganisationFilter(), first.after, limit=4)
    assert [line.id for line in (*first.items, *rest.items)] == [*keys, firm]
    assert rest.after is None
    for narrow in (
        OrganisationFilter(under=NEXT_GRID),
        OrganisationFilter(kind="company"),
        OrganisationFilter(trade="business"),
        OrganisationFilter(words="碧海"),
    ):
        assert [line.id for line in organisations(uow_of(), narrow).items] == [firm], narrow
    assert numbers(uow_of(), NEXT_GRID).by_kind == {"company": 1}
    assert len(organisations(uow_of(), OrganisationFilter(stale_days=30)).items) == 6


# --- bad input ----------------------------------------------------------------


def test_a_wrong_check_digit_names_the_right_one(uow_of: UowOf) -> None:
    right = code("91")
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    with pytest.raises(Invalid) as trouble:
        shop(uow_of(), area=GRID, credit_code=wrong)
    assert f"“{right[17]}”" in trouble.value.fields["credit_code"]


def test_a_code_of_another_kind_is_refused(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as trouble:
        shop(uow_of(), area=GRID, credit_code=code("91"), kind="association")
    assert "企业" in trouble.value.fields["kind"] and "社会团体" in trouble.value.fields["kind"]
    school = shop(uow_of(), area=GRID, credit_code=code("12"), kind="school")
    assert organisation(uow_of(), school).kind == "school"


def test_without_a_code_the_reason_and_the_kind_are_asked_for(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as trouble:
        shop(uow_of(), area=GRID, credit_code="")
    assert set(trouble.value.fields) == {"no_code_reason", "kind"}
    for _n in range(2):
        shop(uow_of(), area=GRID, credit_code="", kind="trader", no_code_reason="stall")


def test_a_code_that_is_taken_leads_to_its_organisation_when_it_is_in_sight(uow_of: UowOf) -> None:
    number = code("91")
    there = shop(uow_of(), area=NEXT_GRID, credit_code=number)
    with pytest.raises(Clash) as trouble:
        shop(uow_of(), area=GRID, credit_code=number)
    assert trouble.value.fields["organisation_id"] == str(there)
    with pytest.raises(Clash) as hidden:
        shop(uow_of("grid_worker", GRID), area=GRID, credit_code=number)
    assert list(hidden.value.fields) == ["credit_code"]
    assert str(there) not in str(hidden.value)


def test_nowhere_is_no_place_and_a_closing_day_belongs_to_closing(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as trouble:
        shop(uow_of())
    assert "area" in trouble.value.fields
    with pytest.raises(Invalid):
        shop(uow_of(), area=GRID, closed_on="2020-01-01")
    with pytest.raises(Invalid):
        shop(uow_of(), area=COMMUNITY)


def test_two_people_at_one_organisation_see_what_differs(uow_of: UowOf) -> None:
    key = shop(uow_of(), area=GRID)
    edit_organisation(uow_of(), key, seen=1, employees=5)
    with pytest.raises(Clash) as trouble:
        edit_organisation(uow_of(), key, seen=1, employees=7)
    assert trouble.value.differences["employees"].theirs == "5"
