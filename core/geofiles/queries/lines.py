"""Rows of a file of boundaries on their way into the plan, and the areas of the office beside them."""

from collections import defaultdict
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from core.geofiles import outlines
from core.geofiles.queries import records
from core.kernel.i18n import N_, _
from core.kernel.planning import BAD, CHANGED, CONFLICT, NEW, SAME
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level
from core.places.rules.areas import SERIALS

SQUARE = N_("{n} m²")


def size(metres: float) -> str:
    """Square metres as a sentence has them."""
    return _(SQUARE).format(n=f"{metres:,.0f}")


@dataclass
class Line:
    """A row on its way into the plan: what it says, its shape as the file has it and, when it can
    be one, as an area, the area it speaks of, and what would come of it."""

    number: int
    code: str = ""
    name: str = ""
    trade: str = ""
    drawn: BaseGeometry | None = None
    area: BaseGeometry | None = None
    found: Area | None = None
    parent: Area | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_conflict: bool = False

    @property
    def called(self) -> str:
        """The name of the area that the row speaks of."""
        return self.name or (self.found.name if self.found else "") or self.code

    @property
    def title(self) -> str:
        """Its name and code."""
        return " ".join(dict.fromkeys(filter(None, (self.called, self.code))))

    @property
    def kind(self) -> str:
        """Whether it is a general grid or one of an industry."""
        if self.found:
            return self.found.kind
        return (
            "industry"
            if self.code[12:].isdecimal() and int(self.code[12:]) in SERIALS["industry"]
            else "general"
        )

    @property
    def state(self) -> str:
        """New, changed, the same, in conflict, or bad."""
        if self.problems:
            return CONFLICT if self.is_conflict else BAD
        return NEW if self.found is None else CHANGED if self.changes else SAME

    def clash(self, sentence: str) -> None:
        """It cannot be taken because of another area."""
        self.problems.append(sentence)
        self.is_conflict = len(self.problems) == 1 or self.is_conflict


class Register:
    """The areas of the office by code, by name, and where they lie."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.areas = records.areas(uow)
        self.by_code = {one.code: one for one in self.areas}
        self.by_path = {one.area: one for one in self.areas}
        self.by_name: defaultdict[tuple[str, str], list[Area]] = defaultdict(list)
        self.shapes: dict[int, BaseGeometry] = {}
        for one in self.areas:
            if one.valid_to is None:
                self.by_name[one.level, one.name].append(one)
                if (drawn := outlines.shape(one.polygon)) is not None:
                    self.shapes[one.id] = drawn

    def around(self, shape: BaseGeometry, level: Level) -> Area | None:
        """The valid area of a level in which most of a shape lies; None when none has half of it."""
        most, best = shape.area / 2, None
        for one in self.areas:
            drawn = self.shapes.get(one.id) if one.level == level else None
            if drawn is not None and (shared := drawn.intersection(shape).area) > most:
                most, best = shared, one
        return best
