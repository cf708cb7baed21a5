"""Classes of components: the national catalogue, older classes mapped to it, local ones, and which are sensitive."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.kernel.codes import CODES, code_name, codes
from core.kernel.i18n import _, language
from core.kernel.problems import Invalid

CATALOGUE, MAJORS = "gbt47678_5_components", "component_major"
LOCAL, LOCAL_SENSITIVE = range(999, 989, -1), range(989, 979, -1)
"""Minors for classes of an office's own, from above to below; whether they are sensitive shows in the number."""
MASKED = frozenset(
    {
        "code",
        "lon",
        "lat",
        "cell",
        "accuracy",
        "place",
        "house_id",
        "former_code",
        "note",
        "extra",
        "pictures",
    }
)
"""What is withheld of a sensitive component from those who may not see positions."""
Confidence = Literal["exact", "near", "none"]


@dataclass(frozen=True)
class Mapped:
    """What became of a class of CJ/T 214: the class of today ("" for none), how sure that is, and why."""

    target: str
    confidence: Confidence
    note: str


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of codes."""
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@cache
def national() -> Mapping[str, str]:
    """Code -> name of every class of GB/T 47678.5-2026."""
    return codes(CATALOGUE)


@cache
def old_classes() -> Mapping[str, Mapped]:
    """Every class of CJ/T 214-2007 by its four digits, with what became of it."""
    return {
        row["code"]: Mapped(row["target"], row["confidence"], row["note"])  # type: ignore[arg-type]
        for row in rows_of("cjt214_to_gbt47678")
    }


def class_of_old(code: str) -> Mapped:
    """What became of a class of CJ/T 214; confidence "none" for one that nobody knows."""
    return old_classes().get(code, Mapped("", "none", ""))


@cache
def reasons() -> Mapping[str, tuple[str, str]]:
    """Sensitive national class -> why, in Chinese and in English."""
    return {row["code"]: (row["reason"], row["reason_en"]) for row in rows_of("component_sensitivity")}


@cache
def sensitive_classes() -> frozenset[str]:
    """The codes of all sensitive classes: national ones from the list, and every local one that could be."""
    local = {f"{major}{minor:03}" for major in codes(MAJORS) for minor in LOCAL_SENSITIVE}
    return frozenset(reasons()) | local


def is_sensitive(class_code: str) -> bool:
    """Whether the position of components of a class is withheld from those who may not see positions."""
    return class_code in sensitive_classes()


def why_sensitive(class_code: str) -> str:
    """Why, in the reader's language; "" when it is not."""
    if not is_sensitive(class_code):
        return ""
    chinese, english = reasons().get(class_code, (_("So decided by the office"),) * 2)
    return chinese if language.get().startswith("zh") else english


def major_name(code: str) -> str:
    """The name of a major class, or of that of a class, in the reader's language."""
    return code_name(MAJORS, code[:2], lang=language.get())


def free_minor(major: str, taken: Iterable[str], *, sensitive: bool) -> str:
    """The next class code of an office's own under a major. Raises Invalid for no such major, or none left."""
    if major not in codes(MAJORS):
        raise Invalid(_("This is not one of the choices."), major=_("This is not one of the choices."))
    used = set(taken)
    wanted = (f"{major}{minor:03}" for minor in (LOCAL_SENSITIVE if sensitive else LOCAL))
    free = next((code for code in wanted if code not in used), "")
    if not free:
        raise Invalid(_("This major class has no number left for local classes of this kind."))
    return free


def is_local(class_code: str) -> bool:
    """Whether a class code is one of an office's own."""
    minor = class_code[2:]
    return minor.isdecimal() and LOCAL_SENSITIVE[-1] <= int(minor) <= LOCAL[0]
