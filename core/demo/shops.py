"""The organisations of one community as rows: in shops, flats and halls, with owners, staff, inspections and a past."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from core.demo import firms
from core.demo.blocks import Block
from core.demo.filing import Row, doc
from core.demo.firms import UNREGISTERED, Firm
from core.demo.folk import YEAR
from core.demo.homes import Home, day, verified
from core.demo.plan import Node
from core.demo.residents import Registrar
from core.demo.words import Weighted, generation, surnames
from core.kernel.codes import code_name
from core.kernel.search import shifts
from core.organisations.rules import Seen, next_due

RESULTS = Weighted({"pass": 83, "fix": 14, "fail": 3})
INSPECTORS = Weighted({"社区网格员": 60, "街道安监办": 22, "市场监管所": 12, "消防救援站": 6})
POSTS = Weighted({"店员": 40, "店长": 14, "收银员": 12, "会计": 10, "厨师": 8, "司机": 8, "保安": 8})
GONE = Weighted({"closed": 86, "moved": 14})
SHOP, HALL = "31", "10"
"""Use of a shop, and ownership of the halls of institutions."""
WORDS = {"stall": "号档", "shop": "号铺", "park": "号厂房"}


@dataclass
class Filed:
    """What one community adds to the tables of organisations."""

    organisations: list[Row] = field(default_factory=list)
    premises: list[Row] = field(default_factory=list)
    staff: list[Row] = field(default_factory=list)
    inspections: list[Row] = field(default_factory=list)
    docs: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Built:
    """A built grid: its homes, the path of its industry grid ("" for none) and who verifies there."""

    block: Block
    homes: Sequence[Home]
    industry: str
    worker: str


@dataclass
class Stay:
    """How an organisation is in a home: since when, until when (0: still), where exactly, in which industry grid."""

    home: Home
    since: int
    until: int = 0
    words: str = ""
    industry: str = ""

    @property
    def address(self) -> str:
        """The short address, as the register writes it."""
        return f"{self.home.short} {self.words}".rstrip()


class Shopkeeper:
    """Opens the organisations of a town, community by community."""

    def __init__(self, registrar: Registrar, district: str, today: int) -> None:
        self.registrar, self.numbers, self.district, self.today = (
            registrar,
            registrar.numbers,
            district,
            today,
        )
        self.filed = Filed()
        self.random = Random()
        self.adults: list[Row] = []
        self.worker = ""

    def community(
        self, community: Node, built: Iterable[Built], people: Sequence[Row], random: Random
    ) -> Filed:
        """Every organisation of a community; `people` are the rows of those who live there."""
        self.filed, self.random = Filed(), random
        oldest, youngest = day(self.today - int(64 * YEAR)), day(self.today - int(22 * YEAR))
        self.adults = [row for row in people if row["state"] == "here" and oldest < row["birth"] < youngest]
        stem, former = community.name.removesuffix("社区"), list[Home]()
        waiting = firms.of_community(community.name, random)
        for each in built:
            self.worker = each.worker
            first = True
            for home in each.homes:
                if home.row["ownership"] == HALL:
                    self._hall(each, home, stem, is_first=first)
                    first = False
                elif home.state == "business":
                    self._shop(home, stem, former)
                elif home.state == "vacant" and home.row["use"] == SHOP and random.random() < 0.7:
                    self._gone(home, stem, self.today)
                if waiting and home.state == "business" and home.row["ownership"] != HALL:
                    self._open(waiting.pop(), Stay(home, self._since(home)))
        return self.filed

    # --- one home ---------------------------------------------------------

    def _hall(self, built: Built, home: Home, stem: str, *, is_first: bool) -> None:
        """The institution itself in the first hall, and what rents in it."""
        institution = built.block.institution
        if institution is None:
            return
        if is_first:
            firm = firms.institution(institution.trade, institution.name, self.random)
            self._open(firm, Stay(home, home.built, industry=built.industry))
        group, count = firms.tenants(institution.trade, self.random)
        for number in range(1, count + 1):
            firm = firms.draw(group, self.district, stem, self.random)
            self._open(firm, Stay(home, self._since(home), 0, f"{number}{WORDS[group]}", built.industry))

    def _shop(self, home: Home, stem: str, former: list[Home]) -> None:
        """A business in a shop or flat; some had another one before, some came from elsewhere, few share."""
        group = "shop" if home.row["use"] == SHOP else "office"
        stay = Stay(home, self._since(home))
        if self.random.random() < 0.31:
            self._gone(home, stem, stay.since)
        firm = firms.draw(group, self.district, stem, self.random)
        number = self._open(firm, stay)
        if former and self.random.random() < 0.06:
            self._was_in(number, firm, former.pop(), stay.since)
        if group == "shop" and self.random.random() < 0.12:
            self._open(firms.draw(group, self.district, stem, self.random), Stay(home, stay.since))
        if self.random.random() < 0.1:
            former.append(home)

    def _gone(self, home: Home, stem: str, until: int) -> None:
        """One that was there before a day."""
        last = until - 20 - int(self.random.random() * 300)
        since = max(home.built, last - 90 - int(self.random.random() * 6 * YEAR))
        if since < last < self.today:
            group = "shop" if home.row["use"] == SHOP else "office"
            firm = firms.draw(group, self.district, stem, self.random)
            self._open(firm, Stay(home, since, last))

    def _was_in(self, number: int, firm: Firm, home: Home, until: int) -> None:
        """The organisation stood in another home before."""
        since = max(home.built, until - 200 - int(self.random.random() * 3 * YEAR))
        if since < until:
            self.filed.premises.append(self._premises(number, firm, Stay(home, since, until)))

    def _since(self, home: Home) -> int:
        """Mostly open for a few years."""
        return max(home.built, self.today - 20 - int(min(15.0, self.random.expovariate(0.3)) * YEAR))

    # --- rows -------------------------------------------------------------

    def _open(self, firm: Firm, stay: Stay) -> int:
        """File one organisation with everything around it; its number."""
        number, home, random = self.numbers.id(), stay.home, self.random
        looks = [] if stay.until else list(self._looks(number, home.area, firm))
        due = next_due(Seen(row["kind"], row["inspected_on"], row["next_due"]) for row in looks)
        lawful, marks = self._representative()
        code = self.numbers.credit(firm.begins) if firm.begins != UNREGISTERED else None
        row = {
            "id": number,
            "area": home.area,
            "name": firm.name,
            "short_name": firm.sign if firm.sign != firm.name else "",
            "credit_code": code,
            "no_code_reason": firm.reason,
            "kind": firm.kind,
            "trade": firm.trade,
            "place": stay.words,
            "employees": firm.staff,
            **lawful,
            **self._licence(firm, number),
            "opened_on": day(stay.since),
            "closed_on": day(stay.until) if stay.until else None,
            "state": GONE.draw(random) if stay.until else "open",
            "house_id": home.id,
            "building_id": home.row["building_id"],
            "address": stay.address,
            "industry_grid": stay.industry if not stay.until else "",
            "inspection_due": due,
            **verified(home.verified if home.verified > stay.since else 0, self.worker, random),
        }
        self.filed.organisations.append(row)
        self.filed.premises.append(self._premises(number, firm, stay))
        self.filed.inspections += looks
        self._staff(number, stay)
        self._file(row, marks)
        return number

    def _premises(self, number: int, firm: Firm, stay: Stay) -> Row:
        return {
            "id": self.numbers.id(),
            "area": stay.home.area,
            "organisation_id": number,
            "house_id": stay.home.id,
            "building_id": stay.home.row["building_id"],
            "name": firm.name,
            "address": stay.address,
            "from_on": day(stay.since),
            "to_on": day(stay.until) if stay.until else None,
        }

    def _representative(self) -> tuple[Row, Sequence[str]]:
        """Who answers for it, often a neighbour, and how they are reached; the columns and the marks of the phones."""
        known = self.random.choice(self.adults) if self.adults and self.random.random() < 0.5 else None
        name = known["name"] if known else self._name()
        text = self.numbers.phone() if self.random.random() < 0.93 else ""
        calls, mark = self.registrar.sealed("phone", text)
        columns = {"legal_name": name, "legal_person_id": known["id"] if known else None}
        for who in ("legal", "contact"):
            columns.update({f"{who}_{column}": value for column, value in calls.items()})
        return {**columns, "contact_name": name}, (mark, mark) if mark else ()

    def _name(self) -> str:
        sex = "1" if self.random.random() < 0.62 else "2"
        return surnames().draw(self.random) + generation(sex, self.random.randint(1965, 1999)).given(
            self.random
        )

    def _licence(self, firm: Firm, number: int) -> Row:
        until = day(self.today - 60 + int(self.random.random() * 4 * YEAR))
        has = firm.licence and firm.begins != UNREGISTERED
        return {
            "licence_kind": firm.licence if has else "",
            "licence_no": f"示{firm.licence[:2].upper()}{number:08}" if has else "",
            "licence_until": until if has else None,
        }

    def _looks(self, number: int, area: str, firm: Firm) -> Iterator[Row]:
        """Inspections of the last two years; what is due again may be late."""
        for kind in firm.looks:
            ago = int(self.random.random() * 340)
            for turn in range(int(self.random.random() * 2.4)):
                on = self.today - ago - 200 * turn
                yield {
                    "id": self.numbers.id(),
                    "area": area,
                    "organisation_id": number,
                    "inspected_on": day(on),
                    "kind": kind,
                    "result": RESULTS.draw(self.random),
                    "inspector": INSPECTORS.draw(self.random),
                    "next_due": day(on + (365 if turn else self.random.choice((180, 365, 365)))),
                }

    def _staff(self, number: int, stay: Stay) -> None:
        for _one in range(int(self.random.random() * 1.9)):
            known = self.random.choice(self.adults) if self.adults and self.random.random() < 0.6 else None
            since = stay.since + int(self.random.random() * ((stay.until or self.today) - stay.since))
            self.filed.staff.append(
                {
                    "id": self.numbers.id(),
                    "area": stay.home.area,
                    "organisation_id": number,
                    "person_id": known["id"] if known else None,
                    "name": known["name"] if known else self._name(),
                    "post": POSTS.draw(self.random),
                    "from_on": day(since),
                    "to_on": day(stay.until) if stay.until else None,
                }
            )

    def _file(self, row: Row, marks: Sequence[str]) -> None:
        left = code_name("organisation_state", row["state"]) if row["state"] != "open" else ""
        grid = self.registrar.grid_names[row["area"]]
        words = (row["short_name"], left, row["address"], grid, row["credit_code"])
        body = " ".join(word for word in words if word)
        found_by = (" ".join(shifts(row["name"])), " ".join(shifts(body)), *marks)
        self.filed.docs.append(doc("organisation", row["id"], row["area"], row["name"], body, found_by))
