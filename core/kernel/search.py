"""One search box: people, houses and whatever else a domain files here, answered while one types.

Each record has one SearchDoc, written by the command that changes the record. `tok` holds two-character shifts of
Chinese runs, whole runs of digits and letters, keyed marks of numbers, the area path and the kind; `fulltext` indexes
it (recipe: two characters 0.2 ms on 8 million rows, where a trigram index would have to scan).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import TextClause, text
from sqlmodel import Field, SQLModel, col, select

from core.kernel import custom, fulltext
from core.kernel.crypto import Sealed, keyring
from core.kernel.fulltext import Phrase, Question, Way, words_of
from core.kernel.identifiers import mobile, tidy
from core.kernel.masking import name_for
from core.kernel.records import AreaRecord, Extended
from core.kernel.unit_of_work import UnitOfWork, query

RUN = re.compile(r"[0-9A-Z]+|[\u3400-\u9fff\U00020000-\U0002fa1f〇]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002fa1f〇]")
CANDIDATES = 300
VIEWS = {
    "person": "person.view",
    "house": "house.view",
    "building": "house.view",
    "area": "area.view",
    "organisation": "organisation.view",
    "component": "component.view",
}
"""Kind of document -> what a role must include to find it."""
REGISTERS = "register"
MORE_KINDS: list[Callable[[UnitOfWork], Iterable[str]]] = []
"""Kinds that come and go with the office's registers: those an actor may find, asked inside a search."""


class SearchDoc(AreaRecord, table=True):
    """What search knows of a record; `id` is the record's own."""

    __tablename__ = "search_doc"
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    kind: str = Field(max_length=20)
    title: str = Field(max_length=120)
    body: str = Field(default="", max_length=300)
    tok: str


fulltext.made_with(SQLModel.metadata.tables["search_doc"])


def shifts(words: str) -> list[str]:
    """谭军峰 -> 谭军 军峰 峰; runs of digits and letters whole."""
    found: list[str] = []
    for run in RUN.findall(tidy(words)):
        found += [run[n : n + 2] for n in range(len(run))] if HAN.match(run) else [run]
    return found


def marks(number: Sealed | None) -> list[str]:
    """The tokens that find a sealed number in full and by its last four."""
    return [f"={number.index}", f"={number.tail}"] if number else []


def places(area: str) -> list[str]:
    """One token for each level: "1/2/" -> =a1 =a1_2."""
    parts = area.strip("/").split("/")
    return [f"=a{'x'.join(parts[: n + 1])}" for n in range(len(parts))]


def tokens(kind: str, area: str, title: str, body: str, numbers: Iterable[Sealed | None] = ()) -> str:
    """Everything a document is found by, as the full-text index takes it."""
    own = [f"={tidy(title)}", f"=k{kind}", *places(area)]
    return " ".join([*own, *shifts(title), *shifts(body), *(m for n in numbers for m in marks(n))])


def file(
    uow: UnitOfWork,
    kind: str,
    record: AreaRecord,
    title: str,
    body: str,
    numbers: Iterable[Sealed | None] = (),
    *,
    also: str = "",
    born: bool = False,
) -> None:
    """File or refresh the document of a record, inside the command that changes it.

    `also` are words that find it without being shown. `born`: the same command made the record, so there is no older
    document to look for.
    """
    found = None if born else uow.session.get(SearchDoc, record.id)
    own = (
        custom.searched_text(uow, record.fields_of, record.area, record.extra)
        if isinstance(record, Extended)
        else ""
    )
    values: dict[str, Any] = {
        "area": record.area,
        "title": title,
        "body": body,
        "tok": tokens(kind, record.area, title, f"{body} {own} {also}", numbers),
    }
    if found is None:
        uow.session.add(SearchDoc(id=record.id, kind=kind, **values))
    else:
        for name, value in values.items():
            setattr(found, name, value)


def forget(uow: UnitOfWork, record_id: int) -> None:
    """Take a record out of the search."""
    found = uow.session.get(SearchDoc, record_id)
    if found is not None:
        uow.session.delete(found)


def _asked(typed: str) -> str:
    """What was typed, as far as it can be looked for."""
    return "".join(letter for letter in tidy(typed) if letter.isprintable())[:80]


def _spoken(words: str) -> list[Phrase]:
    """What was typed: each run a phrase of shifts, what is still being typed open at its end."""
    found = []
    for run in RUN.findall(words):
        if not HAN.match(run) or len(run) == 1:
            found.append(Phrase((run,), is_open=True))
        else:
            found.append(Phrase(tuple(run[n : n + 2] for n in range(len(run) - 1))))
    return found


