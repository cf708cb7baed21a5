"""The town on the plan: every area, road, estate and institution has a name, every grid its buildings."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from core.demo.blocks import Block, Institution, build_block
from core.demo.ground import Ground
from core.demo.plan import SCALES, Cut, Node, Plan, make_plan
from core.demo.words import BEFORE, endless, estate_names, road_stems, stems, table
from core.places.models import Level

DIGITS = "〇一二三四五六七八九十"
NAME_OF = {"tower": "estate", "slab": "estate", "old": "lane", "village": "village"}


@dataclass(frozen=True)
class Road:
    """A road for the map: its line as [longitude, latitude], `rank` 0 around the town to 3 between grids."""

    name: str
    rank: int
    line: list[list[float]]


class Town:
    """A planned and named town; builds one community at a time, in their order, so that it stays small."""

    def __init__(self, scale: str, seed: int) -> None:
        random = Random(f"{seed}/plan")
        self.seed = seed
        self.plan = make_plan(SCALES[scale], random)
        self.ground = Ground(self.plan)
        self._names = {
            "estate": endless(estate_names(), random),
            "lane": endless(stems("lanes"), random),
            "village": (f"{stem}村" for stem in endless(stems("villages"), random)),
        }
        _name_areas(self.plan.root, random)
        _name_roads(self.plan.cuts, random)
        self._institutions = _institutions(random)

    def communities(self) -> list[Node]:
        """Every community, in the order of the tree."""
        return list(self.plan.root.below(Level.COMMUNITY))

    def blocks(self, community: Node) -> list[Block]:
        """The built grids of a community."""
        random = Random(f"{self.seed}/blocks/{community.code}")
        return [self._block(community, grid, random) for grid in community.children]

    def _block(self, community: Node, grid: Node, random: Random) -> Block:
        name = next(self._names[NAME_OF[grid.style]])
        institution = self._institution(community.name.removesuffix("社区")) if grid.compound else None
        return build_block(self.plan, grid, name, institution, random)

    def _institution(self, stem: str) -> Institution:
        kind = next(self._institutions)
        return Institution(stem + kind.name, kind.trade, kind.use, kind.halls)


def roads(plan: Plan) -> list[Road]:
    """Every road of a town, for the map."""
    ground = Ground(plan)
    return [Road(cut.name, cut.rank, ground.line(cut)) for cut in plan.cuts]


def spoken(number: int) -> str:
    """A number up to 99 in Chinese: 12 十二, 20 二十."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" * bool(tens) + (DIGITS[ones] if ones or not tens else "")


def _name_areas(root: Node, random: Random) -> None:
    root.name = table("places")["district"]
    streets = (before + stem for before in BEFORE for stem in stems("streets"))
    communities = endless(stems("communities"), random)
    for street in root.children:
        street.name = f"{next(streets)}街道"
        for community in street.children:
            community.name = f"{next(communities)}社区"
            for serial, grid in enumerate(community.children, start=1):
                grid.name = f"第{spoken(serial)}网格"


def _name_roads(cuts: list[Cut], random: Random) -> None:
    names, around = endless(road_stems(), random), iter(table("places")["roads"]["around"])
    for cut in cuts:
        kind = ("", "大道", "路", random.choice("街路"))[cut.rank]
        cut.name = next(names) + kind if cut.rank else next(around)


def _institutions(random: Random) -> Iterator[Institution]:
    """Institutions of every trade by turns; the name is only the words after the community's."""
    kinds = [(kind, kind["endings"].split()) for kind in table("places")["trade"]]
    offset = random.randrange(20)
    while True:
        for kind, endings in kinds:
            yield Institution(endings[offset % len(endings)], kind["trade"], kind["use"], kind["halls"])
        offset += 1
