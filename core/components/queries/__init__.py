"""Everything one may look at among the components; results are plain values, positions withheld where they must be."""

from core.components.queries.of_classes import ClassLine, classes
from core.components.queries.of_component import ComponentDetail, component, trail
from core.components.queries.of_lists import (
    ComponentFilter,
    Numbers,
    components,
    numbers,
    of_house,
    open_work,
)
from core.components.queries.of_sheets import plan, template
from core.components.queries.shared import ComponentLine
from core.kernel.trail import TrailLine

__all__ = [
    "ClassLine",
    "ComponentDetail",
    "ComponentFilter",
    "ComponentLine",
    "Numbers",
    "TrailLine",
    "classes",
    "component",
    "components",
    "numbers",
    "of_house",
    "open_work",
    "plan",
    "template",
    "trail",
]
