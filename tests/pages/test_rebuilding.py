"""Building changes at the screen: applied for on a phone, reviewed, approved after a look at what happens, looked up."""

from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.unit_of_work import UnitOfWork
from core.places import commands as places
from core.places import queries
from core.places.models import House
from core.rebuilding import commands
from core.rebuilding import queries as rebuilding
from tests.conftest import COMMUNITY, GRID
from tests.pages.conftest import Open

WHY = "业主申请，已看过房产证"
STREET = "440599/001/"


def at_work(office: Office, login: str, role: str = "clerk", area: str = COMMUNITY) -> UnitOfWork:
    """A unit of work."""
    return office.uow(Actor(login, role, area, name=f"{login}某"))


def widget(screen: AppTest, end: str) -> Any:
    """The widget whose key ends so."""
    kinds = (
        screen.text_area,
        screen.text_input,
        screen.selectbox,
        screen.multiselect,
        screen.radio,
        screen.button,
    )
    boxes = [*(box for kind in kinds for box in kind), *screen.button_group]
    return next(box for box in boxes if str(box.key).endswith(end))


def press(screen: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(button for button in screen.button if button.label == label).click().run()


@pytest.fixture
def pair(town: Office) -> list[int]:
    """Two houses of one building in which people live."""
    with town.reader.connect() as connection:
        lived_in = select(House.id, House.building_id).where(House.area == GRID, House.residents > 0)
        rows = connection.execute(lived_in.order_by(col(House.building_id), col(House.code))).all()
    building = next(b for _id, b in rows if sum(b == other for _other, other in rows) > 1)
    return [number for number, around in rows if around == building][:2]


@pytest.fixture
def merging(town: Office, pair: list[int]) -> int:
    """An application of a clerk to make one house of two."""
    first = queries.house(at_work(town, "li"), pair[0])
    door = {"unit": first.unit, "floor": first.floor, "room": first.room}
    how: dict[str, Any] = {"building_id": first.building_id, "house_ids": pair, "doors": [door]}
    return commands.apply(at_work(town, "li"), "merge", reason=WHY, **how)


def test_a_worker_applies_to_split_a_house(town: Office, open_page: Open, pair: list[int]) -> None:
    screen = open_page("rebuilding_new", "grid_worker", area=GRID, house=str(pair[0]))
    assert not screen.exception
    widget(screen, "-doors").set_value("901A\n一派胡言 ！")
    widget(screen, "-reason").set_value(WHY)
    screen = press(screen, "提交")
    assert "不是门户" in screen.error[0].value

    widget(screen, "-doors").set_value("101A\n101B")
    screen = press(screen, "提交")
    assert not screen.exception
    [line] = [one for one in rebuilding.changes(at_work(town, "li"), kind="split").items]
    assert (line.state, line.applicant) == ("applied", "wang")
    screen = open_page("rebuilding", "grid_worker", area=GRID, id=str(line.id))
    assert "去向未定" in screen.warning[0].value
    households = [box for box in screen.selectbox if str(box.key).startswith("stays-")]
    for box in households:
        box.select("1")
    screen = press(screen, "保存")
    assert rebuilding.change(at_work(town, "li"), line.id).left == 0


def test_the_community_returns_it_with_a_reason(town: Office, open_page: Open, merging: int) -> None:
    screen = open_page("rebuilding", "clerk", id=str(merging))
    widget(screen, "-answer").set_value("return")
    screen = press(screen.run(), "提交")
    assert "请写明原因" in screen.error[0].value
    widget(screen, "-said").set_value("请补照片")
    press(screen, "提交")
    assert rebuilding.change(at_work(town, "li"), merging).state == "returned"


def test_the_street_sees_what_happens_and_approves(
    town: Office, open_page: Open, merging: int, pair: list[int]
) -> None:
    commands.review(at_work(town, "chen", "lead"), merging, "pass")
    screen = open_page("rebuilding", "lead", area=STREET, id=str(merging))
    assert not screen.exception
    assert queries.house(at_work(town, "li"), pair[0]).closed_on is None
    screen = press(screen, "批准并生效")
    assert not screen.exception
    assert rebuilding.change(at_work(town, "li"), merging).state == "effective"
    assert queries.house(at_work(town, "li"), pair[0]).closed_on is not None

    old = open_page("house", "clerk", id=str(pair[0]))
    assert "编码永不再用" in old.warning[0].value
    assert not [button for button in old.button if "核实" in str(button.label)]


def test_who_may_not_answer_sees_no_answer(open_page: Open, merging: int) -> None:
    for role, area in (("grid_worker", GRID), ("lead", GRID)):
        screen = open_page("rebuilding", role, area=area, id=str(merging))
        assert not screen.exception
        assert not screen.radio


def test_an_old_code_is_looked_up_and_a_building_gets_its_address(town: Office, open_page: Open) -> None:
    number = places.add_building_without_address(at_work(town, "li"), GRID, "祠堂后面")
    house = places.add_house(at_work(town, "li"), number, room="101")
    code = queries.house(at_work(town, "li"), house).code
    places.edit_house(at_work(town, "li"), house, None, room="102")
    screen = open_page("code_care", "clerk", code=code)
    assert not screen.exception
    assert any(code in str(box.value) for box in screen.subheader)
    assert not screen.error
    wrong = open_page("code_care", "clerk", code=code[:-1] + str((int(code[-1]) + 1) % 10))
    assert wrong.error

    screen = open_page("building_edit", "clerk", id=str(number))
    widget(screen, "-road").set_value("宗祠巷")
    widget(screen, "-number").set_value("6")
    screen = press(screen, "保存")
    now = queries.building(at_work(town, "li"), number)
    assert (now.is_provisional, now.address) == (False, "宗祠巷6号")


def test_a_clerk_files_a_building_without_an_address(town: Office, open_page: Open) -> None:
    screen = open_page("building_new", "clerk")
    toggle = next(box for box in screen.toggle if str(box.key).endswith("-without"))
    screen = toggle.set_value(True).run()
    widget(screen, "-spot").set_value("古井旁边的平房")
    screen = press(screen, "保存")
    assert not screen.exception
    found = queries.code_cases(at_work(town, "li"), "provisional").items
    assert "古井旁边的平房" in [case.detail for case in found]
