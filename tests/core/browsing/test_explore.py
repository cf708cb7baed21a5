"""Counts for analysis: whoever looks at them learns numbers, and nothing about anybody."""

import h3
import pytest
from sqlmodel import select

from core.browsing.queries import explore_cells, explore_grids, subjects
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import Choice
from core.kernel.problems import Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.places.models import House
from tests.conftest import GRID, NEXT_GRID


def wu(office: Office, area: str = "440599/") -> UnitOfWork:
    """The analyst."""
    return office.uow(Actor("wu", "analyst", area))


def living(office: Office, area: str = "440599/") -> int:
    """How many live somewhere, read past the unit of work."""
    with office.reader.connect() as connection:
        asked = (
            select(Person.id)
            .join(Residence, Residence.person_id == Person.id)
            .where(Residence.to_on.is_(None), Person.state == "here", Person.area.startswith(area))
        )
        return len(connection.execute(asked).all())


def test_the_analyst_counts_people_without_seeing_one(town: Office) -> None:
    found = explore_cells(wu(town), "people-kinds", 8)
    everybody = sum(one.count for one in found.counts)
    assert everybody <= living(town) <= everybody + 4 * (len(found.counts) + found.withheld)
    assert all(h3.get_resolution(one.name) == 8 for one in found.counts)
    assert {one.name for one in subjects(wu(town))} >= {"people-kinds", "people-ages", "houses", "buildings"}
    assert "components" not in {one.name for one in subjects(wu(town))}


@pytest.mark.parametrize("resolution", [8, 9, 10, 11, 99])
def test_a_cell_with_fewer_than_five_people_is_not_told(town: Office, resolution: int) -> None:
    ages = next(one.kinds for one in subjects(wu(town)) if one.name == "people-ages")
    for kind in (None, *ages):
        choice = Choice(kinds=(kind,) if kind else ())
        found = explore_cells(wu(town), "people-ages", resolution, choice)
        assert all(one.count >= 5 for one in found.counts)
        assert list(found.counts) == sorted(found.counts, key=lambda one: -one.count) or found.counts
    assert found.withheld or resolution == 8


def test_the_few_do_not_follow_from_two_counts(town: Office) -> None:
    """All of a cell less all of its other kinds would be the kind that is withheld."""
    kinds = next(one.kinds for one in subjects(wu(town)) if one.name == "people-ages")
    for finding in (explore_cells, explore_grids):
        for chosen in ((), tuple(kinds)[1:]):
            told = finding(wu(town), "people-ages", choice=Choice(kinds=chosen))
            assert told.counts and all(one.count % 5 == 0 for one in told.counts)
    assert explore_grids(wu(town), "houses").step == 1, "houses are nobody"


def test_age_groups_together_are_everybody(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.browsing.queries.of_explore.FEWEST", 1)
    ages = next(one.kinds for one in subjects(wu(town)) if one.name == "people-ages")
    each = [
        sum(one.count for one in explore_cells(wu(town), "people-ages", 9, Choice(kinds=(kind,))).counts)
        for kind in ages
    ]
    assert sum(each) == sum(one.count for one in explore_cells(wu(town), "people-ages", 9).counts)
    assert min(each) > 0


def test_houses_are_counted_by_grid(town: Office) -> None:
    found = explore_grids(wu(town), "houses")
    with town.reader.connect() as connection:
        houses = len(connection.execute(select(House.id)).all())
    assert sum(one.count for one in found.counts) == houses
    assert found.withheld == 0
    assert all(one.lon for one in found.counts)


def test_an_analyst_of_one_grid_counts_that_grid(town: Office) -> None:
    one, all_ = (sum(c.count for c in explore_cells(wu(town, a), "houses").counts) for a in (GRID, "440599/"))
    assert 0 < one < all_
    assert explore_cells(wu(town, GRID), "houses", 10, Choice(under=NEXT_GRID)).counts == ()


def test_what_there_is_not_to_count_is_not_there(town: Office) -> None:
    for what in ("components", "elderly", "unheard-of", ""):
        with pytest.raises(Missing):
            explore_cells(wu(town), what)
    for role in ("clerk", "grid_worker", "system_admin"):
        with pytest.raises(Refused):
            explore_cells(town.uow(Actor("x", role, "440599/")), "houses")
