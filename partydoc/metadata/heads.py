"""Who heads a body and so signs its documents: of a Đảng ủy the BÍ THƯ, of a sở the GIÁM ĐỐC.

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7: signed is by the head, or for the head (KT.) by a
deputy; Hướng dẫn 05-HD/VPTW: T/M for a body by its head or a deputy, K/T for the head by a deputy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.text import exact

#: Signing for a superior, as its deputy; in the name of a body.
DEPUTY = re.compile(r"K\s*[/.]?\s*T\b")
BODY = re.compile(r"T\s*[/.]?\s*M\b")
#: A position is another one's no longer where so many letters more or fewer are damaged.
APART = 2
#: No more letters of a position may be damaged.
DAMAGED = 3
#: Fewer letters are no name of a body.
LEAST = 5


def of(issuer: str | None, kind: str | None = None) -> tuple[str, ...]:
    """Return the positions, in capitals, of who heads a body; of minutes those of their chair."""
    if kind == "Biên bản":
        return tuple(each.upper() for each in table("signing")["minutes_block"]["starts"])
    found = (positions for start, positions in _heads() if _begins(issuer or "", start))
    return next(found, ())


def _begins(name: str, start: str) -> bool:
    """Tell whether a name begins with words; a single word must be spelled so: Viện, not Viễn."""
    if " " in start:
        return key(name).startswith(key(start))
    return exact(name.partition(" ")[0]) == exact(start)


@dataclass(frozen=True)
class Signatory:
    """Who signs: the position of the head, his own or his deputy's, and the body T/M; as keys."""

    position: str | None = None
    body: str | None = None

    def signs_for(self, name: str) -> bool:
        """Tell whether who signs heads a body, or signs in its name."""
        if self.body and len(self.body) >= LEAST and key(name).startswith(self.body):
            return True
        return self.position is not None and self.position in map(key, of(name))


#: A document of which nobody is known to have signed it.
NOBODY = Signatory()


def nearest(text: str, heads: Sequence[str]) -> tuple[str, ...]:
    """Return of the heads' and their deputies' positions those that a damaged key may be.

    One alone if it is clearly nearer than all others; none for one with more behind it.
    """
    known = (*heads, *(f"PHÓ {each}" for each in heads))
    if any(text.startswith(key(each)) and text != key(each) for each in known):
        return ()
    gaps = sorted((gap, each) for each in known if (gap := _gap(text, key(each))) is not None)
    return tuple(each for gap, each in gaps if gap < gaps[0][0] + APART)


def _gap(text: str, known: str) -> int | None:
    """Return how many letters are damaged, or lost at the beginning; None if it is another text."""
    limit = min(len(known) // 3, DAMAGED)
    found = distance(text, known, limit)
    return found if found <= limit else None


@cache
def _heads() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by the words with which names of bodies begin, longest first, their heads."""
    found: dict[str, tuple[str, ...]] = {}
    for position, starts in table("signing")["heads"].items():
        for start in starts:
            found[start] = (*found.get(start, ()), position.upper())
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))
