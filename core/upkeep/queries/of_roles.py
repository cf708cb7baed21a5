"""Who may do what, as people read it."""

from dataclasses import dataclass

from core.kernel.access import roles
from core.kernel.codes import rows
from core.kernel.i18n import language
from core.kernel.unit_of_work import UnitOfWork, query

LIST = "permission"


@dataclass(frozen=True)
class PermissionLine:
    """A permission: what it lets one do, which part of the product it belongs to, and the roles that include it."""

    code: str
    title: str
    group: str
    roles: frozenset[str]


@query("role.view")
def permission_lines(uow: UnitOfWork) -> list[PermissionLine]:
    """Every permission that a role of people includes, by part of the product, in the order of the list."""
    chinese = language.get().startswith("zh")
    name, group = ("name", "group") if chinese else ("name_en", "group_en")
    people = {key: role.may for key, role in roles().items() if not role.internal}
    parts = list(dict.fromkeys(row[group] for row in rows(LIST)))
    return [
        PermissionLine(row["code"], row[name], row[group], included)
        for row in sorted(rows(LIST), key=lambda row: parts.index(row[group]))
        if (included := frozenset(key for key, may in people.items() if row["code"] in may))
    ]
