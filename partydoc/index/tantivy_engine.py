"""The fast engine: tantivy, a compiled library (extra `fast`)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from partydoc.index import plan, schema
from partydoc.index.engine import FULL, Address, Broken, Writer

_EVERYTHING_TIED = 4  # how fast the search widens while hits at its edge tie
_VALUES = 10_000  # more issuers than that are no help to anybody
_COLUMNS = {
    plan.Order.BEST: (schema.LATEST, Order.Desc),
    plan.Order.LATEST: (schema.LATEST, Order.Desc),
    plan.Order.OLDEST: (schema.OLDEST, Order.Asc),
    plan.Order.SHELF: (schema.SHELF, Order.Asc),
}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for column in (schema.LATEST, schema.OLDEST):
        builder.add_unsigned_field(column, fast=True)
    for column in (schema.SHELF, *schema.FACETS):
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    for field, option in (
        (schema.WORDS, "position"),
        (schema.PAIRS, "freq"),
        (schema.MARKED, "basic"),
        (schema.HEADING, "freq"),
        (schema.FACTS, "position"),
    ):
        builder.add_text_field(field, tokenizer_name="words", index_option=option)
    # Stored only: bytes are never analysed.
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


@contextmanager
def told_as_broken() -> Iterator[None]:
    """Tell of whatever goes wrong in the library as Broken, or OSError where the disk is full."""
    try:
        yield
    except (ValueError, OSError) as problem:
        raise _trouble(problem) from problem
    except BaseException as problem:
        # On garbled files the compiled library panics, past every ordinary exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise Broken(str(problem)) from problem


def _trouble(problem: ValueError | OSError) -> Exception:
    """Return what the library means; it knows the numbers of the system's errors in words only."""
    found = re.search(r"os error (\d+)|code: (\d+)|\[Errno (\d+)", str(problem))
    number = int(next(filter(None, found.groups()))) if found else 0
    return OSError(number, os.strerror(number)) if number in FULL else Broken(str(problem))


