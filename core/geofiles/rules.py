"""Which heading of a file says what about an area."""

from collections.abc import Iterable

from core.kernel.cells import bare
from core.kernel.i18n import N_

ROLES = {"code": N_("Code"), "name": N_("Area name"), "trade": N_("Trade")}
"""What a row of a file may say of an area, besides its outline."""
WORDS = {
    "code": "code gridcode grid_code areacode 编码 代码 网格编码 网格代码 社区编码 区划代码 行政区划代码 编号 网格编号 "
    "bm dm wgbm wgdm qhdm bh",
    "name": "name gridname grid_name areaname 名称 网格名称 社区名称 区划名称 网格 mc wgmc sqmc qhmc title",
    "trade": "trade 行业 行业类别 专业网格类型 hylb",
}
"""Headings as surveyors' files have them; table names of a Shapefile end after ten bytes, hence the initials."""


def guessed(headings: Iterable[str]) -> dict[str, str]:
    """Role -> heading, by the words that are known; the first word of a role that fits wins."""
    by_word = {bare(heading): heading for heading in reversed(list(headings))}
    known = {
        role: [by_word[bare(word)] for word in words.split() if bare(word) in by_word]
        for role, words in WORDS.items()
    }
    return {role: found[0] for role, found in known.items() if found}
