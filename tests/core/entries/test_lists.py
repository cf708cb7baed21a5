"""The lists of people, houses, organisations and components as sheets: who may, what for, and nothing in full."""

import pytest

from core.components.queries import ComponentFilter, components
from core.entries.commands.lists import LISTS, export_list
from core.kernel import sheets
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from core.organisations.queries import OrganisationFilter
from core.people.queries import PeopleFilter, people
from core.places.queries import HouseFilter
from tests.conftest import GRID
from tests.core.conftest import log
from tests.core.entries.conftest import At

WANTED = {
    "people": PeopleFilter(),
    "houses": HouseFilter(),
    "organisations": OrganisationFilter(),
    "components": ComponentFilter(),
}


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("role", ["grid_worker", "department", "analyst", "system_admin"])
def test_only_some_roles_take_lists_out(what: str, role: str, at: At) -> None:
    with pytest.raises(Refused):
        export_list(at(role), what, WANTED[what], "发给街道办")


@pytest.mark.parametrize("what", LISTS)
def test_without_a_purpose_nothing_goes_out(what: str, at: At) -> None:
    with pytest.raises(Invalid):
        export_list(at(), what, WANTED[what], "  ")


@pytest.mark.parametrize("what", LISTS)
def test_the_sheet_has_the_rows_of_the_list_and_the_log_their_count(what: str, at: At, town: Office) -> None:
    data = export_list(at(), what, WANTED[what], "发给街道办", sheets.CSV)
    rows = data.decode("utf-8-sig").splitlines()[1:]
    line = log(town)[-1]
    assert (line.outcome, line.about, line.reason) == ("exported", f"list/{what}", "发给街道办")
    assert line.changes["rows"] == [0, len(rows)] and rows


def test_people_leave_masked_and_only_those_of_the_branch(at: At) -> None:
    text = export_list(at(area=GRID), "people", PeopleFilter(), "核对网格名单", sheets.CSV).decode(
        "utf-8-sig"
    )
    inside = people(at(area=GRID), PeopleFilter(), limit=2000).items
    assert len(text.splitlines()) == len(inside) + 1
    assert "440***********" in text and "199****" in text
    assert not any(word.startswith("440599") and len(word) == 18 for word in text.split(","))


def test_components_leave_without_the_positions_that_are_withheld(at: At) -> None:
    text = export_list(at(), "components", ComponentFilter(), "发给城管中心", sheets.CSV).decode("utf-8-sig")
    withheld = [one for one in components(at(), ComponentFilter(), limit=2000).items if one.is_withheld]
    names = {one.class_name for one in withheld}
    lines = [line for line in text.splitlines() if any(name in line.split(",")[0] for name in names)]
    assert withheld and len(lines) == len(withheld)
    assert not any("116." in line or "23." in line for line in lines)


def test_there_is_no_other_list(at: At) -> None:
    with pytest.raises(Missing):
        export_list(at(), "accounts", None, "发给街道办")
