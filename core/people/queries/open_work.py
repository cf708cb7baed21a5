"""What is open among the people, as conditions; the indexes of the models hold only the open ones."""

from datetime import date

from sqlalchemy import ColumnElement, TextClause, text
from sqlmodel import col, select

from core.kernel.access import Actor
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import HEADLESS, PAPERLESS, DeclaredTag, Household, Person
from core.people.tags import DECLARED

KINDS = ("document", "head", "tag")


def paperless() -> TextClause:
    """People without a document and without a reason, word for word as the index says it."""
    return text(PAPERLESS)


def headless() -> TextClause:
    """Households without a head, word for word as the index says it."""
    return text(HEADLESS)


def expired(actor: Actor) -> ColumnElement[bool]:
    """Declared tags whose last day is past, of those that the actor sees."""
    shown = [key for key, kind in DECLARED.items() if kind.shown_to(actor)]
    return (col(DeclaredTag.expires_on) < date.today()) & col(DeclaredTag.tag).in_(shown)


def open_work(uow: UnitOfWork, kind: str) -> ColumnElement[bool] | TextClause:
    """The people of one kind of open work as a condition on Person, inside a query.

    Raises Refused for tags the actor may not see, Invalid for any other word.
    """
    if kind == "document":
        return paperless()
    if kind == "head":
        return col(Person.household_id).in_(select(Household.id).where(headless()))
    if kind != "tag":
        raise Invalid(_("There is no such list of open work."))
    uow.require("person.tags")
    return col(Person.id).in_(select(DeclaredTag.person_id).where(expired(uow.actor)))
