"""What is left behind in the register: each rule finds its case, on its page and in the counts, and lets go of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from core.people import commands, queries
from core.people.checks import ALL
from core.people.models import DeclaredTag, Household, Person, Relation, Residence
from core.places.models import Area, House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, citizen, years_ago
from tests.core.people.test_households import family


class Home:
    """A household of four, in which things can be put wrong behind the back of the commands."""

    def __init__(self, uow_of: UowOf, house: int) -> None:
        self.uow_of, self.house = uow_of, house
        self.key = commands.enter_household(uow_of(), house, members=family())
        self.head, self.wife, self.son, self.daughter = (
            member.id for member in queries.household(uow_of(), self.key).members
        )

    def put(self, model: type, number: int, column: str = "id", /, **values: object) -> None:
        """Change rows as an import or an older program may have left them."""
        table = model.__table__
        with self.uow_of().office.writer.begin() as connection:
            connection.execute(update(table).where(table.c[column] == number).values(**values))


@pytest.fixture
def home(uow_of: UowOf, door: Door) -> Home:
    """The household behind a new door."""
    return Home(uow_of, door())


def _no_head(home: Home) -> None:
    home.put(Household, home.key, head_id=None)


def _minor(home: Home) -> None:
    commands.move_out(home.uow_of(), [home.head, home.wife, home.son], TODAY, head_id=home.daughter)


def _apart(home: Home) -> None:
    uow = home.uow_of()
    with uow.reading("house.view"):
        other = uow.session.exec(select(House.id).where(House.id != home.house)).first()
    home.put(Residence, home.son, "person_id", house_id=other)


def _spouse(home: Home) -> None:
    commands.relate(home.uow_of(), home.head, home.wife, "12")
    commands.register_death(home.uow_of(), home.wife, TODAY)


def _number(home: Home) -> None:
    commands.edit_person(
        home.uow_of(), home.head, seen=None, document_no=citizen(years_ago(45), 1), birth=years_ago(45)
    )
    home.put(Person, home.head, birth=years_ago(46))


CASES: dict[str, Callable[[Home], None]] = {
    "gone_head": lambda home: home.put(Person, home.head, state="dead"),
    "no_head": _no_head,
    "minor_alone": _minor,
    "two_heads": lambda home: home.put(Person, home.son, relation="02"),
    "spouse_of_dead": _spouse,
    "stay_of_gone": lambda home: home.put(Person, home.son, state="away"),
    "vacant_lived_in": lambda home: home.put(House, home.house, state="vacant"),
    "rented_without_tenant": lambda home: home.put(House, home.house, state="rented"),
    "counter_wrong": lambda home: home.put(House, home.house, residents=9),
    "ended_grid": lambda home: home.put(Area, GRID, "area", valid_to=TODAY),
    "tag_expired": lambda home: home.put(
        DeclaredTag, home.head, "person_id", expires_on=TODAY - timedelta(days=1)
    ),
    "homeless": lambda home: home.put(Residence, home.son, "person_id", to_on=TODAY),
    "lives_apart": _apart,
    "before_birth": lambda home: home.put(Residence, home.head, "person_id", from_on=years_ago(99)),
    "too_old": lambda home: home.put(Person, home.wife, birth=years_ago(112)),
    "child_older": lambda home: home.put(Relation, home.head, "person_id", kind="52"),
    "number_wrong": _number,
}


def counts(home: Home, role: str = "clerk", area: str = GRID) -> dict[str, int]:
    """The rules that are broken."""
    return {line.key: line.count for line in queries.checks(home.uow_of(role, area)) if line.count}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(ALL)


def test_departments_and_analysts_check_nothing(uow_of: UowOf) -> None:
    for role in ("department", "analyst"):
        with pytest.raises(Refused):
            queries.checks(uow_of(role))


@pytest.mark.parametrize("key", CASES)
def test_a_rule_finds_its_case(key: str, home: Home, someone: Someone, door: Door) -> None:
    other = someone("陈母亲", birth=years_ago(20), house_id=door())
    commands.relate(home.uow_of(), home.head, other, "80")
    commands.declare_tag(home.uow_of(), home.head, "志愿者", source="名单")
    before = counts(home)
    assert key not in before
    CASES[key](home)
    assert counts(home).get(key, 0) >= 1
    assert counts(home, "grid_worker", NEXT_GRID) == {}
    page = queries.findings(home.uow_of("clerk", GRID), key)
    assert page.items
    assert all(one.area == GRID and one.about and "=0" not in one.href for one in page.items)
    kinds = {"House": home.house, "Household": home.key, "Person": page.items[0].id}
    about = ALL[key].of.__name__
    if about in kinds:
        assert queries.findings_of(home.uow_of("clerk", GRID), about, kinds[about])


def test_the_strip_of_a_person_tells_of_home_relations_and_tags(home: Home) -> None:
    _spouse(home)
    home.put(House, home.house, state="rented")
    titles = {one.title for one in queries.findings_of(home.uow_of(), "Person", home.head)}
    assert titles == {"配偶已故"}
    assert {one.title for one in queries.findings_of(home.uow_of(), "House", home.house)} == {
        "出租房屋没有承租人"
    }
    with pytest.raises(Missing):
        queries.findings_of(home.uow_of("grid_worker", NEXT_GRID), "House", home.house)


def test_tags_are_told_to_those_who_may_see_them(home: Home) -> None:
    commands.declare_tag(home.uow_of(), home.head, "残疾人", source="证")
    CASES["tag_expired"](home)
    assert "tag_expired" in counts(home)
    with pytest.raises(Invalid):
        queries.findings(home.uow_of(), "nothing")


def test_a_large_area_is_counted_in_the_night(home: Home) -> None:
    _no_head(home)
    assert counts(home, "lead", "440599/") == {"no_head": 1}
    commands.count_checks(home.uow_of().office.uow(job("test")))
    commands.edit_household(home.uow_of(), home.key, number="12")
    home.put(Household, home.key, head_id=home.head)
    [line] = [one for one in queries.checks(home.uow_of("lead", "440599/")) if one.count]
    assert (line.key, line.count, line.counted_at is not None) == ("no_head", 1, True)
    assert counts(home, "clerk", COMMUNITY) == {}
    with pytest.raises(Refused):
        commands.count_checks(home.uow_of("clerk"))
    assert commands.count_checks(home.uow_of("lead", "440599/")) == 0
    assert counts(home, "lead", "440599/") == {}


def test_the_demo_has_nothing_that_cannot_be(town: Office) -> None:
    lines = queries.checks(town.uow(job("test")))
    broken = {line.key for line in lines if line.count}
    assert broken <= {"spouse_of_dead", "tag_expired", "rented_without_tenant"}
