"""Departments at the screen: their own fields are open, those of others are read or proposed; the keeper decides."""

from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.people.models import Person
from core.people.queries import person
from core.proposals import commands, queries
from core.ui.completeness import percent
from tests.conftest import COMMUNITY, GRID
from tests.pages.conftest import Open

CIVIL = {"role": "department", "area": "440599/", "line": "civil"}


@pytest.fixture
def somebody(town: Office) -> int:
    """The number of a resident; marital status and occupation are in use."""
    town.settings.optional_fields = ["person.marital", "person.occupation"]
    with town.reader.connect() as connection:
        found = select(Person.id).where(Person.area == GRID, Person.state == "here").limit(1)
        return int(connection.execute(found).scalar() or 0)


def field(screen: AppTest, name: str) -> Any:
    """The widget of a field."""
    boxes = [*screen.text_input, *screen.selectbox, *screen.date_input, *screen.toggle]
    return next(box for box in boxes if str(box.key).endswith(f"-{name}"))


def press(screen: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(button for button in screen.button if button.label == label).click().run()


def told(office: Office, number: int, name: str) -> object:
    """What a clerk reads of somebody."""
    return person(office.uow(Actor("li", "clerk", COMMUNITY)), number).values[name]


def propose(office: Office, number: int, **values: object) -> int:
    """Somebody of civil affairs proposes."""
    uow = office.uow(Actor("zhao", "department", "440599/", name="赵文涛", line="civil"))
    return commands.hand_in(uow, "Person", number, seen=None, reason="来电更正", **values).proposals[0]


def test_a_department_fills_in_its_own_field_and_reads_the_others(
    town: Office, open_page: Open, somebody: int
) -> None:
    screen = open_page("change", **CIVIL, of="Person", id=str(somebody))
    assert not screen.exception
    assert not field(screen, "marital").disabled
    assert field(screen, "name").disabled and "社区" in field(screen, "name").help
    assert not [box for box in screen.text_input if str(box.key).endswith("-occupation")]
    field(screen, "marital").select("20")
    done = press(screen, "保存")
    assert not done.error
    assert told(town, somebody, "marital") == "20"


def test_what_others_keep_becomes_a_proposal_with_a_reason(
    town: Office, open_page: Open, somebody: int
) -> None:
    screen = open_page("change", **CIVIL, of="Person", id=str(somebody), propose="1")
    field(screen, "name").input("林正名")
    without = press(screen, "提交")
    assert "理由" in without.error[0].value
    assert field(without, "name").value == "林正名"
    field(without, "reason").input("来电更正")
    assert not press(without, "提交").error
    line, *_older = queries.to_decide(town.uow(Actor("li", "clerk", COMMUNITY))).items
    assert (line.fields, line.reason, told(town, somebody, "name") != "林正名") == ("姓名", "来电更正", True)


def test_the_page_of_a_person_leads_a_department_to_the_form(open_page: Open, somebody: int) -> None:
    labels = [
        str(link.proto.label) for link in open_page("person", **CIVIL, id=str(somebody)).get("page_link")
    ]
    assert "修改或申请变更" in labels
    assert "修改" not in labels
    clerk = [str(link.proto.label) for link in open_page("person", id=str(somebody)).get("page_link")]
    assert "修改" in clerk and "修改或申请变更" not in clerk


def test_the_clerk_sees_both_sides_and_accepts(town: Office, open_page: Open, somebody: int) -> None:
    number = propose(town, somebody, name="林正名")
    strip = [str(link.proto.label) for link in open_page("person", id=str(somebody)).get("page_link")]
    assert "待处理申请：姓名（赵文涛）" in strip
    screen = open_page("proposals", id=str(number))
    assert any("林正名" in str(box.label) for box in screen.checkbox)
    done = press(screen, "采纳勾选项")
    assert not done.error
    assert told(town, somebody, "name") == "林正名"


def test_refusing_without_a_word_is_told_and_changes_nothing(
    town: Office, open_page: Open, somebody: int
) -> None:
    number = propose(town, somebody, name="林正名")
    screen = press(open_page("proposals", id=str(number)), "全部不采纳")
    assert "理由" in screen.error[0].value
    assert queries.proposal(town.uow(Actor("li", "clerk", COMMUNITY)), number).state == "open"


def test_the_workbench_counts_what_waits(town: Office, open_page: Open, somebody: int) -> None:
    uow = town.uow(Actor("li", "clerk", COMMUNITY))
    [before] = queries.todo(uow)
    propose(town, somebody, name="林正名")
    [now] = queries.todo(uow)
    assert (now.title, now.count, now.page) == ("待处理的变更申请", before.count + 1, "proposals")
    assert not open_page("workbench").exception


@pytest.mark.parametrize(
    "query", [{}, {"item": "residents"}, {"measure": "confirmed"}, {"dataset": "people"}]
)
def test_completeness_opens_for_whoever_may(town: Office, open_page: Open, query: dict[str, str]) -> None:
    for role in ("clerk", "analyst", "department"):
        screen = open_page("completeness", role, area=COMMUNITY, **query)
        assert not screen.exception
    assert not open_page("completeness", **query).error


def test_nonsense_in_the_address_of_completeness_is_no_view(open_page: Open) -> None:
    screen = open_page("completeness", item="x", measure="risk", dataset="souls", after="zz")
    assert not screen.exception
    assert not screen.error


def test_a_percentage_never_says_more_than_there_is() -> None:
    shares = {None: "—", 0.0: "0%", 0.9496: "94%", 0.95: "95%", 0.9999: "99.9%", 0.99: "99.0%", 1.0: "100%"}
    assert {share: percent(share) for share in shares} == shares
