"""The engine that runs everywhere: whoosh, pure Python."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from partydoc.index import plan, schema
from partydoc.index.engine import Broken, Busy
from partydoc.index.whoosh_fields import LockError, index, index_schema
from partydoc.index.whoosh_match import Segment, Statistics

Row = tuple[float, int, str, Any, int]


class WhooshEngine:
    """An index of whoosh in a folder."""

    def __init__(self, folder: Path, create: bool) -> None:
        with _told_as_broken():
            if create:
                self._index = index.create_in(str(folder), index_schema())
            else:
                self._index = index.open_dir(str(folder))
            self._reader = self._index.reader()
            for leaf, _ in self._reader.leaf_readers():
                _open_columns(leaf)

    def find(self, wanted: plan.Plan, limit: int) -> tuple[int, list[tuple[float, str]]]:
        """See Engine."""
        with _told_as_broken():
            return self._find(wanted, limit)

    def _find(self, wanted: plan.Plan, limit: int) -> tuple[int, list[tuple[float, str]]]:
        statistics = Statistics(self._reader)
        total = 0
        best: list[Row] = []
        for leaf, _ in self._reader.leaf_readers():
            segment = Segment(leaf, statistics)
            found = segment.find(wanted.match)
            if not found:
                continue
            total += len(found)
            best += _best(leaf, segment.scores(wanted, found), limit)
        best.sort(key=lambda row: row[:3])
        return total, [
            (-score, leaf.stored_fields(document)["stored"])
            for score, _, _, leaf, document in best[:limit]
        ]

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """See Engine."""
        with _told_as_broken():
            return [word.decode() for word in self._reader.expand_prefix(field, prefix)]

    def count(self) -> int:
        """See Engine."""
        return self._reader.doc_count()

    def sample(self) -> str | None:
        """See Engine."""
        with _told_as_broken():
            first = next(iter(self._reader.all_doc_ids()), None)
            return None if first is None else self._reader.stored_fields(first)["stored"]

    def writer(self) -> WhooshWriter:
        """See Engine."""
        return WhooshWriter(self._index)

    def close(self) -> None:
        """See Engine."""
        self._reader.close()
        self._index.close()


@contextmanager
def _told_as_broken() -> Iterator[None]:
    # Whoosh meets damaged and vanished files with almost any error: EOFError, struct.error, …
    try:
        yield
    except Exception as problem:
        raise Broken(f"{type(problem).__name__}: {problem}") from problem


def _open_columns(leaf: Any) -> None:
    """Open the files that whoosh opens late, so that none is missing in the middle of a search."""
    if not leaf.doc_count_all():
        return
    if not (leaf.has_column("date") and leaf.has_column("id")):
        raise FileNotFoundError("columns")
    leaf.column_reader("id")
    leaf.column_reader("date")
    leaf.doc_field_length(0, schema.WORDS)
    leaf.stored_fields(0)


def _best(leaf: Any, scores: dict[int, float], limit: int) -> list[Row]:
    """Return the best documents of a segment; only what can be among them has its date read."""
    edge = heapq.nlargest(limit, scores.values())[-1] if len(scores) > limit else float("-inf")
    dates, ids = leaf.column_reader("date"), leaf.column_reader("id")
    rows = (
        (-score, -dates[document], ids[document], leaf, document)
        for document, score in scores.items()
        if score >= edge
    )
    return heapq.nsmallest(limit, rows, key=lambda row: row[:3])


class WhooshWriter:
    """The writer of one index; whoosh's own file lock keeps it alone during a batch."""

    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._writer: Any = self._open()

    def _open(self) -> Any:
        try:
            # A compound segment is copied into memory whole at every open.
            return self._index.writer(compound=False)
        except LockError as problem:
            raise Busy(str(self._index)) from problem

    def commit(self, gone: Sequence[str], entries: Sequence[schema.Entry], fresh: bool) -> None:
        """See Writer."""
        writer = self._writer or self._open()
        self._writer = None
        try:
            _delete(writer, [*gone, *(() if fresh else (entry.id for entry in entries))])
            for entry in entries:
                writer.add_document(
                    id=entry.id,
                    date=entry.date,
                    stored=entry.stored,
                    **{
                        schema.WORDS: entry.words,
                        schema.MARKED: entry.marked,
                        schema.HEADING: entry.heading,
                        schema.FACTS: entry.facts,
                    },
                )
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def close(self) -> None:
        """See Writer."""
        if self._writer:
            self._writer.cancel()


def _delete(writer: Any, ids: Sequence[str]) -> None:
    if not ids:
        return
    with writer.reader() as reader:
        for id_ in ids:
            if ("id", id_) in reader:
                for document in reader.postings("id", id_).all_ids():
                    writer.delete_document(document)
