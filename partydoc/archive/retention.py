"""How long a folder is kept: for good, or a number of years from the end of its work.

Luật Lưu trữ 33/2024/QH15: kept permanently, or for a term in years. Older tables of the Party
(Công văn 160-CV/TW, 1988) have terms of one to fifteen years, later ones of up to seventy.

A term of N years counts in whole years from the year in which the work of the folder ended, as the
tables of terms have it ("tính từ năm công việc kết thúc"). No instrument says whether that year is
the first of them, so the later reading holds: it is not. The last day is 31 December of the N-th
year after it, and from the next day on the term has run out.
"""

from __future__ import annotations

import re
from datetime import date

from partydoc.text import fold

#: Kept for good; a term is "N năm".
PERMANENT = "Vĩnh viễn"
_TERM = re.compile(r"0*([1-9]\d?)\s*(?:nam)?")


def parse(typed: str) -> str:
    """Return a term as it is written down: "vinh vien" -> "Vĩnh viễn", "20" -> "20 năm".

    Raises ValueError for anything else.
    """
    folded = fold(typed.strip())
    if folded in (fold(PERMANENT), "vv"):
        return PERMANENT
    found = _TERM.fullmatch(folded)
    if not found:
        raise ValueError(typed)
    return f"{found[1]} năm"


def last_day(term: str, ended: str) -> date | None:
    """Return the last day on which a folder must be kept whose work ended in a year, a month or on
    a day (ISO); None for one that is kept for good.

    `term`: as `parse` returns it.
    """
    if term == PERMANENT:
        return None
    return date(int(ended[:4]) + int(term.split()[0]), 12, 31)
