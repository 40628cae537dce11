"""From a reading to a field: when a value may stand without a person having seen it."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc.document import Field
from partydoc.metadata.layout import Segment, around

#: From this confidence on a value is accepted. The readers weigh their evidence against it.
ACCEPT = 0.8


def found(value: str, confidence: float, where: Sequence[Segment]) -> Field:
    """Return the field of a value read from these segments (at least one, of one page)."""
    box = around(segment.box for segment in where)
    return Field(
        value, round(confidence, 3), where[0].page, box, "machine", accepted=confidence >= ACCEPT
    )
