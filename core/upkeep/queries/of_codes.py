"""Looking at code lists: the national codes and the office's own."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from core.kernel.codes import rows
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, query
from core.upkeep.models import LocalCode
from core.upkeep.rules import lists


@dataclass(frozen=True)
class CodeLine:
    """One code of a list; a national one has no number of its own and version 0."""

    id: int | None
    version: int
    code: str
    name: str
    name_en: str
    ended_on: date | None


@query("code.view")
def code_lists(uow: UnitOfWork) -> dict[str, str]:
    """Lists an office may add to -> label of a field that uses it."""
    return lists()


@query("code.view")
def code_rows(uow: UnitOfWork, list_name: str) -> list[CodeLine]:
    """National codes in their order, then the office's own. Raises Invalid for a list that is none of these."""
    if list_name not in lists():
        raise Invalid(_("There is no such list."))
    national = [
        CodeLine(None, 0, row["code"], row["name"], row.get("name_en") or "", None) for row in rows(list_name)
    ]
    own = select(LocalCode).where(LocalCode.list_name == list_name).order_by(col(LocalCode.id))
    return national + [uow.show(CodeLine, found) for found in uow.session.exec(own)]
