"""Who may do what. Roles are data (data/roles.toml); the code only asks."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROLES = Path(__file__).parents[2] / "data" / "roles.toml"
COMMUNITY = ""
"""The side of everybody who belongs to no department line."""
NO_LINE = "-"
"""The side of a department's account that was given no line: no field is its own."""


@dataclass(frozen=True)
class Role:
    """A post in the office: its title for the screen and what it may do; `lined` ones belong to a department line,
    `one_person` ones see a single person (core/kernel/oneself.py)."""

    title: str
    about: str
    may: frozenset[str]
    internal: bool = False
    exclusive: bool = False
    lined: bool = False
    one_person: bool = False


@cache
def roles() -> dict[str, Role]:
    """Every role by its name. `internal` ones belong to no account."""
    table = tomllib.loads(ROLES.read_text(encoding="utf-8"))
    return {name: Role(**{**values, "may": frozenset(values["may"])}) for name, values in table.items()}


@dataclass(frozen=True)
class Actor:
    """Someone at work: their login, their role, and the branch of the area tree they stand in.

    Residents, devices and jobs are actors too. `area` is a path such as "440599/001/"; "" is everywhere
    and is only for jobs. `line` is the department of a department's account (core/kernel/lines.py), `person_id` the
    only person that a role of one person sees.
    """

    login: str
    role: str
    area: str
    name: str = ""
    account_id: int = 0
    session_id: int = 0
    language: str = "zh_CN"
    line: str = ""
    must_change: bool = field(default=False, compare=False)
    person_id: int = 0

    def may(self, permission: str) -> bool:
        """Whether the role includes the permission."""
        return permission in roles()[self.role].may

    @property
    def side(self) -> str:
        """For whom they keep fields: the key of a department line, or COMMUNITY (core/kernel/lines.py)."""
        return self.line or (NO_LINE if roles()[self.role].lined else COMMUNITY)

    @property
    def post(self) -> str:
        """The role as the audit log writes it down, with the line of a department: "department/civil"."""
        return f"{self.role}/{self.line}" if self.line else self.role

    @property
    def branch(self) -> tuple[str, str]:
        """Half-open range of the area paths in the actor's branch, for an indexed comparison.

        "0" is the character after "/", so "a/" <= path < "a0" holds for "a/" and all below it only.
        """
        return (self.area, self.area[:-1] + "0") if self.area else ("", "~")

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The paths above the actor's own, from the root down."""
        parts = self.area.split("/")[:-2]
        return tuple("/".join(parts[: n + 1]) + "/" for n in range(len(parts)))


def job(name: str) -> Actor:
    """The machine itself, at the command line or at night: it stands everywhere, may what `job` may."""
    return Actor(login=name, role="job", area="", name=name)
