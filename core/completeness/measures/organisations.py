"""Measures of organisations."""

from functools import partial
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col

from core.completeness.declaring import Ask, Measure
from core.kernel.i18n import N_
from core.organisations.models import Organisation


def _is_open(_ask: Ask) -> Any:
    return col(Organisation.state) == "open"


def _coded(_ask: Ask) -> Any:
    return or_(col(Organisation.credit_code).is_not(None), col(Organisation.no_code_reason) != "")


def _reachable(_ask: Ask) -> Any:
    return or_(
        col(Organisation.contact_phone_index).is_not(None), col(Organisation.legal_phone_index).is_not(None)
    )


def _really_open(ask: Ask) -> Any:
    """Nothing says that it closed: neither a closing day nor a licence that ended."""
    ended = or_(col(Organisation.licence_until).is_(None), col(Organisation.licence_until) >= ask.today)
    return and_(col(Organisation.closed_on).is_(None), ended)


_organisation = partial(
    Measure, of=Organisation, needs="organisation.count", opens="organisation.view", among=_is_open
)

MEASURES = (
    _organisation(
        key="organisation_place",
        item="map",
        title=N_("Organisations at a house or building"),
        missing=N_("Organisations without a house or building"),
        good=lambda _ask: col(Organisation.building_id).is_not(None),
    ),
    _organisation(
        key="organisation_contact",
        item="files",
        title=N_("Organisations that can be reached by phone"),
        missing=N_("Organisations without a phone"),
        fields=("contact_phone", "legal_phone"),
        good=_reachable,
    ),
    _organisation(
        key="organisation_visited",
        item="organisations",
        title=N_("Organisations visited lately"),
        missing=N_("Organisations not visited lately"),
        good=lambda ask: col(Organisation.verified_at) >= ask.since(ask.limits.organisation_days),
    ),
    _organisation(
        key="organisation_code",
        item="organisations",
        title=N_("Organisations with a credit code, or why there is none"),
        missing=N_("Organisations without a credit code and without a reason"),
        fields=("credit_code", "no_code_reason"),
        good=_coded,
    ),
    _organisation(
        key="organisation_open",
        item="organisations",
        title=N_("Open organisations that nothing says have closed"),
        missing=N_("Organisations still open after a closing day or the end of the licence"),
        fields=("closed_on", "licence_until"),
        good=_really_open,
    ),
)
