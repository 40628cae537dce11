"""How like a printed text is to a known one: capitals and diacritics are what OCR damages most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from partydoc.page import Word
from partydoc.text import fold

_OTHER = re.compile(r"[^a-z0-9]+")


def key(text: str) -> str:
    """Return the letters and digits of a text, folded: "Kính gửi:" -> "kinhgui"."""
    return _OTHER.sub("", fold(text))


@lru_cache(maxsize=4096)
def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters must be changed, added or dropped; limit + 1 if more than limit."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, before + (char != wanted)),
            )
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def tolerance(length: int) -> int:
    """Return how many damaged letters are forgiven in a known text of this length."""
    if length < 6:
        return 0
    return 1 if length < 10 else length // 6


def like(text: str, known: str) -> bool:
    """Tell whether two keys are the same but for what OCR does to letters."""
    limit = tolerance(len(known))
    return distance(text, known, limit) <= limit


def begins(text: str, known: str) -> bool:
    """Tell whether a key begins with a known one, damaged letters forgiven."""
    limit = tolerance(len(known))
    return any(
        distance(text[: len(known) + extra], known, limit) <= limit
        for extra in range(-limit, limit + 1)
    )


def find(words: Sequence[Word], known: str) -> tuple[int, int] | None:
    """Return where (start, end) a known text stands among words; the best place, else None."""
    limit = tolerance(len(known))
    parts = [key(word.text) for word in words]
    whole, run = "".join(parts), (len(known) - limit) // (limit + 1)
    # So many letters in a row no damage within the limit can spare.
    if not any(known[i : i + run] in whole for i in range(len(known) - run + 1)):
        return None
    best: tuple[int, int, int] | None = None
    for start in range(len(parts)):
        text = ""
        for end in range(start, len(parts)):
            text += parts[end]
            if len(text) > len(known) + limit:
                break
            if len(text) < len(known) - limit:
                continue
            found = distance(text, known, limit)
            if parts[start] and found <= limit and (best is None or found < best[0]):
                best = (found, start, end + 1)
    return best[1:] if best else None
