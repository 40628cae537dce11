"""The engine that runs everywhere: whoosh, pure Python."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from partydoc.index import plan, schema
from partydoc.index.engine import FULL, Address, Broken, Busy
from partydoc.index.whoosh_fields import LockError, index, index_schema
from partydoc.index.whoosh_match import Segment, Statistics

#: Two keys, the segment and the number in it.
Row = tuple[Any, Any, Any, int]

_COLUMNS = {
    plan.Order.BEST: schema.LATEST,
    plan.Order.LATEST: schema.LATEST,
    plan.Order.OLDEST: schema.OLDEST,
    plan.Order.SHELF: schema.SHELF,
}


class WhooshEngine:
    """An index of whoosh in a folder."""

    def __init__(self, folder: Path, create: bool) -> None:
        self._folder = folder
        with _told_as_broken():
            if create:
                self._index = index.create_in(str(folder), index_schema())
            else:
                self._index = index.open_dir(str(folder))
            self._reader = self._index.reader()
            for leaf, _ in self._reader.leaf_readers():
                _open_columns(leaf)
            statistics = Statistics(self._reader)
            self._segments = [Segment(leaf, statistics) for leaf, _ in self._reader.leaf_readers()]
        self._matched: tuple[plan.Clause, list[tuple[Segment, set[int]]]] | None = None

    def find(
        self, wanted: plan.Plan, limit: int, order: plan.Order = plan.Order.BEST
    ) -> tuple[int, list[tuple[float, Address]]]:
        """See Engine."""
        with _told_as_broken():
            return self._find(wanted, limit, order)

    def _find(
        self, wanted: plan.Plan, limit: int, order: plan.Order
    ) -> tuple[int, list[tuple[float, Address]]]:
        total = 0
        first: list[Row] = []
        by_score = order is plan.Order.BEST and wanted.scored
        for segment, found in self._matching(wanted.match):
            total += len(found)
            if by_score:
                first += _best(segment.reader, segment.scores(wanted, found), limit)
            else:
                first += _sorted(segment.reader, found, order, limit)
        first.sort(key=_key)
        return total, [
            (-score if by_score else 0.0, (leaf, document))
            for score, _, leaf, document in first[:limit]
        ]

    def stored(self, address: Address) -> str:
        """See Engine."""
        leaf, document = address
        with _told_as_broken():
            return leaf.stored_fields(document)["stored"]

    def _matching(self, wanted: plan.Clause) -> list[tuple[Segment, set[int]]]:
        """Return the matching documents of each segment; once, also for who counts them after."""
        if self._matched is None or self._matched[0] != wanted:
            found = [(segment, segment.find(wanted)) for segment in self._segments]
            self._matched = wanted, [pair for pair in found if pair[1]]
        return self._matched[1]

    def facets(self, wanted: plan.Plan) -> dict[str, list[tuple[str, int]]]:
        """See Engine."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in schema.FACETS}
        with _told_as_broken():
            for segment, found in self._matching(wanted.match):
                for name, counter in counts.items():
                    values = segment.reader.column_reader(name)
                    counter.update(values[document] for document in found)
        return {
            name: [(value, count) for value, count in counter.items() if value]
            for name, counter in counts.items()
        }

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """See Engine."""
        with _told_as_broken():
            return [word.decode() for word in self._reader.expand_prefix(field, prefix)]

    def frequency(self, field: str, word: str) -> int:
        """See Engine."""
        with _told_as_broken():
            return self._reader.doc_frequency(field, word)

    def count(self) -> int:
        """See Engine."""
        return self._reader.doc_count()

    def deleted(self) -> int:
        """See Engine."""
        return self._reader.doc_count_all() - self._reader.doc_count()

    def sample(self) -> str | None:
        """See Engine."""
        with _told_as_broken():
            first = next(iter(self._reader.all_doc_ids()), None)
            return None if first is None else self._reader.stored_fields(first)["stored"]

    def writer(self) -> WhooshWriter:
        """See Engine."""
        with _told_as_broken():
            return WhooshWriter(self._index, self._folder)

    def close(self) -> None:
        """See Engine."""
        self._reader.close()
        self._index.close()


