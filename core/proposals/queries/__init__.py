"""What is asked about proposals; values are masked for the person who asks."""

from core.proposals.queries.of_form import Sheet, sheet
from core.proposals.queries.of_lists import ProposalLine, Waiting, mine, open_about, to_decide, waiting
from core.proposals.queries.of_proposal import ProposalDetail, ProposedLine, proposal

__all__ = [
    "ProposalDetail",
    "ProposalLine",
    "ProposedLine",
    "Sheet",
    "Waiting",
    "mine",
    "open_about",
    "proposal",
    "sheet",
    "to_decide",
    "waiting",
]
