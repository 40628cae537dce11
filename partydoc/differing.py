"""Whether two texts say different things, or are one that was misread here and there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from partydoc.metadata.likeness import distance
from partydoc.syllable import is_folded
from partydoc.text import fold

_WORD = re.compile("[0-9a-z]+")
#: What makes papers different stands on their first pages; comparing costs the square.
_FIRST = 1200


def contradictions(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many words of two documents (the texts of their pages) contradict each other.

    They stand in the same place, are sound in both, and unlike: another name, another number. What
    recognition makes of a word it misreads is seldom sound, and like it if it is.
    """
    here, there = _words(one), _words(other)
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    return sum(
        _contradicting(here[begin:end], there[first:last])
        for kind, begin, end, first, last in matcher.get_opcodes()
        if kind == "replace"
    )


def _words(pages: Iterable[str]) -> list[str]:
    found: Iterator[str] = (word for page in pages for word in _WORD.findall(fold(page)))
    return list(islice(found, _FIRST))


def _contradicting(here: Sequence[str], there: Sequence[str]) -> int:
    if len(here) == len(there):
        return sum(map(_contradict, here, there))
    sound = all(map(_is_sound, here)) and all(map(_is_sound, there))
    return min(len(here), len(there)) if sound and _unlike("".join(here), "".join(there)) else 0


def _contradict(one: str, other: str) -> bool:
    if not (_is_sound(one) and _is_sound(other)):
        return False
    if one.isdigit() and other.isdigit():
        return int(one) != int(other)
    return _unlike(one, other)


def _is_sound(word: str) -> bool:
    return word.isdigit() or len(word) > 1 and is_folded(word)


def _unlike(one: str, other: str) -> bool:
    half = max(len(one), len(other)) // 2
    return distance(one, other, half) > half
