"""What is known of a photo or document; its content lies in `core.kernel.files`."""

from datetime import date, datetime

from pydantic import field_validator
from sqlalchemy import Index
from sqlmodel import Field

from core.kernel.fields import Moment, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.kinds import Attached


class Attachment(Attached, table=True):
    """A photo or document of a record. `area` is that of the record and moves with it; `digest` names the content.

    A removed one can be put back until the night that takes it away for good; `delete_after` is the last day on which
    it may be kept in any case.
    """

    __table_args__ = (
        Index("ix_attachment_about", "about_kind", "about_id"),
        Index("ix_attachment_area_id", "area", "id"),
    )

    digest: str = Field(max_length=64, index=True)
    media: str = Field(max_length=20)
    size: int = Field(ge=0)
    name: str = Field(default="", max_length=120)
    width: int = Field(default=0)
    height: int = Field(default=0)
    pages: int = Field(default=0)
    kind: str = field(N_("What it shows"), default="other", max_length=12, codes="picture_kind")
    is_sensitive: bool = field(
        N_("Sensitive"), default=False, help=N_("Opened only for a reason, with your name across it.")
    )
    note: str = field(N_("Caption"), default="", max_length=120)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
    added_at: datetime = Field(sa_type=Moment)
    added_by: str = Field(max_length=60)
    delete_after: date | None = Field(default=None, index=True)
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
    removed_by: str = Field(default="", max_length=60)

    @field_validator("note", "name", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=120) if isinstance(value, str) else value
