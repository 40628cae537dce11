"""Writing into an index: batch by batch, and its state tells at each step what can be relied on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from partydoc.document import Searchable
from partydoc.errors import Damage, Locked
from partydoc.failing import step
from partydoc.index import checking, files, schema, state
from partydoc.index.engine import Busy, Engine, Writer
from partydoc.index.opening import open_engine
from partydoc.index.state import IndexState
from partydoc.language import _

#: A batch has at most so many documents, and characters of text; they are in memory at once.
BATCH, BATCH_TEXT = 10_000, 8_000_000
#: Whoosh keeps more of each document in memory until it commits.
_FEWER = {"whoosh": 2000}
_PATIENCE_SECONDS = 10.0


class Portion:
    """Documents until there is no more room; all of one change are in it or none.

    `mark` is then the last change that is in it; None as long as nothing was left out.
    """

    def __init__(self, documents: Iterable[Searchable], room: Callable[[], bool]) -> None:
        self._documents, self._room = documents, room
        self.mark: int | None = None

    def __iter__(self) -> Iterator[Searchable]:
        change = None
        for document in self._documents:
            if change not in (None, document.change) and not self._room():
                self.mark = change
                break
            change = document.change
            yield document


class Work:
    """An index that is being written; `now` is what it said before.

    Killed at any point, what the state then says is true: what comes after its mark is to be
    written again. Raises Broken where the engine cannot write.
    """

    def __init__(self, folder: Path, now: IndexState) -> None:
        self._folder, self._data, self._now = folder, folder / "data", now
        self._last: str | None = None
        create = not self._data.exists()
        if create:
            self._data.mkdir()
        # From here on readers do not count, nor look whether files are what they were.
        self._note(now.mark, now.documents)
        self._engine = open_engine(now.engine, self._data, create)

    def write(self, documents: Iterable[Searchable], gone: Iterable[str], fresh: bool) -> int:
        """Take out the ids in `gone` and write documents; return how many were written.

        They come in the order of their `change`; `fresh` promises that none is there already.
        """
        writer = _open_writer(self._engine)
        try:
            written = self._write(writer, iter(documents), list(gone), fresh)
        except BaseException:
            with suppress(Exception):  # what was wrong first is what counts
                writer.close()
            raise
        else:
            writer.close()
        finally:
            self._engine.close()
        return written

    def _write(
        self, writer: Writer, documents: Iterator[Searchable], leaving: list[str], fresh: bool
    ) -> int:
        written, first = 0, next(documents, None)
        while first:
            # The same document twice in one batch: the later state is the one that counts.
            batch = {one.id: one for one in self._batch(first, documents)}
            gone = leaving if fresh else [*leaving, *batch]
            step()
            writer.commit(gone, map(schema.entry, batch.values()))
            written, leaving, self._last = written + len(batch), [], next(reversed(batch))
            first = next(documents, None)
            if first:  # else the end is noted
                # Others may share the last one's change number and be still to come.
                mark = max(self._now.mark, batch[self._last].change - 1)
                self._note(mark, self._now.documents + written)
        if leaving:
            step()
            writer.commit(leaving, ())
        step()
        return written

    def _batch(self, first: Searchable, documents: Iterator[Searchable]) -> Iterator[Searchable]:
        most, room = min(BATCH, _FEWER.get(self._now.engine, BATCH)), BATCH_TEXT
        for one in islice(chain([first], documents), most):
            yield one
            room -= sum(map(len, one.pages))
            if room <= 0:
                return

    def pause(self, mark: int) -> None:
        """Let another time go on: all changes up to a mark are in."""
        engine = open_engine(self._now.engine, self._data)
        try:
            count = engine.count()
        finally:
            engine.close()
        self._note(mark, count)

    def finish(self, mark: int) -> IndexState:
        """Test the index on itself and let readers rely on it; raises Damage where it fails."""
        engine = open_engine(self._now.engine, self._data)
        try:
            doubts = tuple(checking.not_found(engine, self._last))
            count = engine.count()
        finally:
            engine.close()
        if doubts:
            raise Damage(doubts[0].message, _("Make it anew: partydoc index --rebuild"))
        sealed = files.seals(self._data, self._now.files)
        now = replace(self._now, mark=mark, documents=count, settled=True, files=sealed)
        state.write(self._folder, now, self._now.files)
        return now

    def _note(self, mark: int, documents: int) -> None:
        now = replace(self._now, mark=mark, documents=documents, settled=False)
        state.write(self._folder, now, self._now.files)


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
