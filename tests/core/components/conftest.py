"""Components of a street: a bench everybody may see, and a gas valve whose place is withheld."""

from core.components.commands import add_component
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import GRID

BENCH, GAS, TREE = "04007", "01011", "04002"
LON, LAT = 116.7412345, 23.2712345
SQUARE = [[[116.74, 23.27], [116.745, 23.27], [116.745, 23.275], [116.74, 23.275]]]


def bench(uow: UnitOfWork, **values: object) -> int:
    """A bench in the first grid."""
    return add_component(uow, BENCH, **{"area": GRID, "lon": LON, "lat": LAT, **values})  # type: ignore[arg-type]


def valve(uow: UnitOfWork, **values: object) -> int:
    """A gas manhole in the first grid, at a place in words and in degrees."""
    facts = {"area": GRID, "lon": LON, "lat": LAT, "place": "海滨路12号门前", "note": "阀门在北侧", **values}
    return add_component(uow, GAS, **{"accuracy": "A", **facts})  # type: ignore[arg-type]
