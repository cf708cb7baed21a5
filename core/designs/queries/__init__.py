"""Everything one may look at among the designs; results are plain values."""

from core.designs.queries.of_designs import (
    DesignDetail,
    DesignLine,
    VersionLine,
    design,
    designs,
    extendable,
    waiting,
)
from core.designs.queries.of_switches import SwitchLine, switchboard

__all__ = [
    "DesignDetail",
    "DesignLine",
    "SwitchLine",
    "VersionLine",
    "design",
    "designs",
    "extendable",
    "switchboard",
    "waiting",
]
