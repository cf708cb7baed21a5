"""A drawing as a picture, for programs and printers that take nothing else."""

import io

from PIL import Image, ImageDraw

from core.kernel.files.fonts import font
from core.labels.drawing.shapes import Code, Drawing, Line, Words

DENSE = 600 / 25.4
"""Dots a millimetre: 600 an inch."""


def png_of(drawing: Drawing, dense: float = DENSE) -> bytes:
    """The drawing in grey, with `dense` dots a millimetre."""
    image = Image.new("L", (round(drawing.width * dense), round(drawing.height * dense)), 255)
    pen = ImageDraw.Draw(image)
    for item in drawing.items:
        if isinstance(item, Words):
            _write(pen, item, dense)
        elif isinstance(item, Code):
            _code(pen, item, dense)
        else:
            _line(pen, item, dense)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, dpi=(dense * 25.4, dense * 25.4))
    return out.getvalue()


def _write(pen: ImageDraw.ImageDraw, item: Words, dense: float) -> None:
    bold = round(item.size * dense / 50) if item.strong else 0
    place = (item.x * dense, item.y * dense)
    face = font(max(1, round(item.size * dense)))
    pen.text(place, item.text, 90 if item.grey else 0, face, anchor="ls", stroke_width=bold)


def _code(pen: ImageDraw.ImageDraw, item: Code, dense: float) -> None:
    """Edges on whole dots, or modules would grow together."""
    module = item.module * dense
    left, top = item.x * dense, item.y * dense
    for row, start, size in item.runs:
        x, y = round(left + start * module), round(top + row * module)
        right, below = round(left + (start + size) * module), round(top + (row + 1) * module)
        pen.rectangle((x, y, right - 1, below - 1), fill=0)


def _line(pen: ImageDraw.ImageDraw, item: Line, dense: float) -> None:
    pen.line((item.x1 * dense, item.y1 * dense, item.x2 * dense, item.y2 * dense), fill=90)
