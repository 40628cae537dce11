"""What a field that was read is worth, held against what stands on the paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any, Literal

from partydoc.document import Field
from partydoc.text import clean, exact

#: On a field that stands on the paper: `accepted` and right, right but in `review`, accepted but
#: `wrong`, wrong and in review (`unsure`), `missing` (also a printed date that was shortened).
#: On one that does not: `absent`, `invented` (accepted), `proposed` (in review).
Outcome = Literal[
    "accepted", "review", "wrong", "unsure", "missing", "absent", "invented", "proposed"
]

FIELDS = (
    "type", "number", "symbol", "code", "date", "place", "superior", "issuer", "subject", "signer",
    "position", "authority", "recipients", "urgency", "copy_type", "arrival_number", "arrival_date",
    "term",
)  # fmt: skip
#: Subjects and recipients are right from this share of words on: one word in ten may be misread.
LEAST_F1 = 0.9

_BY_WORDS = ("subject", "recipients")
_DASHES = re.compile(r"[.\-‐‑–—]+")
_PARTS = {"date": ("month", "day"), "arrival_date": ("arrival_date", "arrival_date")}
_HAND = {
    "number": {"number"}, "code": {"number"}, "date": {"day", "month"},
    "arrival_number": {"arrival_number"}, "arrival_date": {"arrival_date"},
}  # fmt: skip

Fold = Callable[[str], str]


def by_hand(field: str, hand: Collection[str]) -> bool:
    """Tell whether a part of the field was written by hand."""
    return bool(_HAND.get(field, set()).intersection(hand))


def outcome(
    field: str, truth: Any, got: Field | None, hand: Collection[str], folded: Fold = exact
) -> Outcome:
    """Return what became of one field; `folded` is how much of the spelling is compared."""
    value = got.value if got else None
    if field == "copy_type" and value == "Bản chính":
        value = None  # that a paper is no copy need not be said
    if not truth:
        if not value:
            return "absent"
        return "invented" if got and got.accepted else "proposed"
    if not value or not got:
        return "missing"
    if right(field, truth, value, hand, folded):
        return "accepted" if got.accepted else "review"
    if field in _PARTS and str(truth).startswith(str(value)):
        return "missing"
    return "wrong" if got.accepted else "unsure"


def right(field: str, truth: Any, value: Any, hand: Collection[str], folded: Fold = exact) -> bool:
    """Tell whether a value is that of the paper.

    A date may be shortened by what is written by hand; tone placement and case never count.
    """
    if field in _BY_WORDS:
        return f1(truth, value, folded) >= LEAST_F1
    if field in _PARTS:
        return value == truth or value in _shortened(str(truth), _PARTS[field], hand)
    if field in ("symbol", "code"):
        return _symbol(truth, folded) == _symbol(value, folded)
    return _plain(truth, folded) == _plain(value, folded)


def f1(truth: Any, value: Any, folded: Fold = exact) -> float:
    """Return the harmonic mean of the shares of words that are common to both."""
    wanted, got = _tokens(truth, folded), _tokens(value, folded)
    common = (wanted & got).total()
    return 2 * common / (wanted.total() + got.total()) if common else 0.0


def _tokens(value: Any, folded: Fold) -> Counter[str]:
    text = value if isinstance(value, str) else " ".join(value or ())
    return Counter(re.findall(r"\w+", folded(clean(text))))


def _shortened(date: str, parts: tuple[str, str], hand: Collection[str]) -> list[str]:
    """Return the right beginnings of an ISO date that leave out only what is by hand."""
    found = []
    if len(date) == 10 and parts[1] in hand:
        found.append(date[:7])
    if parts[0] in hand and (len(date) == 7 or parts[1] in hand):
        found.append(date[:4])
    return found


def _symbol(value: Any, folded: Fold) -> str:
    return _DASHES.sub("-", folded(clean(str(value))).replace(" ", ""))


def _plain(value: Any, folded: Fold) -> str:
    return " ".join(re.findall(r"[\w/]+", folded(clean(str(value)))))
