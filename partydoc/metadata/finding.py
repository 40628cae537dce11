"""From a reading to a field: a value, the evidence for it, and where it was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from partydoc.document import Field
from partydoc.metadata.layout import Segment, around
from partydoc.page import Word

#: From this evidence on another reader may rely on a value.
SURE = 0.8


_TONES = "\u0300\u0301\u0309\u0303\u0323"
#: A word read less surely than this is as likely wrong as right.
DOUBTFUL = 0.7


def legible(words: Sequence[Word]) -> float:
    """Return how well words were read: their mean confidence, less the share of doubtful ones."""
    if not words:
        return 0.0
    mean = sum(word.confidence for word in words) / len(words)
    doubtful = sum(word.confidence < DOUBTFUL or has_two_tones(word.text) for word in words)
    return max(0.0, mean - doubtful / len(words))


def has_two_tones(text: str) -> bool:
    """Tell whether a word has more tone marks than the one that a syllable can have."""
    return sum(unicodedata.normalize("NFD", text).count(tone) for tone in _TONES) > 1


def found(value: str, evidence: float, where: Sequence[Segment]) -> Field:
    """Return the field of a value read from these segments (at least one, of one page).

    What evidence is worth, and whether it is enough, is weighed when all is read (`sureness`).
    """
    box = around(segment.box for segment in where)
    return Field(value, round(min(max(evidence, 0.0), 1.0), 3), where[0].page, box)
