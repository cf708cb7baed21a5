"""Everything one may look at among the organisations; results are plain values, masked for the person who asked."""

from core.kernel.trail import TrailLine
from core.organisations.queries.of_grids import GridChoice, grid_choices, grid_numbers, suggested_for
from core.organisations.queries.of_lists import Numbers, OrganisationFilter, numbers, open_work, organisations
from core.organisations.queries.of_organisation import (
    InspectionLine,
    OrganisationDetail,
    PremisesLine,
    StaffLine,
    inspections_of,
    organisation,
    premises_of,
    staff_of,
    trail,
)
from core.organisations.queries.of_past import (
    organisation_freshness,
    organisation_history,
    organisation_then,
)
from core.organisations.queries.of_places import (
    REPRESENTS,
    Shop,
    TenantLine,
    WorkLine,
    of_building,
    of_house,
    of_person,
)
from core.organisations.queries.shared import OrganisationLine

__all__ = [
    "REPRESENTS",
    "GridChoice",
    "InspectionLine",
    "Numbers",
    "OrganisationDetail",
    "OrganisationFilter",
    "OrganisationLine",
    "PremisesLine",
    "Shop",
    "StaffLine",
    "TenantLine",
    "TrailLine",
    "WorkLine",
    "grid_choices",
    "grid_numbers",
    "inspections_of",
    "numbers",
    "of_building",
    "of_house",
    "of_person",
    "open_work",
    "organisation",
    "organisation_freshness",
    "organisation_history",
    "organisation_then",
    "organisations",
    "premises_of",
    "staff_of",
    "suggested_for",
    "trail",
]
