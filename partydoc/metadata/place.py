"""Place: what stands before the date, "Hà Nội, ngày …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    return _borne_out(_named(part, segment, spelled), bodies)


def _named(part: Sequence[tuple[str, float]], segment: Segment, spelled: Spelled) -> Field | None:
    """Return the place: the words before the comma; surer where it is known or in the text too."""
    words = [(text.strip(",;:-_'\"|*").lstrip("."), sure) for text, sure in part]
    words = [(text, confidence) for text, confidence in words if _is_name(text)]
    while words and not words[0][0][0].isupper():
        words.pop(0)
    if not words:
        return None
    value = _known(" ".join(_cased(text) for text, _ in words))
    sure = min(confidence for _, confidence in words)
    if _is_spelled(value, spelled):
        return found(value, max(sure, NAMED), [segment])
    if is_known(value, spelled):
        return found(value, max(sure, 0.9), [segment])
    ends = part[-1][0].endswith(",")
    return found(value, max(sure, 0.8) if ends and sure >= 0.5 else min(sure, 0.75), [segment])


def _known(value: str) -> str:
    """Return a province that was read with other marks as it is spelled: Trà Vĩnh -> Trà Vinh."""
    provinces = {key(each): each for each in table("letterhead")["places"]["names"]}
    return provinces.get(key(value), value)


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
    if text.endswith(".") and text.isupper() and len(text) < 5:
        return text
    return text[0].upper() + text[1:].lower().rstrip(".")


def _is_name(text: str) -> bool:
    return text.replace(".", "").isalpha() and len(text) > 1
