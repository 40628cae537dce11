"""Charts as SVG: drawn without a script or a style of their own, so that a page may forbid both.

Colours are classes of the page (`reportpage`); lengths are those of the page at 100 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partydoc.markup import Markup, element
from partydoc.numerals import grouped

#: Rows and columns of a heat table, and the names before its rows.
_CELL_HEIGHT, _CELL_LEAST, _CELL_MOST, _HEAD = 26, 38, 64, 34
_WIDTH = 940
_LETTER, _NAME_LETTERS = 7, 26
#: Columns of years: their chart's height, and the room below for their names.
_HIGH, _FOOT, _YEAR_LETTERS, _COUNT_LETTERS = 120, 20, 30, 38
#: From these shades on, a number is written in another colour.
_MIDDLE, _DARK = 0.5, 0.78


@dataclass(frozen=True)
class Square:
    """A cell of a heat table: what is written in it, how dark it is (0 to 1), what it says in a
    sentence, and whether something is missing in it.
    """

    text: str
    shade: float
    said: str
    lacking: bool = False


def bar(share: float, kind: str = "fill") -> Markup:
    """Return a bar that is filled as far as a share."""
    return segments([(kind, share)])


def segments(parts: Sequence[tuple[str, float]]) -> Markup:
    """Return a bar of several parts (class, share of the whole), one behind the other."""
    drawn, at = [_rect("track", 0, 0, 100, 8)], 0.0
    for kind, share in parts:
        drawn.append(_rect(kind, 100 * at, 0, 100 * share, 8))
        at += share
    return _stretched("bar", 100, 8, drawn)


def swatch(kind: str) -> Markup:
    """Return a small square in the colour of a class, for a legend."""
    return _stretched("swatch", 10, 10, [_rect(kind, 0, 0, 10, 10)])


def strip(first: int, last: int, missing: Sequence[tuple[int, int]], said: str) -> Markup:
    """Return a run of numbers from first to last in which the missing ones are seen."""
    span = last - first + 1
    least = span / 400  # what is thinner than that nobody sees
    drawn = [_rect("here", 0, 0, span, 10)]
    drawn += [_rect("gap", a - first, 0, max(b - a + 1, least), 10) for a, b in missing]
    return _stretched("strip", span, 10, drawn, said)


def heat(columns: Sequence[str], rows: Mapping[str, Sequence[Square | None]], said: str) -> Markup:
    """Return a table of darker and lighter cells; a name of a column may be two lines."""
    names = 12 + _LETTER * min(max(map(len, rows), default=0), _NAME_LETTERS)
    width = min(max((_WIDTH - names) // max(len(columns), 1), _CELL_LEAST), _CELL_MOST)
    drawn = []
    for x, name in enumerate(columns):
        middle = names + x * width + width / 2
        for y, line in enumerate(name.split("\n")):
            drawn.append(_text("head", line, middle, 14 + 13 * y, "middle"))
    for y, (name, squares) in enumerate(rows.items()):
        top = _HEAD + y * _CELL_HEIGHT
        shown = name if len(name) <= _NAME_LETTERS else name[: _NAME_LETTERS - 1] + "…"
        drawn.append(_text("name", shown, names - 8, top + 17, "end"))
        drawn += [
            _square(square, names + x * width, top, width)
            for x, square in enumerate(squares)
            if square
        ]
    size = (names + len(columns) * width, _HEAD + len(rows) * _CELL_HEIGHT + 2)
    return _whole("heat", *size, drawn, said)


def _square(square: Square, left: float, top: float, width: float) -> Markup:
    box = (left + 1, top + 1, width - 2, _CELL_HEIGHT - 2)
    drawn = [_rect("shade", *box, round(0.08 + 0.92 * square.shade, 3))]
    if square.lacking:
        drawn.append(_rect("lacking", left + 1, top + _CELL_HEIGHT - 4, width - 2, 3))
    kind = "light" if square.shade >= _DARK else "middle" if square.shade >= _MIDDLE else "dark"
    drawn.append(_text(kind, square.text, left + width / 2, top + 17, "middle"))
    return element("g", element("title", square.said), drawn)


def columns(values: Sequence[tuple[str, int]], said: str) -> Markup:
    """Return upright bars, one beside the other, named below as far as there is room."""
    most = max((count for _name, count in values), default=1)
    width = min(_WIDTH / max(len(values), 1), 48.0)
    every = max(1, -(-_YEAR_LETTERS // int(max(width, 1))))
    drawn = []
    for x, (name, count) in enumerate(values):
        high = _HIGH * count / most
        box = (x * width + width * 0.12, 14 + _HIGH - high, width * 0.76, high)
        title = element("title", f"{name}: {grouped(count)}")
        drawn.append(element("g", title, _rect("fill", *box)))
        middle = x * width + width / 2
        if x % every == 0:
            drawn.append(_text("head", name, middle, 14 + _HIGH + 15, "middle"))
        if width >= _COUNT_LETTERS:
            drawn.append(_text("head", grouped(count), middle, 10 + _HIGH - high, "middle"))
    return _whole("columns", max(len(values) * width, 1), 14 + _HIGH + _FOOT, drawn, said)


def _rect(kind: str, x: float, y: float, width: float, height: float,
          opacity: float | None = None) -> Markup:  # fmt: skip
    return element(
        "rect", class_=kind, x=_short(x), y=_short(y), width=_short(width), height=_short(height),
        fill_opacity=opacity,
    )  # fmt: skip


def _text(kind: str, text: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", text, class_=kind, x=_short(x), y=_short(y), text_anchor=anchor)


def _whole(kind: str, width: float, height: float, drawn: list[Markup], said: str) -> Markup:
    box = f"0 0 {_short(width)} {_short(height)}"
    return element(
        "svg", drawn, class_=kind, viewBox=box, width=_short(width), height=_short(height),
        role="img", aria_label=said,
    )  # fmt: skip


def _stretched(
    kind: str, width: float, height: float, drawn: list[Markup], said: str | None = None
) -> Markup:
    """Return a drawing that is as wide as its place; without words it only repeats a number."""
    box = f"0 0 {_short(width)} {_short(height)}"
    hidden = None if said else "true"
    return element(
        "svg", drawn, class_=kind, viewBox=box, preserveAspectRatio="none",
        role="img" if said else None, aria_label=said, aria_hidden=hidden,
    )  # fmt: skip


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
