"""Whom a screen is about, from its address: a person, a household, or whoever lives in a house."""

from core.kernel.unit_of_work import UnitOfWork
from core.people import queries as people
from core.ui import url


def home_of(uow: UnitOfWork) -> tuple[str, people.HouseholdDetail | None, people.PersonDetail | None]:
    """What the address names ("person-12"), the household, and the person if it names one. Raises Missing."""
    if url.text("person"):
        person = people.person(uow, url.text("person"))
        home = people.household(uow, person.household_id) if person.household_id else None
        return f"person-{person.id}", home, person
    if url.text("house"):
        living = people.households(uow, people.HouseholdFilter(house_id=url.number("house"))).items
        home = people.household(uow, living[0].id) if living else None
        return f"house-{url.text('house')}", home, None
    return f"household-{url.text('household')}", people.household(uow, url.text("household")), None
