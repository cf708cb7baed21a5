"""One-time codes and the visits that they open. Both live shortly and point at the person by number only: they must not
keep anybody from being taken out or merged."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord


class OwnCode(AreaRecord, table=True):
    """A code that was printed or sent. `digest` is a keyed mark of it, `slip` the number on the paper, `house_id` the
    home at whose door it works, too. `guardian` stands for a child: who took it and what they are to the child.

    Its commands write their own lines in the log: those speak of the person, not of the code.
    """

    __tablename__ = "own_code"
    __table_args__ = (
        Index("ix_own_code_house", "house_id", "good_until"),
        Index("ix_own_code_person", "person_id", "given_at"),
        Index("ix_own_code_area", "area", "id"),
    )
    audited: ClassVar[bool] = False

    area: str = Field(max_length=60)
    person_id: int
    house_id: int | None = Field(default=None)
    channel: str = field(N_("How"), default="paper", max_length=8, codes="own_code_channel")
    slip: str | None = Field(default=None, unique=True, max_length=12)
    digest: str = Field(max_length=64)
    guardian: str = field(N_("Guardian"), default="", max_length=60, mask="name")
    given_by: str = Field(max_length=60)
    given_at: datetime = Field(sa_type=Moment)
    good_until: datetime = Field(sa_type=Moment)
    tries: int = Field(default=0)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class OwnVisit(AreaRecord, table=True):
    """Somebody at their own page: the cookie's token as a digest; `compared` counts the numbers they typed."""

    __tablename__ = "own_visit"
    __table_args__ = (
        Index("ix_own_visit_person", "person_id", "started_at"),
        Index("ix_own_visit_area", "area", "id"),
    )
    audited: ClassVar[bool] = False

    area: str = Field(max_length=60)
    person_id: int
    code_id: int
    token_hash: str = Field(unique=True, max_length=64)
    started_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    compared: int = Field(default=0)
    guardian: str = Field(default="", max_length=60)
