"""Everything one may look at among lets and empty homes; results are plain values, masked for the person who asked."""

from core.tenancies.queries.of_empty import EmptyHome, idle_homes
from core.tenancies.queries.of_lets import HouseTenancies, RentedHome, rented_homes, tenancies_of
from core.tenancies.queries.of_tenants import NewTenant, new_tenants
from core.tenancies.queries.of_turnover import Turnover, turnover

__all__ = [
    "EmptyHome",
    "HouseTenancies",
    "NewTenant",
    "RentedHome",
    "Turnover",
    "idle_homes",
    "new_tenants",
    "rented_homes",
    "tenancies_of",
    "turnover",
]
