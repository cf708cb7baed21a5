"""The bases of every record. What a record inherits decides which promises the unit of work keeps for it."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ColumnElement
from sqlmodel import Field, SQLModel, col

from core.geo.mercator import cell_of
from core.kernel.fields import Moment
from core.kernel.ids import new_id

Bound = ColumnElement[str]
"""A parameter of the statement: an end of the actor's branch, or the paths above it."""


class Record(SQLModel):
    """Anything kept. `audited` ones leave a line for every change, `watched` ones also for every look, `historic`
    ones keep what each of their fields said before. `guard` is the permission that shows what `guarded` names.
    """

    audited: ClassVar[bool] = True
    watched: ClassVar[bool] = False
    historic: ClassVar[bool] = False
    guard: ClassVar[str] = ""
    derived: ClassVar[bool] = False
    """It only follows from other records: taking a deed back does not ask whether it changed meanwhile."""
    lasting: ClassVar[bool] = False
    """It stays when a deed is taken back: a number that was given out is never given again."""
    key_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that grow stale one by one; each keeps when and from what it was last found true (freshness.py)."""

    id: int = Field(default_factory=new_id, primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int = Field(default=1)

    def guarded(self) -> frozenset[str]:
        """Fields of this very record that are withheld without the permission `guard`; the log has digests of them."""
        return frozenset()


class AreaRecord(Record):
    """A record that stands in the area tree, at a path such as "440599/001/002/003/"."""

    area: str = Field(index=True, max_length=60)

    @classmethod
    def seen_from(cls, low: Bound, high: Bound, above: Bound) -> ColumnElement[bool]:
        """What an actor of the branch [low, high) may see: the branch."""
        return (col(cls.area) >= low) & (col(cls.area) < high)

    @classmethod
    def standing(cls) -> ColumnElement[bool] | None:
        """What has not ended: the rest is left out of every SELECT that does not ask for it (session.ENDED)."""
        return None


class TreeRecord(AreaRecord):
    """A node of the tree itself: people also see the names of the places above their own."""

    @classmethod
    def seen_from(cls, low: Bound, high: Bound, above: Bound) -> ColumnElement[bool]:
        """The branch and the way up to the root."""
        return super().seen_from(low, high, above) | col(cls.area).in_(above)


class Extended(SQLModel):
    """A record with room for the fields that an office made for itself: `extra` by their names (custom.py)."""

    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)

    @property
    def fields_of(self) -> str:
        """Whose fields of its own the record has: those of its kind, unless it says otherwise."""
        return type(self).__name__


class Verified(SQLModel):
    """When, by whom and from what the record was last found true."""

    verified_at: datetime | None = Field(default=None, sa_type=Moment)
    verified_by: str = Field(default="", max_length=60)
    verified_from: str = Field(default="", max_length=20)


def _cell(context: Any) -> int | None:
    """The cell of a row that is about to be inserted."""
    row = context.get_current_parameters()
    return cell_of(row.get("lon"), row.get("lat"))


class Placed(SQLModel):
    """A record with `lon` and `lat`: `cell` is the number of its place, by which maps find it (core/geo/mercator.py).

    It follows from the two: the session fills it in, and a column default where rows are inserted past the session.
    """

    cell: int | None = Field(
        default=None,
        sa_type=BigInteger,
        sa_column_kwargs={"default": _cell, "info": {"follows": (cell_of, "lon", "lat")}},
    )
