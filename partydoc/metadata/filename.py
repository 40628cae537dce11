"""What a file's name tells of a number: `TB_207_...pdf`, `12-NQ-DU.pdf`.

A name is given by whoever saved the file, so it never settles a number; it bears one out, or offers
one to the person who will look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePath

from partydoc.document import Field
from partydoc.metadata.rules import GENERAL, Local, Rules, rules_with
from partydoc.text import clean, fold

#: 6 tháng, 9 ngày, 2 năm: no number.
_NO_SPAN = r"(?![ _.-]*(?:thang|nam|ngay|quy|lan)(?![a-z]))"
_YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def _patterns(local: Local) -> tuple[re.Pattern[str], ...]:
    found = sorted({*rules_with(local).abbreviations, "cv"})
    kinds = "|".join(found)
    return (
        re.compile(rf"(?:^|[^a-z])(?:{kinds})[ _.-]*(?:so[ _.-]*)?0*(\d{{1,5}})(?!\d){_NO_SPAN}"),
        re.compile(rf"(?:^|\D)0*(\d{{1,5}})[ _.-]+(?:{kinds})(?![a-z])"),
    )


def numbers(file_names: Sequence[str], rules: Rules = GENERAL) -> tuple[str, ...]:
    """Return the numbers that stand beside an abbreviation of a type in the names.

    One that may be a year says nothing: BC_2023_12.
    """
    found: dict[str, None] = {}
    for name in file_names:
        text = re.sub(r"[^a-z0-9 _.-]", "", _folded(PurePath(name).stem))
        for pattern in _patterns(rules.local):
            numbers = (match for match in pattern.findall(text) if not _YEAR.fullmatch(match))
            found.update((match, None) for match in numbers)
    return tuple(found)


def _folded(name: str) -> str:
    return fold(clean(name))


def weigh(number: Field | None, file_names: Sequence[str], rules: Rules = GENERAL) -> Field | None:
    """Return the number field with the names' word on it: borne out, doubted, or offered."""
    named = numbers(file_names, rules)
    if len(named) != 1:
        return number
    if number is None:
        return Field(named[0].zfill(2), 0.5, source="file-name")
    if str(number.value).lstrip("0") == named[0]:
        sure = max(number.confidence, 0.9 if number.confidence >= 0.5 else number.confidence)
        return replace(number, confidence=sure)
    return replace(number, confidence=min(number.confidence, 0.4))
