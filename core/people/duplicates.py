"""Two records that may be about one person: found by rules, decided by somebody, and what was decided is remembered."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment
from core.kernel.records import AreaRecord

OPEN, DIFFERENT, LATER, MERGED = "open", "different", "later", "merged"


class DuplicatePair(AreaRecord, table=True):
    """Two people, the smaller number first. `area` is the longest path above both, so only who may see both sees the
    pair. `reasons` are codes of rules.twins with blanks around each.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        Index("ix_duplicate_pair_people", "person_id", "other_id", unique=True),
        Index("ix_duplicate_pair_list", "state", "area", "weight", "id"),
    )
    audited: ClassVar[bool] = False
    derived: ClassVar[bool] = True

    area: str = Field(max_length=60)
    person_id: int = Field(foreign_key="person.id")
    other_id: int = Field(foreign_key="person.id", index=True)
    reasons: str = Field(max_length=200)
    weight: int = Field(default=0)
    state: str = Field(default=OPEN, max_length=12)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: str = Field(default="", max_length=60)
    why: str = Field(default="", max_length=200)

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons."""
        return tuple(self.reasons.split())


def common_area(one: str, other: str) -> str:
    """The longest path above two places: "1/2/3/" and "1/2/4/" -> "1/2/"; "" for those that share nothing."""
    shared = []
    for a, b in zip(one.split("/"), other.split("/"), strict=False):
        if a != b:
            break
        shared.append(a)
    return "".join(f"{part}/" for part in shared if part)
