"""Records for the commands on places: only inside a command, never for a screen."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.search import SearchDoc
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Building, GivenCode, House, Level, Successor
from core.places.queries.of_areas import area_names
from core.places.queries.shared import area_at, below
from core.places.rules import check_standing, path_above, paths_to

MANY = 500


def own_grid(uow: UnitOfWork, path: str) -> Area:
    """A valid general grid of the actor's branch. Raises Refused outside of it, Invalid for other areas."""
    low, high = uow.actor.branch
    if not low <= path < high:
        raise Refused(_("That place is not in your area."))
    grid = area_at(uow, path)
    if grid.level != Level.GRID or grid.kind != "general" or grid.valid_to is not None:
        said = _("Choose a general grid that is still valid; {name} is none.").format(name=grid.name)
        raise Invalid(said, area=said)
    return grid


def grid_of(uow: UnitOfWork, path: str) -> Area:
    """The area of a path, in the actor's branch. Raises Missing."""
    return area_at(uow, path)


def areas_by_code(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, Area]:
    """The areas that carry these codes, closed ones too."""
    found: dict[str, Area] = {}
    for start in range(0, len(codes), MANY):
        wanted = select(Area).where(col(Area.code).in_(codes[start : start + MANY]))
        found.update((area.code, area) for area in uow.session.exec(wanted))
    return found


def areas_below(uow: UnitOfWork, path: str) -> list[Area]:
    """An area and everything under it, closed ones too, from above to below."""
    return list(uow.session.exec(select(Area).where(below(uow, Area, path)).order_by(col(Area.area))))


def names_of(uow: UnitOfWork, paths: Sequence[str]) -> dict[str, str]:
    """Path -> name of the areas in sight, from the root down."""
    return dict(sorted(area_names(uow, paths).items()))


def names_along(uow: UnitOfWork, path: str) -> list[str]:
    """The names of the areas from the root to `path`."""
    return list(names_of(uow, paths_to(path)).values())


def community_code(uow: UnitOfWork, grid: str) -> str:
    """The twelve digits of the community a grid belongs to."""
    return area_at(uow, path_above(grid)).code


def contents(uow: UnitOfWork, path: str) -> tuple[list[str], int, int]:
    """What stands in an area now: names of valid areas under it, number of buildings, number of houses."""
    names = select(Area.name).where(below(uow, Area, path), Area.area != path, col(Area.valid_to).is_(None))
    buildings, houses = (
        uow.session.exec(select(func.count()).select_from(kind).where(below(uow, kind, path))).one()
        for kind in (Building, House)
    )
    return list(uow.session.exec(names.order_by(col(Area.area)))), buildings, houses


def buildings_in(uow: UnitOfWork, path: str) -> list[Building]:
    """Every building in an area."""
    return list(uow.session.exec(select(Building).where(below(uow, Building, path))))


def houses_in(uow: UnitOfWork, path: str) -> list[House]:
    """Every house in an area."""
    return list(uow.session.exec(select(House).where(below(uow, House, path))))


def houses_of(uow: UnitOfWork, building_id: int, *, with_ended: bool = False) -> list[House]:
    """Every house of a building; closed ones only `with_ended`."""
    asked = select(House).where(House.building_id == building_id)
    return list(uow.session.exec(asked.execution_options(with_ended=with_ended)))


def standing_house(uow: UnitOfWork, house_id: int | str) -> House:
    """A house that is not closed. Raises Missing, Invalid."""
    house = uow.get(House, house_id)
    check_standing(house)
    return house


def codes_of(uow: UnitOfWork, record: Building | House) -> list[GivenCode]:
    """Every code that a building or house ever carried, the first one first."""
    own = (GivenCode.about_id == record.id, GivenCode.about_kind == type(record).__name__)
    return list(uow.session.exec(select(GivenCode).where(*own).order_by(col(GivenCode.id))))


def successions_of(uow: UnitOfWork, ids: Iterable[int]) -> list[Successor]:
    """What came in the place of closed buildings or houses, one step on."""
    asked = select(Successor).where(col(Successor.about_id).in_(set(ids)))
    return list(uow.session.exec(asked.order_by(col(Successor.id))))


def address_taken(
    uow: UnitOfWork, kind: type[Building] | type[House], keys: Iterable[str], but: int = 0
) -> set[str]:
    """Those of the address keys that another record in sight has already."""
    taken: set[str] = set()
    wanted = list(keys)
    for start in range(0, len(wanted), MANY):
        some = col(kind.address_key).in_(wanted[start : start + MANY])
        taken.update(uow.session.exec(select(kind.address_key).where(some, kind.id != but)))
    return taken


def docs_of(uow: UnitOfWork, ids: Sequence[int]) -> list[SearchDoc]:
    """The search documents of records; while the list is kept, filing one of them again needs no look-up."""
    found: list[SearchDoc] = []
    for start in range(0, len(ids), MANY):
        found += uow.session.exec(select(SearchDoc).where(col(SearchDoc.id).in_(ids[start : start + MANY])))
    return found
