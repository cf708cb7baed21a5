"""An office that holds nothing yet says what comes first, to whoever may do it; later it says so no more."""

from sqlmodel import col, delete
from streamlit.testing.v1 import AppTest

from core.kernel.database import Office
from core.places.models import Area, Level
from tests.pages.conftest import Open

GRIDS, PEOPLE = "新增社区的网格", "登记第一户"
# `office` comes after `open_page`: the pages open it, not the invented community.


def steps(screen: AppTest) -> list[str]:
    """The labels of the first steps, none where the card is not shown."""
    assert not screen.exception
    if "从这里开始" not in " ".join(one.value for one in screen.subheader):
        return []
    named = (GRIDS, PEOPLE, "新增第一栋楼", "为工作人员")
    labels = [str(link.proto.label) for link in screen.get("page_link")]
    return [label for label in labels if label.startswith(named)]


def test_the_first_steps_stand_on_every_page_that_would_be_empty(open_page: Open, office: Office) -> None:
    for page in ("workbench", "people", "houses"):
        assert steps(open_page(page)) == [f"{GRIDS} · 已完成", "新增第一栋楼及其房号", PEOPLE]


def test_each_post_sees_its_own_steps(open_page: Open, office: Office) -> None:
    assert steps(open_page("workbench", "system_admin", area="")) == [
        "为工作人员开设账号",
        f"{GRIDS} · 已完成",
    ]
    assert steps(open_page("workbench", "lead"))[-1] == PEOPLE
    assert steps(open_page("workbench", "analyst")) == []


def test_a_step_of_another_post_is_named_but_leads_nowhere(open_page: Open, office: Office) -> None:
    with office.writer.begin() as connection:
        connection.execute(delete(Area).where(col(Area.level) == Level.GRID))
    screen = open_page("workbench")
    assert steps(screen)[0] == f"{GRIDS} · 由其他岗位完成"
    assert [
        link.proto.disabled for link in screen.get("page_link") if link.proto.label.startswith(GRIDS)
    ] == [True]


def test_a_filter_that_finds_nothing_is_told_as_such(open_page: Open, office: Office) -> None:
    assert steps(open_page("houses", state="vacant")) == []


def test_where_people_are_nothing_has_to_begin(open_page: Open) -> None:
    assert steps(open_page("workbench")) == []
