"""Consent texts: two people for each version, never changed once published; consents as easily withdrawn as given."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.rights import commands, queries
from core.rights.models import ConsentText
from core.rights.rules import compared, digest
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

WORDS = "我们收集您的姓名和电话，用于应急联络，您可以随时撤回。"
Who = Callable[..., UnitOfWork]


@pytest.fixture
def who(town: Office) -> Who:
    """Somebody at work in the town; the lead unless said otherwise."""

    def at_work(login: str = "chen", role: str = "lead", area: str = COMMUNITY) -> UnitOfWork:
        return town.uow(Actor(login, role, area))

    return at_work


def draft(uow: UnitOfWork, **more: Any) -> int:
    """A first version of a text that the demo does not have."""
    facts: dict[str, Any] = {
        "key": "face",
        "language": "zh_CN",
        "title": "监护人同意书",
        "text": WORDS,
        "valid_from": None,
    }
    return commands.draft_text(uow, **{**facts, **more})


def anquan(who: Who) -> UnitOfWork:
    """The security administrator."""
    return who("anquan", "security_admin", "440599/")


@pytest.mark.parametrize("role", ["clerk", "grid_worker", "system_admin", "security_admin", "audit_admin"])
def test_only_a_lead_writes(who: Who, role: str) -> None:
    with pytest.raises(Refused):
        draft(who("x", role))


@pytest.mark.parametrize("role", ["clerk", "lead", "system_admin", "audit_admin"])
def test_only_the_security_administrator_publishes(who: Who, role: str) -> None:
    number = draft(who())
    with pytest.raises(Refused):
        commands.publish_text(who("x", role), number)


def test_nobody_publishes_their_own_words(who: Who) -> None:
    number = draft(who())
    with pytest.raises(Refused):
        commands.publish_text(who("chen", "security_admin", "440599/"), number)


def test_a_published_version_never_changes_and_the_next_one_has_the_next_number(
    who: Who, town: Office
) -> None:
    number = draft(who())
    commands.edit_text(who(), number, seen=1, title="监护人同意书", text=WORDS + "谢谢。", valid_from=None)
    with pytest.raises(Clash):
        draft(who())
    commands.publish_text(anquan(who), number)
    one = queries.text(who(), number)
    assert one.is_published and (one.approved_by, one.version_no) == ("anquan", 1)
    for change in (
        lambda: commands.edit_text(who(), number, seen=None, title="x", text="y" * 30, valid_from=None),
        lambda: commands.publish_text(anquan(who), number),
    ):
        with pytest.raises(Clash):
            change()
    assert queries.text(who(), draft(who())).version_no == 2
    with town.reader.connect() as connection:
        kept = connection.execute(select(ConsentText.digest).where(ConsentText.id == number)).scalar_one()
    assert kept == digest(one.title, one.text)


@pytest.mark.parametrize("wrong", [{"key": "score"}, {"language": "de"}, {"title": ""}, {"text": "太短"}])
def test_a_text_that_cannot_be_is_refused(who: Who, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        draft(who(), **wrong)


def somebody(office: Office, area: str) -> int:
    """A person of a grid."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(Person.id).where(Person.area == area).limit(1)).scalar_one())


def agree(uow: UnitOfWork, person: int, text: int) -> int:
    """Somebody agreed today."""
    return commands.record_consent(
        uow, "Person", person, text_id=text, given_on=date.today(), channel="visit"
    )


def test_people_agree_to_a_published_version_and_withdraw(who: Who, town: Office) -> None:
    person, number = somebody(town, GRID), draft(who())
    worker = who("wang", "grid_worker", GRID)
    with pytest.raises(Invalid):
        agree(worker, person, number)
    commands.publish_text(anquan(who), number)
    given = agree(worker, person, number)
    assert [(c.title, c.version_no, c.withdrawn_on) for c in queries.consents(worker, "Person", person)] == [
        ("监护人同意书", 1, None)
    ]
    assert next(t for t in queries.texts(who()) if t.id == number).consents == 1
    commands.withdraw_consent(worker, given)
    assert queries.consents(worker, "Person", person)[0].withdrawn_on == worker.today
    for hidden in (who("x", "grid_worker", NEXT_GRID),):
        with pytest.raises(Missing):
            queries.consents(hidden, "Person", person)
        with pytest.raises(Missing):
            commands.withdraw_consent(hidden, given)


def test_the_text_in_force_is_the_newest_whose_day_has_come(who: Who) -> None:
    before = {number for number, title in queries.current_texts(who()).items() if "个人信息" in title}
    later = draft(who(), key="collection", valid_from=date.today() + timedelta(days=9))
    commands.publish_text(anquan(who), later)
    assert later not in queries.current_texts(who()) and before <= set(queries.current_texts(who()))


def test_what_differs_is_told_line_by_line() -> None:
    assert list(compared("甲\n乙\n丙", "甲\n丁\n丙")) == [("", "甲"), ("-", "乙"), ("+", "丁"), ("", "丙")]
    assert list(compared("", "甲")) == [("+", "甲")]
