"""The components at a house, as far as one may know where they are."""

from core.components.queries import of_house
from core.kernel.codes import code_name
from core.kernel.extensions import Panel, Section
from core.kernel.i18n import N_, language
from core.kernel.unit_of_work import UnitOfWork

COLUMNS = (
    ("name", N_("Class")),
    ("state", N_("State")),
    ("place", N_("Place in words")),
    ("owner", N_("Owner")),
)


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """What stands there; nothing where nothing does."""
    rows = [
        (
            {
                "name": one.class_name,
                "state": code_name("component_state", one.state, lang=language.get()),
                "place": one.place,
                "owner": one.owner_name,
            },
            f"component?id={one.id}",
        )
        for one in of_house(uow, house_id)
    ]
    return Section(columns=COLUMNS, rows=rows) if rows else None


panel = Panel(
    title=N_("Components here"), of="House", needs="component.view", icon="signpost", show=show, order=30
)
