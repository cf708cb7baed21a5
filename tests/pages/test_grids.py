"""The page where a community is divided, without its map: drafts, saving, taking back."""

from core.gridding.rules import Draft
from core.kernel.access import Actor
from core.kernel.database import Office
from core.places import queries as places
from core.ui.grids import DRAFT, LOOK
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.pages.conftest import Open

MERGE = Draft(kind="merge", community=COMMUNITY, grid=GRID, others=(GRID, NEXT_GRID))


def grids(town: Office) -> list[str]:
    """The general grids of the community by name."""
    uow = town.uow(Actor("chen", "lead", COMMUNITY))
    return [one.name for one in places.areas(uow, under=COMMUNITY, level="grid") if one.kind == "general"]


def test_a_draft_says_what_moves_and_is_saved_and_taken_back(town: Office, open_page: Open) -> None:
    screen = open_page("grid_draw", "lead")
    assert any("每栋楼" in one.value for one in screen.success)
    screen.session_state[DRAFT] = MERGE
    screen.run()
    assert not screen.exception and any("划转到其他网格" in one.value for one in screen.markdown)
    screen.text_input(key="draft-name").input("中心网格").run()
    screen.button(key="draft-save").click().run()
    assert not screen.exception and grids(town) == ["中心网格"]
    screen.button(key="undo-do").click().run()
    assert not screen.exception and grids(town) == ["第一网格", "第二网格"]


def test_a_draft_is_discarded_and_one_that_cannot_be_is_told(town: Office, open_page: Open) -> None:
    screen = open_page("grid_draw", "lead")
    screen.session_state[DRAFT] = MERGE
    screen.run()
    screen.button(key="draft-discard").click().run()
    assert DRAFT not in screen.session_state and grids(town) == ["第一网格", "第二网格"]
    screen.session_state[DRAFT] = Draft(
        kind="split", community=COMMUNITY, grid=GRID, line=[[116.0, 23.0], [116.1, 23.0]]
    )
    screen.run()
    assert [one.value for one in screen.error] and not screen.exception


def test_a_proposal_is_taken_over(town: Office, open_page: Open) -> None:
    screen = open_page("grid_draw", "lead")
    screen.number_input(key="proposal-number").set_value(3)
    next(one for one in screen.button if one.label == "生成方案").click().run()
    screen.button(key="proposal-take").click().run()
    assert not screen.exception and screen.session_state[DRAFT].kind == "redraw"
    screen.button(key="draft-save").click().run()
    assert not screen.exception and len(grids(town)) == 3


def test_a_proposal_by_households_asks_for_households_only(town: Office, open_page: Open) -> None:
    screen = open_page("grid_draw", "lead")
    assert screen.number_input(key="proposal-number")
    screen.radio(key="proposal-way").set_value("each").run()
    assert "proposal-number" not in [one.key for one in screen.number_input]
    screen.number_input(key="proposal-each").set_value(60)
    next(one for one in screen.button if one.label == "生成方案").click().run()
    assert not screen.exception and screen.button(key="proposal-take")


def test_the_grids_of_a_day_are_shown_and_places_are_looked_at(town: Office, open_page: Open) -> None:
    screen = open_page("grid_draw", "lead", on="2020-01-01")
    assert not screen.exception and LOOK not in screen.session_state
