"""What the care of the office keeps: codes of its own beside the national ones."""

from datetime import date

from pydantic import field_validator
from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.records import AreaRecord


class LocalCode(AreaRecord, table=True):
    """A code that the office added to a list; it holds for the whole office. `area` is the branch of who added it.

    Once used it stays: it can be ended, never taken away, so that old records remain readable.
    """

    __tablename__ = "local_code"
    __table_args__ = (Index("ix_local_code_list", "list_name", "code", unique=True),)

    list_name: str = Field(max_length=60)
    code: str = field(N_("Code"), min_length=1, max_length=12, help=N_("Letters and digits."))
    name: str = field(N_("Code name"), min_length=1, max_length=60)
    name_en: str = field(N_("Name in English"), default="", max_length=60)
    ended_on: date | None = field(N_("Ended on"), default=None)

    @field_validator("name", "name_en", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=60) if isinstance(value, str) else value
