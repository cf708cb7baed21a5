"""Service tags: whom they are for, why, and who sees them. List, count and profile agree."""

from datetime import date, timedelta

import pytest

from core.kernel.access import Actor
from core.kernel.problems import Invalid, Refused
from core.people import commands, queries
from core.people.tags import DECLARED, DERIVED, book, declarable, titles
from tests.conftest import COMMUNITY, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, years_ago


def keys(uow_of: UowOf, person: int, role: str = "clerk") -> set[str]:
    """The tags of a person."""
    return {tag.key for tag in queries.tags_of(uow_of(role), person)}


def with_tag(uow_of: UowOf, tag: str) -> set[str]:
    """The names in the list filtered by a tag."""
    return {line.name for line in queries.people(uow_of(), queries.PeopleFilter(tag=tag)).items}


def old(years: int) -> date:
    """Born so many years ago today, or the day after 28 February."""
    return date(TODAY.year - years, TODAY.month, min(TODAY.day, 28))


def test_every_tag_stands_in_the_table_and_none_that_should_not_be() -> None:
    for kind in (*DERIVED.values(), *DECLARED.values()):
        assert kind.basis
        assert kind.definition
    assert not {"育龄妇女", "信教人员", "少数民族", "上访人员", "刑满释放人员"} & {
        *DERIVED,
        *DECLARED,
        *book(),
    }


@pytest.mark.parametrize(
    ("age", "tags"),
    [
        (0, {"婴幼儿", "不满十四周岁", "未成年人", "需紧急协助"}),
        (3, {"学龄前儿童", "不满十四周岁", "未成年人"}),
        (10, {"学龄儿童", "不满十四周岁", "未成年人"}),
        (17, {"未成年人"}),
        (18, set()),
        (59, set()),
        (60, {"老年人"}),
        (80, {"老年人", "高龄老人"}),
        (100, {"老年人", "高龄老人", "百岁老人"}),
    ],
)
def test_age_brings_its_tags_on_the_birthday(
    uow_of: UowOf, someone: Someone, age: int, tags: set[str]
) -> None:
    key = someone(birth=old(age))
    assert keys(uow_of, key) == tags
    for tag in DERIVED:
        assert bool(with_tag(uow_of, tag)) == (tag in tags), tag


def test_the_why_says_the_age_and_the_birth_date(uow_of: UowOf, someone: Someone) -> None:
    key = someone(birth=old(82))
    why = next(tag.why for tag in queries.tags_of(uow_of(), key) if tag.key == "高龄老人")
    assert "82" in why
    assert str(old(82)) in why


def test_school_age_counts_on_the_last_31st_of_august(uow_of: UowOf, someone: Someone) -> None:
    start = date(TODAY.year - int(date(TODAY.year, 8, 31) > TODAY), 8, 31)
    six, not_yet = date(start.year - 6, 8, 31), date(start.year - 6, 9, 1)
    assert "学龄儿童" in keys(uow_of, someone(birth=six))
    assert "学龄儿童" not in keys(uow_of, someone(birth=not_yet))


