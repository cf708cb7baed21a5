"""People as rows: who moves into which house, since when, registered where, reached by which phone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from core.demo.filing import Row, doc, name_pieces, pieces
from core.demo.folk import SPOUSE, YEAR, Folk, Soul
from core.demo.homes import Home, day, moment, verified
from core.demo.numbers import DIVISION, Numbers
from core.demo.words import ABROAD, Origin, Weighted, foreigners
from core.kernel.codes import code_name
from core.kernel.crypto import Keyring, Sealed

REASONS = Weighted({"01": 58, "03": 16, "06": 12, "05": 6, "09": 4, "04": 4})
"""Why newcomers came (GB/T 31000 流入原因)."""
PURPOSES = ("01", "02", "02", "03", "05")
"""Why people came from abroad (GB/T 31000 来华目的)."""
LOCAL, NEWCOMER, ABROAD_CATEGORY = "hukou", "migrant", "overseas"

LEFT = code_name("person_state", "away")
SAID_BY = {
    "owner": ("department", "import"),
    "family": ("import", "department", "resident"),
    "tenant": ("resident", "department", "resident", ""),
    "temporary": ("resident",),
}
"""Kind of a residence -> who may have said so before anybody of the office looked."""


@dataclass(slots=True)
class Lodging:
    """A household in a house: what its members share. `leaves` is the last day, 0 while they live there."""

    home: Home
    came: int
    kind: str
    category: str
    origin: Origin
    registered_here: bool = True
    household: int | None = None
    leaves: int = 0
    state: str = "here"


@dataclass(slots=True, eq=False)
class Known:
    """Somebody with a number, as relations need them."""

    id: int
    soul: Soul
    lodging: Lodging


@dataclass
class Rows:
    """What one community adds to the tables of people."""

    households: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    residences: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    tags: list[Row] = field(default_factory=list)
    docs: list[Row] = field(default_factory=list)


class Registrar:
    """Registers people; one for a whole town."""

    def __init__(self, ring: Keyring, numbers: Numbers, today: int) -> None:
        self.ring, self.numbers, self.today = ring, numbers, today
        self._tail = lru_cache(maxsize=50_000)(ring.tail)
        self.rows = Rows()
        self.random = Random()
        self.grid_names: dict[str, str] = {}
        self.towns: Sequence[str] = ()
        self.worker = ""

    # --- households -------------------------------------------------------

    def settle(self, home: Home, souls: list[Soul], lodging: Lodging) -> list[Known]:
        """A household moves in; the first of `souls` is the head."""
        lodging.household = self.numbers.id()
        shared = sum(soul.role == "mate" for soul in souls) > 1
        listed = lodging.category == LOCAL and lodging.registered_here
        known = self.register(souls, lodging)
        home.row["residents"] = len(souls)
        self.rows.households.append(
            {
                "id": lodging.household,
                "area": home.area,
                "number": self.numbers.household() if listed else "",
                "kind": "collective" if shared else "family",
                "house_id": home.id,
                "head_id": known[0].id,
                "size": len(souls),
                "opened_on": day(lodging.came),
            }
        )
        return known

    def register(self, souls: list[Soul], lodging: Lodging) -> list[Known]:
        """People with their residence in the house of the lodging."""
        known, shared = [], self.numbers.phone()
        for place, soul in enumerate(souls):
            person = Known(self.numbers.id(), soul, lodging)
            since = max(lodging.came, soul.born)
            kind = self._kind(soul, lodging, place)
            seen = lodging.home.verified if lodging.home.verified > since and not lodging.leaves else 0
            self.stay(person, lodging.home.id, lodging.home.area, kind, since, lodging.leaves, seen)
            soul.phone = soul.phone or self._phone(soul, shared, place)
            self._person(person, since, soul.phone)
            known.append(person)
        return known

    def stay(
        self, person: Known, house: int, area: str, kind: str, since: int, until: int = 0, seen: int = 0
    ) -> None:
        """One residence from a day to a day, or until now; `seen` is the day of the last look, 0 for none."""
        number = self.numbers.id()
        sources = ("visit", "document", *SAID_BY[kind]) if seen else SAID_BY[kind]
        looked = (moment(seen, 60), self.worker, "visit") if seen else (None, "", "")
        self.rows.residences.append(
            {
                "id": number,
                "source": sources[number // 7 % len(sources)],
                **dict(zip(("verified_at", "verified_by", "verified_from"), looked, strict=True)),
                "area": area,
                "person_id": person.id,
                "house_id": house,
                "kind": kind,
                "from_on": day(since),
                "to_on": day(until) if until else None,
            }
        )

    def _kind(self, soul: Soul, lodging: Lodging, place: int) -> str:
        """Owner or tenant with their family; couples often own together."""
        grown, turn = self.today - soul.born > 18 * YEAR, self.random.random()
        if lodging.kind == "owner" and place and (soul.relation != SPOUSE or turn < 0.45):
            return "family"
        if grown and turn > 0.994:
            return "temporary"
        return lodging.kind if grown or not place else "family"

    def _phone(self, soul: Soul, shared: str, place: int) -> str:
        """Mostly an own number, for some the family's, for small children and many old people none."""
        age, turn = (self.today - soul.born) / YEAR, self.random.random()
        if place == 0:
            return shared if age < 80 or turn < 0.7 else ""
        own = 0.8 if 17 <= age < 70 else 0.3 if 13 <= age < 17 else 0.35 if age >= 70 else 0.0
        return self.numbers.phone() if turn < own else shared if age >= 13 and turn < own + 0.2 else ""

    # --- people -----------------------------------------------------------

    def _person(self, person: Known, since: int, phone: str) -> None:
        soul, lodging = person.soul, person.lodging
        overseas = self._passport(soul, since) if lodging.category == ABROAD_CATEGORY else {}
        papers, marks = self._papers(soul, overseas)
        since = min(lodging.leaves or self.today, since + self.random.randrange(45))
        calls, reached = self.sealed("phone", phone)
        home = lodging.home
        self.rows.people.append(
            {
                "id": person.id,
                "area": home.area,
                "name": soul.name,
                **papers,
                "sex": soul.sex,
                "birth": day(soul.born),
                **calls,
                **self._registration(lodging),
                "state": lodging.state,
                "registered_on": day(since),
                "household_id": lodging.household,
                "relation": soul.relation if lodging.household else "",
                **overseas,
                **verified(home.verified if home.verified > since else 0, self.worker, self.random),
            }
        )
        if lodging.state != "dead":
            self._file(person, home, marks, reached)

    def _file(self, person: Known, home: Home, *marks: str) -> None:
        """Somebody is found by name, numbers, grid and, while they live there, home."""
        name, grid = person.soul.name, self.grid_names[home.area]
        if person.lodging.leaves:
            found_by = (name_pieces(name), pieces(LEFT + grid), *marks)
            self.rows.docs.append(doc("person", person.id, home.area, name, f"{LEFT} {grid}", found_by))
            return
        where = (pieces(home.front), pieces(home.tail + grid)) if home.tail else (pieces(home.front + grid),)
        found_by = (name_pieces(name), *where, *marks)
        self.rows.docs.append(doc("person", person.id, home.area, name, f"{home.short} {grid}", found_by))

    def sealed(self, about: str, text: str) -> tuple[Row, str]:
        """The three columns of a sealed number, and its tokens."""
        name = "document_no" if about == "document" else about
        names = name, f"{name}_index", f"{name}_tail"
        if not text:
            return dict.fromkeys(names), ""
        index, tail = self.ring.index(text, about), self._tail(text[-4:], about)
        return dict(zip(names, (Sealed(about, plain=text), index, tail), strict=True)), f"={index} ={tail}"

    def _papers(self, soul: Soul, overseas: Row) -> tuple[Row, str]:
        """Document and its columns; some newborns and a few others have none yet."""
        turn = self.random.random()
        newborn = self.today - soul.born < 120 and turn < 0.5
        missing = "newborn" if newborn else "" if turn > 0.0015 else "refused" if turn < 0.0008 else "lost"
        missing = "lost" if soul.twin else missing
        if overseas:
            kind, number = self.numbers.permit(overseas["nationality"])
            missing = ""
        else:
            kind, number = "111", "" if missing else self.numbers.identity(soul.born, soul.sex)
        columns, marks = self.sealed("document", number)
        return {"document_kind": kind, **columns, "no_document_reason": missing}, marks

    def _registration(self, lodging: Lodging) -> Row:
        """Where somebody is registered, and whether they live there."""
        if lodging.category == ABROAD_CATEGORY:
            return _registered(lodging, Origin("", ""), "")
        if lodging.category == NEWCOMER:
            return _registered(lodging, lodging.origin, "02", REASONS.draw(self.random))
        if lodging.registered_here:
            return _registered(lodging, Origin(DIVISION, str(lodging.home.row["address"])), "01")
        return _registered(lodging, Origin(DIVISION, self.random.choice(self.towns)), "02")

    def _passport(self, soul: Soul, since: int) -> Row:
        """The columns of somebody from abroad; a foreigner is called as in data/demo."""
        more: dict[str, Any] = {"foreign_name": "", "nationality": self.random.choice(ABROAD)}
        if self.random.random() < 0.45:
            more["nationality"], more["foreign_name"], soul.name = self.random.choice(foreigners(soul.sex))
        leaves, purpose = self.today + self.random.randrange(30, 600), self.random.choice(PURPOSES)
        return {**more, "arrived_on": day(since), "leaves_on": day(leaves), "purpose": purpose}


def _registered(lodging: Lodging, origin: Origin, consistent: str, reason: str = "") -> Row:
    return {
        "category": lodging.category,
        "hukou_division": origin.code,
        "hukou_address": origin.name,
        "consistent": consistent,
        "inflow_reason": reason,
    }


def make_folk(random: Random, today: int, category: str) -> Folk:
    """A maker of households with the surnames of the town or of the country."""
    folk = Folk(random, today)
    folk.elsewhere = category == NEWCOMER
    return folk
