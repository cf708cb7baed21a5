"""Whatever else names the person: register entries, organisations, relations."""

from core.kernel import custom
from core.kernel.extensions import Holding, Section
from core.kernel.fields import Declared, declared
from core.kernel.i18n import N_, _, language
from core.kernel.records import AreaRecord, Extended
from core.kernel.unit_of_work import UnitOfWork
from core.registers import shipped
from core.rights.queries.of_held import pointing

TITLES = {
    "Person": N_("Person"),
    "Organisation": N_("Organisation"),
    "Staff": N_("Staff"),
    "Relation": N_("Relation"),
    "RegisterEntry": N_("Register"),
}


def _entries(uow: UnitOfWork, person_id: int) -> Section | None:
    titles = {**TITLES, **{one.of: one.title for one in shipped().values()}}
    rows = [
        ({"what": _(titles.get(type(one).__name__, type(one).__name__)), "says": _said(uow, one)}, "")
        for one in pointing(uow, person_id)
    ]
    return Section(columns=[("what", _("What")), ("says", _("Entry"))], rows=rows) if rows else None


def _said(uow: UnitOfWork, record: AreaRecord) -> str:
    """Label and value of every field that says something."""
    own: dict[str, Declared] = {}
    if isinstance(record, Extended):
        own = custom.own_fields(uow, record.fields_of, record.area)
    known, values = {**declared(type(record)), **own}, uow.values(record)
    told = {_(one.label): one.said(values.get(name), language.get()) for name, one in known.items()}
    return " · ".join(f"{label} {value}" for label, value in told.items() if value not in (None, "", False))


ENTRIES = Holding(
    title=N_("Entries that name the person"),
    needs="person.view",
    show=_entries,
    purpose=N_(
        "Registers of the community, such as dogs, volunteers, work and relations, in which you are named."
    ),
    basis=N_("Duties of the community by law, or what you agreed to (个人信息保护法 13)."),
    order=50,
)
