"""The keys by which hits are ordered: by date, by archival reference, and then by id.

Each document has one key for each order, so an engine sorts by one column, and no two documents
that matter share a key.
"""

from __future__ import annotations

import re

_UNDATED = 99_999_999
_STEP = 2**32
_DIGITS = 6
#: Sorts behind every reference, and đ behind every word in d.
_UNFILED, _AFTER_D = "~", "d}"


def latest(date: int, id_: str) -> int:
    """Return a key for a date (YYYYMMDD, 0 = none); the largest is the first, undated the last."""
    return date * _STEP + (_STEP - 1 - _start(id_))


def oldest(date: int, id_: str) -> int:
    """Return a key for a date (YYYYMMDD, 0 = none); the smallest is the first, undated the last."""
    return (date or _UNDATED) * _STEP + _start(id_)


def shelf(references: str, date: int, id_: str) -> str:
    """Return a key for archival references, one a line; the smallest is the first.

    Numbers count as numbers: A29-2 stands before A29-10. What is filed nowhere stands behind, the
    latest first.
    """
    if references:
        return min(map(_natural, references.splitlines()))
    return f"{_UNFILED}{_UNDATED - date:08}{id_[:8]}"


def _natural(reference: str) -> str:
    lower = reference.lower().replace("đ", _AFTER_D)
    return re.sub(r"\d+", lambda number: number[0].zfill(_DIGITS), lower)


def _start(id_: str) -> int:
    return int.from_bytes(id_.encode()[:4].ljust(4, b"\0"), "big")
