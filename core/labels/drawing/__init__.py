"""How a label looks: laid out once in millimetres, then drawn as PDF, SVG or PNG."""

from core.labels.drawing.layout import Facts, label_of, pages_of
from core.labels.drawing.pdf import pdf_of
from core.labels.drawing.png import png_of
from core.labels.drawing.svg import svg_of

__all__ = ["Facts", "label_of", "pages_of", "pdf_of", "png_of", "svg_of"]
