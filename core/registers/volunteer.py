"""志愿者台账: who helps, with what, since when, and who can be asked today."""

from typing import ClassVar

from core.kernel.extensions import Register
from core.kernel.fields import PastDate, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Verified


class Volunteer(AreaRecord, Extended, Verified, table=True):
    """A resident who helps others."""

    __tablename__ = "register_volunteer"
    historic: ClassVar[bool] = True

    person_id: int = field(N_("Person"), foreign_key="person.id", index=True, widget="person")
    number: str = field(N_("Volunteer number"), default="", max_length=30)
    service: str = field(N_("Helps with"), default="general", max_length=12, codes="volunteer_service")
    skills: str = field(N_("Skills"), default="", max_length=120)
    since: PastDate | None = field(N_("Volunteer since"), default=None)
    hours: float = field(N_("Service hours"), default=0, ge=0, le=100_000)
    is_available: bool = field(N_("Can be asked now"), default=True)
    note: str = field(N_("Note"), default="", max_length=500, long=True)


register = Register(
    title=N_("Volunteers"),
    about=N_("Residents who help: skills, service hours, and who can be asked now."),
    icon="volunteer_activism",
    record=Volunteer,
    title_of=lambda record: "",
    listed=("service", "skills", "since", "hours", "is_available", "number"),
    filters=("service", "is_available"),
    searched=("skills", "number"),
    key=("person_id",),
    examples={"skills": "修电器、开车", "since": "2024-03-05", "hours": "36"},
    aliases={
        "person_id": ("姓名", "志愿者姓名", "志愿者"),
        "hours": ("服务时长", "时长"),
        "skills": ("特长",),
    },
    is_personal=True,
    order=40,
)
