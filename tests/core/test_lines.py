"""Every role × every department line × every field: what is not shared and not a line's own shows nowhere."""

from collections.abc import Iterator
from dataclasses import make_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import SQLModel, select

from core.kernel import lines
from core.kernel.access import NO_LINE, Actor, roles
from core.kernel.crypto import Sealed
from core.kernel.custom import FieldDefinition
from core.kernel.database import Office
from core.kernel.fields import declared
from core.kernel.forms import form_fields
from core.kernel.log import LogFilter
from core.kernel.masking import differences, show, values_of
from core.kernel.problems import Problem, Refused
from core.kernel.records import AreaRecord
from core.kernel.session import scoped_kinds
from core.organisations import commands as organisations
from core.organisations.models import Organisation
from core.people import commands as people_commands
from core.people import queries as people
from core.people.models import DeclaredTag, Person
from core.people.tags import DECLARED, DERIVED, titles
from tests.conftest import COMMUNITY, GRID
from tests.core import test_scope
from tests.core.test_scope import NAMED, arguments, called

LINES = [*lines.all_lines(), ""]
RULED = sorted(
    (k for k in scoped_kinds() if lines.is_ruled(k.__name__) and declared(k)), key=lambda k: k.__name__
)
FIELDS = [(kind, name) for kind in RULED for name in kind.model_fields]
SPECIAL = {
    "people": people.PeopleFilter(),
    "households": people.HouseholdFilter(),
    "entries": LogFilter(),
}
Marks = dict[tuple[str, str], str]


def department(line: str, role: str = "department") -> Actor:
    """Somebody of a line; "" is a department's account that was given none."""
    return Actor("zhao", role, "440599/", line=line)


def hidden(line: str) -> list[tuple[type[SQLModel], str]]:
    """The fields that a line must not see, as the table says: neither shared nor its own."""
    book = lines.book()
    own = book.lines[line].owns if line else frozenset()
    return [
        (kind, name)
        for kind, name in FIELDS
        if name not in book.shared.get(kind.__name__, ())
        and name not in book.shared["every"]
        and f"{kind.__name__}.{name}" not in own
    ]


# --- one record, field by field --------------------------------------------------------------------------------


def filled(kind: type[AreaRecord]) -> Any:
    """A record of a kind whose every field says something."""
    record = kind(area=GRID)
    for n, (name, info) in enumerate(kind.model_fields.items()):
        known = declared(kind).get(name)
        value: object = chr(0xE000 + n)
        if known and known.kind is Sealed:
            value = Sealed("phone", plain=f"1990001{n:04}")
        elif known and known.kind is date:
            value = date(1950, 1, 1) + timedelta(days=n)
        elif "str" not in str(info.annotation):
            value = 77000 + n
        if name != "area":
            setattr(record, name, value)
    return record


@pytest.mark.parametrize("line", LINES, ids=lambda line: line or "none")
@pytest.mark.parametrize("role", sorted(r for r in roles() if r not in ("job", "gate")))
@pytest.mark.parametrize("kind", RULED, ids=lambda kind: kind.__name__)
def test_no_field_leaks_from_a_record(kind: type[AreaRecord], role: str, line: str) -> None:
    actor = department(line, role)
    if not actor.side:
        return
    record, secret = filled(kind), {name for owner, name in hidden(line) if owner is kind}
    shown = values_of(actor, record, declared(kind))
    assert {name for name in secret & set(shown) if shown[name] is not None} == set()
    form = _form(kind)
    plain = show(actor, form, record, {})
    assert {name for name in secret if getattr(plain, name) is not None} == set()
    other = kind(area=GRID)
    assert not secret & set(differences(actor, other, record, declared(kind)))


def _form(kind: type[AreaRecord]) -> type[Any]:
    return make_dataclass("Everything", [(name, Any, None) for name in kind.model_fields], frozen=True)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line or "none")
def test_no_form_asks_for_a_field_of_another_line(line: str, town: Office) -> None:
    town.settings.optional_fields = [f"{k.__name__.lower()}.{n}" for k, n in FIELDS]
    for kind in RULED:
        asked = {known.name for known in form_fields(town.uow(department(line)), kind, GRID)}
        assert not {(kind, name) for name in asked} & set(hidden(line))


