"""犬只台账: dogs, where they live, who answers for them, and when they are vaccinated again."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index

from core.kernel.extensions import Register, in_order
from core.kernel.fields import PastDate, field
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord, Extended, Verified

DOG, PAPERS = N_("Dog"), N_("Licence and vaccination")


class Dog(AreaRecord, Extended, Verified, table=True):
    """A dog that is kept in a house."""

    __tablename__ = "register_dog"
    __table_args__ = (Index("ix_register_dog_due", "next_due", "area"),)
    historic: ClassVar[bool] = True

    name: str = field(N_("Dog's name"), min_length=1, max_length=40, group=DOG)
    breed: str = field(N_("Breed"), default="", max_length=40, group=DOG)
    coat: str = field(N_("Coat"), default="", max_length=20, group=DOG)
    house_id: int | None = field(
        N_("House"), default=None, foreign_key="house.id", index=True, widget="house", group=DOG
    )
    person_id: int | None = field(
        N_("Dog owner"), default=None, foreign_key="person.id", index=True, widget="person", group=DOG
    )
    licence_no: str = field(N_("Dog licence number"), default="", max_length=30, group=PAPERS)
    licence_to: date | None = field(N_("Licence valid to"), default=None, group=PAPERS)
    vaccinated_on: PastDate | None = field(N_("Vaccinated on"), default=None, group=PAPERS)
    next_due: date | None = field(
        N_("Next vaccination"),
        default=None,
        group=PAPERS,
        help=N_("Left empty: one year after the last one."),
    )
    note: str = field(N_("Note"), default="", max_length=500, long=True, group=PAPERS)


register = Register(
    title=N_("Dogs"),
    about=N_("Dogs in the area: owner, home, licence, and the next vaccination."),
    icon="pets",
    record=Dog,
    title_of=lambda record: str(record.name),
    listed=("breed", "house_id", "person_id", "licence_no", "vaccinated_on", "next_due"),
    filters=("breed", "vaccinated_on"),
    searched=("breed", "coat", "licence_no"),
    key=("licence_no",),
    due="next_due",
    due_from="vaccinated_on",
    due_days=365,
    rules=(in_order("vaccinated_on", "next_due", N_("The next look cannot be before the last one.")),),
    examples={"name": "旺财", "breed": "田园犬", "licence_no": "犬证0001", "vaccinated_on": "2026-03-01"},
    aliases={
        "name": ("名称", "犬只名称", "狗名"),
        "licence_no": ("犬证号", "养犬证号"),
        "vaccinated_on": ("免疫日期", "疫苗接种日期"),
        "person_id": ("犬主", "主人", "养犬人"),
    },
    order=30,
)
