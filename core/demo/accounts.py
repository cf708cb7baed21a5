"""The accounts of the demo: one for every role, and in a larger town one for every post."""

from collections.abc import Iterator
from datetime import UTC, datetime

from core.accounts.passwords import hashed
from core.demo.filing import Row
from core.demo.folk import FEMALE, MALE, Folk, Soul
from core.demo.numbers import Numbers
from core.demo.plan import Plan
from core.demo.words import table
from core.places.models import Level


def password() -> str:
    """The one password of the demo."""
    return str(table("accounts")["password"])


def sign_ins() -> list[dict[str, str]]:
    """Login, name and role of the accounts every demo has."""
    return [{key: str(one[key]) for key in ("login", "name", "role")} for one in table("accounts")["account"]]


def worker(plan: Plan) -> str:
    """The sign-in name of a grid's worker; {code} stands for the grid."""
    return "g{code}" if plan.scale.communities > 1 else sign_ins()[0]["login"]


def accounts(plan: Plan, numbers: Numbers, folk: Folk) -> Iterator[Row]:
    """Rows for the accounts; the password is hashed once, which takes its time."""
    shared, now = hashed(password()), datetime.now(UTC)

    def row(login: str, name: str, role: str, area: str, line: str = "") -> Row:
        return {
            "id": numbers.id(),
            "area": area,
            "login": login,
            "name": name,
            "role": role,
            "line": line,
            "password_hash": shared,
            "password_at": now,
            "must_change": False,
            "approved_by": "demo",
        }

    for one in table("accounts")["account"]:
        first = next(plan.root.below(Level(one["area_level"])))
        yield row(one["login"], one["name"], one["role"], first.path, one.get("line", ""))
    for post in table("accounts")["post"] if plan.scale.communities > 1 else []:
        for node in plan.root.below(Level(post["area_level"])):
            yield row(post["letter"] + node.code, _name(folk), post["role"], node.path)


def _name(folk: Folk) -> str:
    sex = folk.random.choice((MALE, FEMALE))
    return folk.named([Soul(sex, folk.aged(23, 55), folk.surname(), "alone")])[0].name
