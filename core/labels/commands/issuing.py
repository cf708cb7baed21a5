"""Giving out labels, and ending them: one house has at most one in use."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from core.kernel.audit import Changes
from core.kernel.crypto import Sealed, keyring
from core.kernel.i18n import _
from core.kernel.ids import new_id
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.labels.models import ABOUT, ACTIVE, LOST, REVOKED, DoorLabel
from core.labels.queries import records
from core.labels.rules import new_short_code, new_token
from core.places.commands.closing import AT_CLOSING
from core.places.models import House

FEW = 20
"""Up to so many labels have a line each in the log; more of them one line, with a digest."""


@command("label.edit")
def issue(uow: UnitOfWork, house_ids: Sequence[int]) -> list[int]:
    """Give each house a label, unless it has one; the numbers of the labels in use, in the order of the houses.

    Raises Missing for a house out of sight, Invalid for one that is closed.
    """
    houses = records.houses_of(uow, house_ids)
    there = {number: label.id for number, label in records.active_of(uow, house_ids).items()}
    fresh = _rows(uow, [house for house in {one.id: one for one in houses}.values() if house.id not in there])
    if fresh:
        uow.session.connection().execute(insert(DoorLabel), fresh)
        tell(uow, fresh, {"state": [None, ACTIVE]})
    return [{**there, **{row["house_id"]: row["id"] for row in fresh}}[number] for number in house_ids]


@command("label.edit")
def revoke(uow: UnitOfWork, house_id: int, reason: str) -> None:
    """End the label in use: who scans it is told so. Raises Invalid without a reason, Clash without a label."""
    if len(reason.strip()) < 2:
        said = _("Write the reason in a few words.")
        raise Invalid(said, reason=said)
    _end(uow, house_id, REVOKED, reason)


@command("label.edit")
def report_lost(uow: UnitOfWork, house_id: int, reason: str = "") -> int:
    """The label at the door is lost, torn or in wrong hands: its token dies and a new label is given out; its number.

    Raises Clash when the house has no label.
    """
    _end(uow, house_id, LOST, reason or _("The label at the door is lost."))
    [label_id] = issue(uow, [house_id])
    return label_id


def retire(uow: UnitOfWork, house: House) -> None:
    """The label of a house ends with it, inside the command that closes it."""
    if records.active_label(uow, house.id) is not None:
        _end(uow, house.id, REVOKED, _("The house is closed."))


def _end(uow: UnitOfWork, house_id: int, state: str, reason: str) -> None:
    label = records.active_label(uow, house_id)
    if label is None:
        raise Clash(_("This house has no label in use."))
    uow.because(uow.reason or reason)
    label.state, label.why = state, reason.strip()[:200]
    label.ended_at, label.ended_by = uow.now, uow.actor.login
    uow.session.flush()


def _rows(uow: UnitOfWork, houses: Sequence[House]) -> list[dict[str, Any]]:
    """Column values of fresh labels, with short codes that nobody has."""
    codes = _short_codes(uow, len(houses))
    told = {"version": 1, "state": ACTIVE, "issued_at": uow.now, "issued_by": uow.actor.login}
    rows = []
    for house, code in zip(houses, codes, strict=True):
        token = new_token()
        sealed = {"token": Sealed(ABOUT, plain=token), "token_index": keyring().index(token, ABOUT)}
        rows.append(
            {**told, **sealed, "id": new_id(), "area": house.area, "house_id": house.id, "short_code": code}
        )
    return rows


def _short_codes(uow: UnitOfWork, count: int) -> list[str]:
    """So many codes that were never given out, in any branch."""
    fresh: set[str] = set()
    while len(fresh) < count:
        wanted = [new_short_code() for _code in range(min(count - len(fresh), records.MANY))]
        fresh.update(set(wanted) - records.short_codes_taken(uow, wanted))
    return list(fresh)


def tell(uow: UnitOfWork, rows: Sequence[dict[str, Any]], changes: Changes) -> None:
    """What was written past the session, inside a command, stands in the log and moves the data version."""
    uow.touched.add(DoorLabel.__name__)
    if len(rows) <= FEW:
        about = [
            (f"DoorLabel/{row['id']}", row["area"], {**changes, "house_id": [None, row["house_id"]]})
            for row in rows
        ]
        uow.lines += [uow.line("done", about=name, area=area, changes=told) for name, area, told in about]
        return
    digest = hashlib.sha256(repr(sorted(row["id"] for row in rows)).encode()).hexdigest()[:16]
    told = {**changes, "records": [None, len(rows)], "digest": [None, digest]}
    uow.lines.append(uow.line("done", about="DoorLabel", changes=told))


AT_CLOSING.append(retire)
