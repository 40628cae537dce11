"""What stands on a page: words and strokes at their places, in millimetres from the upper left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Text:
    """Words on a line: x and y are the left end of the line that they stand on; `style` and `size`
    (points) tell the letters.
    """

    x: float
    y: float
    text: str
    style: str
    size: float


@dataclass(frozen=True)
class Stroke:
    """A straight line from one point to another."""

    x: float
    y: float
    to_x: float
    to_y: float


Mark = Text | Stroke


@dataclass(frozen=True)
class Piece:
    """Marks that stay together, placed from their own upper left corner, and their height."""

    height: float
    marks: tuple[Mark, ...]

    def at(self, x: float, y: float) -> Iterator[Mark]:
        """Yield the marks at their places on a page."""
        for mark in self.marks:
            if isinstance(mark, Text):
                yield replace(mark, x=mark.x + x, y=mark.y + y)
            else:
                yield Stroke(mark.x + x, mark.y + y, mark.to_x + x, mark.to_y + y)


def stacked(pieces: Iterable[Piece]) -> Piece:
    """Return pieces below each other as one."""
    marks: list[Mark] = []
    y = 0.0
    for piece in pieces:
        marks.extend(piece.at(0, y))
        y += piece.height
    return Piece(y, tuple(marks))


def rectangle(width: float, height: float) -> tuple[Stroke, ...]:
    """Return a frame."""
    corners = ((0, 0), (width, 0), (width, height), (0, height), (0, 0))
    pairs = zip(corners, corners[1:], strict=False)
    return tuple(Stroke(*one, *other) for one, other in pairs)
