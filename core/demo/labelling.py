"""Labels at the doors of the demo: most are up, a few were never printed, one was lost, one misused."""

from core.demo.plan import Plan
from core.kernel.access import Actor
from core.kernel.database import Office
from core.labels.commands import issue, mark_printed, report_lost, revoke, save_sheet
from core.labels.queries import Choice
from core.labels.queries.of_labels import house_rows
from core.places.models import Level

MOST, UNPRINTED = 1500, 12


def put_up_labels(office: Office, plan: Plan) -> None:
    """Add them to an office that was just filled; a large one has them in its first grids only."""
    community = next(plan.root.below(Level.COMMUNITY)).path
    lead = office.uow(Actor("chen", "lead", community))
    save_sheet(lead, community, phone="0754-00000000")
    doors = [row.house_id for row in house_rows(lead, Choice(), limit=MOST).items]
    labelled = doors[: -len(doors) // UNPRINTED]
    issue(lead, labelled)
    mark_printed(lead, labelled)
    report_lost(lead, labelled[2], "装修时被撕毁")
    revoke(lead, labelled[5], "二维码被人拍照冒用")
