"""Data versions: for each kind of record a number that moves with every command that changes one.

Whatever is kept outside of the database, a tile in a browser or in memory, is fresh as long as the stamps of what it
shows stand still. A stamp is never used twice: one that a restored backup brings back means exactly the data of then.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Connection, text
from sqlmodel import Field, SQLModel, col, select

from core.kernel.ids import new_id

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork

MOVE = text(
    "INSERT INTO data_stamp (kind, value) VALUES (:kind, :value) "
    "ON CONFLICT (kind) DO UPDATE SET value = excluded.value"
)


class Stamp(SQLModel, table=True):
    """The data version of one kind of record."""

    __tablename__ = "data_stamp"

    kind: str = Field(primary_key=True, max_length=40)
    value: int = Field(default_factory=new_id, sa_type=BigInteger)


def move(connection: Connection, kinds: Collection[str]) -> None:
    """Mark kinds of record as changed, last in the transaction that changed them: others wait only for its end."""
    if kinds:
        connection.execute(MOVE, [{"kind": kind, "value": new_id()} for kind in sorted(kinds)])


def stamps(uow: "UnitOfWork", kinds: Collection[str]) -> dict[str, int]:
    """The data versions of kinds of record, 0 for those that never changed; inside a query."""
    asked = select(Stamp.kind, Stamp.value).where(col(Stamp.kind).in_(sorted(kinds)))
    return {**dict.fromkeys(kinds, 0), **dict(uow.session.exec(asked).all())}
