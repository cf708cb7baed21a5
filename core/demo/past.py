"""What the register of the demo said before: phones that changed, households that moved, houses that were let, stood
empty and were let again. The last change of each field leads to what it says today."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from random import Random
from typing import Any

from core.demo.filing import Row
from core.demo.homes import Home, moment
from core.demo.numbers import PHONES, Numbers
from core.kernel.crypto import Sealed
from core.kernel.history import ABOUT

LONG = 200
"""Changes of the one house with the longest history, so that the past of a busy house can be tried."""
BUSY, CHANGES = 400, 24
"""Every so many houses one has that many changes."""
WHY = {
    "state": ("入户走访核实", "居民来电更正", "租客更换", "楼栋长告知"),
    "phone": ("更换手机号", "入户走访核实", "居民来电更正"),
    "category": ("户口迁入", "办理居住登记"),
    "use": ("商铺改作住宅", "整栋核查"),
}
SOURCES = ("visit", "visit", "phone", "resident", "department")
STATES = ("owned", "rented", "vacant", "rented")


class Past:
    """Makes the changes of one community after the other."""

    def __init__(self, numbers: Numbers, today: int) -> None:
        self.numbers, self.today = numbers, today
        self.random, self.seen = Random(), 0

    def community(
        self, homes: Iterable[tuple[Home, str]], people: Sequence[Row], random: Random
    ) -> Iterator[Row]:
        """The changes of the houses, each with the worker of its grid, and of the people."""
        self.random = random
        for home, worker in homes:
            yield from self._house(home, worker)
        for row in people:
            if row["state"] == "here":
                yield from self._person(row)

    # --- houses -----------------------------------------------------------

    def _house(self, home: Home, worker: str) -> Iterator[Row]:
        self.seen += 1
        if home.state == "business":
            return
        turn = self.random.random()
        count = (
            LONG
            if self.seen == 12
            else CHANGES
            if self.seen % BUSY == 0
            else int(turn * 25)
            if turn < 0.16
            else 0
        )
        states = [home.state, *(self.random.choice(STATES) for _n in range(count))]
        for place, at in enumerate(self._moments(count, self.today - home.built)):
            before, after = states[place + 1], states[place]
            if before == after:
                before = "unknown" if after != "unknown" else "vacant"
                states[place + 1] = before
            yield self._change("House", home.id, "state", before, after, at, worker)

    def _moments(self, count: int, age: int) -> list[datetime]:
        """When the changes were, the newest first, over some years of a house so many days old."""
        latest = max(3, min(age, 365 * (9 if count > CHANGES else 5)))
        days = sorted(self.random.randrange(2, latest) for _n in range(count))
        return [moment(self.today - each, 539 - n % 540) for n, each in enumerate(days)]

    # --- people -----------------------------------------------------------

    def _person(self, row: Row) -> Iterator[Row]:
        turn = self.random.random()
        who = row["verified_by"] or "import"
        days = max(2, self.today - row["registered_on"].toordinal())
        at = moment(self.today - self.random.randrange(1, days), self.random.randrange(540))
        if turn < 0.06 and row["phone"] is not None:
            old = Sealed(ABOUT, plain=f"{PHONES}{self.random.randrange(100_000):05}")
            new = Sealed(ABOUT, plain=row["phone"].open())
            yield self._change("Person", row["id"], "phone", None, None, at, who, (old, new))
        elif turn < 0.08 and row["category"] == "hukou":
            yield self._change("Person", row["id"], "category", "migrant", "hukou", at, who)

    def _change(
        self,
        kind: str,
        record: int,
        field: str,
        before: str | None,
        after: str | None,
        at: datetime,
        who: str,
        secret: tuple[Any, Any] = (None, None),
    ) -> Row:
        return {
            "id": self.numbers.id(),
            "kind": kind,
            "record_id": record,
            "field": field,
            "before": None if before is None else json.dumps(before),
            "after": None if after is None else json.dumps(after),
            "secret_before": secret[0],
            "secret_after": secret[1],
            "at": at,
            "who": who,
            "permission": "house.edit" if kind == "House" else "person.edit",
            "reason": self.random.choice(WHY[field]),
            "source": self.random.choice(SOURCES),
        }
