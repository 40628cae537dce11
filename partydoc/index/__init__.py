"""Record -> findable: the index of an archive, derived from its store and catalogue.

Searching imports one engine and nothing else that is heavy; engines are opened when needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from partydoc.document import Hit, Searchable
from partydoc.errors import Damage, Locked
from partydoc.index import plan, schema, snippet, state
from partydoc.index.engine import Broken, Busy, Engine, Writer
from partydoc.index.opening import ENGINES, open_engine
from partydoc.index.query import Query, parse, parse_line
from partydoc.index.state import IndexState
from partydoc.language import _

__all__ = [
    "ENGINES", "Finding", "Found", "Hit", "Index", "IndexState", "Query", "parse", "parse_line",
]  # fmt: skip

BATCH = 500
_PATIENCE_SECONDS = 10.0
_LOOKS = 3

_T = TypeVar("_T")


@dataclass(frozen=True)
class Found:
    """The answer to a query: how many documents match, and some of them, best first."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Finding:
    """Something wrong with the index: `unreadable`, `count` or `not-found`, and a sentence."""

    kind: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `index --check --json`."""
        return {"version": 1, "finding": self.kind, "message": self.message}


class Index:
    """The index in a folder, kept by one engine (`whoosh` or `tantivy`).

    Any number of processes may search while one writes; a writer holds the archive's lock.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.engine = engine
        self._opened: Engine | None = None
        self._stamp: tuple[int, int] | None = None

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
        if self._opened:
            self._opened.close()
            self._opened = None

    def state(self) -> IndexState | None:
        """Return what the index says of itself; None = it has to be rebuilt."""
        return state.read(self.folder, self.engine)

    def rebuild(self, documents: Iterable[Searchable], generation: str, mark: int) -> int:
        """Make the index anew, beside, and swap it in whole; return the number of documents."""
        from partydoc.index import swap  # ctypes and shutil, which searching does not need

        fresh = swap.beside(self.folder)
        data = fresh / "data"
        data.mkdir()
        engine = open_engine(self.engine, data, create=True)
        writer = _open_writer(engine)
        count = 0
        try:
            for batch in _batches(documents):
                writer.commit((), [schema.entry(document) for document in batch], fresh=True)
                count += len(batch)
        finally:
            writer.close()
            engine.close()
        state.write(fresh, self._state(generation, mark, count))
        self.close()
        swap.into_place(fresh, self.folder)
        return count

    def update(
        self, documents: Iterable[Searchable], gone: Iterable[str], generation: str, mark: int
    ) -> int:
        """Bring the index up to change number `mark`; return how many documents were written.

        `documents` come in the order of their `change`. Killed at any point, the index is right
        after the next update from the mark it then shows. Raises Damage where it cannot be
        opened or was made from another catalogue: then rebuild.
        """
        now = self.state()
        if now is None or now.generation != generation:
            raise self._damage()
        self.close()
        engine = self._look(lambda engine: engine)
        writer = _open_writer(engine)
        written, leaving = 0, list(gone)
        try:
            for batch in _batches(documents):
                writer.commit(leaving, [schema.entry(document) for document in batch], fresh=False)
                written, leaving = written + len(batch), []
                # Others may share the last one's change number and be still to come.
                self._note(generation, max(now.mark, batch[-1].change - 1))
            if leaving:
                writer.commit(leaving, (), fresh=False)
        finally:
            writer.close()
            self.close()
        self._note(generation, mark)
        return written

    def search(self, query: Query, limit: int, offset: int = 0) -> Found:
        """Return the hits of a query from `offset` on, at most `limit`.

        Ordered by score, then date (latest first), then id. Raises Damage where the index
        cannot be read, MissingTool where its engine is not installed.
        """

        def look(engine: Engine) -> Found:
            wanted = plan.make(query, engine.vocabulary)
            total, best = engine.find(wanted, offset + limit) if limit else engine.find(wanted, 1)
            needles = snippet.needles(query)
            hits = (_hit(score, stored, needles) for score, stored in best[offset : offset + limit])
            return Found(total, tuple(hits))

        return self._look(look)

    def check(self) -> tuple[Finding, ...]:
        """Test the index on itself: it opens, counts right, and finds a document by its words."""
        now = self.state()
        if now is None:
            return (Finding("unreadable", self._damage().message),)
        try:
            return self._look(lambda engine: tuple(_doubts(engine, now)))
        except Damage as problem:
            return (Finding("unreadable", problem.message),)

    def _look(self, look: Callable[[Engine], _T]) -> _T:
        """Read from the index; once more where it was swapped or merged under our eyes."""
        for attempt in range(_LOOKS):
            try:
                return look(self._open())
            except Broken as problem:
                self.close()
                broken = problem
                time.sleep(0.05 * attempt)
        raise self._damage() from broken

    def _open(self) -> Engine:
        """Return the opened engine, opened again where the index has changed since."""
        try:
            found = (self.folder / state.NAME).stat()
        except OSError as problem:
            raise Broken(str(problem)) from problem
        stamp = (found.st_ino, found.st_mtime_ns)
        if self._opened and stamp != self._stamp:
            self.close()
        if not self._opened:
            self._opened, self._stamp = open_engine(self.engine, self.folder / "data"), stamp
        return self._opened

    def _note(self, generation: str, mark: int) -> None:
        engine = open_engine(self.engine, self.folder / "data")
        count = engine.count()
        engine.close()
        state.write(self.folder, self._state(generation, mark, count))

    def _state(self, generation: str, mark: int, documents: int) -> IndexState:
        return IndexState(schema.SCHEMA_VERSION, self.engine, generation, mark, documents)

    def _damage(self) -> Damage:
        message = _("The index in {folder} is missing, damaged or of another kind.")
        hint = _("Make it anew: partydoc index --rebuild")
        return Damage(message.format(folder=self.folder), hint)


def _batches(documents: Iterable[Searchable]) -> Iterator[list[Searchable]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        # The same document twice in one batch: the later state is the one that counts.
        yield list({document.id: document for document in batch}.values())


def _open_writer(engine: Engine) -> Writer:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return engine.writer()
        except Busy as problem:
            if time.monotonic() > deadline:
                hint = _("Wait until it has finished, then type the command again.")
                raise Locked(_("Another process is writing into the index."), hint) from problem
            time.sleep(0.1)


def _hit(score: float, stored: str, needles: tuple[snippet.Needle, ...]) -> Hit:
    document = schema.unpack(stored)
    shown = snippet.best(document.pages, document.fields.get("subject"), needles)
    return Hit(document.id, round(score, 4), shown.page, shown.text, shown.marks)


def _doubts(engine: Engine, now: IndexState) -> Iterator[Finding]:
    count = engine.count()
    if count != now.documents:
        message = _("The index holds {count} documents instead of {expected}.")
        yield Finding("count", message.format(count=count, expected=now.documents))
    stored = engine.sample()
    known = schema.unpack(stored) if stored else None
    words = {word for page in known.pages for word in schema.folded_words(page)} if known else set()
    if known and words:
        word = max(words, key=lambda word: (len(word), word))
        wanted = (plan.Term("id", known.id), plan.Term(schema.WORDS, word))
        if engine.find(plan.Plan(plan.Every(wanted), (), scored=False), 1)[0] != 1:
            message = _("The index does not find document {id} by its own words.")
            yield Finding("not-found", message.format(id=known.id))
