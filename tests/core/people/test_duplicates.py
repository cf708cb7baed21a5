"""People who are filed twice: found by plain reasons, decided by somebody, and remembered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.people import commands, queries
from core.people.duplicates import common_area
from core.people.queries import PairFilter
from core.people.rules.twins import Facts, pairs, plain_name, reasons, similar, weight
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import Door, Someone, citizen, log, years_ago

BIRTH = years_ago(40)
SOMEBODY = Facts(1, GRID, "陈伟明", "", "1", BIRTH, None, None, None, "111", None, None)


def found(uow_of: UowOf, role: str = "clerk", area: str = COMMUNITY) -> list[queries.PairLine]:
    """The open pairs somebody sees."""
    return queries.pairs_of(uow_of(role, area), PairFilter()).items


# --- rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("陈伟明", "陈伟明", True),
        ("陈伟明", "陳偉明", True),
        ("陈伟明", "陈明伟", True),
        ("陈伟明", "陈伟华", True),
        ("买买提·吐尔逊", "买买提吐尔逊", True),
        ("陈伟", "陈芳", False),
        ("陈伟明", "陈小华", False),
        ("陈伟明", "陈伟", False),
    ],
)
def test_names_that_differ_by_a_slip_are_similar(one: str, other: str, is_near: bool) -> None:
    assert similar(one, other) is similar(other, one) is is_near


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, ("name_birth",)),
        ({"name": "陳偉明"}, ("name_birth",)),
        ({"document": "b", "tail": "t"}, ("number_name", "name_birth")),
        ({"birth": date(1970, 1, 1), "phone": "p"}, ("name_phone",)),
        ({"birth": date(1970, 1, 1), "tail": "t"}, ("number_name",)),
        ({"birth": date(1970, 1, 1), "house_id": 7}, ("name_house",)),
        ({"name": "陈明伟"}, ("similar_birth",)),
        ({"name": "陈明伟", "birth": date(1970, 1, 1), "phone": "p"}, ("similar_phone",)),
        ({"name": "林新名", "former_name": "陈伟明"}, ("former_name",)),
        ({"name": "林别人"}, ()),
        ({"birth": date(1970, 1, 1)}, ()),
        ({"name": "林别人", "birth": date(1970, 1, 1), "phone": "p"}, ()),
    ],
)
def test_reasons_in_words(values: dict[str, object], why: tuple[str, ...]) -> None:
    one = SOMEBODY._replace(phone="p", tail="t", house_id=7)
    other = SOMEBODY._replace(id=2, **values)
    assert reasons(one, other) == reasons(other, one) == why


def test_two_right_identity_numbers_are_two_people_and_the_list_says_so() -> None:
    one, other = SOMEBODY._replace(document="a"), SOMEBODY._replace(id=2, document="b")
    assert reasons(one, other) == ("name_birth", "numbers_differ")
    assert weight(reasons(one, other)) < weight(("similar_house",))
    assert reasons(one, other._replace(name="陈明伟")) == ()


def test_brothers_of_one_household_are_no_pair() -> None:
    one = SOMEBODY._replace(phone="p", house_id=7, household_id=3)
    assert reasons(one, one._replace(id=2, name="陈伟华", birth=date(1970, 1, 1))) == ()


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["陈伟明", "陳偉明", "陈明伟", "陈伟华", "林芳", "林小芳"]),
        st.sampled_from([date(1980, 1, 1), date(1990, 2, 2)]),
        st.sampled_from([None, "p", "q"]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, "t"]),
    ),
    max_size=9,
)


@given(PEOPLE)
def test_the_search_among_many_finds_what_comparing_everybody_finds(
    drawn: list[tuple[str, date, str | None, int | None, str | None]],
) -> None:
    people = [
        Facts(n, GRID, name, "", "1", birth, phone, None, tail, "111", None, house)
        for n, (name, birth, phone, house, tail) in enumerate(drawn)
    ]
    slow = {
        (one.id, other.id): why
        for one in people
        for other in people
        if one.id < other.id and (why := reasons(one, other))
    }
    assert pairs(people) == slow


@given(st.text(alphabet="陈陳伟偉明·. ", max_size=6))
def test_a_plain_name_is_plain_already(name: str) -> None:
    assert plain_name(plain_name(name)) == plain_name(name)


def test_the_longest_path_above_two_places() -> None:
    assert common_area(GRID, NEXT_GRID) == COMMUNITY
    assert common_area(GRID, GRID) == GRID
    assert common_area(GRID, "440705/001/") == ""
    assert common_area("440599/001/", "440599/0012/") == "440599/"


# --- keeping them -----------------------------------------------------------------------------------------


def test_grid_workers_and_departments_do_not_compare_people(uow_of: UowOf) -> None:
    for role in ("grid_worker", "department", "analyst"):
        with pytest.raises(Refused):
            found(uow_of, role, GRID)


def test_somebody_who_is_filed_again_shows_at_once(uow_of: UowOf, someone: Someone) -> None:
    one = someone("陈两份", birth=BIRTH, phone="19900011111")
    other = someone("陳兩份".replace("兩", "两"), birth=BIRTH)
    [pair] = found(uow_of)
    assert ({pair.one.id, pair.other.id}, pair.area) == ({one, other}, GRID)
    assert [reason.said for reason in pair.reasons] == ["姓名和出生日期相同"]
    assert queries.pair_count(uow_of()) == 1
    assert [line.id for line in queries.pairs_about(uow_of(), one)] == [pair.id]
    commands.edit_person(uow_of(), other, seen=None, name="林别人", birth=years_ago(50))
    assert found(uow_of) == []


def test_a_pair_across_grids_is_for_those_who_see_both(uow_of: UowOf, someone: Someone) -> None:
    one, _other = someone("陈两份", birth=BIRTH), someone("陈两份", birth=BIRTH, area=NEXT_GRID)
    [pair] = found(uow_of)
    assert pair.area == COMMUNITY
    assert found(uow_of, "lead", GRID) == []
    with pytest.raises(Missing):
        queries.pair(uow_of("lead", GRID), pair.id)
    with pytest.raises(Missing):
        commands.decide_pair(uow_of("lead", GRID), pair.id, "later")
    assert queries.pairs_about(uow_of("lead", GRID), one) == []


def test_a_pair_moves_with_its_people(uow_of: UowOf, someone: Someone, door: Door) -> None:
    one, other = someone("陈两份", birth=BIRTH), someone("陈两份", birth=BIRTH)
    commands.start_residence(uow_of(), other, door(NEXT_GRID))
    assert [pair.area for pair in found(uow_of)] == [COMMUNITY]
    commands.start_residence(uow_of(), one, door(NEXT_GRID))
    assert [pair.area for pair in found(uow_of)] == [NEXT_GRID]


def test_what_was_decided_is_remembered_until_there_is_a_new_reason(uow_of: UowOf, someone: Someone) -> None:
    one, other = someone("陈两份", birth=BIRTH), someone("陈两份", birth=BIRTH)
    [pair] = found(uow_of)
    with pytest.raises(Invalid) as refusal:
        commands.decide_pair(uow_of(), pair.id, "different", "")
    assert "why" in refusal.value.fields
    commands.decide_pair(uow_of(), pair.id, "different", "堂兄弟，已见本人")
    assert found(uow_of) == []
    assert log(uow_of().office, "done")[-1].reason == "堂兄弟，已见本人"
    commands.edit_person(uow_of(), one, seen=None, occupation="教师")
    commands.find_duplicates(uow_of().office.uow(job("test")))
    assert found(uow_of) == []
    assert queries.pair(uow_of(), pair.id).why == "堂兄弟，已见本人"
    for person in (one, other):
        commands.edit_person(uow_of(), person, seen=None, phone="19900011111")
    assert [line.id for line in found(uow_of)] == [pair.id]


def test_side_by_side_each_field_says_whether_it_is_the_same(uow_of: UowOf, someone: Someone) -> None:
    someone("陈两份", birth=BIRTH, phone="19900011111", category="migrant")
    someone("陈两份", birth=BIRTH, phone="19900021111")
    detail = queries.pair(uow_of(), found(uow_of)[0].id)
    fields = {one.name: (one.one, one.other, one.same) for one in detail.fields}
    assert fields["name"] == ("陈两份", "陈两份", True)
    assert fields["phone"] == ("199****1111", "199****1111", False)
    assert fields["category"][2] is False
    assert "marital" not in fields


def test_one_says_by_hand_that_two_are_one(uow_of: UowOf, someone: Someone) -> None:
    one, other = someone("陈甲"), someone("林乙", birth=years_ago(30))
    key = commands.pair_by_hand(uow_of(), one, other)
    assert commands.pair_by_hand(uow_of(), other, one) == key
    commands.find_duplicates(uow_of().office.uow(job("test")))
    assert [pair.id for pair in found(uow_of)] == [key]
    with pytest.raises(Invalid):
        commands.pair_by_hand(uow_of(), one, one)
    commands.merge_people(uow_of(), one, other)
    with pytest.raises(Clash):
        commands.decide_pair(uow_of(), key, "later")


def test_the_whole_office_is_compared_with_progress(town: Office) -> None:
    told: list[float] = []
    count = commands.find_duplicates(town.uow(job("test")), lambda share, _words: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
    again = commands.find_duplicates(town.uow(job("test")))
    assert again == count


def test_a_number_of_another_area_is_told_with_the_office_that_covers_both(
    uow_of: UowOf, someone: Someone
) -> None:
    number = citizen(BIRTH, 1)
    someone("陈先来", birth=BIRTH, document_no=number, area=NEXT_GRID)
    with pytest.raises(Clash) as clash:
        someone("陈后到", birth=BIRTH, document_no=number, uow=uow_of("grid_worker", GRID))
    assert "金湾社区" in clash.value.sentence
    assert "陈先来" not in clash.value.sentence
    assert "person_id" not in clash.value.fields
