"""The registers of the demo: homes that are let or empty, dogs, volunteers, visits and points against fire, as rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from core.demo.filing import Row, doc, name_pieces, pieces
from core.demo.folk import YEAR
from core.demo.homes import Home, day, verified
from core.demo.plan import Node
from core.demo.residents import Registrar
from core.demo.shops import Built
from core.demo.words import Weighted, surnames, table
from core.kernel.bulk import Rows as Tables
from core.kernel.i18n import catalogue
from core.kernel.search import SearchDoc
from core.registers import shipped
from core.registers.care import CareVisit
from core.registers.dog import Dog
from core.registers.fire import FirePoint
from core.registers.rental import Rental
from core.registers.vacant import VacantHome
from core.registers.volunteer import Volunteer

USE = Weighted({"02": 90, "01": 7, "99": 3})
DANGER = Weighted({"00": 88, "02": 8, "01": 2, "99": 2})
POINT = Weighted({"extinguisher": 50, "hydrant": 18, "station": 6, "exit": 12, "charging": 10, "water": 4})
WORKS = Weighted({"good": 88, "expiring": 6, "broken": 3, "blocked": 2, "missing": 1})
SERVICE = Weighted(
    {"general": 30, "elderly": 18, "patrol": 14, "environment": 14, "culture": 10, "fire": 8, "mediation": 6}
)
VISIT = Weighted({"home": 60, "phone": 25, "meal": 8, "festival": 5, "escort": 2})
VACANCY = Weighted({"moved": 50, "let": 18, "sale": 12, "repair": 8, "unknown": 8, "inherited": 4})
LET, EMPTY, DOGS, HELPERS, VISITED = 0.45, 0.4, 0.11, 0.022, 0.42
"""Share of rented and vacant homes, of homes with an owner, of grown and of old people that stand in a register."""
OLD, GROWN = 75 * YEAR, 20 * YEAR
HOMES_A_POINT = 35
BESIDE = 0.0001
"""Degrees south of the middle of a house at which a point stands."""


@cache
def _words(name: str, mark: str = " ") -> tuple[str, ...]:
    return tuple(word.strip() for word in table("registers")[name].split(mark) if word.strip())


@cache
def _breeds() -> Weighted[str]:
    return Weighted(
        {breed: float(weight) for breed, weight in (word.split("=") for word in _words("breeds"))}
    )


@dataclass
class Books:
    """What one community writes into each register, and what the search knows of it."""

    rows: dict[type[Any], list[Row]] = field(default_factory=lambda: defaultdict(list))
    docs: list[Row] = field(default_factory=list)

    def tables(self) -> Tables:
        """The rows of every register, and the search documents."""
        for one in shipped().values():
            yield one.record, self.rows[one.record]
        yield SearchDoc, self.docs


class Bookkeeper:
    """Keeps the registers of a town, one community after the other."""

    def __init__(self, registrar: Registrar, today: int) -> None:
        self.registrar, self.numbers, self.today = registrar, registrar.numbers, today
        self.random, self.books, self.where, self.worker = Random(), Books(), "", ""
        self.left: Counter[int] = Counter()
        """House -> the last day on which somebody left it."""

    def community(
        self,
        community: Node,
        built: Sequence[Built],
        people: Sequence[Row],
        stays: Iterable[Row],
        random: Random,
    ) -> Tables:
        """Every register of a community; `people` and `stays` are its rows of persons and residences."""
        self.random, self.books, self.left = random, Books(), Counter()
        living: dict[int, list[int]] = defaultdict(list)
        for stay in stays:
            if stay["to_on"] is None:
                living[stay["house_id"]].append(stay["person_id"])
            else:
                self.left[stay["house_id"]] = max(self.left[stay["house_id"]], stay["to_on"].toordinal())
        named = {person["id"]: person for person in people}
        for each in built:
            self.worker = each.worker
            self.where = f"{community.name} {each.block.grid.name}"
            for home in each.homes:
                at_home = [named[one] for one in living[home.id] if one in named]
                self._home(home, at_home)
            self._points(each)
        return self.books.tables()

    def _home(self, home: Home, people: Sequence[Row]) -> None:
        turn = self.random.random()
        if home.state == "rented" and turn < LET:
            self._rental(home, len(people))
        elif home.state == "vacant" and turn < EMPTY:
            self._vacant(home)
        elif home.state == "owned" and turn < DOGS and people:
            self._dog(home, people[0])
        for person in people:
            age = self.today - person["birth"].toordinal()
            if age > OLD and self.random.random() < VISITED:
                self._visit(home, person)
            elif GROWN < age < OLD and self.random.random() < HELPERS:
                self._volunteer(home, person)

    # --- one row of each --------------------------------------------------

    def _rental(self, home: Home, tenants: int) -> None:
        name, (calls, mark) = self._owner(), self.registrar.sealed("phone", self.numbers.phone())
        last, since = self._last(170), self.today - self.random.randrange(20, 700)
        row = {
            "house_id": home.id,
            "landlord": name,
            **calls,
            "use": USE.draw(self.random),
            "tenants": tenants,
            "lease_from": day(since),
            "lease_to": day(since + self.random.choice((365, 365, 730))),
            "is_filed": self.random.random() < 0.6,
            "danger": DANGER.draw(self.random),
            "inspected_on": day(last),
            "next_due": day(last + 90),
        }
        self._write(Rental, home, row, home.short, (name_pieces(name), mark), seen=last)

    def _vacant(self, home: Home) -> None:
        name, (calls, mark) = self._owner(), self.registrar.sealed("phone", self.numbers.phone())
        last = self._last(110)
        since = min(last, max(last - self.random.randrange(60, 2000), self.left[home.id] + 1))
        off = {
            f"is_{what}_off": self.random.random() < share
            for what, share in (("water", 0.7), ("gas", 0.85), ("power", 0.5))
        }
        row = {
            "house_id": home.id,
            "since": day(since),
            "reason": VACANCY.draw(self.random),
            "owner": name,
            **calls,
            **off,
            "checked_on": day(last),
            "next_check": day(last + 60),
        }
        self._write(VacantHome, home, row, home.short, (name_pieces(name), mark), seen=last)

    def _dog(self, home: Home, owner: Row) -> None:
        name, last = self.random.choice(_words("dogs")), self._last(420)
        row = {
            "name": name,
            "breed": _breeds().draw(self.random),
            "coat": self.random.choice(_words("coats")),
            "house_id": home.id,
            "person_id": owner["id"],
            "licence_no": f"示犬{self.numbers.id():07}" if self.random.random() < 0.7 else "",
            "vaccinated_on": day(last),
            "next_due": day(last + 365),
        }
        also = (
            pieces(row["breed"]),
            pieces(row["coat"]),
            pieces(row["licence_no"]),
            name_pieces(owner["name"]),
        )
        self._write(Dog, home, row, name, also, seen=last)

    def _volunteer(self, home: Home, person: Row) -> None:
        skills = "、".join(self.random.sample(_words("skills"), self.random.choice((1, 1, 2))))
        row = {
            "person_id": person["id"],
            "service": SERVICE.draw(self.random),
            "skills": skills,
            "since": day(self.today - self.random.randrange(30, 3000)),
            "hours": float(self.random.randrange(0, 400)),
            "is_available": self.random.random() < 0.8,
        }
        self._write(Volunteer, home, row, person["name"], (pieces(skills),), is_housed=False)

    def _visit(self, home: Home, person: Row) -> None:
        last = self._last(75)
        wants = self.random.random() < 0.3
        row = {
            "person_id": person["id"],
            "visited_on": day(last),
            "visited_by": self.worker,
            "kind": VISIT.draw(self.random),
            "findings": self.random.choice(_words("findings", "|")),
            "needs": self.random.choice(_words("needs", "|")) if wants else "",
            "is_solved": wants and self.random.random() < 0.6,
            "next_visit": day(last + 30),
        }
        self._write(CareVisit, home, row, person["name"], (pieces(self.worker),), seen=last, is_housed=False)

    def _points(self, each: Built) -> None:
        """Points against fire, some for each block; they stand beside a house."""
        for serial, home in enumerate(each.homes[::HOMES_A_POINT], 1):
            kind, last = POINT.draw(self.random), self._last(38)
            name, (calls, mark) = self._owner(), self.registrar.sealed("phone", self.numbers.phone())
            title, equipment = f"{home.front} {serial}号点", self.random.choice(_words("equipment", "|"))
            lon, lat = home.spot[0], round(home.spot[1] - BESIDE, 6)
            row = {
                "title": title,
                "kind": kind,
                "equipment": equipment,
                "amount": self.random.choice((1, 2, 2, 4)),
                "state": WORKS.draw(self.random),
                "house_id": home.id,
                "place": f"{lon:.7f},{lat:.7f}",
                "lon": lon,
                "lat": lat,
                "responsible": name,
                **calls,
                "checked_on": day(last),
                "next_check": day(last + 30),
            }
            self._write(FirePoint, home, row, title, (pieces(equipment), name_pieces(name), mark), seen=last)

    def _owner(self) -> str:
        return surnames().draw(self.random) + self.random.choice("伟芳敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚")

    def _last(self, days: int) -> int:
        """A day in the last so many."""
        return self.today - 1 - int(days * self.random.random() ** 1.4)

    def _write(
        self,
        kind: type[Any],
        home: Home,
        row: Row,
        title: str,
        also: Iterable[str],
        *,
        seen: int = 0,
        is_housed: bool = True,
    ) -> None:
        """A row with its number, its place and its search document."""
        number = self.numbers.id()
        name, said = _named()[kind]
        looks = verified(seen, self.worker, self.random)
        self.books.rows[kind].append({"id": number, "area": home.area, **row, "extra": {}, **looks})
        at = f"{home.short} " if is_housed else ""
        body = f"{said} · {at}{self.where}"
        found_by = (
            pieces(title),
            pieces(said),
            *([pieces(home.short)] if is_housed else []),
            pieces(self.where),
            *also,
        )
        self.books.docs.append(doc(f"r{name}", number, home.area, title, body, found_by))


@cache
def _named() -> dict[type[Any], tuple[str, str]]:
    """Kind of record -> name of its register and what it is called."""
    chinese = catalogue("zh_CN")
    return {one.record: (name, chinese[one.title]) for name, one in shipped().items()}
