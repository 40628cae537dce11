"""Print or handwriting: what is written by hand stands otherwise than the print beside it."""

from __future__ import annotations

import re

from partydoc.page import Word

#: What OCR takes digits for.
DIGITS = str.maketrans("OoÔQIlíìịÍÌÏỈỉ|][!ŠSZB", "0000" + 14 * "1" + "5528")
#: What OCR takes a one for, of two digits: II, I1, 2], T8.
_SLIP = re.compile(r"(?=.*\D)(?:[0-3IlíìịÍÌÏỈỉ|\]T!][1IlíìịÍÌÏỈỉ|\]T!]|[IlT][2-9])")
#: How far the digits of print differ from each other, in heights of them.
LEVEL, SIZE = 0.28, 0.25


def is_slip_of_ones(text: str) -> bool:
    """Tell whether a text is a number of two digits in which only ones were read as letters."""
    return _SLIP.fullmatch(text) is not None


def is_like(word: Word, printed: Word, slope: float = 0.0) -> bool:
    """Tell whether digits stand on the line of printed digits and are as high as they are.

    `slope` is how far the page falls from left to right, page height per page width.
    """
    height = printed.box.bottom - printed.box.top
    own = word.box.bottom - word.box.top
    fall = slope * (_centre(word) - _centre(printed))
    level = abs(word.box.bottom - printed.box.bottom - fall)
    return level <= LEVEL * height and abs(own - height) <= SIZE * height


def _centre(word: Word) -> float:
    return (word.box.left + word.box.right) / 2
