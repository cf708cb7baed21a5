"""What must be true of components, as pure functions: classes and codes, old ones, and which are sensitive."""

from core.components.rules.classes import (
    CATALOGUE,
    MAJORS,
    MASKED,
    Mapped,
    class_of_old,
    free_minor,
    is_local,
    is_sensitive,
    major_name,
    national,
    old_classes,
    sensitive_classes,
    why_sensitive,
)
from core.components.rules.codes import OldCode, accuracy_of, old_code
from core.components.rules.headings import abbreviation, other_headings

__all__ = [
    "CATALOGUE",
    "MAJORS",
    "MASKED",
    "Mapped",
    "OldCode",
    "abbreviation",
    "accuracy_of",
    "class_of_old",
    "free_minor",
    "is_local",
    "is_sensitive",
    "major_name",
    "national",
    "old_classes",
    "old_code",
    "other_headings",
    "sensitive_classes",
    "why_sensitive",
]
