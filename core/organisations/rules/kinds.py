"""What a unified social credit code says of an organisation: its first two characters are body and kind (GB 32100)."""

import csv
from functools import cache

from core.kernel.codes import CODES, code_name
from core.kernel.i18n import _, language

KINDS = "organisation_kind"
PREFIXES = "org_type_uscc"


@cache
def _prefixes() -> dict[str, tuple[str, ...]]:
    """Kind -> the beginnings of the codes that such organisations carry."""
    with (CODES / f"{KINDS}.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: tuple(row["prefixes"].split()) for row in csv.DictReader(rows)}


def kind_of(code: str) -> str:
    """The kind that the first two characters of a credit code tell; "other" for ones nobody knows."""
    return next((kind for kind, begins in _prefixes().items() if code[:2] in begins), "other")


def kind_problem(kind: str, code: str) -> str:
    """A sentence when an organisation of that kind cannot carry that code; "" when it can, and without a code."""
    if not code or code[:2] in _prefixes().get(kind, ()):
        return ""
    known = code[:2] in (prefix for begins in _prefixes().values() for prefix in begins)
    if not known and kind == "other":
        return ""
    said = _('This credit code begins with "{prefix}": {found}. It is not the code of this kind: {chosen}.')
    found = code_name(KINDS, kind_of(code), lang=language.get())
    return said.format(prefix=code[:2], found=found, chosen=code_name(KINDS, kind, lang=language.get()))


def registered_as(code: str | None) -> str:
    """Body and kind of registration in words, such as 企业; "" without a code."""
    return code_name(PREFIXES, code[:2], lang="zh_CN") if code else ""
