"""The one font that is always there, with Chinese, Latin letters and digits (data/fonts/README.md)."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT = Path(__file__).parents[3] / "data" / "fonts" / "wqy-microhei.ttc"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font for pictures, in dots."""
    return ImageFont.truetype(str(FONT), size)