def test_alone_is_who_has_the_house_to_themselves(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house = door()
    elder = someone("陈独居", birth=old(70), house_id=house)
    someone("林无家", birth=old(70))
    assert with_tag(uow_of, "独居老人") == {"陈独居"}
    assert queries.numbers(uow_of(), tags=["独居老人"]).tags == {"独居老人": 1}
    carer = someone("林保姆", house_id=house, residence_kind="temporary")
    assert "独居老人" not in keys(uow_of, elder)
    commands.edit_person(uow_of(), carer, seen=None, state="away")
    assert "独居老人" in keys(uow_of, elder)


def test_the_very_old_and_alone_need_help_and_the_list_says_no_more(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    key = someone(birth=old(85), house_id=door())
    helped = next(tag for tag in queries.tags_of(uow_of(), key) if tag.key == "需紧急协助")
    assert "85" not in helped.why
    assert helped.sensitive
    well = someone("林自在", birth=old(50))
    assert "需紧急协助" not in keys(uow_of, well)
    commands.declare_tag(uow_of(), well, "孕产妇", source="本人", expires_on=TODAY)
    assert "需紧急协助" in keys(uow_of, well)


def test_an_empty_nest_has_children_on_record_who_live_elsewhere(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door()
    mother = someone("陈老母", birth=old(68), sex="2", house_id=house)
    assert "空巢老人" not in keys(uow_of, mother)
    son = someone("陈儿子", sex="1", house_id=door())
    commands.relate(uow_of(), mother, son, "20")
    assert "空巢老人" in keys(uow_of, mother)
    assert with_tag(uow_of, "空巢老人") == {"陈老母"}
    commands.start_residence(uow_of(), son, house, "family")
    assert "空巢老人" not in keys(uow_of, mother)


def test_a_parent_who_lives_with_the_head_is_no_empty_nest(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    members = [
        {"name": "陈家主", "birth": old(40), "relation": "02"},
        {"name": "陈老父", "birth": old(70), "relation": "51"},
    ]
    commands.enter_household(uow_of(), door(), members=members)
    father = queries.find_same(uow_of(), "陈老父", old(70))[0].id
    commands.relate(uow_of(), father, someone("陈远方"), "30")
    assert "空巢老人" not in keys(uow_of, father)


def test_registration_rent_and_headship_are_tags_too(uow_of: UowOf, door: Door) -> None:
    member = {
        "name": "林租客", "birth": old(30), "relation": "02", "residence_kind": "tenant",
        "category": "migrant", "consistent": "02", "hukou_address": "外地某村",
    }  # fmt: skip
    commands.enter_household(uow_of(), door(), members=[member])
    key = queries.find_same(uow_of(), "林租客", old(30))[0].id
    found = {tag.key: tag.why for tag in queries.tags_of(uow_of(), key)}
    assert set(found) == {"流动人口", "人户分离", "租户", "户主"}
    assert "外地某村" in found["人户分离"]
    for tag in found:
        assert with_tag(uow_of, tag) == {"林租客"}


def test_party_membership_shows_only_to_those_who_may(uow_of: UowOf, someone: Someone) -> None:
    key = someone(political="01")
    assert keys(uow_of, key) == {"党员"}
    assert keys(uow_of, key, "grid_worker") == set()
    assert "党员" not in titles(uow_of("grid_worker").actor)
    with pytest.raises(Refused):
        queries.people(uow_of("grid_worker"), queries.PeopleFilter(tag="党员"))


def test_sensitive_tags_are_for_those_who_serve_these_people() -> None:
    analyst = Actor("li", "analyst", COMMUNITY)
    assert "独居老人" not in titles(analyst)
    assert set(declarable(analyst)) == {"志愿者", "楼栋长", "新就业群体"}
    assert "残疾人" in declarable(Actor("wang", "grid_worker", COMMUNITY))


def test_tags_of_the_dead_and_of_those_who_left_are_gone(uow_of: UowOf, someone: Someone) -> None:
    key = someone(birth=old(85))
    commands.edit_person(uow_of(), key, seen=None, state="dead")
    assert keys(uow_of, key) == set()
    assert with_tag(uow_of, "高龄老人") == set()


def test_an_expired_tag_waits_to_be_renewed_and_counts_no_more(uow_of: UowOf, someone: Someone) -> None:
    key = someone("陈过期")
    day = TODAY - timedelta(days=30)
    commands.declare_tag(
        uow_of(), key, "志愿者", source="名单", verified_on=day, expires_on=TODAY - timedelta(days=1)
    )
    [tag] = queries.tags_of(uow_of(), key)
    assert tag.expired
    assert with_tag(uow_of, "志愿者") == set()
    assert queries.people(uow_of(), queries.PeopleFilter()).items[0].tags == ()
    assert [line.count for line in queries.todo(uow_of()) if line.kind == "tag"] == [1]
    assert [line.id for line in queries.people(uow_of(), queries.PeopleFilter(todo="tag")).items] == [key]
    commands.declare_tag(uow_of(), key, "志愿者", source="新名单")
    assert with_tag(uow_of, "志愿者") == {"陈过期"}


def test_lists_name_the_narrowest_tag_only(uow_of: UowOf, someone: Someone) -> None:
    someone("陈百岁", birth=old(101))
    someone("陈幼儿", birth=years_ago(4))
    tags = {line.name: line.tags for line in queries.people(uow_of(), queries.PeopleFilter()).items}
    assert tags == {"陈百岁": ("百岁老人",), "陈幼儿": ("学龄前儿童",)}


def test_an_unknown_tag_is_a_sentence(uow_of: UowOf) -> None:
    with pytest.raises(Invalid):
        queries.people(uow_of(), queries.PeopleFilter(tag="nobody"))
