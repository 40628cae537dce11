"""All attempts of a reader that a document has taken over."""

from __future__ import annotations

from torture import attempt, outliving, reaching

#: In the order in which they were written down.
ATTEMPTS = tuple(attempt.ATTEMPTS)
__all__ = ["ATTEMPTS", "outliving", "reaching"]
