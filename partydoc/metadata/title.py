"""The line with the type name: capitals, centred, under the letterhead."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.metadata.layout import Segment, join, rows
from partydoc.metadata.likeness import like
from partydoc.metadata.rules import Rules, TypeName

#: Words before it read less surely than this are scraps of a stamp.
SCRAP = 0.55


def find(
    found: Sequence[Segment], top: float, bottom: float, rules: Rules
) -> tuple[Segment | None, TypeName | None]:
    """Return the line between two heights of the page that names a type, and the type."""
    capitals = [each for each in found if each.is_capitals]
    for segment in (*map(_capital_end, found), *map(join, rows(capitals))):
        if not top < segment.box.top <= bottom or not 0.3 < segment.centre < 0.7:
            continue
        type_name = named_type(segment, rules) if segment.is_capitals else None
        if type_name:
            return segment, type_name
    return None, None


def _capital_end(segment: Segment) -> Segment:
    """Return the capitals at the end of a segment that begins with badly read words."""
    start = len(segment.words)
    while start and segment.words[start - 1].text.isupper():
        start -= 1
    scraps = all(
        word.confidence < SCRAP or not word.text.isalpha() for word in segment.words[:start]
    )
    return (segment.part(start) if scraps and start else None) or segment


def named_type(segment: Segment, rules: Rules) -> TypeName | None:
    """Return the type that a line of capitals names, alone or as its first words."""
    text = segment.key
    bodies = tuple(each for each in rules.body_starts if len(each) > 3)
    known = sorted(rules.all_types, key=lambda each: -len(each.key))
    whole = [each for each in known if each.key == text] or [
        each for each in known if like(text, each.key) and not text.startswith(bodies)
    ]
    if whole:
        return whole[0]
    return next((each for each in known if text.startswith(each.key)), None)
