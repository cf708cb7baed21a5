"""Residences, relations and declared tags."""

from datetime import date, timedelta

import pytest

from core.kernel.problems import Invalid, Missing, Refused
from core.people import commands, queries
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, log, residents, years_ago

JUNE, MAY, APRIL = date(2024, 6, 1), date(2024, 5, 1), date(2024, 4, 1)


def names(uow_of: UowOf, house: int, on: date | None = None, **who: str) -> list[str]:
    """Who lives in a house, as a clerk or somebody else sees it."""
    return [line.name for line in queries.occupants(uow_of(**who), house, on)]


def test_only_those_who_keep_residences_let_somebody_move(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    key, house = someone(), door()
    with pytest.raises(Refused):
        commands.start_residence(uow_of("department"), key, house)
    assert log(uow_of().office)[-1].outcome == "refused"


def test_who_lived_here_on_any_day(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house, elsewhere = door(), door()
    first = someone("陈先来", house_id=house, from_on=APRIL)
    commands.start_residence(uow_of(), first, elsewhere, "tenant", MAY)
    someone("林后到", house_id=house, residence_kind="tenant", from_on=JUNE)
    assert names(uow_of, house, APRIL - timedelta(days=1)) == []
    assert names(uow_of, house, APRIL) == ["陈先来"]
    assert names(uow_of, house, MAY) == ["陈先来"]
    assert names(uow_of, house, MAY + timedelta(days=1)) == []
    assert names(uow_of, house, JUNE) == ["林后到"]
    assert names(uow_of, house) == ["林后到"]
    assert names(uow_of, elsewhere) == ["陈先来"]


def test_moving_takes_the_person_to_the_grid_of_the_house_with_tags_and_relations(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door(NEXT_GRID)
    key, friend = someone("陈搬家", house_id=door()), someone("林朋友")
    commands.relate(uow_of(), key, friend, "99")
    commands.declare_tag(uow_of(), key, "志愿者", source="本人")
    commands.start_residence(uow_of(), key, house, "owner")
    with pytest.raises(Missing):
        queries.person(uow_of("grid_worker", GRID), key)
    worker = uow_of("grid_worker", NEXT_GRID)
    assert queries.person(worker, key).area == NEXT_GRID
    assert "志愿者" in {tag.key for tag in queries.tags_of(worker, key)}
    assert [home.house_id for home in queries.residences_of(worker, key)] == [house]
    assert len(queries.residences_of(uow_of(), key)) == 2


def test_a_former_occupant_of_another_grid_has_no_name_here(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door()
    key = someone("陈搬走", house_id=house, from_on=APRIL)
    commands.start_residence(uow_of(), key, door(NEXT_GRID), "owner", MAY)
    [seen] = queries.occupants(uow_of(), house, APRIL)
    assert (seen.name, seen.person_id) == ("陈搬走", key)
    [hidden] = queries.occupants(uow_of("grid_worker", GRID), house, APRIL)
    assert "陈" not in hidden.name
    assert (hidden.person_id, hidden.age, hidden.sex) == (None, None, "")
    assert (hidden.from_on, hidden.to_on) == (APRIL, MAY)


def test_periods_in_one_house_do_not_overlap(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house = door()
    key = someone(house_id=house, from_on=MAY)
    with pytest.raises(Invalid) as refusal:
        commands.start_residence(uow_of(), key, house, "owner", JUNE)
    assert "from_on" in refusal.value.fields
    assert residents(uow_of(), house) == 1


def test_days_that_cannot_be_are_refused(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house = door()
    key = someone(house_id=house, from_on=MAY)
    [stay] = queries.residences_of(uow_of(), key)
    for wrong in (APRIL, TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refusal:
            commands.end_residence(uow_of(), stay.residence_id, wrong)
        assert "to_on" in refusal.value.fields
    with pytest.raises(Invalid) as refusal:
        commands.start_residence(uow_of(), key, door(), "owner", APRIL)
    assert "from_on" in refusal.value.fields
    with pytest.raises(Invalid) as refusal:
        commands.start_residence(uow_of(), key, door(), "squatter")
    assert "residence_kind" in refusal.value.fields
    assert names(uow_of, house) == ["陈示例"]


def test_an_end_counts_down_once_and_may_be_corrected(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house = door()
    key = someone(house_id=house, from_on=APRIL)
    [stay] = queries.residences_of(uow_of(), key)
    commands.end_residence(uow_of(), stay.residence_id, MAY)
    commands.end_residence(uow_of(), stay.residence_id, JUNE)
    assert residents(uow_of(), house) == 0
    assert queries.residences_of(uow_of(), key)[0].to_on == JUNE
    assert queries.person(uow_of(), key).home is None


def test_who_moved_away_lives_here_again_after_moving_in(uow_of: UowOf, door: Door, someone: Someone) -> None:
    key = someone(house_id=door())
    commands.edit_person(uow_of(), key, seen=None, state="away")
    commands.start_residence(uow_of(), key, door())
    assert queries.person(uow_of(), key).values["state"] == "here"


def test_a_relation_leads_both_ways_until_it_is_taken_away(uow_of: UowOf, someone: Someone) -> None:
    father, son = someone("陈老父", sex="1", birth=years_ago(70)), someone("陈小儿", sex="1")
    commands.relate(uow_of(), son, father, "51")
    edges = queries.graph(uow_of(), father).edges
    assert {frozenset((edge.source, edge.target)) for edge in edges} == {frozenset((father, son))}
    commands.relate(uow_of(), son, father, "57")
    assert queries.graph(uow_of(), son).edges[0].label in ("继父或养父", "养子或继子")
    commands.unrelate(uow_of(), father, son)
    assert queries.graph(uow_of(), son).edges == []
    with pytest.raises(Missing):
        commands.unrelate(uow_of(), father, son)
    assert [line.about.split("/")[0] for line in log(uow_of().office, "removed")] == ["Relation", "Relation"]


def test_nobody_is_related_to_themselves_or_as_head(uow_of: UowOf, someone: Someone) -> None:
    one, other = someone("陈一"), someone("陈二")
    with pytest.raises(Invalid):
        commands.relate(uow_of(), one, one, "99")
    with pytest.raises(Invalid) as refusal:
        commands.relate(uow_of(), one, other, "02")
    assert "kind" in refusal.value.fields
    with pytest.raises(Refused):
        commands.relate(uow_of("department"), one, other, "99")


def test_a_tag_is_declared_with_source_and_last_day_and_renewed(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    first = commands.declare_tag(
        uow_of("department", line="disabled"), key, "残疾人", source="残疾人证", expires_on=TODAY
    )
    again = commands.declare_tag(uow_of(), key, "残疾人", source="换领的残疾人证")
    assert first == again
    [tag] = [tag for tag in queries.tags_of(uow_of(), key) if tag.declared_id]
    assert (tag.source, tag.expires_on, tag.sensitive, tag.declared_id) == (
        "换领的残疾人证",
        None,
        True,
        first,
    )
    assert tag.source in tag.why
    commands.withdraw_tag(uow_of(), first, "证件注销")
    assert [tag for tag in queries.tags_of(uow_of(), key) if tag.declared_id] == []
    line = log(uow_of().office, "removed")[-1]
    assert (line.about, line.reason) == (f"DeclaredTag/{first}", "证件注销")


def test_what_data_can_tell_or_nobody_should_ask_cannot_be_declared(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    for tag in ("老年人", "育龄妇女", "上访人员", "信教人员"):
        with pytest.raises(Invalid) as refusal:
            commands.declare_tag(uow_of(), key, tag, source="名单")
        assert "tag" in refusal.value.fields
    with pytest.raises(Invalid) as refusal:
        commands.declare_tag(uow_of(), key, "志愿者", source=" ", expires_on=TODAY - timedelta(days=1))
    assert set(refusal.value.fields) == {"source", "expires_on"}
    with pytest.raises(Refused):
        commands.declare_tag(uow_of("analyst"), key, "志愿者", source="名单")
