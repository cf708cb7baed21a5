"""What the search box knows of the demo, as the domains' own commands would file it; the tokens are those of
`core.kernel.search.tokens`, put together from pieces that many records share."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from core.kernel.search import places, shifts

Row = dict[str, Any]


@lru_cache(maxsize=60_000)
def pieces(words: str) -> str:
    """The tokens of a text; they may be joined to those of the next text where one kind of character ends."""
    return " ".join(shifts(words))


@lru_cache(maxsize=2000)
def _where(kind: str, area: str) -> str:
    return " ".join([f"=k{kind}", *places(area)])


def name_pieces(name: str) -> str:
    """The tokens of a Chinese name, which is one run."""
    return " ".join(name[n : n + 2] for n in range(len(name)))


def doc(kind: str, record: int, area: str, title: str, body: str, found_by: Iterable[str]) -> Row:
    """A search document; `found_by`: tokens of title, body and numbers. Titles are tidy but for blanks."""
    whole = f"={title.replace(' ', '')}"
    tok = " ".join([whole, _where(kind, area), *(tokens for tokens in found_by if tokens)])
    return {"id": record, "area": area, "kind": kind, "title": title, "body": body, "tok": tok}
