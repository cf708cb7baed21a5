"""Verifying at the screen: the queue, a report beside the register, and back to what it was."""

import pytest
from streamlit.testing.v1 import AppTest

from core.claims import queries
from core.claims.queries import ClaimFilter, ClaimLine
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import occupants
from tests.conftest import COMMUNITY, GRID
from tests.pages.conftest import Open


@pytest.fixture
def clerk(town: Office) -> UnitOfWork:
    """The clerk of the community; the demo has reports of all kinds."""
    return town.uow(Actor("li", "clerk", COMMUNITY))


def report(clerk: UnitOfWork, what: str, who: str = "") -> ClaimLine:
    """The first open report of a kind."""
    return queries.claims(clerk, ClaimFilter(what=what, who=who)).items[0]


def press(screen: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(button for button in screen.button if button.label == label).click().run()


def said(screen: AppTest) -> str:
    """Every message of the screen."""
    return " ".join(one.value for one in (*screen.error, *screen.toast))


def test_the_queue_lists_what_waits_and_takes_all_that_is_unchanged_at_once(
    clerk: UnitOfWork, open_page: Open
) -> None:
    before = queries.numbers(clerk)["open"]
    same = len(queries.claims(clerk, ClaimFilter(what="nothing")).items)
    screen = open_page("claims")
    assert not screen.exception
    press(screen, f"采纳本页 {same} 条“没有变化”")
    assert queries.numbers(clerk)["open"] == before - same


def test_a_report_is_accepted_field_by_field_and_taken_back(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "change_person", "resident")
    before = occupants(clerk, one.house_id)
    screen = press(open_page("claim", id=str(one.id)), "采纳")
    assert "已采纳" in said(screen)
    after = occupants(clerk, one.house_id)
    assert [line.phone for line in after] != [line.phone for line in before]
    press(screen, "撤销采纳")
    assert occupants(clerk, one.house_id) == before
    assert queries.claim(clerk, one.id).state == "open"


def test_leaving_a_field_out_needs_an_answer_to_the_reporter(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "change_person", "landlord")
    screen = open_page("claim", id=str(one.id))
    assert "写明原因" in said(press(screen, "全部不采纳"))
    screen.text_input(
        key=next(str(b.key) for b in screen.text_input if str(b.key).endswith("-answer"))
    ).input("与住户核实，不是这个号码")
    press(screen, "全部不采纳")
    assert queries.claim(clerk, one.id).state == "refused"


def test_several_reports_of_one_house_stand_side_by_side(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "moved_out", "head")
    screen = open_page("claim", id=str(one.id))
    assert not screen.exception
    assert any("本户各条自报对照" in head.value for head in screen.subheader)


def test_a_visit_is_asked_for(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "add_person", "landlord")
    press(open_page("claim", id=str(one.id)), "需要上门")
    assert one.house_id in queries.visits_wanted(clerk)


def test_another_grids_worker_opens_no_report_of_this_one(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "add_person")
    other = next(area for area in ("440599/001/001/002/", GRID) if not one.area.startswith(area))
    screen = open_page("claim", role="grid_worker", area=other, id=str(one.id))
    assert screen.error and not [b for b in screen.button if b.label == "采纳"]


def test_a_receipt_number_that_is_read_out_opens_the_report(
    town: Office, clerk: UnitOfWork, open_page: Open
) -> None:
    screen = open_page("claims")
    screen.text_input(key="claims-receipt").input("2222-2222-2222").run()
    assert "没有这个回执号" in said(screen)


def test_the_house_page_tells_of_what_waits(clerk: UnitOfWork, open_page: Open) -> None:
    one = report(clerk, "house", "resident")
    screen = open_page("house", id=str(one.house_id))
    assert any("待核实的居民自报" in head.value for head in screen.subheader)
