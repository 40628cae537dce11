"""How many documents fit into a turn: what the turns before took tells it.

An engine does most of its work when it is too late to stop, and one is ten times faster than the
other: a clock that is looked at while documents are read says nothing of it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from partydoc.document import Searchable

#: Characters of text in the first turn.
_FIRST = 1_000_000
#: Whoosh merges small batches, which takes longer than writing them: its turns are longer.
_LONGER = {"whoosh": 5}
#: What a document costs beside its text, in characters.
_EACH = 1000
#: The next turn is at most so many times as large, and as small: some have merging to do as well.
_MORE, _LESS = 4, 2


class Pace:
    """The pace at which one command indexes; a turn is to last about `seconds`, or a little longer
    where the engine would pay for it.
    """

    def __init__(self, seconds: float, engine: str) -> None:
        self._seconds = seconds * _LONGER.get(engine, 1)
        self._fits: float = math.inf if seconds == math.inf else _FIRST
        self._taken = 0
        self._until = math.inf

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Measure what is done meanwhile."""
        began, self._taken = time.monotonic(), 0
        self._until = began + self._seconds
        yield
        took = time.monotonic() - began
        if self._taken and took:
            fits = self._taken * self._seconds / took
            self._fits = min(max(fits, self._fits / _LESS), self._fits * _MORE)

    def counted(self, documents: Iterator[Searchable]) -> Iterator[Searchable]:
        """Pass on the documents of a turn."""
        for document in documents:
            self._taken += _EACH + sum(map(len, document.pages))
            yield document

    def room(self) -> bool:
        """Whether more documents fit into this turn."""
        return self._taken < self._fits and time.monotonic() < self._until