class TantivyEngine:
    """An index of tantivy in a folder."""

    def __init__(self, folder: Path, create: bool) -> None:
        self._schema = _schema()
        self._folder = folder
        with told_as_broken():
            if create:
                self._index = tantivy.Index(self._schema, str(folder), reuse=False)
                self._searcher = self._load()
            elif _may_lock(folder):
                self._index = tantivy.Index.open(str(folder))
                self._searcher = self._load()
            else:
                from partydoc.index import foreign

                with foreign.view(folder) as beside:
                    self._index = tantivy.Index.open(str(beside))
                    self._searcher = self._load()

    def _load(self) -> Any:
        # The library has begun to watch the index and may, in a thread of its own, read it once
        # more and make its lock file anew, even after it is closed: whoever removes the folder,
        # or cuts off a file of it, has to reckon with that.
        self._index.config_reader(reload_policy="manual")
        return self._index.searcher()

    def find(
        self, wanted: plan.Plan, limit: int, order: plan.Order = plan.Order.BEST
    ) -> tuple[int, list[tuple[float, Address]]]:
        """See Engine."""
        with told_as_broken():
            if order is plan.Order.BEST and wanted.scored:
                return self._best(wanted, limit)
            return self._sorted(wanted, limit, order)

    def _best(self, wanted: plan.Plan, limit: int) -> tuple[int, list[tuple[float, Address]]]:
        compiled = self._with_bonuses(wanted)
        size = limit + 1
        while True:
            found: Any = self._searcher.search(compiled, size)
            hits = found.hits
            if len(hits) < size or hits[-1][0] != hits[limit - 1][0]:
                break
            if hits[-1][0] == hits[0][0]:  # nothing tells them apart but their dates
                return self._sorted(wanted, limit, plan.Order.BEST)
            size *= _EVERYTHING_TIED
        latest = self._searcher.fast_field_values(schema.LATEST, [address for _, address in hits])
        rows = zip(hits, latest, strict=True)
        best = sorted(rows, key=lambda row: (-row[0][0], -row[1]))[:limit]
        return found.count, [hit for hit, _ in best]

    def _sorted(
        self, wanted: plan.Plan, limit: int, order: plan.Order
    ) -> tuple[int, list[tuple[float, Address]]]:
        column, way = _COLUMNS[order]
        compiled = self._compile(wanted.match)
        found: Any = self._searcher.search(compiled, limit, order_by_field=column, order=way)
        return found.count, [(0.0, address) for _, address in found.hits]

    def stored(self, address: Address) -> str:
        """See Engine."""
        with told_as_broken():
            found = self._searcher.doc(address).get_first("stored")
            if found is None:
                raise Broken("stored")
            return bytes(found).decode()

    def facets(self, wanted: plan.Plan) -> dict[str, list[tuple[str, int]]]:
        """See Engine."""
        counts = {name: {"terms": {"field": name, "size": _VALUES}} for name in schema.FACETS}
        with told_as_broken():
            found: Any = self._searcher.aggregate(self._compile(wanted.match), counts)
        return {
            name: [(bucket["key"], bucket["doc_count"]) for bucket in found[name]["buckets"]]
            for name in schema.FACETS
        }

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """See Engine."""
        with told_as_broken():
            return sorted(word for word, _ in self._searcher.terms_with_prefix(field, prefix))

    def frequency(self, field: str, word: str) -> int:
        """See Engine."""
        with told_as_broken():
            return self._searcher.doc_freq(field, word)

    def count(self) -> int:
        """See Engine."""
        return self._searcher.num_docs

    def deleted(self) -> int:
        """See Engine; tantivy tells it only in its own file."""
        try:
            segments = json.loads((self._folder / "meta.json").read_text("utf-8"))["segments"]
            return sum((one["deletes"] or {}).get("num_deleted_docs", 0) for one in segments)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise Broken(str(problem)) from problem

    def sample(self) -> str | None:
        """See Engine."""
        with told_as_broken():
            hits = self._searcher.search(Query.all_query(), 1, count=False).hits
            return self.stored(hits[0][1]) if hits else None

    def writer(self) -> Writer:
        """See Engine."""
        from partydoc.index.tantivy_writer import TantivyWriter  # searching does without

        with told_as_broken():
            return TantivyWriter(self._index, self._folder)

    def close(self) -> None:
        """See Engine."""
        del self._searcher, self._index

    def _with_bonuses(self, wanted: plan.Plan) -> Any:
        match = self._compile(wanted.match)
        if not wanted.bonuses:
            return match
        parts = [(Occur.Must, match)]
        for bonus in wanted.bonuses:
            part = self._compile(bonus.clause)
            if bonus.constant:
                part = Query.const_score_query(part, bonus.weight)
            else:
                part = Query.boost_query(part, bonus.weight)
            parts.append((Occur.Should, part))
        return Query.boolean_query(parts)

    def _compile(self, clause: plan.Clause) -> Any:
        match clause:
            case plan.Term(field, word):
                return Query.term_query(self._schema, field, word, "freq")
            case plan.Run(schema.WORDS, words):
                return self._side_by_side(words)
            case plan.Run(field, words):
                return Query.phrase_query(self._schema, field, list(words))
            case plan.Slots(field, places):
                return Query.const_score_query(self._slots(field, places), 0.0)
            case plan.OneOf(field, words):
                found = Query.term_set_query(self._schema, field, list(words))
                return Query.const_score_query(found, 0.0)
            case plan.Filter(part):
                return Query.const_score_query(self._compile(part), 0.0)
            case plan.Every(parts):
                return Query.boolean_query([(Occur.Must, self._compile(part)) for part in parts])
            case plan.Some(parts):
                return Query.boolean_query([(Occur.Should, self._compile(part)) for part in parts])
            case plan.Without(part):
                everything = Query.const_score_query(Query.all_query(), 0.0)
                without = (Occur.MustNot, self._compile(part))
                return Query.boolean_query([(Occur.Must, everything), without])
        raise TypeError(clause)

    def _side_by_side(self, words: tuple[str, ...]) -> Any:
        pairs = [Query.term_query(self._schema, schema.PAIRS, pair, "freq")
                 for pair in schema.pairs(words)]  # fmt: skip
        if len(pairs) == 1:
            return pairs[0]
        # Places are dear: read only in documents that hold all pairs, and not counted for a score.
        run = Query.phrase_query(self._schema, schema.WORDS, list(words))
        every = [*pairs, Query.const_score_query(run, 0.0)]
        return Query.boolean_query([(Occur.Must, part) for part in every])

    def _slots(self, field: str, places: tuple[tuple[str, ...], ...]) -> Any:
        # One run for each choice of words: a run of patterns would read all their lists first.
        runs = (self._compile(plan.Run(field, words)) for words in product(*places))
        return Query.boolean_query([(Occur.Should, run) for run in runs])


def _may_lock(folder: Path) -> bool:
    """Whether the lock may be taken that tantivy insists on when it loads an index."""
    lock = folder / ".tantivy-meta.lock"
    return os.access(folder, os.W_OK) and (not lock.exists() or os.access(lock, os.W_OK))
