"""Archival references: A29, A29-01, A29-01-0003, A29-01-0003-005a; and the codes of a filing plan.

A folder that is still at work in an office has a code of its danh mục hồ sơ, such as TH.01/2026,
until it gets its archival number (Nghị định 30/2020/NĐ-CP, phụ lục V; in the Party HD 17-HD/VPTW).
"""

from __future__ import annotations

import re

from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.text import clean

#: kind of unit -> how many parts its reference has: A29, A29-01, A29-01-0003.
KINDS = {"fonds": 1, "inventory": 2, "folder": 3}
#: Stands beside the order; its reference is a short name of one part.
ORGANISATION = "organisation"
_PART = re.compile(r"[0-9A-Za-zĐđ.]{1,20}")
_CODE = re.compile(r"[0-9A-Za-zĐđ.]{1,20}/(?:1[89]|2[01])\d\d")
_ORDINAL = re.compile(r"0*([1-9]\d{0,5})([a-zđ]?)")


def check(kind: str, reference: str) -> str:
    """Return the reference in NFC; raises UsageProblem when it does not fit the kind."""
    reference = clean(reference).strip()
    if kind == "folder" and is_code(reference):
        return reference
    parts = reference.split("-")
    if len(parts) != KINDS.get(kind, 1) or not all(map(_PART.fullmatch, parts)):
        message = _("{reference} is not the reference of a {kind}.")
        hint = _("Write a fonds as A29, an inventory as A29-01, a folder as A29-01-0003.")
        raise UsageProblem(message.format(reference=reference, kind=kind), hint)
    return reference


def is_code(reference: str) -> bool:
    """Tell whether a reference is a code of the filing plan, with its year: TH.01/2026."""
    return bool(_CODE.fullmatch(reference))


def check_ordinal(typed: str) -> str:
    """Return the ordinal of an entry, three digits or more and perhaps a letter: 5a -> 005a.

    Raises UsageProblem for anything else.
    """
    found = _ORDINAL.fullmatch(clean(typed).strip().lower())
    if not found:
        message = _("{text} is not the number of an entry.").format(text=typed)
        raise UsageProblem(message, _("Write it as 005, or as 005a where one comes in between."))
    return f"{int(found[1]):03d}{found[2]}"


def number_of(ordinal: str) -> tuple[int, str]:
    """Return what sorts ordinals as they follow each other: 005, 005a, 006."""
    digits = ordinal.rstrip("abcdefghijklmnopqrstuvwxyzđ")
    return int(digits or 0), ordinal[len(digits) :]
