"""Relations between people in the codes of GB/T 4761-2008: "the other is my …".

Spouse 10-12, son 20-29, daughter 30-39, grandchild 40-49, parent 50-59, grandparent 60-69, siblings
70-79, others 80-99; 28 is the son-in-law and 38 the daughter-in-law.
"""

from core.kernel.codes import codes

SELF, HEAD = "01", "02"
SPOUSE = ("10", "11", "12")
CHILD = tuple(str(n) for n in range(20, 40) if n not in (28, 38))
PARENT = ("50", "51", "52", "57", "58", "59")
UNSAID = "97"

# code of the other -> what I am to the other: (when I am male, female, of unknown sex)
_INVERSE: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(SPOUSE, ("11", "12", "10")),
    **dict.fromkeys(CHILD, ("51", "52", "50")),
    "27": ("57", "58", "59"),
    "37": ("57", "58", "59"),
    "28": ("55", "56", "59"),
    "38": ("53", "54", "59"),
    **dict.fromkeys(("40", "49"), ("60", "60", "60")),
    **dict.fromkeys(("41", "42"), ("61", "62", "60")),
    **dict.fromkeys(("43", "44"), ("63", "64", "60")),
    **dict.fromkeys(("45", "46"), ("65", "65", "65")),
    **dict.fromkeys(("47", "48"), ("66", "67", "69")),
    **dict.fromkeys(("50", "51", "52"), ("20", "30", UNSAID)),
    **dict.fromkeys(("53", "54"), ("38", "38", "38")),
    **dict.fromkeys(("55", "56"), ("28", "28", "28")),
    **dict.fromkeys(("57", "58"), ("27", "37", UNSAID)),
    "59": ("29", "39", UNSAID),
    "60": ("40", "40", "40"),
    **dict.fromkeys(("61", "62"), ("41", "42", "40")),
    **dict.fromkeys(("63", "64"), ("43", "44", "40")),
    "65": ("46", "45", "49"),
    **dict.fromkeys(("66", "67"), ("47", "48", "49")),
    **dict.fromkeys(("68", "69"), ("49", "49", "49")),
    "70": ("70", "70", "70"),
    **dict.fromkeys(("71", "75"), ("73", "77", "70")),
    **dict.fromkeys(("73", "77"), ("71", "75", "70")),
    **dict.fromkeys(("72", "74", "76", "78", "79"), ("79", "79", "79")),
    **dict.fromkeys(("81", "82", "83", "84", "89", "90"), ("93", "94", UNSAID)),
    **dict.fromkeys(("85", "86", "87", "88"), ("95", "96", UNSAID)),
    **dict.fromkeys(("93", "94"), (UNSAID, "90", UNSAID)),
    **dict.fromkeys(("95", "96"), ("85", "88", UNSAID)),
    **{same: (same, same, same) for same in ("80", "91", "92", UNSAID, "99")},
}


def may_relate(kind: str) -> bool:
    """Whether a code says what somebody is to somebody else: every one but "self" and "head"."""
    return kind in _INVERSE and kind in codes("gbt4761_family_relation")


def inverse(kind: str, sex: str) -> str:
    """What I am to the other when the other is my `kind` and `sex` is mine (GB/T 2261.1); KeyError for
    self and head.

    Where the standard has no word without more knowledge (an uncle may be older or younger than the
    father) it is 97, another relative.
    """
    return _INVERSE[kind][{"1": 0, "2": 1}.get(sex, 2)]


_AS_SPOUSE = {code: code for code in (*CHILD, "41", "42", "43", "44")}
"""What somebody is to the head's husband or wife, where that is the same."""


def to_new_head(relation: str, new_head: str, sex: str, head_sex: str) -> str:
    """What a member of a household is to its new head, from what both were to the old one; "" where that is open.

    `sex` is that of the member, `head_sex` of the new head (GB/T 2261.1).
    """
    by_sex = {"1": 0, "2": 1}.get(sex, 2)
    if new_head in SPOUSE:
        in_laws = ("55", "56", "") if head_sex == "1" else ("53", "54", "")
        known = {HEAD: ("11", "12", "10"), **dict.fromkeys(PARENT, in_laws)}
        return known[relation][by_sex] if relation in known else _AS_SPOUSE.get(relation, "")
    if new_head in CHILD:
        if relation == HEAD or relation in SPOUSE:
            return ("51", "52", "50")[by_sex]
        return ("73", "77", "70")[by_sex] if relation in CHILD else ""
    if new_head in PARENT:
        return ("20", "30", "")[by_sex] if relation == HEAD else "10" if relation in PARENT else ""
    return ""
