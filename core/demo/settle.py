"""One community after the other: its areas, houses, people, organisations and components as rows for the loader."""

from collections.abc import Iterable, Iterator
from itertools import count
from random import Random

from core.components.models import Component
from core.demo.blocks import Block
from core.demo.doubles import Doubles
from core.demo.filing import Row, doc, pieces
from core.demo.fixtures import Surveyor
from core.demo.folk import YEAR
from core.demo.homes import Builder, Home, day
from core.demo.ledgers import Bookkeeper
from core.demo.numbers import Numbers
from core.demo.past import Past
from core.demo.plan import Node
from core.demo.residents import ABROAD_CATEGORY, LOCAL, NEWCOMER, Known, Lodging, Registrar, Rows, make_folk
from core.demo.shops import Built, Shopkeeper
from core.demo.ties import Ties
from core.demo.town import Town
from core.demo.words import Origin, origins
from core.kernel.bulk import Rows as Tables
from core.kernel.crypto import Keyring
from core.kernel.history import FieldChange
from core.kernel.search import SearchDoc
from core.organisations.models import Inspection, Organisation, Premises, Staff
from core.people.duplicates import DuplicatePair
from core.people.models import DeclaredTag, Household, Person, Relation, Residence
from core.places.models import Area, Building, GivenCode, House, Level

FOUNDED = 735_964
"""The day from which the areas hold: 2016-01-01."""
NOWHERE = Origin("", "")