@contextmanager
def _told_as_broken() -> Iterator[None]:
    # Whoosh meets damaged and vanished files with almost any error: EOFError, struct.error, …
    try:
        yield
    except (Busy, MemoryError):
        raise
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in FULL:
            raise
        raise Broken(f"{type(problem).__name__}: {problem}") from problem


def _open_columns(leaf: Any) -> None:
    """Open the files that whoosh opens late, so that none is missing in the middle of a search."""
    if not leaf.doc_count_all():
        return
    if not leaf.has_column(schema.LATEST):
        raise FileNotFoundError("columns")
    leaf.column_reader(schema.LATEST)
    leaf.doc_field_length(0, schema.WORDS)
    leaf.stored_fields(0)


def _key(row: Row) -> tuple[Any, Any]:
    return row[:2]


def _best(leaf: Any, scores: dict[int, float], limit: int) -> list[Row]:
    """Return the best documents of a segment; only what can be among them has its date read."""
    edge = heapq.nlargest(limit, scores.values())[-1] if len(scores) > limit else float("-inf")
    latest = leaf.column_reader(schema.LATEST)
    rows = (
        (-score, -latest[document], leaf, document)
        for document, score in scores.items()
        if score >= edge
    )
    return heapq.nsmallest(limit, rows, key=_key)


def _sorted(leaf: Any, found: set[int], order: plan.Order, limit: int) -> list[Row]:
    """Return the first documents of a segment by one of its columns."""
    keys = leaf.column_reader(_COLUMNS[order])
    sign = -1 if _COLUMNS[order] == schema.LATEST else 1
    rows = ((keys[document] * sign, 0, leaf, document) for document in found)
    return heapq.nsmallest(limit, rows, key=_key)


class WhooshWriter:
    """The writer of one index; whoosh's own file lock keeps it alone during a batch."""

    def __init__(self, opened: Any, folder: Path) -> None:
        self._index = opened
        self._writer: Any = self._open()
        for left in folder.glob("_*.toc.*"):  # by a killed one; whoosh sweeps all else itself
            left.unlink()

    def _open(self) -> Any:
        try:
            # A compound segment is copied into memory whole at every open.
            return self._index.writer(compound=False)
        except LockError as problem:
            raise Busy(str(self._index)) from problem

    def commit(self, gone: Sequence[str], entries: Iterable[schema.Entry]) -> None:
        """See Writer."""
        with _told_as_broken():
            self._commit(gone, entries)

    def _commit(self, gone: Sequence[str], entries: Iterable[schema.Entry]) -> None:
        writer = self._writer or self._open()
        self._writer = None
        try:
            _delete(writer, gone)
            for entry in entries:
                writer.add_document(
                    id=entry.id,
                    stored=entry.stored,
                    **entry.facets,
                    **{
                        schema.LATEST: entry.latest,
                        schema.OLDEST: entry.oldest,
                        schema.SHELF: entry.shelf,
                        schema.WORDS: entry.words,
                        schema.PAIRS: entry.pairs,
                        schema.MARKED: entry.marked,
                        schema.HEADING: entry.heading,
                        schema.FACTS: entry.facts,
                    },
                )
            writer.commit()
        except BaseException:
            _let_go(writer)
            raise

    def close(self) -> None:
        """See Writer."""
        if self._writer:
            _let_go(self._writer)
            self._writer = None


def _let_go(writer: Any) -> None:
    """Drop what was not committed, also where the disk is too full to do so in order."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _delete(writer: Any, ids: Sequence[str]) -> None:
    if not ids:
        return
    with writer.reader() as reader:
        for id_ in ids:
            if ("id", id_) in reader:
                for document in reader.postings("id", id_).all_ids():
                    writer.delete_document(document)
