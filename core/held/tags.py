"""Service tags with why and from what source."""

from core.kernel.extensions import Holding, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import tags_of


def _tags(uow: UnitOfWork, person_id: int) -> Section | None:
    columns = [("title", _("Tag")), ("why", _("Why")), ("source", _("Source")), ("until", _("Expires on"))]
    rows = [
        ({"title": tag.title, "why": tag.why, "source": tag.source or tag.basis, "until": tag.expires_on}, "")
        for tag in tags_of(uow, person_id)
    ]
    return Section(columns=columns, rows=rows) if rows else None


TAGS = Holding(
    title=N_("Service tags"),
    needs="person.tags",
    show=_tags,
    purpose=N_("To offer the services that you are entitled to; each tag says why it applies and expires."),
    basis=N_("Duties by law, or your separate consent for sensitive ones (个人信息保护法 13, 29)."),
    order=40,
)
