"""Which documents have pages of which: scans that were divided, documents that were merged.

Whoever has passed its pages on keeps its bytes for good. They are bytes of the heirs as well, so
what is done to an heir for being secret concerns them too: `before` finds them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from partydoc.value import Value

if TYPE_CHECKING:
    from partydoc.archive.kept import Kept

#: The status of a document whose pages are those of others now.
DIVIDED, MERGED = PASSED_ON = ("divided", "merged")


class Heir(Value):
    """A document that has pages of another now: which of that, from `first` to `last`."""

    id: str
    first: int
    last: int


def part_id(scan: str, first: int, last: int) -> str:
    """Return the id of the document that is cut from a scan: of its pages `first` to `last`."""
    return hashlib.sha256(f"{scan}#{first}-{last}".encode()).hexdigest()


def before(kept: Kept, known: Callable[[str], Kept | None]) -> Iterator[Kept]:
    """Yield the documents that have bytes of a document and have passed them on, the nearest first.

    `known`: what returns a document by its id, None for one that is gone.
    """
    seen, left = {kept.id}, list(kept.sources)
    while left:
        document = left.pop(0)
        source = None if document in seen else known(document)
        seen.add(document)
        if source and source.passed_on:
            yield source
            left += source.sources
