"""Words that are spelt nearly alike: one or two letters put in, left out, changed or swapped."""

from __future__ import annotations

from os.path import commonprefix
from typing import TYPE_CHECKING

from partydoc.index import schema

if TYPE_CHECKING:
    from partydoc.index.plan import Words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Words of so many letters may differ in two of them.
_LONG = 5


def nearly(word: str, index: Words) -> tuple[str, ...]:
    """Return the other words of an index within one edit; from five letters on also within two,
    of those that begin alike.

    Two letters in each other's place are one edit. A number is nothing but itself.
    """
    if has_digit(word):
        return ()
    found = {near for near in one_edit(word) if index.frequency(schema.WORDS, near)}
    if len(word) >= _LONG:
        alike = index.vocabulary(schema.WORDS, word[0])
        found.update(other for other in alike if edits(word, other, 2) <= 2)
    return tuple(sorted(found - {word}))


def has_digit(word: str) -> bool:
    """Whether there is a digit in a word."""
    return any(letter.isdigit() for letter in word)


def one_edit(word: str, letters: str = LETTERS) -> set[str]:
    """Return all that is one letter more, fewer or other, or has two neighbours swapped."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if right[1:]}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in letters}
    found |= {left + letter + right for left, right in halves for letter in letters}
    return found - {word, ""}


def edits(one: str, other: str, most: int) -> int:
    """Return how many edits make one word the other; more than `most` is told as `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _different(one, other)
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, char in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != char))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == char:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _different(one: str, other: str) -> tuple[str, str]:
    """Take off how two words begin and end alike."""
    start = len(commonprefix((one, other)))
    one, other = one[start:], other[start:]
    end = len(commonprefix((one[::-1], other[::-1])))
    return one[: len(one) - end], other[: len(other) - end]
