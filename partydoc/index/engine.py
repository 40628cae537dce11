"""The seam: what the two engines have in common, and how one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from partydoc.errors import MissingTool, UsageProblem
from partydoc.index.plan import Plan
from partydoc.index.schema import Entry
from partydoc.language import _

ENGINES = ("whoosh", "tantivy")


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


def open_engine(name: str, folder: Path, create: bool = False) -> Engine:
    """Open the index in `folder`, or make an empty one there; raises MissingTool or Broken."""
    if name not in ENGINES:
        message = _("There is no search engine {name}.").format(name=name)
        raise UsageProblem(message, _("Engines: {known}.").format(known=", ".join(ENGINES)))
    try:
        if name == "tantivy":
            from partydoc.index.tantivy_engine import TantivyEngine

            return TantivyEngine(folder, create)
        from partydoc.index.whoosh_engine import WhooshEngine

        return WhooshEngine(folder, create)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise
        message = _("The search engine {name} is not installed.").format(name=name)
        package = 'pip install "partydoc[fast]"' if name == "tantivy" else "pip install whoosh"
        hint = _("Install it: {command}. Or use another engine: {other}").format(
            command=package, other="partydoc index --engine " + _other(name)
        )
        raise MissingTool(message, hint) from problem


def _other(name: str) -> str:
    return next(other for other in ENGINES if other != name)
