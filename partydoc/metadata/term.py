"""The term of a Party committee (nhiệm kỳ): its numbers run by type and term, not by year.

Quy định 399-QĐ/TW; Hướng dẫn 36-HD/VPTW, số văn bản.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.page import Line, Page
from partydoc.text import fold

_TERM = re.compile(r"nhiem k[yi],?\s*\(?(\d{4})\s*[-–—]\s*(\d{4})")
#: A committee sits for so many years, with some to spare.
LONGEST = 7


def read(pages: Sequence[Page], date: Field | None) -> Field | None:
    """Return the field `term`, "2020-2025": what page 1 says, if it says one thing."""
    said: dict[str, Line] = {}
    for line in (line for page in pages[:1] for line in page.lines):
        for match in _TERM.finditer(fold(line.text)):
            said.setdefault(f"{match[1]}-{match[2]}", line)
    said = {term: line for term, line in said.items() if _is_term(term)}
    if not said:
        return None
    year = int(str(date.value)[:4]) if date else None
    fitting = [term for term in said if year is None or _holds(term, year)]
    term = (fitting or list(said))[0]
    line = said[term]
    sure = min(line.confidence, 0.95) if len(fitting) == 1 and year else 0.6
    number = next(page.number for page in pages if line in page.lines)
    return found(term, sure if len(said) == 1 else min(sure, 0.7), [Segment(number, line.words)])


def _is_term(term: str) -> bool:
    first, last = map(int, term.split("-"))
    return 1930 <= first < last <= first + LONGEST


def _holds(term: str, year: int) -> bool:
    first, last = map(int, term.split("-"))
    return first <= year <= last
