"""What is to be printed, before anybody draws it: lines, tables, cards, on paper of a size.

Lengths are millimetres, sizes of letters points. All values are frozen, so two forms of the same
archive are equal as long as nothing has changed in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Paper:
    """A sheet of paper: its size, and its margins (top, right, bottom, left)."""

    name: Literal["A3", "A4"]
    width: float
    height: float
    margins: tuple[float, float, float, float]

    @property
    def room(self) -> float:
        """How wide the text may run."""
        return self.width - self.margins[1] - self.margins[3]

    @property
    def depth(self) -> float:
        """How far down the text may run."""
        return self.height - self.margins[0] - self.margins[2]

    @property
    def wide(self) -> bool:
        """Whether it lies on its long side."""
        return self.width > self.height


# Margins: Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 05-HD/VPTW.
A4 = Paper("A4", 210, 297, (20, 15, 20, 30))
A4_WIDE = Paper("A4", 297, 210, (20, 15, 20, 20))
A3_WIDE = Paper("A3", 420, 297, (20, 15, 20, 20))
#: Folded in the middle: what is printed stands on the front, which is the right half.
A3_FOLDED = Paper("A3", 420, 297, (20, 15, 20, 240))


@dataclass(frozen=True)
class Line:
    """Some text across the room it has, on as many lines as it needs.

    `above` is white before it; `rule` a stroke below it, such a part of its width; with
    `dotted` dots run on from its end to the margin, for a hand to write there.
    """

    text: str
    size: float = 13
    align: Align = "left"
    bold: bool = False
    italic: bool = False
    above: float = 0
    rule: float = 0
    dotted: bool = False

    @property
    def style(self) -> str:
        """The letters that name its font: "", "B", "I" or "BI"."""
        return "B" * self.bold + "I" * self.italic


@dataclass(frozen=True)
class Beside:
    """Stacks of lines side by side, never parted by the end of a page.

    `shares`: how wide they are, as parts of each other; without any all are as wide.
    """

    stacks: tuple[tuple[Line, ...], ...]
    shares: tuple[float, ...] = ()

    def widths(self, room: float) -> tuple[float, ...]:
        """Return how wide each stack is in a room."""
        shares = self.shares or (1,) * len(self.stacks)
        return tuple(room * share / sum(shares) for share in shares)


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its width, how its cells stand."""

    head: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Row:
    """The cells of a row, "" where nothing stands; `head` is one that is above others, `struck` one
    that does not count any more.
    """

    cells: tuple[str, ...]
    head: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under columns; the heads stand again on each page, above the numbers (1), (2), …

    No row is cut in two by the end of a page, unless it is longer than a page. `least` is the
    least height of a row: room for a signature.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: float = 11
    least: float = 0


@dataclass(frozen=True)
class Card:
    """What is framed: a label, a cover. `bottom` stands at the lower edge."""

    lines: tuple[Line, ...]
    bottom: tuple[Line | Beside, ...] = ()


@dataclass(frozen=True)
class Cards:
    """Cards of one size, so many side by side, row after row; what is too long is set smaller."""

    cards: tuple[Card, ...]
    across: int
    height: float


@dataclass(frozen=True)
class Break:
    """What follows stands on a new page."""


Block = Line | Beside | Table | Cards | Break


@dataclass(frozen=True)
class Form:
    """One print: its title for whoever finds the file, and the blocks from top to bottom.

    With `numbered` each page says "Trang x/y".
    """

    title: str
    blocks: tuple[Block, ...]
    paper: Paper = A4
    numbered: bool = True

    @property
    def rows(self) -> int:
        """How many things are listed: rows of tables that are no heads, and cards."""
        tables = (block.rows for block in self.blocks if isinstance(block, Table))
        cards = (len(block.cards) for block in self.blocks if isinstance(block, Cards))
        return sum(not row.head for rows in tables for row in rows) + sum(cards)


def smaller(line: Line, scale: float) -> Line:
    """Return a line in smaller letters, the white above it smaller too."""
    return replace(line, size=line.size * scale, above=line.above * scale)
