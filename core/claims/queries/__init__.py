"""What may be looked at of self-reports: at the door, with a receipt, and in the office."""

from core.claims.queries.of_beside import Beside, BesideRow, beside
from core.claims.queries.of_candidates import Candidate, Joinable
from core.claims.queries.of_claim import ClaimDetail, FieldLine, PartLine, claim
from core.claims.queries.of_door import Doorway, Masked, Notice, doorway, notices
from core.claims.queries.of_lists import (
    ClaimFilter,
    ClaimLine,
    Wanted,
    claims,
    number_of,
    numbers,
    open_of_house,
    todo,
    visits_wanted,
)
from core.claims.queries.of_receipt import LineTold, PartTold, Told, house_of_receipt, receipt, restate

__all__ = [
    "Beside",
    "BesideRow",
    "Candidate",
    "ClaimDetail",
    "ClaimFilter",
    "ClaimLine",
    "Doorway",
    "FieldLine",
    "Joinable",
    "LineTold",
    "Masked",
    "Notice",
    "PartLine",
    "PartTold",
    "Told",
    "Wanted",
    "beside",
    "claim",
    "claims",
    "doorway",
    "house_of_receipt",
    "notices",
    "number_of",
    "numbers",
    "open_of_house",
    "receipt",
    "restate",
    "todo",
    "visits_wanted",
]
