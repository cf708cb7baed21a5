"""What residents report about a house and nobody has verified yet."""

from core.claims.queries import ClaimLine, open_of_house
from core.kernel.codes import code_name
from core.kernel.extensions import Panel, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork

COLUMNS = (
    ("says", N_("What is reported")),
    ("who", N_("Who reports")),
    ("due", N_("To be verified by")),
    ("state", N_("State")),
)


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """The open ones, oldest first; nothing where nobody waits for an answer."""
    rows = [(_cells(one), f"claim?id={one.id}") for one in open_of_house(uow, house_id)]
    return Section(columns=COLUMNS, rows=rows) if rows else None


def _cells(one: ClaimLine) -> dict[str, object]:
    late = {"text": _("Overdue"), "tone": "bad", "title": ""}
    state = code_name("claim_state", one.state, lang=language.get())
    return {
        "says": one.says,
        "who": code_name("claim_reporter", one.who, lang=language.get()),
        "due": late if one.urgency == "overdue" else str(one.due_on),
        "state": {"text": state, "tone": "warn", "title": ""},
    }


panel = Panel(
    title=N_("Self-reports to verify"),
    of="House",
    needs="claim.view",
    icon="fact_check",
    show=show,
    order=5,
)
