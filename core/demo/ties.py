"""What goes beyond one household and one day: former tenants, earlier homes, those who died, grown children
elsewhere, and tags that somebody declared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from core.demo.folk import FEMALE, MALE, SPOUSE, YEAR, Folk, Soul
from core.demo.homes import Home, day
from core.demo.residents import LOCAL, NEWCOMER, Known, Lodging, Registrar
from core.demo.words import origins
from core.people.rules import inverse

HUSBAND, WIFE, SON, DAUGHTER = "11", "12", "20", "30"
KEPT = 250
"""Grown people remembered for each surname."""


@dataclass(slots=True)
class Former:
    """A house in which somebody may have lived before, until a day at the latest."""

    house: int
    area: str
    built: int
    free_until: int


class Ties:
    """Weaves the town together; remembers a little of the communities before."""

    def __init__(self, registrar: Registrar, today: int) -> None:
        self.registrar, self.today = registrar, today
        self.grown: dict[str, list[Known]] = defaultdict(list)
        self.former: list[Former] = []
        self.random = Random()

    # --- earlier days -----------------------------------------------------

    def before(self, home: Home, since: int) -> None:
        """Perhaps somebody rented the house before the day `since`, when those of today came (or today)."""
        until = since - self.random.randrange(5, 120)
        came = until - self.random.randrange(60, 1100)
        chance = {"rented": 0.22, "vacant": 0.12, "owned": 0.015}.get(home.state, 0.0)
        if self.random.random() < chance and came > home.built:
            folk = Folk(self.random, came)
            folk.elsewhere = True
            origin = origins().draw(self.random)
            lodging = Lodging(home, came, "tenant", NEWCOMER, origin, leaves=until, state="away")
            self.registrar.register([s for s in folk.tenants() if s.born < came][:3], lodging)
            until = came - 30
        if home.state in ("rented", "vacant"):
            self.former.append(Former(home.id, home.area, home.built, until))

    def moved(self, known: list[Known]) -> None:
        """Perhaps the household rented elsewhere in the town before."""
        if not self.former or self.random.random() > 0.1:
            return
        at = self.random.randrange(len(self.former))
        former, until, grown = self.former[at], known[0].lodging.came - 1, known[0].soul.born + int(19 * YEAR)
        came = max(former.built, until - self.random.randrange(200, 2600), grown)
        if until > former.free_until or until - came < 30 or known[0].lodging.home.id == former.house:
            return
        self.former[at] = self.former[-1]
        self.former.pop()
        for place, person in enumerate(known):
            if person.soul.born < came:
                kind = "tenant" if place == 0 or person.soul.relation == SPOUSE else "family"
                self.registrar.stay(person, former.house, former.area, kind, came, until)

    def widowed(self, person: Known) -> None:
        """Perhaps the old person who lives alone had a husband or wife, who died here."""
        died = self.today - self.random.randrange(100, 2600)
        if self.random.random() > 0.4 or died <= person.lodging.came:
            return
        old, woman = person.soul, person.soul.sex == FEMALE
        folk = Folk(self.random, self.today)
        born = old.born - int(self.random.uniform(-2, 6) * YEAR) * (1 if woman else -1)
        late = folk.named([Soul(MALE if woman else FEMALE, born, folk.surname(), "alone")])
        lodging = replace(person.lodging, household=None, leaves=died, state="dead")
        [gone] = self.registrar.register(late, lodging)
        old.role = gone.soul.surname if woman else old.surname
        self._relate(person, gone, HUSBAND if woman else WIFE)

    # --- relations --------------------------------------------------------

    def remember(self, known: Iterable[Known]) -> None:
        """Grown people without their parents at home may be somebody's children."""
        for person in known:
            kept = self.grown[person.soul.surname]
            if person.lodging.category == LOCAL and 20 < (self.today - person.soul.born) / YEAR < 66:
                if len(kept) < KEPT:
                    kept.append(person)
                else:
                    kept[self.random.randrange(KEPT)] = person

    def children_of(self, elders: list[Known]) -> None:
        """Find sons and daughters elsewhere for an old couple, or for an old person alone."""
        father = next((e.soul for e in elders if e.soul.sex == MALE), None)
        surname = father.surname if father else self.random.choice(list(self.grown) or [""])
        wanted = self.random.choice((0, 1, 2, 2, 3))
        for child in self._children(surname, [e.soul for e in elders], wanted):
            self.grown[surname].remove(child)
            for elder in elders:
                self._relate(elder, child, SON if child.soul.sex == MALE else DAUGHTER)

    def _children(self, surname: str, elders: list[Soul], wanted: int) -> Iterator[Known]:
        kept = self.grown.get(surname, [])
        tried = self.random.sample(kept, min(len(kept), 6 * wanted))
        homes = {-1}
        for person in tried:
            ages = ((person.soul.born - e.born, 40 if e.sex == FEMALE else 48) for e in elders)
            fits = all(20 <= younger / YEAR <= most for younger, most in ages)
            if fits and wanted and person.lodging.home.id not in homes:
                homes.add(person.lodging.home.id)
                wanted -= 1
                yield person

    def _relate(self, person: Known, other: Known, kind: str) -> None:
        """The other is the person's `kind`; the way back is stored with it."""
        back = inverse(kind, person.soul.sex)
        for one, to, code in ((person, other, kind), (other, person, back)):
            self.registrar.rows.relations.append(
                {
                    "id": self.registrar.numbers.id(),
                    "area": one.lodging.home.area,
                    "person_id": one.id,
                    "other_id": to.id,
                    "kind": code,
                }
            )

    # --- tags -------------------------------------------------------------

    def tags(self, known: list[Known]) -> None:
        """The tags of a household that no data can tell."""
        poor = self.random.random() < 0.011
        for person in known:
            age, turn = (self.today - person.soul.born) / YEAR, self.random.random()
            if poor and person.lodging.category == LOCAL:
                self._tag(person, "低保对象", "民政部门在册名单", 365)
            if turn < (0.045 if age >= 60 else 0.011):
                self._tag(person, "残疾人", "残疾人证", 3650)
            elif turn > 0.975 and 18 <= age < 68:
                self._tag(person, "志愿者", "志愿者注册信息", 730)
            elif turn > 0.955 and 22 <= age < 70 and person.soul.sex == MALE:
                self._tag(person, "退役军人", "退役军人服务站名单", 0)

    def _tag(self, person: Known, tag: str, source: str, days: int) -> None:
        since = self.today - self.random.randrange(1, 700)
        self.registrar.rows.tags.append(
            {
                "id": self.registrar.numbers.id(),
                "area": person.lodging.home.area,
                "person_id": person.id,
                "tag": tag,
                "source": source,
                "verified_on": day(since),
                "expires_on": day(since + days) if days else None,
            }
        )
