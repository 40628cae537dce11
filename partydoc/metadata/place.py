"""Place: what stands before the date, "Hà Nội, ngày …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.metadata.spelling import Spelled, is_known
from partydoc.text import exact

#: So sure is a place that stands in the letterhead, in the text or in the tables as well.
NAMED = 0.95


def read(
    part: Sequence[tuple[str, float]], segment: Segment, bodies: Sequence[str], spelled: Spelled
) -> Field | None:
    """Return the field `place` of the words, with their confidences, that stand before the date.

    `segment` is the whole line, `bodies` are the names of the letterhead: mostly it is in one.
    """
    return _borne_out(_as_province(_named(part, segment, spelled), bodies), bodies)


def _named(part: Sequence[tuple[str, float]], segment: Segment, spelled: Spelled) -> Field | None:
    """Return the place: the words before the comma; surer where it is known or in the text too."""
    said = [(text.strip(",;:-_'\"|*").lstrip("."), sure) for text, sure in part]
    words = [
        (text, sure)
        for i, (text, sure) in enumerate(said)
        if _is_name(text) or _is_numbered(said[:i], text) or _is_letter(text, sure)
    ]
    while words and not words[0][0][0].isupper():
        words.pop(0)
    if not words:
        return None
    value = " ".join(_cased(text) for text, _ in words)
    if key(value) in _weekdays():
        return None
    sure = min(confidence for _, confidence in words)
    if any(each not in words and each[0].isalnum() and each[1] >= 0.8 for each in said):
        sure = min(sure, 0.5)
    if _is_spelled(value, spelled):
        return found(value, max(sure, NAMED), [segment])
    if is_known(value, spelled):
        return found(value, max(sure, 0.9), [segment])
    ends = part[-1][0].endswith(",")
    return found(value, max(sure, 0.8) if ends and sure >= 0.5 else min(sure, 0.75), [segment])


def _as_province(place: Field | None, bodies: Sequence[str]) -> Field | None:
    """Spell a province as it is where the letterhead names it: Trà Vĩnh is TỈNH TRÀ VINH."""
    provinces = {key(each): each for each in table("letterhead")["places"]["names"]}
    known = provinces.get(key(str(place.value))) if place else None
    named = known and any(exact(body).endswith(exact(known)) for body in bodies)
    return replace(place, value=known) if place and named else place


def _is_spelled(value: str, spelled: Spelled) -> bool:
    """Tell whether a place stands, mark for mark, in the text or in the tables."""
    known = [each.get(key(value)) for each in (spelled.text, spelled.known)]
    towns = table("letterhead")["places"]["towns"]
    return exact(value) in (exact(each) for each in (*known, *towns) if each)


def _borne_out(place: Field | None, bodies: Sequence[str]) -> Field | None:
    """Make a place surer that stands in the letterhead too, and doubt one that nearly does."""
    if place is None or place.confidence <= 0.5:
        return place
    name, names = key(str(place.value)), [key(body) for body in bodies]
    words = [[key(word) for word in body.split()] for body in bodies]
    if any(_holds(each, str(place.value).split()) for each in words):
        return replace(place, confidence=max(place.confidence, NAMED))
    if " " not in str(place.value):  # mostly what is left of two words
        return replace(place, confidence=min(place.confidence, 0.7))
    near = any(distance(each[-len(name) :], name, 1) == 1 for each in names)
    return replace(place, confidence=min(place.confidence, 0.6)) if near else place


def _holds(words: Sequence[str], place: Sequence[str]) -> bool:
    """Tell whether the words of a place stand together among the words of a name."""
    wanted, length = [key(word) for word in place], len(place)
    return any(list(words[i : i + length]) == wanted for i in range(len(words)))


def _cased(text: str) -> str:
    """Return a word with one capital; an abbreviation (TP.) stays."""
    if text.isupper() and (text.endswith(".") and len(text) < 5 or "." in text[:-1]):
        return text
    parts = re.split(r"(['’.-])", text.rstrip("."))
    return "".join(part[:1].upper() + part[1:].lower() for part in parts)


def _is_name(text: str) -> bool:
    """Tell whether a word can be one of a name, one with an apostrophe or a hyphen too: M'gar."""
    return len(text) > 1 and re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", text) is not None


def _is_numbered(before: Sequence[tuple[str, float]], text: str) -> bool:
    """Tell whether a figure is the name of a ward or a quarter: Phường 5, Quận 1."""
    units = (key(each) for each in table("letterhead")["places"]["numbered"])
    return text.isdecimal() and bool(before) and key(before[-1][0]) in units


def _is_letter(text: str, sure: float) -> bool:
    """Tell whether a single letter is a syllable of a name: Ô Môn, Y Tý, Ia O."""
    return sure >= 0.8 and text in ("Ô", "Y", "O", "Ơ", "A")


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(map(key, table("letterhead")["places"]["weekdays"]))
