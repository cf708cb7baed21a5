"""What a drawing is made of. Millimetres from the upper left corner; y grows downwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import zxingcpp
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from core.kernel.files.fonts import FONT

NAME = "LinGrid"
LEVEL = "Q"
"""A quarter of the signs may be lost to dirt and scratches."""
QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 wants."""
GREY, BLACK = 0.35, 0.0


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is where its letters stand, `size` their height, `strong` ones are bold."""

    x: float
    y: float
    size: float
    text: str
    strong: bool = False
    grey: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return width_of(self.text, self.size)


@dataclass(frozen=True)
class Code:
    """A QR code: its upper left corner without the white around it, the size of a module, and its dark runs as
    (row, first module, how many)."""

    x: float
    y: float
    module: float
    runs: Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Line:
    """A thin line, such as a mark for cutting."""

    x1: float
    y1: float
    x2: float
    y2: float


Item = Words | Code | Line


@dataclass(frozen=True)
class Drawing:
    """A label, or a page of labels."""

    width: float
    height: float
    items: Sequence[Item]


@cache
def font() -> TTFont:
    """The font with the widths of its letters, read once."""
    found = TTFont(NAME, str(FONT), subfontIndex=0)
    pdfmetrics.registerFont(found)
    return found


def width_of(text: str, size: float) -> float:
    """How wide a line of text is at a size."""
    face = font().face
    widths, usual = face.charWidths, face.defaultWidth
    return float(sum(widths.get(ord(sign), usual) for sign in text)) * size / 1000


def runs_of(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """A text as QR code: how many modules wide it is, and its dark runs."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    dots = np.asarray(made.to_image(scale=1, add_quiet_zones=False)) == 0
    edges = np.diff(np.pad(dots, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1).tolist()
    return len(dots), [
        (row, start, end - start) for (row, start), (_row, end) in zip(starts, ends, strict=True)
    ]
