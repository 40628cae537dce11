"""The words of an index as they stand in documents that are there: engines count those of deleted
ones for a while.
"""

from __future__ import annotations

from partydoc.index.engine import Engine
from partydoc.index.plan import Plan, Term


class Living:
    """What a plan has to know of an index, without its deleted documents."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._deleted = engine.deleted()

    def frequency(self, field: str, word: str) -> int:
        """Return how many documents hold a word; a deleted one counts only beside living ones."""
        count = self._engine.frequency(field, word)
        if not count or count > self._deleted:  # more than could be deleted
            return count
        return self._engine.find(Plan(Term(field, word), (), scored=False), 1)[0]

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin with a prefix, sorted; also of deleted ones."""
        return self._engine.vocabulary(field, prefix)

    def beginning(self, field: str, prefix: str) -> list[str]:
        """Return those of them that stand in a document."""
        found = self.vocabulary(field, prefix)
        return [word for word in found if self.frequency(field, word)] if self._deleted else found
