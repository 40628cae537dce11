"""How long a folder is kept: for good, or a number of years from the end of its work.

Luật Lưu trữ 33/2024/QH15: kept permanently, or for a term in years. Older tables of the Party
(Công văn 160-CV/TW, 1988) have terms of one to fifteen years, later ones of up to seventy.
"""

from __future__ import annotations

import re

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
