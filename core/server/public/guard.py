"""How often somebody may do something without an account: freely at first, then with the picture code, then not at all
for a while. Addresses and doors are counted in the database, only as keyed marks (core/kernel/limits.py)."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from core.kernel import limits
from core.kernel.database import office
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.server.public import codes
from core.server.public.kit import Form, Limited, address_of

HOUR, DAY = 3600, 86_400


@dataclass(frozen=True)
class Limit:
    """So many uses in so many seconds are free; more need the picture code; `most` are too many."""

    purpose: str
    seconds: int
    free: int
    most: int


@dataclass(frozen=True)
class Use:
    """A limit and whom it counts."""

    limit: Limit
    who: str

    def count(self) -> int:
        """One more."""
        return limits.count(office(), self.limit.purpose, self.who, self.limit.seconds)

    def used(self) -> int:
        """How many so far."""
        return limits.used(office(), self.limit.purpose, self.who, self.limit.seconds)


class Asked(Invalid):
    """The picture code is wanted, and was not given rightly."""


def here(request: Request, limit: Limit) -> Use:
    """A limit for the address that asks."""
    return Use(limit, address_of(request))


def challenge(uses: Iterable[Use]) -> str:
    """A fresh picture code where the next use needs one; else ""."""
    return codes.fresh() if any(use.used() >= use.limit.free for use in uses) else ""


def check(uses: Iterable[Use], form: Form, *, counts: bool = True) -> None:
    """Count one more use of each. Raises Limited for too many, Asked where the picture code is missing or wrong.

    Without `counts` only what failed before weighs, and `failed` counts it.
    """
    done = [(use, use.count() if counts else use.used() + 1) for use in uses]
    if any(times > use.limit.most for use, times in done):
        raise Limited(
            _("This was done too often from here. Please try again later, or ask the community office.")
        )
    is_free = all(times <= use.limit.free for use, times in done)
    if not is_free and not codes.fits(office(), form.text("challenge"), form.text("code")):
        said = _("Type the signs of the picture, or the answer to the question.")
        raise Asked(said, code=said)


def failed(uses: Iterable[Use]) -> None:
    """What was asked for is not there: this counts."""
    for use in uses:
        use.count()
