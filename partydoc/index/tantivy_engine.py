"""The fast engine: tantivy, a compiled library (extra `fast`)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from partydoc.index import plan, schema
from partydoc.index.engine import Broken, Busy

_HEAP_BYTES = 64_000_000
_EVERYTHING_TIED = 4  # how fast the search widens while hits at its edge tie


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", fast=True)
    for field, option in (
        (schema.WORDS, "position"),
        (schema.MARKED, "basic"),
        (schema.HEADING, "freq"),
        (schema.FACTS, "position"),
    ):
        builder.add_text_field(field, tokenizer_name="words", index_option=option)
    # Stored only: bytes are never analysed.
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


@contextmanager
def _told_as_broken() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError) as problem:
        raise Broken(str(problem)) from problem
    except BaseException as problem:
        # On garbled files the compiled library panics, past every ordinary exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise Broken(str(problem)) from problem


class TantivyEngine:
    """An index of tantivy in a folder."""

    def __init__(self, folder: Path, create: bool) -> None:
        self._schema = _schema()
        self._folder = folder
        with _told_as_broken():
            if create:
                self._index = tantivy.Index(self._schema, str(folder), reuse=False)
                self._searcher = self._load()
            elif os.access(folder, os.W_OK):
                self._index = tantivy.Index.open(str(folder))
                self._searcher = self._load()
            else:
                self._open_elsewhere(folder)

    def _load(self) -> Any:
        self._index.config_reader(reload_policy="manual")
        return self._index.searcher()

    def _open_elsewhere(self, folder: Path) -> None:
        """Open for one who may only read: tantivy insists on a lock file beside what it loads."""
        import tempfile

        with tempfile.TemporaryDirectory(prefix="partydoc-") as name:
            for path in folder.resolve().iterdir():
                if not path.name.endswith(".lock"):
                    Path(name, path.name).symlink_to(path)
            self._index = tantivy.Index.open(name)
            self._searcher = self._load()

    def find(self, wanted: plan.Plan, limit: int) -> tuple[int, list[tuple[float, str]]]:
        """See Engine."""
        with _told_as_broken():
            return self._find(wanted, limit)

    def _find(self, wanted: plan.Plan, limit: int) -> tuple[int, list[tuple[float, str]]]:
        compiled = self._with_bonuses(wanted)
        order = None if wanted.scored else "date"
        size = limit + 1
        while True:
            found: Any = self._searcher.search(compiled, size, order_by_field=order)
            hits = found.hits
            if len(hits) < size or hits[-1][0] != hits[limit - 1][0]:
                break
            size *= _EVERYTHING_TIED
        return found.count, self._sorted(hits, wanted.scored)[:limit]

    def _sorted(self, hits: list[Any], scored: bool) -> list[tuple[float, str]]:
        rows = []
        dates = self._searcher.fast_field_values("date", [address for _, address in hits])
        for (key, address), date in zip(hits, dates, strict=True):
            document = self._searcher.doc(address)
            score = key if scored else 0.0
            stored = bytes(document["stored"][0]).decode()
            rows.append((-score, -(date or 0), document["id"][0], stored))
        rows.sort()
        return [(-score, stored) for score, _, _, stored in rows]

    def vocabulary(self, field: str, prefix: str) -> list[str]:
        """See Engine."""
        with _told_as_broken():
            return sorted(word for word, _ in self._searcher.terms_with_prefix(field, prefix))

    def count(self) -> int:
        """See Engine."""
        return self._searcher.num_docs

    def sample(self) -> str | None:
        """See Engine."""
        with _told_as_broken():
            hits = self._searcher.search(Query.all_query(), 1, count=False).hits
            return bytes(self._searcher.doc(hits[0][1])["stored"][0]).decode() if hits else None

    def writer(self) -> TantivyWriter:
        """See Engine."""
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
            case plan.Run(field, words):
                return Query.phrase_query(self._schema, field, list(words))
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


class TantivyWriter:
    """The writer of one index; tantivy's own file lock keeps it alone."""

    def __init__(self, index: Any, folder: Path) -> None:
        self._folder = folder
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("words", words)
        try:
            self._writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as problem:
            if "LockBusy" in str(problem) or "lock" in str(problem).lower():
                raise Busy(str(problem)) from problem
            raise Broken(str(problem)) from problem

    def commit(self, gone: Sequence[str], entries: Sequence[schema.Entry], fresh: bool) -> None:
        """See Writer."""
        for id_ in gone:
            self._writer.delete_documents_by_term("id", id_)
        for entry in entries:
            if not fresh:
                self._writer.delete_documents_by_term("id", entry.id)
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
        self._writer.wait_merging_threads()
        self._open_to_the_group()


def _document(entry: schema.Entry) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_unsigned("date", entry.date)
    # Each value of a field begins after a gap, so that no run of words crosses parts.
    for part in entry.words:
        document.add_text(schema.WORDS, " ".join(part))
    for part in entry.facts:
        document.add_text(schema.FACTS, " ".join(part))
    document.add_text(schema.MARKED, " ".join(entry.marked))
    document.add_text(schema.HEADING, " ".join(entry.heading))
    document.add_bytes("stored", entry.stored.encode())
    return document
