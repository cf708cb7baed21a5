"""Measures of people, households and service tags."""

from functools import partial
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlmodel import col

from core.completeness.declaring import Ask, Condition, Measure
from core.kernel.i18n import N_
from core.people.models import DeclaredTag, Household, Person, Residence
from core.people.tags import DECLARED

COUNTED = {"needs": "person.view", "opens": "person.view"}


def _here(_ask: Ask) -> Any:
    return col(Person.state) == "here"


def _of_the_country(_ask: Ask) -> Any:
    return and_(col(Person.state) == "here", col(Person.category).in_(("hukou", "migrant")))


def _in_a_household(_ask: Ask) -> Any:
    return and_(col(Person.state) == "here", col(Person.household_id).is_not(None))


def _confirmed(ask: Ask) -> Any:
    return col(Person.verified_at) >= ask.since(ask.limits.resident_days)


def _has_document(_ask: Ask) -> Any:
    return or_(col(Person.document_no_index).is_not(None), col(Person.no_document_reason) != "")


def _has_facts(_ask: Ask) -> Any:
    return and_(col(Person.sex).in_(("1", "2")), col(Person.registered_on).is_not(None))


def _has_home(_ask: Ask) -> Any:
    return exists().where(col(Residence.person_id) == Person.id, col(Residence.to_on).is_(None))


def _is_placed(_ask: Ask) -> Any:
    """The category is set, with the fact that makes it believable."""
    kind = col(Person.category)
    return or_(
        and_(kind == "hukou", col(Person.hukou_division) + col(Person.hukou_address) != ""),
        and_(kind == "migrant", col(Person.hukou_division) != ""),
        and_(kind == "overseas", col(Person.nationality) != ""),
    )


def _open_family(_ask: Ask) -> Any:
    return and_(col(Household.closed_on).is_(None), col(Household.kind) == "family")


def _seen_tags(ask: Ask) -> Any:
    shown = [key for key, kind in DECLARED.items() if kind.shown_to(ask.uow.actor)]
    return col(DeclaredTag.tag).in_(shown)


def _in_force(ask: Ask) -> Any:
    return or_(col(DeclaredTag.expires_on).is_(None), col(DeclaredTag.expires_on) >= ask.today)


def _lately(ask: Ask) -> Any:
    return col(DeclaredTag.verified_on) >= ask.since(ask.limits.tag_days).date()


_person = partial(Measure, of=Person, **COUNTED)  # type: ignore[arg-type]
_tag = partial(Measure, of=DeclaredTag, item="categories", among=_seen_tags, **COUNTED)  # type: ignore[arg-type]
_filled: Condition = lambda _ask: col(Person.consistent) != ""  # noqa: E731

MEASURES = (
    _person(
        key="confirmed",
        item="residents",
        title=N_("Residents confirmed lately"),
        missing=N_("Residents not confirmed lately"),
        among=_here,
        good=_confirmed,
    ),
    _person(
        key="consistent",
        item="residents",
        title=N_("Residents of whom it is known whether they live where registered"),
        missing=N_("Residents of whom it is not known whether they live where registered"),
        fields=("consistent",),
        among=_of_the_country,
        good=_filled,
    ),
    _person(
        key="home",
        item="residents",
        title=N_("Residents with a house"),
        missing=N_("Residents without a house"),
        among=_here,
        good=_has_home,
    ),
    _person(
        key="document",
        item="files",
        title=N_("Residents with a document, or why there is none"),
        missing=N_("Residents without a document and without a reason"),
        fields=("document_no", "no_document_reason"),
        among=_here,
        good=_has_document,
    ),
    _person(
        key="facts",
        item="files",
        title=N_("Residents with sex and day of registration"),
        missing=N_("Residents without sex or day of registration"),
        fields=("sex", "registered_on"),
        among=_here,
        good=_has_facts,
    ),
    Measure(
        key="head",
        item="families",
        title=N_("Families with a head"),
        missing=N_("Families without a head"),
        of=Household,
        among=_open_family,
        good=lambda _ask: col(Household.head_id).is_not(None),
        needs="person.view",
        opens="person.view",
    ),
    _person(
        key="relation",
        item="families",
        title=N_("Members whose relation to the head is known"),
        missing=N_("Members without a relation to the head"),
        fields=("relation",),
        among=_in_a_household,
        good=lambda _ask: col(Person.relation) != "",
    ),
    _person(
        key="category",
        item="categories",
        title=N_("Residents with a category and where they are registered"),
        missing=N_("Residents without a category or where they are registered"),
        fields=("category", "hukou_division", "nationality"),
        among=_here,
        good=_is_placed,
    ),
    _tag(
        key="tag_valid",
        title=N_("Service tags in force"),
        missing=N_("Service tags that have expired"),
        good=_in_force,
    ),
    _tag(
        key="tag_verified",
        title=N_("Service tags verified lately"),
        missing=N_("Service tags not verified lately"),
        good=_lately,
    ),
)
