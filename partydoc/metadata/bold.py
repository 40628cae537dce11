"""Bold against regular, told by the widths of printed words: bold capitals are wider.

The superior is printed in regular, the issuer in bold capitals of one size (Nghị định
30/2020/NĐ-CP, Phụ lục I, mục II.2; Hướng dẫn 05-HD/VPTW, thể thức tên cơ quan). The widths are
those of Times, in which such documents are set; a typewriter has one width for all letters and
tells nothing.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from statistics import pstdev

from partydoc.metadata.layout import Segment
from partydoc.metadata.rules import table
from partydoc.page import Word

#: Words are measured to about this share of their widths.
NOISE = 0.012
#: No evidence is stronger, in natural units of likelihood.
MOST = 4.0
#: Letters that fit no better than this are of another face.
FACE = 0.035


def turns(lines: Sequence[Segment], capitals: Sequence[Segment]) -> list[float]:
    """Return for each number of regular lines above bold ones how well the widths agree, <= 0.

    None of them regular and all of them are the same to it: then there is one body. All are 0
    where the face is not known, or a line too short to be measured. `capitals`: all lines of
    capitals on the page, by which a typewriter is told.
    """
    regular = [_size(line, "regular") for line in lines]
    bold = [_size(line, "bold") for line in lines]
    level = [0.0] * len(lines)
    if None in regular or None in bold or _is_typed(capitals):
        return level
    sizes = [[*regular[:k], *bold[k:]] for k in range(len(lines) + 1)]
    misfit = [_spread([math.log(size or 1.0) for size in each]) for each in sizes]
    if min(misfit) > FACE:
        return level
    whole = min(misfit[0], misfit[-1])
    found = [-0.5 * (each / NOISE) ** 2 for each in (whole, *misfit[1:-1])]
    return [max(each - max(found), -MOST) for each in found]


def _spread(logs: Sequence[float]) -> float:
    return pstdev(logs) * math.sqrt(len(logs))


def _measured(line: Segment) -> list[Word]:
    return [word for word in line.words if word.text.isalpha() and len(word.text) > 1]


def _size(line: Segment, face: str) -> float | None:
    """Return how large the letters of a line are if they are of one face, in no unit."""
    words = _measured(line)
    drawn = sum(word.box.right - word.box.left for word in words)
    letters = sum(len(word.text) for word in words)
    widths = table("letterhead")["widths"][face]
    return drawn / sum(_width(word.text, widths) for word in words) if letters > 4 else None


def _width(text: str, widths: Mapping[str, int]) -> int:
    """Return how wide a word is in thousandths of its size; marks add nothing, a horn a little."""
    parts = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return sum(widths.get(part, 0) for part in parts)


def _is_typed(lines: Sequence[Segment]) -> bool:
    """Tell whether one width for all letters fits the words of the lines better than Times does."""
    words = [word for line in lines for word in _measured(line) if word.confidence > 0.5]
    if len(words) < 3:
        return True
    drawn = [math.log(word.box.right - word.box.left) for word in words]
    even = [math.log(len(word.text) - 0.15) for word in words]
    times = [
        math.log(_width(word.text, table("letterhead")["widths"]["regular"])) for word in words
    ]
    return _rest(drawn, even) < _rest(drawn, times)


def _rest(drawn: Sequence[float], expected: Sequence[float]) -> float:
    """Return how differently the words are scaled: the deviation of the ratios' logarithms."""
    return pstdev(one - other for one, other in zip(drawn, expected, strict=True))
