"""How much one query may ask for: beyond it nobody would wait for the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from partydoc.errors import QueryProblem
from partydoc.language import _

LONGEST_QUERY = 1000
DEEPEST = 20
MOST_WORDS = 100
#: Each `*` and `near:` stands for many words of the index.
MOST_OPEN = 10
MOST_NUMBERS = 200

#: Makes the error that points at a place of the query: message, hint, place.
Problem = Callable[[str, str, int], QueryProblem]


class Limits:
    """Counts what a query asks for; raises QueryProblem at the place where it is too much."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._counts: Counter[str] = Counter()

    def words(self, count: int, place: int) -> None:
        """Count words that are looked for as they are typed."""
        message = _("There are more than {limit} words in the query.")
        self._count("words", count, MOST_WORDS, message, place)

    def open(self, place: int) -> None:
        """Count a word with `*` or `near:`."""
        message = _("There are more than {limit} words with * or near: in the query.")
        self._count("open", 1, MOST_OPEN, message, place)

    def numbers(self, count: int, place: int) -> None:
        """Count the numbers of a range."""
        message = _("The ranges span more than {limit} numbers.")
        self._count("numbers", count, MOST_NUMBERS, message, place)

    def _count(self, what: str, count: int, limit: int, message: str, place: int) -> None:
        self._counts[what] += count
        if self._counts[what] > limit:
            hint = _("Ask for less, or in several queries.")
            raise self._problem(message.format(limit=limit), hint, place)
