"""Record -> findable: the index of an archive, derived from its store and catalogue.

Searching imports one engine and nothing else that is heavy; engines are opened when needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from partydoc.document import Hit, Searchable
from partydoc.errors import Damage
from partydoc.index import answer, completing, finding, schema, state
from partydoc.index.answer import Facets, Found
from partydoc.index.checking import Finding
from partydoc.index.engine import FULL, Broken, Engine
from partydoc.index.opening import ENGINES
from partydoc.index.parser import parse, parse_line
from partydoc.index.plan import Order
from partydoc.index.query import Query
from partydoc.index.reading import Reader
from partydoc.index.state import IndexState
from partydoc.language import _

__all__ = [
    "ENGINES", "FULL", "Facets", "Finding", "Found", "Hit", "Index", "IndexState", "Order", "Query",
    "parse", "parse_line",
]  # fmt: skip

_T = TypeVar("_T")


class Index:
    """The index in a folder, kept by one engine (`whoosh` or `tantivy`).

    Any number of processes may search while one writes; a writer holds the archive's lock.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.engine = engine
        self._reader = Reader(folder, engine)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self._reader.close()

    def state(self) -> IndexState | None:
        """Return what the index says of itself; None = it has to be rebuilt."""
        return state.read(self.folder, self.engine)

    def fault(self) -> str:
        """Return why the index has no state: `missing`, `outdated` or `damaged`."""
        return state.fault(self.folder, self.engine)

    def generation(self) -> str | None:
        """Return which catalogue the index claims to be made from, whatever its engine."""
        return state.generation(self.folder)

    def generation_begun(self) -> str | None:
        """Return which catalogue an interrupted rebuild was made from, whatever its engine."""
        from partydoc.index import swap

        return state.generation(swap.beside(self.folder))

    def begun(self, generation: str) -> IndexState | None:
        """Return how far an interrupted rebuild has come that fits this catalogue and engine."""
        from partydoc.index import swap  # shutil, which searching does not need

        found = state.read(swap.beside(self.folder), self.engine)
        return found if found and found.mark and found.generation == generation else None

    def made(self) -> int:
        """Return a number that is another one when the index was made anew; 0 = there is none."""
        try:
            return self.folder.stat().st_ino
        except FileNotFoundError:
            return 0

    def rebuild(
        self, documents: Iterable[Searchable], generation: str, mark: int,
        gone: Iterable[str] = (), begun: IndexState | None = None,
        room: Callable[[], bool] = lambda: True,
    ) -> int | None:  # fmt: skip
        """Make the index anew, beside, and swap it in whole; return how many documents it holds.

        `documents` come in the order of their `change`. Where there is no more `room` after one of
        the changes, what is written so far has `begun`, and None is returned. Going on with that,
        `documents` and `gone` are what changed after its mark. The old index answers until the
        end. Raises Damage where this failed, or what was begun is damaged.
        """
        from partydoc.index import swap, writing

        fresh = swap.beside(self.folder) if begun else swap.make(self.folder)
        empty = IndexState(schema.SCHEMA_VERSION, self.engine, generation, 0, 0)
        portion = writing.Portion(documents, room)
        try:
            work = writing.Work(fresh, begun or empty)
            work.write(portion, gone, fresh=begun is None)
            if portion.mark is not None:
                work.pause(portion.mark)
                return None
            now = work.finish(mark)
        except Broken as problem:
            raise self._damage() from problem
        self.close()
        swap.into_place(fresh, self.folder)
        return now.documents

    def forget_begun(self) -> None:
        """Remove what interrupted rebuilds left."""
        from partydoc.index import swap

        swap.clear(self.folder)

    def remove(self) -> None:
        """Remove the index."""
        from partydoc.index import swap

        self.close()
        swap.remove(self.folder)

    def update(
        self, documents: Iterable[Searchable], gone: Iterable[str], generation: str, mark: int,
        room: Callable[[], bool] = lambda: True,
    ) -> int:  # fmt: skip
        """Bring the index up to change number `mark`; return how many documents were written.

        `documents` come in the order of their `change`; without `room` after one, or killed, the
        index is right after the next update from the mark it then shows. Raises Damage where it is
        damaged or was made from another catalogue: then rebuild.
        """
        from partydoc.index import writing

        now = self.state()
        if now is None or now.generation != generation:
            raise self._damage()
        self._look(lambda engine: None)
        self.close()
        portion = writing.Portion(documents, room)
        try:
            work = writing.Work(self.folder, now)
            written = work.write(portion, gone, fresh=False)
            work.finish(mark if portion.mark is None else portion.mark)
        except Broken as problem:
            raise self._damage() from problem
        return written

    def search(
        self, query: Query, limit: int, offset: int = 0, order: Order = Order.BEST,
        facets: bool = False,
    ) -> Found:  # fmt: skip
        """Return the hits of a query from `offset` on, at most `limit`.

        Ordered as asked, the best by score, then date (latest first), then id; with `facets` all
        are counted. What has damaged spellings only always stands below the rest. Raises Damage
        where the index cannot be read, MissingTool where its engine is not installed.
        """

        def look(engine: Engine) -> Found:
            last = min(offset + limit, max(engine.count(), 1))
            found = finding.find(engine, query, last, order)
            hits = answer.hits(engine, found, query, offset)
            counts = answer.facets(engine, found.plan, found.total) if facets else None
            return Found(found.total, hits, counts, found.near)

        return self._look(look)

    def ids(self, query: Query, order: Order = Order.BEST) -> tuple[list[str], int]:
        """Return the ids of all that have the words as typed, as nobody looks at these before use,
        and how many more have damaged spellings only. Raises what `search` raises.
        """
        return self._look(lambda engine: finding.ids(engine, query, order))

    def suggest(self, query: Query) -> str | None:
        """Return the query as it could have been meant, as it is typed; None if it is fine.

        That is where it finds nothing or a word of it stands nowhere. Raises what `search` raises.
        """
        from partydoc.index import suggesting
        from partydoc.index.query import text

        found = self._look(lambda engine: suggesting.suggestion(engine, query))
        return text(found) if found else None

    def words(self, prefix: str, field: str | None = None) -> list[str]:
        """Return the words of all documents, or the values of a field, that begin with a prefix.

        With a mark in the prefix they are given with marks. Raises what `search` raises.
        """
        return self._look(lambda engine: completing.words(engine, prefix, field))

    def seal(self) -> None:
        """Note the times of files that were copied as they were: they need not be read again."""
        from partydoc.index import files

        now, data = self.state(), self.folder / "data"
        if (
            now
            and now.settled
            and not all(files.unchanged(data / one, now.files) for one in now.files)
        ):
            sealed = replace(now, files=files.seals(data, now.files))
            state.write(self.folder, sealed, now.files)

    def deleted(self) -> int:
        """Return how many documents are deleted and still take room in the index's files."""
        return self._look(lambda engine: engine.deleted())

    def check(self, deep: bool = False) -> tuple[Finding, ...]:
        """Test the index on itself: its files, its count, and a document by its own words.

        With `deep` every byte is read.
        """
        from partydoc.index import checking

        now = self.state()
        if now is None:
            return (Finding("unreadable", self._damage().message),)
        if found := checking.altered(now, self.folder / "data", deep):
            return found  # no engine is given what it may choke on
        try:
            return self._reader.look(lambda one: checking.doubts(one, now), False)
        except Broken:
            return (Finding("unreadable", self._damage().message),)
        finally:
            self.close()  # who searches next is to compare

    def _look(self, look: Callable[[Engine], _T]) -> _T:
        try:
            return self._reader.look(look)
        except Broken as problem:
            raise self._damage() from problem

    def _damage(self) -> Damage:
        message = _("The index in {folder} is missing, damaged or of another kind.")
        hint = _("Make it anew: partydoc index --rebuild")
        return Damage(message.format(folder=self.folder), hint)