def test_a_line_sees_the_fields_it_keeps_also_where_the_role_would_not(town: Office) -> None:
    record = filled(Person)
    assert values_of(department("civil"), record, declared(Person))["marital"] is not None
    assert values_of(department("labour"), record, declared(Person))["marital"] is None
    assert values_of(Actor("wu", "analyst", GRID), record, declared(Person))["marital"] is None


def test_every_kind_of_record_is_named_so_that_a_new_one_is_thought_about() -> None:
    named = set(lines.book().shared) - {"every", "tags"}
    kinds = {
        kind.__name__ for kind in scoped_kinds() if declared(kind) and kind.__module__.startswith("core")
    }
    assert kinds - named == set(), "say in data/lines.toml what departments see of these"


def test_what_the_table_names_exists() -> None:
    kinds = {kind.__name__: kind for kind in scoped_kinds()}
    named = [
        (k, n)
        for k, names in lines.book().shared.items()
        if k not in ("every", "tags", "register")
        for n in names
    ]
    named += [tuple(f.split(".")) for line in lines.all_lines().values() for f in line.owns]
    assert [(k, n) for k, n in named if k not in kinds or (n != "*" and n not in kinds[k].model_fields)] == []
    tags = {tag for line in lines.all_lines().values() for tag in line.tags} | lines.book().shared["tags"]
    assert tags <= {*DERIVED, *DECLARED}


# --- every query ------------------------------------------------------------------------------------------------


@pytest.fixture
def marked(town: Office, monkeypatch: pytest.MonkeyPatch) -> Marks:
    """One record of each kind carries a sign of its own in every field, and is the one that is asked for."""
    marks, asked_for, number = Marks(), dict[type, int](), test_scope._number
    monkeypatch.setattr(test_scope, "_number", lambda *a: asked_for.get(a[1]) or number(*a))
    with town.writer.begin() as connection:
        for kind in RULED:
            table = SQLModel.metadata.tables[str(kind.__tablename__)]
            asked_for[kind] = first = connection.execute(
                select(kind.id).where(kind.area == GRID).limit(1)
            ).scalar()
            values = dict(_signs(kind, len(marks)))
            marks.update({(kind.__name__, name): sign for name, (_value, sign) in values.items()})
            stored = {name: value for name, (value, _sign) in values.items()}
            connection.execute(update(table).where(table.c.id == first).values(stored))
    return marks


def _signs(kind: type[AreaRecord], start: int) -> Iterator[tuple[str, tuple[object, str]]]:
    """Field -> the value to store, and how it would look on a screen."""
    for n, (name, known) in enumerate(declared(kind).items(), start):
        if known.kind is Sealed:
            yield name, (Sealed(known.facts.mask, plain=f"1990001{n:04}"), f"****{n:04}")
        elif known.kind is date:
            day = date(1950, 1, 1) + timedelta(days=n)
            yield name, (day, repr(day))
        elif known.kind in (int, float) and name != "floors":  # which has bounds of its own
            yield name, (987_000_000 + n, f"{987_000_000 + n}")  # no place of the map has these by chance
        elif known.kind is str:
            yield name, (chr(0xE000 + n), repr(chr(0xE000 + n))[1:-1])


@pytest.mark.parametrize("role", ["department", "lead"])
@pytest.mark.parametrize("line", [line for line in LINES if line], ids=str)
def test_no_query_tells_a_line_what_is_not_its_own(line: str, role: str, town: Office, marked: Marks) -> None:
    town.settings.optional_fields = [f"{k.__name__.lower()}.{n}" for k, n in FIELDS]
    secret = {(k.__name__, n): marked[k.__name__, n] for k, n in hidden(line) if (k.__name__, n) in marked}
    seen = set()
    for fn in NAMED:
        if "queries" in fn.__module__ or fn.__module__ in ("core.kernel.search", "core.kernel.forms"):
            answer = _asked(town, fn, department(line, role))
            leaked = {field for field, sign in secret.items() if sign in answer}
            assert not leaked, f"{called(fn)} tells {line} {leaked}"
            seen |= {field for field, sign in marked.items() if sign in answer}
    assert ("Person", "name") in seen, "the marked records are looked at"


