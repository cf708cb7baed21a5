"""Where a person works and worked: the organisations that name them as staff or as who answers for them."""

from core.kernel.extensions import Panel, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.queries import REPRESENTS, of_person

COLUMNS = (("name", N_("Organisation")), ("post", N_("Post")), ("since", N_("From")), ("until", N_("To")))


def show(uow: UnitOfWork, person_id: int) -> Section | None:
    """The organisations, the present ones first; nothing for who is named by none."""
    rows = [
        (
            {
                "name": one.name,
                "post": _("Legal head") if one.post == REPRESENTS else one.post,
                "since": _day(one.from_on),
                "until": _day(one.to_on),
            },
            f"organisation?id={one.organisation_id}",
        )
        for one in of_person(uow, person_id)
    ]
    return Section(columns=COLUMNS, rows=rows) if rows else None


def _day(day: object) -> str:
    return str(day or "")


panel = Panel(title=N_("Work"), of="Person", needs="organisation.view", icon="work", show=show, order=20)
