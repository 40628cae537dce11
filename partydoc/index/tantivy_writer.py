"""Writing into an index of tantivy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import tantivy

from partydoc.index import schema
from partydoc.index.engine import Busy
from partydoc.index.tantivy_engine import told_as_broken

_HEAP_BYTES = 64_000_000
#: A reader waits longer than this, see reading.
_GLANCE_SECONDS = 0.05


class TantivyWriter:
    """The writer of one index; tantivy's own file lock keeps it alone."""

    def __init__(self, index: Any, folder: Path) -> None:
        self._folder = folder
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("words", words)
        try:
            self._writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as problem:
            if "lock" in str(problem).lower():
                raise Busy(str(problem)) from problem
            raise
        for left in folder.glob(".tmp*"):  # by a killed one; tantivy sweeps all else itself
            left.unlink()
        self._permissions = _Permissions(folder)

    def commit(self, gone: Sequence[str], entries: Iterable[schema.Entry]) -> None:
        """See Writer."""
        with told_as_broken():
            try:
                self._commit(gone, entries)
            except ValueError:
                _write_something(self._folder)  # its threads die without telling why
                raise

    def _commit(self, gone: Sequence[str], entries: Iterable[schema.Entry]) -> None:
        for id_ in gone:
            self._writer.delete_documents_by_term("id", id_)
        for entry in entries:
            self._writer.add_document(_document(entry))
        self._writer.commit()
        self._permissions.give()

    def close(self) -> None:
        """See Writer."""
        with told_as_broken():
            try:
                self._writer.wait_merging_threads()
            finally:
                self._permissions.close()


class _Permissions:
    """Lets whoever may read the folder of an index read all that is in it, until closed.

    Tantivy makes two of its files anew for their owner alone: at each commit, and whenever a merge
    in the background ends, which it tells nobody.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._closed = Event()
        self._watch = Thread(target=self._give_again, daemon=True)
        self._watch.start()

    def give(self) -> None:
        """Give what was taken since."""
        wanted = self._folder.stat().st_mode & 0o044
        for name in ("meta.json", ".managed.json"):
            path = self._folder / name
            mode = path.stat().st_mode
            if mode & wanted != wanted:
                path.chmod(mode | wanted)

    def _give_again(self) -> None:
        while not self._closed.wait(_GLANCE_SECONDS):
            with suppress(OSError):
                self.give()

    def close(self) -> None:
        """Give it for the last time."""
        self._closed.set()
        self._watch.join()
        self.give()


def _document(entry: schema.Entry) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_unsigned(schema.LATEST, entry.latest)
    document.add_unsigned(schema.OLDEST, entry.oldest)
    document.add_text(schema.SHELF, entry.shelf)
    for name, value in entry.facets.items():
        document.add_text(name, value)
    # Each value of a field begins after a gap, so that no run of words crosses parts.
    for part in entry.words:
        document.add_text(schema.WORDS, " ".join(part))
    for part in entry.facts:
        document.add_text(schema.FACTS, " ".join(part))
    document.add_text(schema.PAIRS, " ".join(entry.pairs))
    document.add_text(schema.MARKED, " ".join(entry.marked))
    document.add_text(schema.HEADING, " ".join(entry.heading))
    document.add_bytes("stored", entry.stored.encode())
    return document


def _write_something(folder: Path) -> None:
    """Raise the system's error where nothing can be written."""
    import tempfile

    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(1 << 20))
        file.flush()
