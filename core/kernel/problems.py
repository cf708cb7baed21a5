"""What can go wrong that a person should hear about. Anything else is our bug.

Every surface renders a Problem its own way: a page as a sentence, a route as its status, a form at its field.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class Problem(Exception):
    """A sentence for the person in front of the screen, and what is wrong with which field."""

    status = 400

    def __init__(self, sentence: str, **fields: str) -> None:
        super().__init__(sentence)
        self.sentence, self.fields = sentence, fields


class Refused(Problem):
    """You may not."""

    status = 403


class Missing(Problem):
    """Not there, or not yours: the two look the same."""

    status = 404


class Invalid(Problem):
    """What you gave cannot be right."""

    status = 422


class Unavailable(Problem):
    """The office itself cannot work now: disk full, wrong key, broken database."""

    status = 503


class Lost(Unavailable):
    """The connection to the database broke; whoever only looked may look again."""


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed meanwhile."""

    label: str
    yours: str
    theirs: str


class Clash(Problem):
    """Somebody was faster, or it is there already."""

    status = 409

    def __init__(
        self, sentence: str, *, differences: Mapping[str, Difference] | None = None, **fields: str
    ) -> None:
        super().__init__(sentence, **fields)
        self.differences = dict(differences or {})
