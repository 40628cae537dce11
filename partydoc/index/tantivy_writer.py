"""Writing into an index of tantivy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from partydoc.index import schema
from partydoc.index.engine import Busy
from partydoc.index.tantivy_engine import told_as_broken

_HEAP_BYTES = 64_000_000


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
        self._open_to_the_group()

    def _open_to_the_group(self) -> None:
        """Tantivy writes these two for their owner alone; whoever may read the index needs them."""
        for name in ("meta.json", ".managed.json"):
            path = self._folder / name
            path.chmod(path.stat().st_mode | (self._folder.stat().st_mode & 0o044))

    def close(self) -> None:
        """See Writer."""
        with told_as_broken():
            self._writer.wait_merging_threads()
            self._open_to_the_group()


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
