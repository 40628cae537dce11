"""Whether two texts say different things, or are one that was misread here and there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from partydoc.metadata.likeness import distance
from partydoc.syllable import is_folded
from partydoc.text import fold

_WORD = re.compile("[0-9a-z]+")
#: What makes papers different stands on their first pages; comparing costs the square.
_FIRST = 1200
#: Recognition takes a syllable for another at times: once in a good page, and once in so many words
#: that it misreads.
_ONCE_IN = 10


class Differences(NamedTuple):
    """How many words of two texts stand in the same place and are not the same.

    `contradicting`: sound in both, and unlike: another name, another number; `misread`: all others.
    `again`: a word contradicts the same other one at a second place.
    """

    contradicting: int = 0
    misread: int = 0
    again: bool = False

    @property
    def speak_of_two(self) -> bool:
        """Whether misreading so much does not bring about such contradictions: nothing is misread
        for the same other word twice.
        """
        return self.again or self.contradicting > 1 + self.misread / _ONCE_IN


def differences(one: Iterable[str], other: Iterable[str]) -> Differences:
    """Compare two documents (the texts of their pages) word by word, marks and capitals apart."""
    here, there = _words(one), _words(other)
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    replaced = [
        (here[begin:end], there[first:last])
        for kind, begin, end, first, last in matcher.get_opcodes()
        if kind == "replace"
    ]
    # What only moved, as columns are read in another order, is no contradiction.
    gone, come = Counter(here) - Counter(there), Counter(there) - Counter(here)
    pairs = Counter(pair for both in replaced for pair in _pairs(*both))
    contradicting = {
        (before, after): count for (before, after), count in pairs.items()
        if before in gone and after in come and _contradict(before, after)
    }  # fmt: skip
    count = sum(contradicting.values())
    differing = sum(max(len(before), len(after)) for before, after in replaced)
    return Differences(count, differing - count, any(n > 1 for n in contradicting.values()))


def _words(pages: Iterable[str]) -> list[str]:
    found: Iterator[str] = (word for page in pages for word in _WORD.findall(fold(page)))
    return list(islice(found, _FIRST))


def _pairs(here: Sequence[str], there: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that stand for each other; where there are more on one side, its nearest."""
    if len(here) > len(there):
        yield from ((one, other) for other, one in _pairs(there, here))
        return
    for at, word in enumerate(here):
        near = there[at : at + len(there) - len(here) + 1]
        yield word, min(near, key=lambda other: distance(word, other, len(word)))


def _contradict(one: str, other: str) -> bool:
    if one.isdigit() and other.isdigit():
        return one not in other and other not in one  # a figure is lost at times
    if not (_is_sound(one) and _is_sound(other)):
        return False
    half = max(len(one), len(other)) // 2
    return distance(one, other, half) > half


def _is_sound(word: str) -> bool:
    return len(word) > 1 and is_folded(word)