def _numbers(words: str) -> list[Way]:
    """Marks to try when the words look like an identity or phone number, or the last four of one."""
    ring, found = keyring(), []
    with suppress(ValueError):
        found.append(ring.index(mobile(words), "phone"))
    if re.fullmatch(r"[0-9A-Z]{7,20}", words):
        found.append(ring.index(words, "document"))
    if re.fullmatch(r"\d{3}[\dX]", words):
        found += [ring.tail(words, "phone"), ring.tail(words, "document")]
    return [[Phrase((f"={mark}",))] for mark in found]


@dataclass(frozen=True)
class Hit:
    """One answer: what it is, what it is called, and where."""

    id: int
    kind: str
    title: str
    body: str
    area: str


def _rank(hit: SearchDoc, words: str, own: str) -> tuple[bool, bool, bool, int]:
    return (hit.title != words, not hit.title.startswith(words), not hit.area.startswith(own), hit.id)


@query("search")
def search(
    uow: UnitOfWork, typed: str, *, kinds: tuple[str, ...] = (), own: str = "", limit: int = 20
) -> list[Hit]:
    """Records of the actor's branch that match; exact names first, then the own grid. Empty for no words."""
    words = _asked(typed)
    spoken = _spoken(words)
    if not spoken:
        return []
    kinds = tuple(kind for kind in _found_by(uow) if not kinds or {kind, _family(kind)} & set(kinds))
    if not kinds:
        return []
    tries: list[Way] = [*_numbers(words), [Phrase(words_of([f"={words}"]))], spoken]
    found: dict[int, SearchDoc] = {}
    for one in tries:
        if len(found) < limit:
            found.update((doc.id, doc) for doc in _candidates(uow, one, kinds))
    ranked = sorted(found.values(), key=lambda doc: _rank(doc, words, own or uow.actor.area))
    return [_hit(uow, doc) for doc in ranked[:limit]]


def _family(kind: str) -> str:
    """A kind as one looks for it: all registers are looked through together."""
    return kind if kind in VIEWS else REGISTERS


def _found_by(uow: UnitOfWork) -> list[str]:
    """The kinds of document that the actor may find."""
    return [
        *(kind for kind, need in VIEWS.items() if uow.actor.may(need)),
        *(kind for more in MORE_KINDS for kind in more(uow)),
    ]


@query("search")
def titles(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, str]:
    """What records are called that the actor may find, by their number."""
    asked = select(SearchDoc).where(col(SearchDoc.id).in_(set(ids)), col(SearchDoc.kind).in_(_found_by(uow)))
    return {doc.id: _hit(uow, doc).title for doc in uow.session.exec(asked)}


def _hit(uow: UnitOfWork, doc: SearchDoc) -> Hit:
    title = name_for(uow.actor, doc.title) if doc.kind == "person" else doc.title
    return Hit(doc.id, doc.kind, title, doc.body, doc.area)


def _question(uow: UnitOfWork, ways: Sequence[Way], kinds: tuple[str, ...]) -> Question:
    """The ways, narrowed inside the index to the actor's branch and to some kinds."""
    scope = [places(uow.actor.area)[-1:]] if uow.actor.area.count("/") > 1 else []
    return Question(ways, [*scope, *([[f"=k{kind}" for kind in kinds]] if kinds else [])])


def _candidates(uow: UnitOfWork, way: Way, kinds: tuple[str, ...]) -> list[SearchDoc]:
    """Up to CANDIDATES documents; area and kind narrow inside the index, the session narrows once more."""
    question = _question(uow, [way], kinds)
    is_postgresql = uow.office.settings.is_postgresql
    asked = question.condition("search_doc.id", is_postgresql=is_postgresql, most=CANDIDATES)
    found = select(SearchDoc).where(asked).order_by(col(SearchDoc.id))
    with fulltext.capped(uow.session.connection(), question):
        return list(uow.session.exec(found).all())


def matching(uow: UnitOfWork, typed: str, kind: str, column: str) -> TextClause:
    """The records of one kind that the words find, as a condition on their number in `column`, inside a query."""
    words = _asked(typed)
    ways = [*_numbers(words), *(spoken for spoken in [_spoken(words)] if spoken)]
    if not ways:
        return text("1 = 0")
    return _question(uow, ways, (kind,)).condition(column, is_postgresql=uow.office.settings.is_postgresql)
