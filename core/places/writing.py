"""How addresses are written: numbers and the words beside them in one form, names left as they are.

"三号楼二梯〇五房" -> "3幢2单元05室", while "五一路" stays a name. The rules are a table of patterns, applied
until nothing changes.
"""

import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

from core.kernel.identifiers import tidy

_DIGITS = "〇一二三四五六七八九"
_COUNTED = re.compile(
    rf"(?:(?P<hundreds>[{_DIGITS}]?)百)?〇?(?:(?P<tens>[{_DIGITS}]?)十)?(?P<ones>[{_DIGITS}]?)"
)
_WORTH = {"hundreds": (100, 1), "tens": (10, 1), "ones": (1, 0)}
"""Of each part: what it counts, and what it means when only the word stands there ("十二")."""
_HAN = "[〇零一二三四五六七八九十百]+"
NAMED_ROOM = "[东西南北中左右前后]{1,2}[户侧间]|阁楼|夹层|天台|顶层|门卫室|值班室|保安室|车库"
"""A room that has a name instead of a number."""
_NEXT = rf"(?=$|[-0-9A-Z#负]|首层|{NAMED_ROOM}|{_HAN}(?:[号室房户层楼铺梯门]|单元|$))"
_COUNTABLE = rf"(?:号|幢|栋|座|单元|梯|层|#|巷|弄|横|组|队|期|区|铺|(?:室|房|户)?$|-|(?:门|楼){_NEXT})"
_OLD_FORMS = str.maketrans("號樓棟單層門舖", "号楼栋单层门铺")
_ROAD_FOLLOWS = r"(?!村|(?:[东西南北中]?[路街巷弄](?!道)|大道|公路|桥))"


def _value(run: str) -> str:
    run = run.replace("零", "〇")
    if not set(run) & set("十百"):
        return "".join(str(_DIGITS.index(c)) for c in run)
    if not (parts := _COUNTED.fullmatch(run)):
        return run
    known = {name: word for name, word in parts.groupdict().items() if word is not None}
    return str(sum(_WORTH[n][0] * (_DIGITS.index(w) if w else _WORTH[n][1]) for n, w in known.items()))


def arabic(text: str) -> str:
    """Every Chinese number in a text as digits: "二十三" 23, "一百零二" 102, "三〇一" 301, "五一路" 51路."""
    return re.sub(_HAN, lambda found: _value(found[0]), text)


def _numbered(found: re.Match[str]) -> str:
    return _value(found[0])


def _of(found: re.Match[str]) -> str:
    return f"{found[1]}-{arabic(found[3])}{found[2]}"


_TABLE: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\((?:原|旧|现|近)[^()]*\)", ""),
    (r"(?<=[0-9])[,、&](?=[0-9])", "、"),
    (r"[()\[\]【】,。;:]", ""),
    (r"门牌号?(?=[0-9临附])|^(?:无|/|空|-)$", ""),
    (rf"([0-9A-Z])(号|室|房|铺)之([0-9]+|{_HAN})号?", _of),
    (rf"([0-9])()之([0-9]+|{_HAN})(?=号|室|房|$)", _of),
    (r"号附([0-9]+)号?", r"附\1号"),
    (rf"{_HAN}(?={_COUNTABLE})", _numbered),
    (r"(?<=[0-9A-Z])(?:号楼|#楼|栋楼|幢楼|栋|座|#)", "幢"),
    (rf"(?<=[东西南北中前后甲乙丙丁])(?:栋|座){_NEXT}", "幢"),
    (r"(?<=[0-9A-Z甲乙丙丁东西])梯", "单元"),
    (rf"(?<=[0-9A-Z])门{_NEXT}", "单元"),
    (r"(?:首|底)层", "1层"),
    (r"地下室$", "-1层"),
    (rf"(?<=[0-9])楼{_NEXT}", "层"),
    (r"(?:负|地下|(?<![0-9A-Z])B)(?=[1-9]层)", "-"),
    (r"(?<=[0-9A-Z])(?:号房|号室|房间|房|号户|户)$", "室"),
    (r"(?<=[0-9A-Z])号?(?:商铺|铺面|铺位|店面|店铺|档口|号铺)$", "铺"),
    (r"(?:商铺|铺面|铺位)([0-9]+)号?$", r"\1铺"),
    (r"(幢|单元|层)([0-9A-Z]+(?:-[0-9]+)?)号$", r"\1\2室"),
    (r"(?<![0-9A-Z])-+(?![1-9]层(?!-))|-+(?=-|$|[^0-9A-Z])", ""),
)
_RULES = tuple((re.compile(pattern), becomes) for pattern, becomes in _TABLE)


def half_width(text: str) -> str:
    """Half-width without blanks; a blank between two numbers becomes a dash, or they would grow together."""
    wide = normalize("NFKC", text).strip()
    return tidy(re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9A-Za-z])", "-", wide)).translate(_OLD_FORMS)


def normalise(text: str) -> str:
    """The one way of writing an address; "" for 无 and /. Doing it twice changes nothing."""
    done, now = "", half_width(text)
    while done != now:
        done = now
        for pattern, becomes in _RULES:
            now = pattern.sub(becomes, now)
    return now


def _spellings(name: str) -> set[str]:
    """How people write the name of a community or village in front of an address."""
    root = re.sub("(?:居委会|居民委员会)$", "", name)
    village = re.sub("村(?:委会|民委员会)$", "村", name)
    found = {name}
    if root != name or root.endswith("社区"):
        root = root.removesuffix("社区")
        found |= {f"{root}{word}{office}" for word in ("", "社区") for office in ("居委会", "居民委员会")}
        found.add(f"{root}社区")
    return found | {f"{village}委会", f"{village}民委员会"} if village.endswith("村") else found


def below(text: str, names: Iterable[str]) -> str:
    """The part below the community: area names go from the front, unless a road or village is named so."""
    known = {way for name in names if name for way in _spellings(half_width(name))}
    choice = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(rf"(?:{choice}){_ROAD_FOLLOWS}")
    while known and (found := pattern.match(text)):
        text = text[found.end() :]
    return text
