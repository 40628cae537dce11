"""The words of a page as text that nobody sees and everybody can search and copy.

All letters of a document are one shape, a blank half as wide as it is high (Occulta, the font
that ocrmypdf brings for this); what each stands for says the font's Unicode map. So a font is
never cut to size, which costs more than everything else that is done to a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from statistics import median

import pikepdf
from pikepdf import Array, Dictionary, Name

from partydoc.ocr.resources import own
from partydoc.page import Line, Page, Word

_FONT = Name("/PartydocText")
#: The blank glyph of the font, and its width in thousandths of the size.
_GLYPH, _WIDTH = 4, 500
#: How far a line's letters reach below its base, of their height.
_DESCENT = 0.2
#: Fewer words do not tell how a line lies; steeper than this is no line.
_ENOUGH, _STEEPEST = 4, 0.04
#: What words that lie over each other are drawn apart to, in widths of the page.
_NARROWEST, _GAP = 0.002, 0.001
_MOST_ENTRIES = 100  # in one section of a Unicode map (Adobe Technical Note 5411)


class Layer:
    """The text laid under the pages of one PDF; `close` sets the font it is written in."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}
        self._font = pdf.make_indirect(Dictionary())

    def lay(self, leaf: pikepdf.Page, page: Page) -> None:
        """Lay the words of a page, whose boxes are those of the page as displayed."""
        if not page.lines:
            return
        to_page, width, height = _displayed(leaf)
        text = "\n".join(self._line(line, width, height) for line in page.lines)
        content = f"q {to_page} cm BT 3 Tr\n{text}\nET Q\n".encode("ascii")
        # Before all else, so that no matrix which the page leaves behind moves it.
        leaf.contents_add(content, prepend=True)
        own(own(leaf.obj, "/Resources"), "/Font")[_FONT] = self._font

    def _line(self, line: Line, width: float, height: float) -> str:
        words = _apart(list(_spread(line.words)))
        size = max(median(word.box.bottom - word.box.top for word in words) * height, 0.5)
        base = _base(words)
        parts = [f"{_FONT} {size:.2f} Tf"]
        for word, after in zip(words, [*words[1:], None], strict=True):
            left, right = word.box.left * width, word.box.right * width
            up = (1 - base(word)) * height + _DESCENT * size
            parts.append(
                f"1 0 0 1 {left:.2f} {up:.2f} Tm {self._stretched(word.text, right - left, size)}"
            )
            if after:
                gap = after.box.left * width - right
                parts.append(self._stretched(" ", gap, size))
        return "\n".join(parts)

    def _stretched(self, text: str, width: float, size: float) -> str:
        codes = "".join(
            f"{self._codes.setdefault(char, len(self._codes) + 1):04X}" for char in text
        )
        scale = 100_000 * max(width, 0.05) / (_WIDTH * size * len(text))
        return f"{scale:.2f} Tz <{codes}> Tj"

    def close(self) -> None:
        """Write the font; nothing is added to a PDF in which no word was laid."""
        if not self._codes:
            return
        pdf = self._pdf
        program = pdf.make_stream(_occulta())
        program["/Length1"] = len(_occulta())
        name = Name("/Occulta")
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[0, -200, 500, 800],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=800, StemV=80, FontFile2=program,
        )  # fmt: skip
        glyphs = bytes((0, 0)) + bytes((0, _GLYPH)) * len(self._codes)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, DW=_WIDTH,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=pdf.make_stream(glyphs),
        )  # fmt: skip
        self._font.update(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(_unicode_map(self._codes)),
            )  # fmt: skip
        )


@cache
def _occulta() -> bytes:
    return (files("ocrmypdf.data") / "Occulta.ttf").read_bytes()


def _displayed(leaf: pikepdf.Page) -> tuple[str, float, float]:
    """Return the matrix from the page as displayed to the page as stored, and the former's size."""
    left, bottom, right, top = map(float, leaf.mediabox)
    width, height = right - left, top - bottom
    turn = int(leaf.obj.get("/Rotate", 0)) % 360
    a, b, c, d, e, f = {
        90: (0, 1, -1, 0, width, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, height),
    }.get(turn, (1, 0, 0, 1, 0, 0))
    matrix = f"{a} {b} {c} {d} {e + left:.4f} {f + bottom:.4f}"
    return (matrix, height, width) if turn % 180 else (matrix, width, height)


def _spread(words: Sequence[Word]) -> Iterator[Word]:
    """Give words that were read in one box a part of it each, by their length."""
    for box, group in groupby(words, key=lambda word: word.box):
        together = list(group)
        letters = sum(len(word.text) + 1 for word in together) - 1
        unit = (box.right - box.left) / letters
        at = box.left
        for word in together:
            right = at + unit * len(word.text)
            yield Word(word.text, box._replace(left=at, right=right), word.confidence)
            at = right + unit


def _apart(words: Sequence[Word]) -> list[Word]:
    """End each word before the next begins: of letters in one place some are not copied."""
    apart: list[Word] = []
    at = 0.0
    for word, after in zip(words, [*words[1:], None], strict=True):
        if apart and word.box.left < apart[-1].box.left:
            at = 0.0  # it stands before the last one
        left = max(word.box.left, at)
        right = min(word.box.right, max(after.box.left, left)) if after else word.box.right
        right = max(right, left + _NARROWEST)
        apart.append(Word(word.text, word.box._replace(left=left, right=right), word.confidence))
        at = right + _GAP
    return apart


def _base(words: Sequence[Word]) -> Callable[[Word], float]:
    """Return the lower edge of a line's words as a straight line, for scans lie askew."""
    xs = [(word.box.left + word.box.right) / 2 for word in words]
    ys = [word.box.bottom for word in words]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((each - x) ** 2 for each in xs)
    across = sum((each - x) * (low - y) for each, low in zip(xs, ys, strict=True))
    slope = across / spread if len(words) >= _ENOUGH and spread else 0.0
    slope = max(-_STEEPEST, min(_STEEPEST, slope))
    return lambda word: y + slope * ((word.box.left + word.box.right) / 2 - x)


def _unicode_map(codes: dict[str, int]) -> bytes:
    entries = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in codes.items()
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
    ]  # fmt: skip
    for start in range(0, len(entries), _MOST_ENTRIES):
        section = entries[start : start + _MOST_ENTRIES]
        parts += [f"{len(section)} beginbfchar", *section, "endbfchar"]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts).encode("ascii")
