"""Where the person lives and lived."""

from core.kernel.codes import code_name
from core.kernel.extensions import Holding, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import residences_of


def _homes(uow: UnitOfWork, person_id: int) -> Section | None:
    columns = [
        ("address", _("Address")),
        ("kind", _("Lives there as")),
        ("since", _("From")),
        ("until", _("To")),
        ("source", _("Source")),
    ]
    rows = [
        (
            {
                "address": home.address,
                "kind": code_name("residence_kind", home.kind, lang=language.get()),
                "since": home.from_on,
                "until": home.to_on,
                "source": code_name("sources", home.source, lang=language.get()) if home.source else "",
            },
            "",
        )
        for home in residences_of(uow, person_id)
    ]
    return Section(columns=columns, rows=rows) if rows else None


HOMES = Holding(
    title=N_("Homes"),
    needs="person.view",
    show=_homes,
    purpose=N_(
        "To know who lives, or lived, in which house: for help, safety and certificates of residence."
    ),
    basis=N_("Duties of the community by law (个人信息保护法 13 (3), 34)."),
    order=20,
)
