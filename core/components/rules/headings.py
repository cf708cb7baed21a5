"""Headings of lists of components: those of GB/T 47678.5, its abbreviations, and what older lists call the same."""

from collections.abc import Mapping
from functools import cache

from core.components.rules.classes import rows_of

ATTRIBUTES = "gbt47678_5_attributes"
FIELDS = {
    "GLBJBSM": "code",
    "GLBJMC": "class_name",
    "ZGBMDM": "authority_code",
    "ZGBMMC": "authority_name",
    "QSDWDM": "owner_code",
    "QSDWMC": "owner_name",
    "YHDWDM": "maintainer_code",
    "YHDWMC": "maintainer_name",
    "SZDYWGBSM": "grid",
    "GLBJZT": "state",
    "CSRQ": "initial_on",
    "BGRQ": "changed_on",
    "SJLY": "source",
    "BZ": "note",
}
"""Abbreviations of the standard -> fields; the street and the community follow from the grid."""
OLDER = {
    "code": ("部件标识码", "部件编码", "标识码", "原编码"),
    "class_code": ("小类编码", "小类代码"),
    "class_name": ("部件名称", "小类名称", "小类"),
    "grid": ("所在单元网格", "单元网格", "网格编码", "所在网格"),
    "state": ("部件状态",),
    "initial_on": ("初始时间",),
    "changed_on": ("变更时间",),
    "lon": ("X", "X坐标"),
    "lat": ("Y", "Y坐标"),
}


@cache
def other_headings() -> Mapping[str, str]:
    """Heading -> field, beside the labels of the fields themselves."""
    standard = {row["abbr"]: row["name"] for row in rows_of(ATTRIBUTES) if row["object"] == "component"}
    older = {word: name for name, words in OLDER.items() for word in words}
    return {**older, **{standard[abbr]: name for abbr, name in FIELDS.items()}, **FIELDS}


def abbreviation(name: str) -> str:
    """What the standard calls a field; "" for what it does not have."""
    return next((abbr for abbr, field in FIELDS.items() if field == name), "")
