"""Types lines on sheets of paper, where a plan's margins, columns and hand want them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.metadata.hand import hand
from benchmarks.metadata.plan import Plan
from samples.drawing.sheet import MM, WIDTH, Piece, Rule, Sheet, Style, extent, width, words, wrap

HEIGHT_MM = 297


class Typist:
    """Types one paper; `y` is the baseline that comes next, in points."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.style = plan, plan.style
        across, down = (side * MM for side in self.style.shift)
        self.left, self.right = 30 * MM + across, WIDTH - 15 * MM + across * 0.6
        self.axes = tuple(axis * MM + across for axis in self.style.axes)
        self.top, self.bottom = 20 * MM + max(down, -6 * MM), (HEIGHT_MM - 20) * MM
        self.middle = (self.left + self.right) / 2
        self.sheets = [Sheet()]
        self.y = self.top + 12

    @property
    def sheet(self) -> Sheet:
        """The sheet being set."""
        return self.sheets[-1]

    def need(self, room: float) -> None:
        """Begin a new sheet if `room` points are no longer there."""
        if self.y + room > self.bottom:
            self.next_sheet()

    def next_sheet(self) -> None:
        """Begin a new sheet, numbered at its head."""
        self.sheets.append(Sheet())
        self.line([Piece(str(len(self.sheets)))], WIDTH / 2, 13 * MM, 13)
        self.y = self.top + 14

    def line(self, pieces: Sequence[Piece], x: float, y: float, size: float) -> Rule:
        """Set one line centred on `x`; what is by hand takes the room its hand needs."""
        widths = [self._width(piece, size) for piece in pieces]
        x -= (sum(widths) - _gap(pieces, size)) / 2
        rule = Rule(x, x + sum(widths) - _gap(pieces, size), y + size * 0.35)
        self.sheet.lines.append("".join(piece.text for piece in pieces).strip())
        for piece, wide in zip(pieces, widths, strict=True):
            self._run(piece, x, y, size, wide)
            x += wide
        return rule

    def _run(self, piece: Piece, x: float, y: float, size: float, wide: float) -> None:
        if piece.style == "hand" and self.style.dotted:
            dots = "." * max(2, round(wide / width(".", "regular", size)))
            self.sheet.put([Piece(dots)], x, y, size)
        lines = len(self.sheet.lines)
        self.sheet.put([piece], x, y, size)
        del self.sheet.lines[lines:]

    def _width(self, piece: Piece, size: float) -> float:
        if piece.style != "hand":
            return width(piece.text, piece.style, size)
        return hand(self.style.hand).advance(size) * (len(piece.text.strip()) + 0.6)

    def column(
        self, text: str, x: float, style: Style, size: float, room: float, y: float
    ) -> float:
        """Set text centred on `x`, broken to `room`; return the baseline below it."""
        for line in _balanced(text, style, size, room):
            self.line(line, x, y, size)
            y += size * 1.18
        return y


def _balanced(text: str, style: Style, size: float, room: float) -> list[list[Piece]]:
    """Break text to `room`, into lines of nearly one length as a typist would."""
    pieces = words(text, style)
    lines = wrap(pieces, size, room)
    while len(narrower := wrap(pieces, size, room * 0.95)) == len(lines) and len(lines) > 1:
        if max(extent(line, size) for line in narrower) > room * 0.95:
            break
        lines, room = narrower, room * 0.95
    return lines


def _gap(pieces: Sequence[Piece], size: float) -> float:
    """Return the width of the space at the end of a line, which does not show."""
    last = pieces[-1]
    return width(" ", last.style, size) if last.text.endswith(" ") and last.style != "hand" else 0
