"""The seam: what the two engines have in common."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from partydoc.index.plan import Order, Plan
from partydoc.index.schema import Entry

#: The disk is full, one's share of it is, or files may not grow any more.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

#: Where an engine keeps a document; it means something to that engine alone, as long as it is open.
Address = Any


class Broken(Exception):
    """The engine cannot open its files, or they changed under it."""


class Busy(Exception):
    """Another process is writing into this index."""


class Writer(Protocol):
    """The one writer of an index; both methods raise Broken, or OSError where the disk is full."""

    def commit(self, gone: Sequence[str], entries: Iterable[Entry]) -> None:
        """Take out the ids in `gone`, add the entries, make both lasting.

        An entry that takes the place of an older one has its id in `gone`.
        """

    def close(self) -> None:
        """Finish merging and let others write."""


class Engine(Protocol):
    """One opened index; sees what was committed before `open` or the last `reload`."""

    def find(
        self, plan: Plan, limit: int, order: Order = Order.BEST
    ) -> tuple[int, list[tuple[float, Address]]]:
        """Return how many documents match, and score and address of the first `limit`.

        The best are ordered by score, then date (latest first), then id; in any other order, and
        where nothing scores, the scores are 0.
        """

    def stored(self, address: Address) -> str:
        """Return what is stored of a document; it holds the whole text."""

    def facets(self, plan: Plan) -> dict[str, list[tuple[str, int]]]:
        """Return how many of all matching documents have which value, for each of FACETS."""

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin with a prefix, sorted."""

    def frequency(self, field: str, word: str) -> int:
        """Return how many documents hold a word; one that was replaced may still count."""

    def count(self) -> int:
        """Return the number of documents."""

    def deleted(self) -> int:
        """Return how many deleted documents still take room in the files."""

    def sample(self) -> str | None:
        """Return `stored` of some document; None in an empty index."""

    def writer(self) -> Writer:
        """Open the writer; raises Busy where another process has it."""

    def close(self) -> None:
        """Let go of all files."""
