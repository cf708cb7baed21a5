"""Taking pieces of the base map in from a file, and taking them away again."""

from dataclasses import asdict, dataclass

from core.basemap import reading
from core.basemap.models import BaseFeature
from core.basemap.queries import records
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.texts import clean_text
from core.kernel.unit_of_work import UnitOfWork, command


@dataclass(frozen=True)
class Loaded:
    """What came of a file: how many pieces were added, replaced and left out."""

    added: int
    replaced: int
    left_out: int


@command("map.sources")
def load_pieces(
    uow: UnitOfWork,
    data: bytes,
    file: str,
    *,
    kind: str = "",
    system: str = "wgs84",
    is_swapped: bool = False,
) -> Loaded:
    """Draw the base map from a GeoJSON file as well; what came from a file of that name before is replaced.

    Raises Invalid for a file that cannot be read or holds nothing that can be drawn.
    """
    found = reading.read(data, kind=kind, system=system, is_swapped=is_swapped)
    if not found.pieces:
        said = _("Nothing in this file can be drawn. {reason}")
        raise Invalid(said.format(reason=next(iter(found.left_out), "")))
    origin = clean_text(file, longest=80)
    replaced = _taken_away(uow, origin)
    uow.session.add_all(
        [BaseFeature(area=uow.actor.area, origin=origin, **asdict(piece)) for piece in found.pieces]
    )
    uow.session.flush()
    done = Loaded(len(found.pieces), replaced, sum(found.left_out.values()))
    _logged(uow, "done", origin, replaced, done.added)
    return done


@command("map.sources")
def remove_pieces(uow: UnitOfWork, origin: str) -> int:
    """Take away everything that came with one file; how many pieces that were."""
    gone = _taken_away(uow, origin)
    if gone:
        _logged(uow, "removed", origin, gone, 0)
    return gone


def _taken_away(uow: UnitOfWork, origin: str) -> int:
    there = records.pieces_of(uow, origin)
    for one in there:
        uow.session.delete(one)
    uow.session.flush()
    return len(there)


def _logged(uow: UnitOfWork, outcome: str, origin: str, before: int, after: int) -> None:
    """One line for the whole file, inside a command: nobody asks for the life of a single lawn."""
    uow.lines.append(
        uow.line(outcome, about=f"BaseFeature/{origin}"[:80], changes={"pieces": (before, after)})
    )
