"""Registers on their pages: written, corrected, removed and brought back; designed and changed under open forms."""

from typing import Any

from sqlmodel import func, select
from streamlit.testing.v1 import AppTest

from core.designs import commands as designs
from core.designs import queries as designed
from core.designs.models import REGISTER, Design
from core.designs.rules import Body, FieldPlan
from core.entries import queries as entries
from core.entries.queries import EntryFilter
from core.kernel import sheets
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.search import search
from core.people.models import Person
from core.places.commands.houses import edit_house
from core.places.models import House
from core.registers.dog import Dog
from core.registers.fire import FirePoint
from tests.conftest import COMMUNITY, GRID
from tests.pages.conftest import Open

LAMP = FieldPlan(key="x_lamp", label="灯杆号")
WATT = FieldPlan(key="x_watt", label="功率说明")
LAMPS = Body(
    title="路灯", title_label="路灯", view=("clerk", "lead"), edit=("clerk", "lead"), fields=(LAMP, WATT)
)


def box(screen: AppTest, label: str) -> Any:
    """The text field of a label."""
    found = [*screen.text_input, *screen.text_area]
    return next(one for one in found if one.label.startswith(label))


def press(screen: AppTest, label: str) -> AppTest:
    """Press a button by its words."""
    return next(button for button in screen.button if button.label == label).click().run()