class Settler:
    """Settles a town; gives its rows in an order in which each finds those it leans on."""

    def __init__(self, town: Town, ring: Keyring, today: int) -> None:
        self.town, self.today, self.numbers = town, today, Numbers()
        self.registrar = Registrar(ring, self.numbers, today)
        self.ties = Ties(self.registrar, today)
        self.doubles, self.past = Doubles(self.numbers), Past(self.numbers, today)
        self.living: list[Known] = []
        self.shops = Shopkeeper(self.registrar, town.plan.root.name, today)
        self.keeper = Bookkeeper(self.registrar, today)
        self.surveyor = Surveyor(town.plan, town.ground, self.numbers, today)
        self.registrar.towns = [
            f"{town.plan.root.name}{s.name}{c.name}" for s in town.plan.root.children for c in s.children
        ]

    # --- areas ------------------------------------------------------------

    def upper_areas(self) -> Tables:
        """The district and its streets."""
        root = self.town.plan.root
        rows = [self._area(root, []), *(self._area(street, [root.name]) for street in root.children)]
        yield Area, [row for row, _doc in rows]
        yield SearchDoc, [found for _row, found in rows]

    def _area(self, node: Node, above: list[str], trade: str = "") -> tuple[Row, Row]:
        """The row of an area and its document; with a trade it is an industry grid."""
        rect = node.rect
        lon, lat = self.town.ground.place((rect.a0 + rect.a1) / 2, (rect.b0 + rect.b1) / 2)
        number, words = self.numbers.id(), " ".join([*above, node.code])
        row = {
            "id": number,
            "area": node.path,
            "code": node.code,
            "name": node.name,
            "level": node.level,
            "kind": "industry" if trade else "general",
            "trade": trade,
            "valid_from": day(FOUNDED),
            "polygon": [self.town.ground.ring(rect)],
            "lon": lon,
            "lat": lat,
        }
        return row, doc("area", number, node.path, node.name, words, (pieces(node.name), pieces(words)))

    def _areas(self, street: Node, community: Node, blocks: list[Block]) -> Iterator[tuple[Row, Row]]:
        above = [self.town.plan.root.name, street.name]
        yield self._area(community, above)
        above = [*above, community.name]
        for block, path in zip(blocks, _industry(community, blocks), strict=True):
            yield self._area(block.grid, above)
            if block.institution and block.ground and path:
                own = Node(Level.GRID, block.ground, path=path, name=f"{block.institution.name}网格")
                yield self._area(own, above, block.institution.trade)

    # --- one community ----------------------------------------------------

    def community(self, street: Node, community: Node, worker: str) -> Tables:
        """Everything of one community; `worker` is the login of a grid's worker, {code} its code."""
        random = Random(f"{self.town.seed}/people/{community.code}")
        self.registrar.random = self.ties.random = random
        self.registrar.rows = rows = Rows()
        self.registrar.grid_names = {grid.path: grid.name for grid in community.children}
        self.doubles.start(self._chance("doubles", community))
        self.living = []
        blocks = self.town.blocks(community)
        areas = list(self._areas(street, community, blocks))
        builder = Builder(community, self.town.ground, self.numbers, random, self.today)
        built = []
        for block, industry in zip(blocks, _industry(community, blocks), strict=True):
            self.registrar.worker = worker.format(code=block.grid.code)
            homes = list(builder.build(block, self.registrar.worker))
            self._people(homes, random)
            built.append(Built(block, homes, industry, self.registrar.worker))
        yield Area, [row for row, _doc in areas]
        yield Building, builder.buildings
        houses = [home.row for each in built for home in each.homes]
        yield House, houses
        yield GivenCode, [*_given("Building", builder.buildings), *_given("House", houses)]
        yield from _tables(rows)
        yield DuplicatePair, self.doubles.rows(rows.people, self.living)
        kept_by = [(home, each.worker) for each in built for home in each.homes]
        yield FieldChange, self.past.community(kept_by, rows.people, self._chance("past", community))
        yield SearchDoc, [found for _row, found in areas] + builder.docs + rows.docs
        yield from self._things(community, built, rows)

    def _things(self, community: Node, built: list[Built], rows: Rows) -> Tables:
        """The organisations, components and registers of a community, each in an order of chance of its own."""
        shops = self.shops.community(community, built, rows.people, self._chance("organisations", community))
        yield Organisation, shops.organisations
        yield Premises, shops.premises
        yield Staff, shops.staff
        yield Inspection, shops.inspections
        grids = [(each.block.grid, each.worker) for each in built]
        components, docs = self.surveyor.community(community, grids, self._chance("components", community))
        yield Component, components
        yield SearchDoc, shops.docs + docs
        chance = self._chance("registers", community)
        yield from self.keeper.community(community, built, rows.people, rows.residences, chance)

    def _chance(self, what: str, community: Node) -> Random:
        return Random(f"{self.town.seed}/{what}/{community.code}")

    def _people(self, homes: Iterable[Home], random: Random) -> None:
        for home in homes:
            if home.state in ("owned", "rented"):
                self._household(home, random)
            elif home.state == "vacant":
                self.ties.before(home, self.today)

    def _household(self, home: Home, random: Random) -> None:
        """Somebody moves in; what was before, and who belongs to them elsewhere."""
        lodging = self._lodging(home, random)
        folk = make_folk(random, self.today, lodging.category)
        souls = folk.owners() if home.state == "owned" else folk.tenants()
        if lodging.category == ABROAD_CATEGORY:
            souls = souls[:2]
        lodging.came = max(lodging.came, souls[0].born + int((23 if home.state == "owned" else 18) * YEAR))
        known = self.registrar.settle(home, souls + self.doubles.guests(), lodging)
        self.doubles.remember(known)
        self.living += known
        self.ties.before(home, lodging.came)
        self.ties.moved(known)
        self.ties.tags(known)
        self._belong(known)

    def _belong(self, known: list[Known]) -> None:
        """Old people find their children, others may be found."""
        known = [person for person in known if not person.soul.twin]
        old = all(self.today - person.soul.born > 60 * YEAR for person in known)
        if old and known[0].lodging.category == LOCAL:
            if len(known) == 1:
                self.ties.widowed(known[0])
            self.ties.children_of(known)
        elif not any(person.soul.role in ("father", "mother") for person in known):
            self.ties.remember(person for person in known if person.soul.role in ("husband", "wife", "alone"))

    def _lodging(self, home: Home, random: Random) -> Lodging:
        """How a household lives: its category, since when, registered where."""
        turn, owner = random.random(), home.state == "owned"
        category = LOCAL if turn < (0.87 if owner else 0.2) else NEWCOMER
        if not owner and turn > 0.993:
            category = ABROAD_CATEGORY
        years = random.uniform(0.2, 24) if owner else min(9.0, random.expovariate(0.55) + 0.03)
        came = max(home.built, self.today - int(years * YEAR) - 2)
        origin = origins().draw(random) if category == NEWCOMER else NOWHERE
        registered_here = owner and random.random() < 0.82
        return Lodging(home, came, "owner" if owner else "tenant", category, origin, registered_here)


def _given(kind: str, records: Iterable[Row]) -> Iterator[Row]:
    """The codes that buildings or houses carry, as given when the register began."""
    for row in records:
        about = {"about_kind": kind, "about_id": row["id"]}
        yield {
            "id": row["id"],
            "area": row["area"],
            "code": row["code"],
            "given_on": day(FOUNDED),
            "why": "filed",
            **about,
        }


def _industry(community: Node, blocks: list[Block]) -> list[str]:
    """The path of the industry grid of each block, "" for those without; serials from 601."""
    serials = count(601)
    return [f"{community.path}{next(serials)}/" if b.institution and b.ground else "" for b in blocks]


def _tables(rows: Rows) -> Tables:
    yield Household, rows.households
    yield Person, rows.people
    yield Residence, rows.residences
    yield Relation, rows.relations
    yield DeclaredTag, rows.tags
