"""Where everything stands on a label and on a page: the code and its hint, beside or above the address, the house code
cut into its parts, the short code for who cannot scan, and whom to call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.labels.drawing.shapes import QUIET, Code, Drawing, Item, Line, Words, runs_of, width_of
from core.labels.models import A4
from core.labels.rules import grouped, spoken_code

HINT = "扫码登记 · Scan to report"
"""The same words in every language of the office: the label hangs at a door."""
BESIDE, SHARE = 1.25, 0.5
"""From this ratio of width to height on the text stands beside the code, which takes at most this share of it."""
EDGE, LEADING, DOWN, MARK = 0.06, 1.32, 0.9, 3.0
"""Margin as a share of the shorter side, height of a line, where letters stand in it, length of a mark for cutting."""
LARGEST, SMALLEST, STEP, AIR = 1.6, 0.3, 0.93, 1.2
"""The largest and smallest share of the usual size, how it is tried, and the most air between lines (mm)."""
NARROW = 0.8
"""A house code is written this much smaller rather than cut in two."""


@dataclass(frozen=True)
class Facts:
    """What one label says; `address` has blanks where a line may end."""

    url: str
    address: str
    code: str
    short_code: str
    header: str = ""
    phone: str = ""
    hint: str = HINT


@dataclass(frozen=True)
class Sheet:
    """Labels on a page of A4, in millimetres."""

    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    gap_x: float
    gap_y: float
    marks: bool

    @property
    def per_page(self) -> int:
        """How many labels fit on a page."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a label, counted along the rows."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


def label_of(facts: Facts, width: float, height: float) -> Drawing:
    """One label of a size."""
    edge = min(width, height) * EDGE
    hint = min(2.6, max(1.6, height * 0.055))
    if width >= height * BESIDE:
        side = min(height - 2 * hint, width * SHARE)
        code = _code(facts, edge / 3, (height - side - hint) / 2, side, hint)
        text = _text(facts, (edge / 3 + side, edge), (width - side - edge * 4 / 3, height - 2 * edge))
    else:
        side = min(width, height * 0.62)
        code = _code(facts, (width - side) / 2, edge / 3, side, hint)
        below = edge / 3 + side + 1.5 * hint
        text = _text(facts, (edge, below), (width - 2 * edge, height - below - edge))
    return Drawing(width, height, (*code, *text))


def _code(facts: Facts, left: float, top: float, side: float, hint: float) -> Iterator[Item]:
    """The QR code within its white, and the hint right below it."""
    modules, runs = runs_of(facts.url)
    module = side / (modules + 2 * QUIET)
    white = QUIET * module
    yield Code(left + white, top + white, module, runs)
    size = hint * min(1.0, (side - white) / max(width_of(facts.hint, hint), 1.0))
    middle = left + (side - width_of(facts.hint, size)) / 2
    yield Words(middle, top + side - white + 1.7 * size, size, facts.hint, grey=True)


def _text(facts: Facts, corner: tuple[float, float], size: tuple[float, float]) -> list[Words]:
    """The lines beside or below the code, as large as they fit, with even air."""
    factor = min(size[0] / 33, size[1] / 18, LARGEST)
    lines = _lines(facts, size[0], factor)
    while _high(lines) > size[1] and factor > SMALLEST:
        factor *= STEP
        lines = _lines(facts, size[0], factor)
    air = min(AIR, max(0.0, size[1] - _high(lines)) / len(lines))
    at = corner[1] + max(0.0, size[1] - _high(lines) - air * (len(lines) - 1)) / 2
    placed = []
    for line in lines:
        placed.append(replace(line, x=corner[0], y=at + line.size * DOWN))
        at += line.size * LEADING + air
    return placed


def _high(lines: Sequence[Words]) -> float:
    return sum(line.size * LEADING for line in lines)


def _lines(facts: Facts, width: float, factor: float) -> list[Words]:
    """What stands in the column, from above, at a share of the usual size."""
    small, usual, large = 2.9 * factor, 2.8 * factor, 4.3 * factor
    return [
        *(Words(0, 0, small, part, grey=True) for part in wrapped(facts.header, small, width)),
        *(Words(0, 0, large, part, strong=True) for part in wrapped(facts.address, large, width)),
        *_house_code(grouped(facts.code), usual, width),
        Words(0, 0, large, spoken_code(facts.short_code), strong=True),
        *(Words(0, 0, small, part, grey=True) for part in wrapped(facts.phone, small, width)),
    ]


def _house_code(code: str, size: float, width: float) -> list[Words]:
    """The house code in one line, a little smaller if need be, or else cut after the community."""
    fitting = size * min(1.0, width / width_of(code, size))
    if fitting >= size * NARROW:
        return [Words(0, 0, fitting, code)]
    community, rest = code[:13], code[14:]
    return [Words(0, 0, size, part) for part in (community, rest)]


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines that fit, cut at its blanks, or anywhere where a part alone is too wide."""
    lines: list[str] = []
    for part in text.split():
        joined = f"{lines[-1]} {part}" if lines else part
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
        else:
            lines += _cut(part, size, width)
    return lines


def _cut(part: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for sign in part:
        if line and width_of(line + sign, size) > width:
            yield line
            line = ""
        line += sign
    yield line


# --- pages ------------------------------------------------------------------------------------------------


def pages_of(sheet: Sheet, labels: Sequence[Facts]) -> Iterator[Drawing]:
    """The labels on pages of A4."""
    for start in range(0, len(labels), sheet.per_page):
        items: list[Item] = list(_marks(sheet)) if sheet.marks else []
        for place, facts in enumerate(labels[start : start + sheet.per_page]):
            left, top = sheet.corner(place)
            items += [_moved(item, left, top) for item in label_of(facts, sheet.width, sheet.height).items]
        yield Drawing(*A4, items)


def _moved(item: Item, left: float, top: float) -> Item:
    if isinstance(item, Line):
        return Line(item.x1 + left, item.y1 + top, item.x2 + left, item.y2 + top)
    return replace(item, x=item.x + left, y=item.y + top)


def _marks(sheet: Sheet) -> Iterator[Line]:
    """Small crosses at the corners of the labels."""
    for place in range(sheet.per_page):
        left, top = sheet.corner(place)
        for x in (left, left + sheet.width):
            for y in (top, top + sheet.height):
                yield Line(x - MARK / 2, y, x + MARK / 2, y)
                yield Line(x, y - MARK / 2, x, y + MARK / 2)
