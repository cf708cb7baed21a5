"""What is asked about proposals; values are masked for the person who asks."""

from core.proposals.queries.of_form import Sheet, sheet
from core.proposals.queries.of_lists import ProposalLine, mine, open_about, to_decide, todo
from core.proposals.queries.of_proposal import ProposalDetail, ProposedLine, proposal

__all__ = [
    "ProposalDetail",
    "ProposalLine",
    "ProposedLine",
    "Sheet",
    "mine",
    "open_about",
    "proposal",
    "sheet",
    "to_decide",
    "todo",
]
