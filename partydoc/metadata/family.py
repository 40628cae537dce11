"""Family names: whether one is known, how it is spelled, and which one a damaged word was."""

from __future__ import annotations

from functools import cache

from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.text import exact

#: So many letters a seal or a signature may cover at its beginning.
LOST = 3
#: An end of so many letters is known though another stands before it.
LEAST = 3
#: The table has the commonest names first; so many of them most people bear.
COMMON = 38


def alike(word: str) -> tuple[str, ...]:
    """Return the family names that are spelled so but for marks, the commonest first."""
    return _names().get(key(word), ())


def is_likeliest(name: str) -> bool:
    """Tell whether of all names that are spelled alike but for marks this one alone is common."""
    common = table("signing")["names"]["families"][:COMMON]
    return len(alike(name)) == 1 or [each for each in alike(name) if each in common] == [name]


def nearest(word: str) -> tuple[str, ...]:
    """Return those that a word is but for its beginning, mark for mark; else but for one letter.

    rần, nách: Trần, Quách; Tiần: Trần, Tiền.
    """
    return _left(word) or _near(word)


def is_given(word: str) -> bool:
    """Tell whether a word is far oftener a middle or a given name than a family's."""
    return exact(word) in map(exact, table("signing")["names"]["given"])


def is_left_of_one(word: str) -> bool:
    """Tell whether a word is what is left of one family name alone, mark for mark."""
    return len(_left(word)) == 1


def is_unlike_others(word: str) -> bool:
    """Tell whether a family name is known though its first letter may be another's: Trần."""
    return word in table("signing")["names"]["families"][:COMMON] and len(_ending(word[1:])) == 1


def _left(word: str) -> tuple[str, ...]:
    """Return the names of which a word is the end; its first letter may stand for what was lost."""
    substituted = word.islower() and len(word) > LEAST
    return _ending(word) or (_ending(word[1:]) if substituted else ())


def _ending(word: str) -> tuple[str, ...]:
    """Return the names that end so, in small letters, and have more before it; common ones alone.

    A single letter without a mark is a stroke.
    """
    if not word.islower() or len(word) < 2 and word.isascii():
        return ()
    known = [name for names in _names().values() for name in names if not is_given(name)]
    found = [
        name
        for name in known
        if 0 < len(name) - len(word) <= LOST and exact(name).endswith(exact(word))
    ]
    common = table("signing")["names"]["families"][:COMMON]
    return tuple(name for name in found if name in common) or tuple(found)


def _near(word: str) -> tuple[str, ...]:
    if len(key(word)) < 3:
        return ()
    near = (each for each in _names() if distance(key(word), each, 1) == 1 and len(each) > 3)
    return tuple(name for each in near for name in _names()[each])


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the known family names by their folded letters: Võ and Vỡ share theirs."""
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(table("signing")["names"]["families"]):
        found[key(name)] = (*found.get(key(name), ()), name)
    return found
