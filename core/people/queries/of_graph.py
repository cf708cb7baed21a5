"""The people around somebody: household, relations and those of the same house, two steps far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, or_, select

from core.kernel.codes import code_name
from core.kernel.discovery import discover
from core.kernel.extensions import Ties
from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person, Relation, Residence
from core.people.queries.shared import seen_people
from core.people.rules import HEAD

DEPTH, MOST_NODES = 2, 60
RANK = {"self": 0, "household": 1, "relation": 2, "co_resident": 3}


@dataclass(frozen=True)
class Node:
    """A person of the graph: `kind` is self, household, relation or co_resident; `opens` whether there is
    a profile.
    """

    id: int
    label: str
    kind: str
    opens: bool = True


@dataclass(frozen=True)
class Edge:
    """A tie from one person to another: `label` says what the target is to the source, "" for the same
    house.
    """

    source: int
    target: int
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Thing:
    """What hangs on people beside other people; `kind` is the name of its file in core/ties, `title` what such are."""

    key: str
    label: str
    kind: str
    title: str
    href: str


@dataclass(frozen=True)
class Graph:
    """At most MOST_NODES people and things and the ties among them; the person asked about is the first node.

    `tied` are (person, key of the thing, what the person is to it); `more` is how many in sight found no room.
    """

    nodes: list[Node]
    edges: list[Edge]
    things: list[Thing] = field(default_factory=list)
    tied: list[tuple[int, str, str]] = field(default_factory=list)
    more: int = 0


@dataclass
class _Web:
    """The graph while it grows; `steps` says how far from the root each person stands."""

    kinds: dict[int, str]
    people: dict[int, Person] = field(default_factory=dict)
    steps: dict[int, int] = field(default_factory=dict)
    edges: dict[frozenset[int], Edge] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    tied: dict[tuple[int, str], str] = field(default_factory=dict)
    left_out: set[int | str] = field(default_factory=set)

    @property
    def room(self) -> int:
        """How many more find a place."""
        return max(0, MOST_NODES - len(self.kinds) - len(self.things))

    def tie(self, edge: Edge) -> None:
        """The closer of two ties between the same people stays."""
        pair = frozenset((edge.source, edge.target))
        known = self.edges.get(pair)
        if len(pair) == 2 and (known is None or RANK[edge.kind] < RANK[known.kind]):
            self.edges[pair] = edge


@query("person.view")
def graph(uow: UnitOfWork, person_id: int | str, depth: int = DEPTH) -> Graph:
    """The graph around a person, one or two steps far. Raises Missing."""
    root, depth = uow.get(Person, person_id), max(1, min(depth, DEPTH))
    web = _Web({root.id: "self"}, {root.id: root}, {root.id: 0})
    edge_of_web = [root]
    for step in range(depth):
        for edge in _ties(uow, edge_of_web, with_house=step == 0):
            web.tie(edge)
        edge_of_web = _grow(uow, web, step + 1)
    _hang(uow, web, [key for key, step in web.steps.items() if step < depth])
    nodes = [Node(key, uow.show(_Named, web.people[key]).name, kind) for key, kind in web.kinds.items()]
    edges = [edge for edge in web.edges.values() if {edge.source, edge.target} <= set(web.kinds)]
    tied = [(person, key, says) for (person, key), says in web.tied.items()]
    return Graph(nodes, edges, list(web.things.values()), tied, len(web.left_out))


@dataclass(frozen=True)
class _Named:
    name: str


def _hang(uow: UnitOfWork, web: _Web, near: Sequence[int]) -> None:
    """Take in what other domains know of these people, as far as the actor may see it and there is room."""
    for kind, ties in discover("core.ties", Ties).items():
        for tie in ties.around(uow, near) if uow.actor.may(ties.needs) else ():
            if tie.key not in web.things and not web.room:
                web.left_out.add(tie.key)
                continue
            web.things.setdefault(tie.key, Thing(tie.key, tie.label, kind, _(ties.title), tie.href))
            web.tied.setdefault((tie.person_id, tie.key), tie.says)


def _grow(uow: UnitOfWork, web: _Web, step: int) -> list[Person]:
    """Take the people at the new ends of ties in, as far as they are in sight and there is room; returns
    them.
    """
    ends: dict[int, str] = {}
    for edge in sorted(web.edges.values(), key=lambda each: RANK[each.kind]):
        for end in (edge.source, edge.target):
            if end not in web.kinds:
                ends.setdefault(end, edge.kind)
    seen = seen_people(uow, ends)
    wanted = [seen[key] for key in ends if key in seen]
    fresh, late = wanted[: web.room], wanted[web.room :]
    web.left_out.update(person.id for person in late)
    web.steps.update((person.id, step) for person in fresh)
    web.kinds.update((person.id, ends[person.id]) for person in fresh)
    web.people.update((person.id, person) for person in fresh)
    return fresh


def _ties(uow: UnitOfWork, people: list[Person], *, with_house: bool) -> Iterable[Edge]:
    """Every tie of these people; those who merely share the house only around the person asked about."""
    yield from _household_ties(uow, people)
    ids = [person.id for person in people]
    asked = select(Relation).where(or_(col(Relation.person_id).in_(ids), col(Relation.other_id).in_(ids)))
    for tie in uow.session.exec(asked.limit(10 * MOST_NODES)):
        yield Edge(tie.person_id, tie.other_id, "relation", _said(tie.kind))
    if with_house:
        yield from _house_ties(uow, people[0])


def _household_ties(uow: UnitOfWork, people: list[Person]) -> Iterable[Edge]:
    wanted = {person.household_id for person in people if person.household_id}
    together: dict[int | None, list[Person]] = {}
    for member in uow.session.exec(
        select(Person).where(col(Person.household_id).in_(wanted)).limit(10 * MOST_NODES)
    ):
        together.setdefault(member.household_id, []).append(member)
    for members in together.values():
        centre = next((member for member in members if member.relation == HEAD), members[0])
        for member in members:
            yield Edge(centre.id, member.id, "household", _said(member.relation))


def _house_ties(uow: UnitOfWork, person: Person) -> Iterable[Edge]:
    open_ones = select(Residence).where(col(Residence.to_on).is_(None))
    mine = uow.session.exec(open_ones.where(Residence.person_id == person.id)).all()
    others = open_ones.where(col(Residence.house_id).in_([stay.house_id for stay in mine]))
    for stay in uow.session.exec(others.limit(MOST_NODES)):
        yield Edge(person.id, stay.person_id, "co_resident")


def _said(kind: str) -> str:
    return code_name("gbt4761_family_relation", kind, lang=language.get()) if kind else ""
