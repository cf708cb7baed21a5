"""What people type into the search box, drawn from the data: three hundred strings of eight kinds."""

from collections.abc import Callable, Sequence
from random import Random

from sqlmodel import Session, col, select

from core.bench.ground import Ground
from core.kernel.access import Actor
from core.people.models import Person
from core.places.models import Building, House

RARE = "龘靐齉爩麤灪驫鱻"


class Drawn:
    """Some people, houses and buildings of an actor's branch, drawn by chance, the same ones in every run."""

    def __init__(self, ground: Ground, actor: Actor, many: int) -> None:
        self.ground, self.actor, self.many = ground, actor, many
        self.random = Random(f"bench/{actor.area}")
        with Session(ground.office.reader) as session:
            people, houses, buildings = (
                self._some(ground, actor, table, many) for table in ("person", "house", "building")
            )
            self.people = session.exec(select(Person).where(col(Person.id).in_(people))).all()
            self.houses = session.exec(select(House).where(col(House.id).in_(houses))).all()
            self.buildings = session.exec(select(Building).where(col(Building.id).in_(buildings))).all()

    def some(self, table: str) -> list[int]:
        """Numbers of records of another table."""
        return self._some(self.ground, self.actor, table, self.many)

    def _some(self, ground: Ground, actor: Actor, table: str, many: int) -> list[int]:
        """Up to `many` numbers of records; the table is read by its index only."""
        sql = f"SELECT id FROM {table} WHERE area >= ? AND area < ? ORDER BY id"
        found = [row[0] for row in ground.rows(sql, *actor.branch)]
        return self.random.sample(found, min(many, len(found)))


def two_characters(drawn: Drawn) -> str:
    """A name of two characters, or the first two of a longer one: half typed."""
    return drawn.random.choice(drawn.people).name[:2]


def whole_name(drawn: Drawn) -> str:
    """A name in full."""
    return drawn.random.choice(drawn.people).name


def one_character(drawn: Drawn) -> str:
    """A surname: the first key pressed."""
    return drawn.random.choice(drawn.people).name[:1]


def piece_of_address(drawn: Drawn) -> str:
    """Three to six characters from the middle of an address."""
    address = drawn.random.choice(drawn.houses).address
    length = drawn.random.randint(3, 6)
    start = drawn.random.randrange(max(1, len(address) - length))
    return address[start : start + length]


def road_and_number(drawn: Drawn) -> str:
    """A road with its door number, or an estate with its building."""
    one = drawn.random.choice(drawn.buildings)
    return one.road + one.number if one.road else one.estate + one.name


def last_four(drawn: Drawn) -> str:
    """The end of a phone or identity number."""
    return whole_number(drawn)[-4:]


def whole_number(drawn: Drawn) -> str:
    """A phone or identity number in full."""
    one = drawn.random.choice([p for p in drawn.people if p.phone and p.document_no])
    sealed = one.phone if drawn.random.random() < 0.5 else one.document_no
    return sealed.open() if sealed else ""


def nonsense(drawn: Drawn) -> str:
    """What nobody is called, and nothing either."""
    word = "".join(drawn.random.choices(RARE, k=3))
    return drawn.random.choice((word, drawn.random.choice(drawn.people).name[0] + word[0], f"QXZ{word[0]}9"))


KINDS: Sequence[Callable[[Drawn], str]] = (
    two_characters,
    whole_name,
    one_character,
    piece_of_address,
    road_and_number,
    last_four,
    whole_number,
    nonsense,
)


def strings(ground: Ground, actor: Actor, many: int) -> list[str]:
    """So many strings as an actor would type them, every kind in turn."""
    drawn = Drawn(ground, actor, max(50, many))
    return [KINDS[n % len(KINDS)](drawn) for n in range(many)]
