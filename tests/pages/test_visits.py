"""The pages of a visit: scanned or typed, confirmed in one tap, corrected, taken back; never another grid's home."""

from datetime import date

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.labels.commands import issue, report_lost
from core.labels.printing import single
from core.labels.queries import labels_of
from core.people.queries import occupants
from core.places.models import House
from core.ui.scan import read
from core.visits import queries
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.pages.conftest import Open
from tests.pictures import photo


@pytest.fixture
def home(town: Office) -> int:
    """A home of the first grid in which several people live."""
    with town.reader.connect() as connection:
        asked = select(House.id).where(House.area == GRID, House.residents > 2, House.state == "owned")
        return int(connection.execute(asked.order_by(col(House.id)).limit(1)).scalar_one())


def press(screen: AppTest, key: str) -> AppTest:
    """Press the button of that key."""
    return screen.button(key=key).click().run()


def acts(town: Office, house_id: int) -> list[str]:
    """What was done at a home within a day and stands, the newest first."""
    wang = town.uow(Actor("wang", "grid_worker", GRID))
    return [line.kind for line in queries.home(wang, house_id).acts if line.undone_at is None]


def label(uow: UnitOfWork, house_id: int) -> str:
    """The short code of the label in use."""
    issue(uow, [house_id])
    found = labels_of(uow, house_id).active
    assert found is not None
    return found.short_code


def test_one_tap_confirms_and_another_takes_it_back(town: Office, home: int, open_page: Open) -> None:
    screen = open_page("visit", "grid_worker", area=GRID, id=str(home), way="scan")
    press(screen, "confirm-home")
    assert not screen.exception and acts(town, home) == ["confirmed"]
    undo = next(b for b in screen.button if str(b.key).startswith("undo-"))
    undo.click().run()
    assert not screen.exception and acts(town, home) == []


def test_each_answer_has_its_form_and_leads_back(town: Office, home: int, open_page: Open) -> None:
    screen = open_page("visit", "grid_worker", area=GRID, id=str(home))
    press(screen, "do-add")
    screen.text_input(key=f"visit-add-{home}-name").input("林小示")
    screen.date_input(key=f"visit-add-{home}-birth").set_value(date(2021, 3, 4))
    screen.selectbox(key=f"visit-add-{home}-no_document_reason").set_value("newborn")
    next(b for b in screen.button if b.label == "添加").click().run()
    assert screen.error and acts(town, home) == []  # who is this child to the head?
    screen.selectbox(key=f"visit-add-{home}-relation").set_value("30")
    next(b for b in screen.button if b.label == "添加").click().run()
    assert not screen.exception and acts(town, home)[0] == "added"
    names = [o.name for o in occupants(town.uow(Actor("wang", "grid_worker", GRID)), home)]
    assert "林小示" in names and "do" not in screen.query_params
    press(screen, "do-note")
    screen.text_area(key=f"visit-note-{home}-text").input("门铃坏了")
    next(b for b in screen.button if b.label == "保存").click().run()
    assert acts(town, home)[0] == "note"
    assert any("门铃坏了" in m.value for m in screen.markdown)


def test_a_wrong_field_says_so_and_nothing_is_saved(town: Office, home: int, open_page: Open) -> None:
    someone = next(o for o in occupants(town.uow(Actor("wang", "grid_worker", GRID)), home) if o.person_id)
    screen = open_page("visit", "grid_worker", area=GRID, id=str(home), do=f"correct-{someone.person_id}")
    screen.text_input(key=f"visit-correct-{someone.person_id}-phone").input("123")
    next(b for b in screen.button if b.label == "保存").click().run()
    assert screen.error and acts(town, home) == []


def test_what_is_typed_opens_the_home_and_an_old_label_warns(
    town: Office, home: int, open_page: Open
) -> None:
    li = town.uow(Actor("li", "clerk", COMMUNITY))
    old = label(li, home)
    report_lost(li, home)
    screen = open_page("scan", "grid_worker", area=GRID, text=old)
    assert not screen.exception and screen.warning and not screen.error
    screen = open_page("scan", "grid_worker", area=GRID, text=label(li, home))
    assert not screen.warning and not screen.error


def test_another_grids_worker_is_refused_politely(town: Office, home: int, open_page: Open) -> None:
    code = label(town.uow(Actor("li", "clerk", COMMUNITY)), home)
    for name, query in (("scan", {"text": code}), ("visit", {"id": str(home)})):
        screen = open_page(name, "grid_worker", area=NEXT_GRID, **query)
        assert not screen.exception and len(screen.error) == 1
    assert acts(town, home) == []


def test_a_photo_of_a_label_is_read_and_another_one_is_not(town: Office, home: int) -> None:
    li = town.uow(Actor("li", "clerk", COMMUNITY))
    issue(li, [home])
    assert "/h/" in read(single(li, home, "png").data)
    for bad in (photo(), b"no picture"):
        with pytest.raises(Invalid):
            read(bad)


def test_a_lead_sees_the_grids_and_sets_the_days(town: Office, open_page: Open) -> None:
    screen = open_page("visit_list", "lead")
    field = next(n for n in screen.number_input if "people" in str(n.key))
    field.set_value(90).run()
    press(screen, "set-people")
    lines = queries.periods(town.uow(Actor("chen", "lead", COMMUNITY)), COMMUNITY)
    assert {line.reason: (line.days, line.own) for line in lines}["people"] == (90, True)
    assert not screen.exception
