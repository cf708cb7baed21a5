"""A drawing as SVG, sharp at any size; its text stays text, as wide as in our own font."""

from xml.sax.saxutils import escape

from core.labels.drawing.shapes import Code, Drawing, Item, Line, Words

FAMILY = "WenQuanYi Micro Hei,Microsoft YaHei,PingFang SC,Noto Sans CJK SC,sans-serif"


def svg_of(drawing: Drawing) -> bytes:
    """The drawing in its own size."""
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
    box = f'viewBox="0 0 {width} {height}" font-family="{FAMILY}"><path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
    return f"{head}{box}{''.join(map(_drawn, drawing.items))}</svg>".encode()


def _drawn(item: Item) -> str:
    if isinstance(item, Line):
        return (
            f'<path stroke="#555" stroke-width=".15" d="M{item.x1:g} {item.y1:g}L{item.x2:g} {item.y2:g}"/>'
        )
    if isinstance(item, Code):
        return _code(item)
    return _words(item)


def _words(item: Words) -> str:
    weight = ' font-weight="700"' if item.strong else ""
    tone = "#595959" if item.grey else "#000"
    place = f'x="{item.x:.3f}" y="{item.y:.3f}" font-size="{item.size:.3f}" textLength="{item.width:.3f}"'
    return f'<text {place} lengthAdjust="spacingAndGlyphs" fill="{tone}"{weight}>{escape(item.text)}</text>'


def _code(item: Code) -> str:
    runs = "".join(f"M{start} {row}h{size}v1h-{size}z" for row, start, size in item.runs)
    place = f"translate({item.x:.4f} {item.y:.4f}) scale({item.module:.5f})"
    return f'<path transform="{place}" shape-rendering="crispEdges" d="{runs}"/>'
