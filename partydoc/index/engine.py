"""The seam: what the two engines have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from partydoc.index.plan import Plan
from partydoc.index.schema import Entry


class Broken(Exception):
    """The engine cannot open its files, or they changed under it."""


class Busy(Exception):
    """Another process is writing into this index."""


class Writer(Protocol):
    """The one writer of an index."""

    def commit(self, gone: Sequence[str], entries: Sequence[Entry], fresh: bool) -> None:
        """Take out the ids in `gone`, add the entries, make both lasting.

        An entry takes the place of an older one with its id; `fresh` promises there is none.
        """

    def close(self) -> None:
        """Finish merging and let others write."""


class Engine(Protocol):
    """One opened index; sees what was committed before `open` or the last `reload`."""

    def find(self, plan: Plan, limit: int) -> tuple[int, list[tuple[float, str]]]:
        """Return how many documents match, and score and `stored` of the best `limit`.

        Ordered by score, then date (latest first), then id.
        """

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """Return the words of a field that begin with a prefix, sorted."""

    def count(self) -> int:
        """Return the number of documents."""

    def sample(self) -> str | None:
        """Return `stored` of some document; None in an empty index."""

    def writer(self) -> Writer:
        """Open the writer; raises Busy where another process has it."""

    def close(self) -> None:
        """Let go of all files."""
