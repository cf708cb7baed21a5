"""Everything one may look at among labels; results are plain values."""

from core.labels.queries.of_doors import Door, FoundHouse, found, opened

__all__ = ["Door", "FoundHouse", "found", "opened"]
