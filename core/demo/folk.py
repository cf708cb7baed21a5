"""Households that make sense: who lives together, their ages, what they are to the head, how they are called.

Days are ordinals. Whoever stands first is the head.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from core.demo.words import Weighted, generation, surnames

YEAR = 365.2425
MALE, FEMALE = "1", "2"
HEAD, SPOUSE, UNRELATED = "02", "10", "99"
SONS, DAUGHTERS = ("22", "23", "24", "25"), ("32", "33", "34", "35")
ROLES = {
    "husband": {"husband": HEAD, "wife": SPOUSE, "father": "51", "mother": "52"},
    "wife": {"husband": SPOUSE, "wife": HEAD, "father": "53", "mother": "54"},
    "father": {"husband": "22", "wife": "38", "father": HEAD, "mother": SPOUSE, MALE: "41", FEMALE: "42"},
    "mother": {"husband": "22", "wife": "38", "father": SPOUSE, "mother": HEAD, MALE: "41", FEMALE: "42"},
}
"""Head -> role or sex of a child -> relation to the head (GB/T 4761)."""


@dataclass(slots=True, eq=False)
class Soul:
    """Somebody before they have numbers."""

    sex: str
    born: int
    surname: str
    role: str = "child"
    name: str = ""
    relation: str = HEAD
    twin: bool = False
    phone: str = ""


class Folk:
    """Makes households; `today` is an ordinal."""

    def __init__(self, random: Random, today: int) -> None:
        self.random, self.today, self.elsewhere = random, today, False

    def owners(self) -> list[Soul]:
        """Who lives in a home of their own."""
        return self.named(_OWNERS.draw(self.random)(self))

    def tenants(self) -> list[Soul]:
        """Who rents together; a flat-share is several people unrelated to each other."""
        return self.named(_TENANTS.draw(self.random)(self))

    # --- parts ------------------------------------------------------------

    def aged(self, low: float, high: float) -> int:
        """The birth day of somebody between two ages."""
        return self.today - int(self.random.uniform(low, high) * YEAR)

    def surname(self) -> str:
        """Of the town, or of where the newcomers are from."""
        return surnames(self.elsewhere).draw(self.random)

    def _wife_of(self, husband: Soul) -> Soul:
        younger = min(4.0, max(-4.0, self.random.gauss(1.8, 2)))
        return Soul(FEMALE, husband.born + int(younger * YEAR), self.surname(), "wife")

    def couple(self, low: float, high: float) -> list[Soul]:
        """Husband and wife, the husband between two ages."""
        husband = Soul(MALE, self.aged(low, high), self.surname(), "husband")
        return [husband, self._wife_of(husband)]

    def parents(self, children: int, eldest: float = 0) -> list[Soul]:
        """A couple with so many children under 22; `eldest` is the age of the first."""
        eldest = eldest or self.random.uniform(0.05, 22.5) * (0.75 + 0.12 * children)
        first, age = self.today - int(eldest * YEAR), min(37.0, max(21.0, self.random.gauss(26.5, 3.2)))
        mother = Soul(FEMALE, first - int(age * YEAR), self.surname(), "wife")
        older = min(8.0, max(-3.0, self.random.gauss(2, 2.2)))
        father = Soul(MALE, mother.born - int(older * YEAR), self.surname(), "husband")
        births, latest = [first], min(self.today - 3, mother.born + int(40 * YEAR))
        for _child in range(children - 1):
            births.append(births[-1] + int(self.random.uniform(1.3, 5) * YEAR))
        return [father, mother, *(self._child(born, father.surname) for born in births if born <= latest)]

    def _child(self, born: int, surname: str) -> Soul:
        return Soul(MALE if self.random.random() < 0.525 else FEMALE, born, surname)

    def elders_of(self, son: Soul) -> list[Soul]:
        """The parents of a husband, as far as they live."""
        mother = Soul(FEMALE, son.born - int(self.random.uniform(21, 34) * YEAR), self.surname(), "mother")
        father = Soul(MALE, mother.born - int(self.random.uniform(-1, 6) * YEAR), son.surname, "father")
        both = [e for e in (father, mother) if self.today - e.born < self.random.uniform(74, 99) * YEAR]
        return both or [mother]

    # --- households -------------------------------------------------------

    def elder_alone(self) -> list[Soul]:
        """One old person."""
        age = 62 + 32 * self.random.random() ** 1.4
        sex = FEMALE if self.random.random() < 0.66 else MALE
        return [Soul(sex, self.today - int(age * YEAR), self.surname(), "alone")]

    def single(self) -> list[Soul]:
        """One adult."""
        sex = MALE if self.random.random() < 0.56 else FEMALE
        return [Soul(sex, self.aged(20, 58), self.surname(), "alone")]

    def young_couple(self) -> list[Soul]:
        """A couple without children yet."""
        return self.couple(24, 36)

    def older_couple(self) -> list[Soul]:
        """A couple whose children have left."""
        return self.couple(46, 62)

    def elder_couple(self) -> list[Soul]:
        """An old couple."""
        return self.couple(64, 90)

    def one_child(self) -> list[Soul]:
        """A couple with a child."""
        return self.parents(1)

    def two_children(self) -> list[Soul]:
        """A couple with two children."""
        return self.parents(2)

    def three_children(self) -> list[Soul]:
        """A couple with three children."""
        return self.parents(3)

    def grown_child(self) -> list[Soul]:
        """A couple with a grown child."""
        return self.parents(1, self.random.uniform(22, 33))

    def single_parent(self) -> list[Soul]:
        """A parent alone with a child."""
        father, mother, child = self.parents(1)
        return [father if self.random.random() < 0.3 else mother, child]

    def three_generations(self) -> list[Soul]:
        """Grandparents, parents and children."""
        family = self.parents(self.random.choice((1, 1, 2, 2, 3)))
        return family + self.elders_of(family[0])

    def small_family(self) -> list[Soul]:
        """A young couple with a small child."""
        return self.parents(1, self.random.uniform(0.5, 11))

    def flat_share(self) -> list[Soul]:
        """Colleagues who share a flat."""
        sex, count = self.random.choice((MALE, FEMALE)), self.random.choice((2, 2, 3, 3, 4))
        return [Soul(sex, self.aged(19, 40), self.surname(), "mate") for _mate in range(count)]

    # --- heads and names --------------------------------------------------

    def named(self, souls: list[Soul]) -> list[Soul]:
        """The head first, relations to the head, and a name for each that nobody else in the home has."""
        head = self._head(souls)
        _relate(souls, head)
        used: set[str] = set()
        for soul in souls:
            kind = generation(soul.sex, int(soul.born / YEAR) + 1)
            while not soul.name or soul.name in used:
                soul.name = soul.surname + kind.given(self.random)
            used.add(soul.name)
        souls.remove(head)
        return [head, *souls]

    def _head(self, souls: list[Soul]) -> Soul:
        """The husband mostly, now and then his wife; in a home of three generations his father or mother."""
        elders = [soul for soul in souls if soul.role in ("father", "mother")]
        turn = self.random.random()
        if elders and turn < 0.45:
            return elders[0]
        return souls[1] if turn > 0.86 and souls[1:] and souls[1].role == "wife" else souls[0]


def _relate(souls: list[Soul], head: Soul) -> None:
    """Relation to the head for everybody."""
    known = ROLES.get(head.role, {})
    children = sorted((s for s in souls if s.role == "child"), key=lambda s: s.born)
    ordered = {MALE: iter(SONS), FEMALE: iter(DAUGHTERS)}
    for child in children:
        alone = "21" if child.sex == MALE else "31"
        child.relation = known.get(child.sex) or (alone if len(children) == 1 else next(ordered[child.sex]))
    for soul in souls:
        if soul.role == "mate":
            soul.relation = HEAD if soul is head else UNRELATED
        elif soul.role != "child":
            soul.relation = known.get(soul.role, HEAD)


Pattern = Callable[[Folk], list[Soul]]
_OWNERS: Weighted[Pattern] = Weighted(
    {
        Folk.elder_alone: 57,
        Folk.elder_couple: 125,
        Folk.single: 150,
        Folk.young_couple: 50,
        Folk.older_couple: 140,
        Folk.one_child: 155,
        Folk.two_children: 112,
        Folk.three_children: 18,
        Folk.grown_child: 78,
        Folk.single_parent: 50,
        Folk.three_generations: 65,
    }
)
_TENANTS: Weighted[Pattern] = Weighted(
    {
        Folk.single: 470,
        Folk.young_couple: 180,
        Folk.small_family: 140,
        Folk.flat_share: 130,
        Folk.older_couple: 40,
        Folk.two_children: 40,
    }
)
