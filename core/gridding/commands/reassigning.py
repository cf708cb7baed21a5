"""Records stand in another grid from now on, all of them in a few statements, inside the command that changes grids.

A whole grid is ten thousand records and more; one at a time they would keep the office waiting for half a minute. What
the unit of work does for a single record is done here for all: the branch is looked at, versions count up, history
tells it, the log has a line for each kind of record and way with a digest of the numbers, the search finds them there.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update

from core.gridding.queries.hanging import MANY, Found, table_of
from core.gridding.queries.planning import Way
from core.gridding.queries.searching import Doc, docs_of, pairs_of
from core.kernel import history, search
from core.kernel.i18n import _
from core.kernel.ids import new_id
from core.kernel.problems import Refused
from core.kernel.session import scoped_kinds
from core.kernel.unit_of_work import UnitOfWork

Names = Mapping[str, Sequence[str]]
"""Path of a grid -> its name, and what it was called before."""


def reassign(uow: UnitOfWork, moves: Mapping[Way, Found], names: Names) -> None:
    """Move records, by kind, from one grid to another, inside a command. Raises Refused for a way that leaves the
    actor's branch."""
    low, high = uow.actor.branch
    if not all(low <= path < high for way in moves for path in way):
        raise Refused(_("That place is not in your area."))
    uow.session.flush()
    for way, kinds in moves.items():
        for kind, numbers in kinds.items():
            _move(uow, kind, way, numbers, names)
    people = [number for kinds in moves.values() for number in kinds.get("Person", ())]
    _pairs(uow, people)
    uow.session.expire_all()


def _move(uow: UnitOfWork, kind: str, way: Way, numbers: Sequence[int], names: Names) -> None:
    table, connection = table_of(kind), uow.session.connection()
    for start in range(0, len(numbers), MANY):
        some = table.c.id.in_(numbers[start : start + MANY])
        moved = update(table).where(some).values(area=way[1], version=table.c.version + 1)
        connection.execute(moved)
    model = next(one for one in scoped_kinds() if one.__name__ == kind)
    if model.historic:
        connection.execute(insert(history.FieldChange), list(_past(uow, kind, way, numbers)))
    if kind == "SearchDoc":
        _refile(uow, way, numbers, names)
    if model.audited:
        digest = hashlib.sha256(repr(sorted(numbers)).encode()).hexdigest()[:16]
        changes: dict[str, Any] = {
            "area": list(way),
            "records": [None, len(numbers)],
            "digest": [None, digest],
        }
        uow.lines.append(uow.line("done", about=kind, area=way[1], changes=changes))
    uow.touched.add(kind)


def _past(uow: UnitOfWork, kind: str, way: Way, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows of the history, as the session writes them for one record."""
    told = {"kind": kind, "field": "area", "at": uow.now, "who": uow.actor.login, "source": ""}
    sides = {**history.kept("before", way[0]), **history.kept("after", way[1])}
    more = {"permission": uow.permission, "reason": uow.reason}
    return ({**told, **sides, **more, "id": new_id(), "record_id": number} for number in numbers)


# --- the search -------------------------------------------------------------------------------------------


def _refile(uow: UnitOfWork, way: Way, numbers: Sequence[int], names: Names) -> None:
    """The documents are found by the new grid's name and place; whatever else finds them stays."""
    table = table_of("SearchDoc")
    change = update(table).where(table.c.id == bindparam("number"))
    change = change.values(body=bindparam("said"), tok=bindparam("tokens"))
    for docs in docs_of(uow, numbers):
        values = [_moved(doc, way, names) for doc in docs]
        uow.session.connection().execute(change, values)


def _moved(doc: Doc, way: Way, names: Names) -> dict[str, Any]:
    body = doc.body
    for name in names[way[0]]:
        head, found, tail = body.rpartition(name)
        if found:
            body = f"{head}{names[way[1]][0]}{tail}"[:300]
            break
    tok = _swapped(doc.tok, search.places(way[0]), search.places(way[1]))
    return {"number": doc.id, "said": body, "tokens": _retold(tok, doc.body, body)}


def _retold(tok: str, before: str, after: str) -> str:
    """The tokens of a body in place of those before; its last one may hang together with what follows."""
    was, now = search.shifts(before), search.shifts(after)
    told = _swapped(tok, was, now)
    return told if told != tok or before == after else _swapped(tok, was[:-1], now[:-1])


def _swapped(tok: str, was: Sequence[str], now: Sequence[str]) -> str:
    whole = f" {tok} ".replace(f" {' '.join(was)} ", f" {' '.join(now)} ", 1) if was else tok
    return whole.strip()


# --- pairs of people --------------------------------------------------------------------------------------


def _pairs(uow: UnitOfWork, people: Sequence[int]) -> None:
    """Pairs of records about one person stand at the longest path above both."""
    table = table_of("DuplicatePair")
    if values := [{"number": number, "at": at} for number, at in pairs_of(uow, people)]:
        change = update(table).where(table.c.id == bindparam("number"))
        uow.session.connection().execute(change.values(area=bindparam("at")), values)
        uow.touched.add("DuplicatePair")
