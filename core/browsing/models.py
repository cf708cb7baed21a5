"""What people keep of the map: named views of it, and how they left its switches."""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import field_validator
from sqlalchemy import JSON, Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.records import Record

LONGEST_ADDRESS = 2000


class MapView(Record, table=True):
    """A view of the map under a name: where one looks and which layers are on, as the page's address says it.

    It belongs to an account, not to a place: it holds no data, and whoever follows it sees what their own branch and
    role show. `token` is the secret of its link while it is shared.
    """

    __tablename__ = "map_view"
    __table_args__ = (Index("ix_map_view_account", "account_id", "id"),)

    account_id: int = Field(foreign_key="account.id")
    title: str = field(N_("Name of the view"), min_length=1, max_length=40)
    address: str = Field(max_length=LONGEST_ADDRESS)
    token: str | None = Field(default=None, unique=True, max_length=24)
    at: datetime = Field(sa_type=Moment)

    @field_validator("title", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=40) if isinstance(value, str) else value


class MapChoice(Record, table=True):
    """How somebody left the map: base, layers, order, strength. Every switch writes it, so the log stays quiet."""

    __tablename__ = "map_choice"
    audited: ClassVar[bool] = False

    account_id: int = Field(foreign_key="account.id", unique=True)
    choice: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=False)