def _asked(office: Office, fn: Any, actor: Actor) -> str:
    positional, named = arguments(office, fn, GRID)
    try:
        return repr(
            fn(
                office.uow(actor),
                *([SPECIAL[fn.__name__]] if fn.__name__ in SPECIAL else positional),
                **named,
            )
        )
    except (Problem, AttributeError, TypeError, ValueError, LookupError):
        return ""


# --- tags, sealed numbers, own fields ---------------------------------------------------------------------------


@pytest.mark.parametrize("line", LINES, ids=lambda line: line or "none")
def test_a_line_sees_and_declares_its_own_tags(line: str, town: Office) -> None:
    own = lines.all_lines()[line].tags if line else frozenset()
    shared = lines.book().shared["tags"]
    uow = town.uow(department(line))
    assert set(titles(uow.actor)) == own | shared
    with town.reader.connect() as connection:
        given = connection.execute(select(DeclaredTag.person_id, DeclaredTag.tag)).all()
    everybody = people.people(uow, people.PeopleFilter(state=""), limit=500).items
    shown = {tag for person in everybody for tag in person.tags}
    shown |= {tag.key for number, _tag in given for tag in people.tags_of(uow, number)}
    assert shown <= own | shared
    for tag in set(DECLARED) - own:
        with pytest.raises(Refused):
            people_commands.declare_tag(uow, given[0][0], tag, source="名单")
        if tag not in shared:
            with pytest.raises(Refused):
                people.people(uow, people.PeopleFilter(tag=tag))


def test_why_a_tag_applies_tells_nothing_hidden(town: Office) -> None:
    with town.reader.connect() as connection:
        here = select(Person.id, Person.hukou_address).where(
            Person.category == "migrant", Person.hukou_address != ""
        )
        number, place = connection.execute(here).first() or (0, "")
    assert place in str(people.tags_of(town.uow(Actor("li", "clerk", COMMUNITY)), number))
    assert place not in str(people.tags_of(town.uow(department("civil")), number))


def test_a_tag_of_another_line_is_not_withdrawn(town: Office) -> None:
    with town.reader.connect() as connection:
        number, tag = connection.execute(select(DeclaredTag.id, DeclaredTag.tag)).first() or (0, "")
    other = next(key for key, line in lines.all_lines().items() if tag not in line.tags)
    with pytest.raises(Refused):
        people_commands.withdraw_tag(town.uow(department(other)), number)


def test_a_field_of_the_office_is_its_lines_alone(town: Office) -> None:
    uow = town.uow(Actor("chen", "lead", COMMUNITY))
    with uow.running("area.edit"):
        uow.add(FieldDefinition, area=COMMUNITY, of="Person", key="x_aid", label="救助编号", line="civil")
        uow.add(FieldDefinition, area=COMMUNITY, of="Person", key="x_pet", label="爱好")
    seen = {
        line: {known.name for known in form_fields(town.uow(department(line)), Person, GRID)}
        & {"x_aid", "x_pet"}
        for line in ("civil", "health")
    }
    assert seen == {"civil": {"x_aid"}, "health": set()}
    clerk = {
        known.name: known.keeper
        for known in form_fields(town.uow(Actor("li", "clerk", COMMUNITY)), Person, GRID)
    }
    assert (clerk["x_aid"], clerk["x_pet"]) == ("民政", "")
    with town.reader.connect() as connection:
        number = connection.execute(select(Person.id).where(Person.area == GRID)).scalar()
    with pytest.raises(Refused):
        people_commands.edit_person(town.uow(Actor("li", "clerk", COMMUNITY)), number, seen=None, x_aid="1")


def test_a_department_account_without_a_line_keeps_nothing() -> None:
    actor = department("")
    assert actor.side == NO_LINE
    assert not any(lines.may_change(actor, kind.__name__, name) for kind, name in FIELDS)


def test_a_number_of_another_line_is_not_shown_in_full_either(town: Office) -> None:
    with town.reader.connect() as connection:
        number = connection.execute(select(Organisation.id).where(Organisation.area == GRID)).scalar()
    with pytest.raises(Refused):
        organisations.reveal(town.uow(department("civil", "lead")), number, "legal_phone", "核对")
    assert (
        organisations.reveal(town.uow(Actor("chen", "lead", COMMUNITY)), number, "legal_phone", "核对")
        is not None
    )
