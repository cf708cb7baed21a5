"""Everything one may look at among labels; results are plain values."""

from core.labels.queries.choosing import SHOWN, Choice, called
from core.labels.queries.facts import sample
from core.labels.queries.of_doors import Door, FoundHouse, found, opened
from core.labels.queries.of_labels import (
    HouseLabels,
    HouseRow,
    LabelLine,
    Progress,
    house_rows,
    how_many,
    labels_of,
    progress,
    tokens,
    unlabelled,
)
from core.labels.queries.of_runs import RunLine, part_name, run, run_houses, runs
from core.labels.queries.of_sheets import SheetDetail, sheet_at

__all__ = [
    "SHOWN",
    "Choice",
    "Door",
    "FoundHouse",
    "HouseLabels",
    "HouseRow",
    "LabelLine",
    "Progress",
    "RunLine",
    "SheetDetail",
    "called",
    "found",
    "house_rows",
    "how_many",
    "labels_of",
    "opened",
    "part_name",
    "progress",
    "run",
    "run_houses",
    "runs",
    "sample",
    "sheet_at",
    "tokens",
    "unlabelled",
]