def said(screen: AppTest) -> str:
    """Everything the page tells of troubles."""
    kinds = (screen.error, screen.warning, screen.markdown, screen.caption, screen.info)
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def count(office: Office, kind: Any) -> int:
    """How many records there are."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(kind)).scalar() or 0)


def lead(office: Office) -> Any:
    """The lead at work."""
    return office.uow(Actor("chen", "lead", COMMUNITY))


def in_force(office: Office, body: Body = LAMPS, of: str = REGISTER) -> int:
    """A published design."""
    number = designs.add_design(lead(office), of, body.title)
    designs.save_draft(lead(office), number, None, body)
    designs.publish_design(lead(office), number, None)
    return number


def change(office: Office, number: int, body: Body) -> None:
    """Publish another version."""
    designs.save_draft(lead(office), number, None, body)
    designs.publish_design(lead(office), number, None)


def test_a_point_is_written_by_hand(town: Office, open_page: Open) -> None:
    before = count(town, FirePoint)
    screen = open_page("entry_edit", register="fire")
    box(screen, "点位").input("测试路1号箱")
    box(screen, "位置").input("23.3,116.7")
    press(screen, "保存")
    assert "经度" in said(screen) and count(town, FirePoint) == before
    assert box(screen, "点位").value == "测试路1号箱"
    box(screen, "位置").input("116.7,23.3±9")
    press(screen, "保存")
    assert not screen.error, said(screen)
    assert count(town, FirePoint) == before + 1


def test_a_house_is_picked_by_typing(town: Office, open_page: Open) -> None:
    screen = open_page("entry_edit", register="dog")
    box(screen, "犬名").input("小测")
    house = search(town.uow(Actor("li", "clerk", COMMUNITY)), "501", kinds=("house",))[0]
    box(screen, "房屋").input(house.title).run()
    picked = next(radio for radio in screen.radio if radio.label.startswith("房屋"))
    picked.set_value(house.id).run()
    press(screen, "保存")
    assert not screen.error, said(screen)
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    newest = entries.find_entries(uow, "dog", EntryFilter(), limit=1).items[0]
    assert (newest.title, newest.area) == ("小测", house.area)


def test_a_removed_entry_comes_back(town: Office, open_page: Open) -> None:
    before = count(town, Dog)
    with town.reader.connect() as connection:
        number = str(connection.execute(select(Dog.id).limit(1)).scalar())
    screen = open_page("entry", register="dog", id=number)
    box(screen, "原因").input("重复登记")
    next(b for b in screen.button if b.label == "移除").click().run()
    assert count(town, Dog) == before - 1
    screen = open_page("register", register="dog", removed=number)
    press(screen, "恢复刚删除的记录")
    assert count(town, Dog) == before


def test_a_register_is_designed_previewed_and_published(town: Office, open_page: Open) -> None:
    screen = open_page("designs", "lead")
    box(screen, "台账名").input("电梯台账")
    press(screen, "开始设计")
    with town.reader.connect() as connection:
        number = int(connection.execute(select(func.max(Design.id))).scalar() or 0)
    screen = open_page("design", "lead", id=str(number))
    press(screen, "添加字段")
    box(screen, "名称").input("维保单位")
    press(screen, "保存字段")
    assert any(one.label == "维保单位" for one in screen.text_input), "the preview shows the real form"
    press(screen, "返回全部字段")
    box(screen, "标题栏名称").input("电梯")
    press(screen, "保存草稿")
    press(screen, "发布")
    assert not screen.error, said(screen)
    detail = designed.design(lead(town), number)
    assert (detail.number, [one.label for one in detail.published.open_fields]) == (1, ["维保单位"])
    screen = open_page("entry_edit", register=str(number))
    box(screen, "电梯").input("一号梯")
    box(screen, "维保单位").input("示例维保公司")
    press(screen, "保存")
    assert not screen.error, said(screen)
    screen = open_page("registers")
    assert "电梯台账" in "\n".join(link.label for link in screen.get("page_link"))


def test_what_cannot_be_published_is_said_and_the_draft_stays(town: Office, open_page: Open) -> None:
    number = designs.add_design(lead(town), REGISTER, "空台账")
    screen = open_page("design", "lead", id=str(number))
    press(screen, "发布")
    assert "至少要有一个字段" in said(screen)
    assert designed.design(lead(town), number).number == 0


def test_a_field_ended_under_an_open_form_keeps_what_was_typed(town: Office, open_page: Open) -> None:
    number = in_force(town)
    first = open_page("entry_edit", register=str(number))
    second = open_page("entry_edit", register=str(number))
    box(first, "路灯").input("七号灯")
    box(first, "灯杆号").input("D007")
    box(first, "功率说明").input("六十瓦，夜里偏暗")
    box(second, "路灯").input("八号灯")
    change(town, number, LAMPS.model_copy(update={"fields": (LAMP, WATT.model_copy(update={"ended": True}))}))

    press(first, "保存")
    assert "功率说明" in said(first) and "六十瓦，夜里偏暗" in said(first)
    assert box(first, "路灯").value == "七号灯" and box(first, "灯杆号").value == "D007"
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    assert not entries.find_entries(uow, str(number), EntryFilter()).items
    press(first, "保存")
    assert not first.error, said(first)
    press(second, "保存")
    assert not second.error, said(second)
    assert [one.title for one in entries.find_entries(uow, str(number), EntryFilter()).items] == [
        "八号灯",
        "七号灯",
    ]


def test_an_own_field_of_people_is_on_form_list_and_profile(town: Office, open_page: Open) -> None:
    in_force(town, Body(fields=(FieldPlan(key="x_nick", label="小名", searched=True),)), "Person")
    with town.reader.connect() as connection:
        number = str(
            connection.execute(select(Person.id).where(Person.area == GRID, Person.state == "here")).scalar()
        )
    screen = open_page("person_edit", id=number)
    box(screen, "小名").input("阿海螺")
    press(screen, "保存")
    assert not screen.error, said(screen)
    assert not open_page("people").exception
    assert not open_page("person", id=number).exception


def test_an_own_field_that_points_at_somebody_says_their_name(town: Office, open_page: Open) -> None:
    in_force(town, Body(fields=(FieldPlan(key="x_keeper", label="保管人", kind="person"),)), "House")
    with town.reader.connect() as connection:
        house = connection.execute(select(House.id).where(House.area == GRID)).scalar()
        keeper, name = connection.execute(select(Person.id, Person.name).where(Person.area == GRID)).first()
    edit_house(lead(town), house, None, x_keeper=keeper)
    shown = "".join(block.body for block in open_page("house", "lead", id=str(house)).get("html"))
    assert "保管人" in shown and name in shown and str(keeper) not in shown


def test_an_optional_field_asks_for_its_purpose(town: Office, open_page: Open) -> None:
    screen = open_page("optional_fields", "lead")
    screen.toggle(key="on-Person-former_name").set_value(True)
    forms = [b for b in screen.button if b.label == "保存"]
    forms[0].click().run()
    assert "用途" in said(screen)


def test_a_sheet_is_looked_at_taken_in_and_taken_back(town: Office, open_page: Open) -> None:
    before = count(town, FirePoint)
    grid = GRID.replace("/", "")
    rows = [["甲点", "消火栓", grid], ["乙点", "不存在的种类", grid]]
    data = sheets.write(sheets.CSV, ["点位", "类型", "网格"], rows)
    screen = open_page("register_import", register="fire")
    screen.get("file_uploader")[0].set_value(("点位.csv", data, "text/csv")).run()
    assert not screen.exception, screen.exception
    press(screen, "3. 导入 1 行")
    assert not screen.error, said(screen)
    assert count(town, FirePoint) == before + 1
    press(screen, "撤销")
    assert count(town, FirePoint) == before
