"""What forms do with bad input: a sentence at the field, nothing typed is lost, nothing saved."""

from typing import Any

from sqlmodel import func, select
from streamlit.testing.v1 import AppTest

from core.kernel.database import Office
from core.people.models import Person
from core.places.models import House
from tests.conftest import GRID
from tests.pages.conftest import Open

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def whole(first17: str) -> str:
    """An invented number with its check digit."""
    return first17 + "10X98765432"[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]


def field(screen: AppTest, label: str) -> Any:
    """The text field of a label."""
    return next(box for box in screen.text_input if box.label.startswith(label))


def people(office: Office) -> int:
    """How many people are filed."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(Person)).scalar() or 0)


def save(screen: AppTest) -> AppTest:
    """Hand the form in."""
    return next(button for button in screen.button if button.label == "保存").click().run()


def said(screen: AppTest) -> str:
    """Everything the page says of troubles."""
    return "\n".join(
        [
            *(e.value for e in screen.error),
            *(m.value for m in screen.markdown),
            *(c.value for c in screen.caption),
        ]
    )


def fill(screen: AppTest, name: str, number: str) -> AppTest:
    """Name and number of a new person."""
    field(screen, "姓名").input(name)
    field(screen, "证件号码").input(number)
    return save(screen)


def test_an_impossible_day_in_a_number_is_told_at_the_field(town: Office, open_page: Open) -> None:
    before = people(town)
    screen = fill(open_page("person_edit"), "陈试", whole("44059919900230001"))
    assert not screen.exception
    assert "日" in said(screen)
    assert field(screen, "姓名").value == "陈试"
    assert people(town) == before


def test_an_empty_name_is_asked_for(town: Office, open_page: Open) -> None:
    before = people(town)
    screen = fill(open_page("person_edit"), "", whole("44059919900203001"))
    assert "姓名" in screen.error[0].value
    assert people(town) == before


def test_control_characters_are_refused_with_their_place(town: Office, open_page: Open) -> None:
    screen = fill(open_page("person_edit"), "陈\u0007试", whole("44059919900203001"))
    assert "第 2 个字符" in said(screen).replace("第2个", "第 2 个")


def test_a_twin_of_another_grid_is_not_told_of_and_one_of_the_own_is_offered(
    town: Office, open_page: Open
) -> None:
    number = whole("44059919900203001")
    first = fill(open_page("person_edit", area="440599/001/001/002/", role="grid_worker"), "陈先来", number)
    assert not first.error
    away = fill(open_page("person_edit", area=GRID, role="grid_worker"), "陈后到", number)
    assert away.error
    assert "陈先来" not in said(away)
    own = fill(open_page("person_edit"), "陈后到", number)
    assert own.error
    assert field(own, "姓名").value == "陈后到"


def test_a_good_person_is_filed_with_birth_and_sex_from_the_number(town: Office, open_page: Open) -> None:
    before = people(town)
    screen = fill(
        open_page("person_edit", area=GRID, role="grid_worker"), "陈新来", whole("44059919900203002")
    )
    assert not screen.error, said(screen)
    assert people(town) == before + 1


def test_a_building_is_filed_from_one_line_with_its_rooms(town: Office, open_page: Open) -> None:
    screen = open_page("building_new")
    field(screen, "完整地址").input("听潮路999号望海苑8栋")
    screen.number_input(key="building-new-plan_floors").set_value(3)
    screen.number_input(key="building-new-floors").set_value(3)
    save(screen)
    assert not screen.error, said(screen)
    with town.reader.connect() as connection:
        addresses = (
            connection.execute(select(House.address).where(House.address.contains("望海苑8幢")))
            .scalars()
            .all()
        )  # type: ignore[attr-defined]
    assert len(addresses) == 6


def test_an_address_that_names_a_room_is_no_building(town: Office, open_page: Open) -> None:
    screen = open_page("building_new")
    field(screen, "完整地址").input("听潮路999号望海苑8栋301室")
    save(screen)
    assert screen.error
    assert field(screen, "完整地址").value == "听潮路999号望海苑8栋301室"
