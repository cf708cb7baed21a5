"""Every measure of completeness and freshness, declared once, one file for each domain."""

from core.completeness.declaring import Measure
from core.completeness.measures import components, organisations, people, places

ALL: dict[str, Measure] = {
    measure.key: measure
    for measure in (*people.MEASURES, *places.MEASURES, *components.MEASURES, *organisations.MEASURES)
}
