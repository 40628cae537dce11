"""Other ways to find the same texts: recoll, SQLite FTS5, and each engine without partydoc.

None of them knows fields here, and none keeps words with marks and words without apart: FTS5 and
whoosh get text that was folded before, tantivy folds it, recoll does what it does.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.search.archives import read_records
from benchmarks.search.cold import Command
from partydoc import text


class Peer(Protocol):
    """One contestant: `build` makes its index in a folder, `command` asks it for ten hits."""

    name: str

    def build(self, records: Path, folder: Path) -> None:
        """Index a stream of records."""

    def command(self, folder: Path, kind: str, arguments: Sequence[str]) -> Command | None:
        """Return the command for a query; None for a kind it does not know."""


_WORDS = ("one word", "three words", "folded", "with marks")


class Recoll:
    """Recoll of the distribution (recollindex, recollq), over the texts as files."""

    name = "recoll"

    def build(self, records: Path, folder: Path) -> None:
        """See Peer."""
        for one in read_records(records):
            path = folder / "texts" / one.id[:2] / f"{one.id}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(one.pages), encoding="utf-8")
        (folder / "recoll.conf").write_text(f"topdirs = {folder / 'texts'}\nloglevel = 1\n")
        subprocess.run(["recollindex", "-c", folder], check=True, capture_output=True)

    def command(self, folder: Path, kind: str, arguments: Sequence[str]) -> Command | None:
        """See Peer."""
        if kind == "phrase":
            return ["recollq", "-c", str(folder), "-n", "10", "-A", f'"{arguments[0]}"']
        if kind in _WORDS:
            return ["recollq", "-c", str(folder), "-n", "10", "-A", " ".join(arguments)]
        return None


class Fts5:
    """SQLite FTS5 from Python, one table."""

    name = "FTS5"

    def build(self, records: Path, folder: Path) -> None:
        """See Peer."""
        db = sqlite3.connect(folder / "fts5.sqlite")
        db.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body)")
        db.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            ((one.id, text.fold("\n".join(one.pages))) for one in read_records(records)),
        )
        db.commit()
        db.close()

    def command(self, folder: Path, kind: str, arguments: Sequence[str]) -> Command | None:
        """See Peer."""
        if kind in (*_WORDS, "phrase"):
            asked = " ".join(f'"{text.fold(argument)}"' for argument in arguments)
            return [sys.executable, "-c", _ASK_FTS5, str(folder / "fts5.sqlite"), asked]
        return None


_ASK_FTS5 = """
import sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for row in db.execute(
    "SELECT id, snippet(texts, 1, '[', ']', '', 20) FROM texts WHERE texts MATCH ?"
    " ORDER BY rank LIMIT 10", (sys.argv[2],)
):
    print(*row)
"""


class Tantivy:
    """Tantivy from Python without partydoc."""

    name = "bare tantivy"

    def build(self, records: Path, folder: Path) -> None:
        """See Peer."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", stored=True, tokenizer_name="folded")
        index = tantivy.Index(builder.build(), str(folder))
        register_folded(index)
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for one in read_records(records):
            writer.add_document(tantivy.Document(id=one.id, body="\n".join(one.pages)))
        writer.commit()
        writer.wait_merging_threads()

    def command(self, folder: Path, kind: str, arguments: Sequence[str]) -> Command | None:
        """See Peer."""
        if kind in (*_WORDS, "phrase"):
            asked = " ".join(f'+"{text.fold(argument)}"' for argument in arguments)
            return [sys.executable, "-c", _ASK_TANTIVY, str(folder), asked]
        return None


_ASK_TANTIVY = """
import sys
import tantivy
from tantivy import Filter, SnippetGenerator, TextAnalyzerBuilder, Tokenizer
folded = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
index = tantivy.Index.open(sys.argv[1])
index.register_tokenizer("folded", folded.filter(Filter.ascii_fold()).build())
query = index.parse_query(sys.argv[2], ["body"])
searcher = index.searcher()
snippets = SnippetGenerator.create(searcher, query, index.schema, "body")
for score, address in searcher.search(query, 10).hits:
    document = searcher.doc(address)
    print(document["id"][0], snippets.snippet_from_doc(document).to_html())
"""


def register_folded(index: Any) -> None:
    """Tell a tantivy index what its tokenizer `folded` is."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    folded = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    index.register_tokenizer("folded", folded.filter(Filter.ascii_fold()).build())


class Whoosh:
    """Whoosh without partydoc, with the settings it has of itself."""

    name = "bare whoosh"

    def build(self, records: Path, folder: Path) -> None:
        """See Peer."""
        from whoosh import analysis, fields, index

        words = analysis.RegexTokenizer() | analysis.LowercaseFilter()
        schema = fields.Schema(id=fields.ID(stored=True), body=fields.TEXT(words, stored=True))
        writer = index.create_in(str(folder), schema).writer()
        for one in read_records(records):
            writer.add_document(id=one.id, body=text.fold("\n".join(one.pages)))
        writer.commit()

    def command(self, folder: Path, kind: str, arguments: Sequence[str]) -> Command | None:
        """See Peer."""
        if kind in (*_WORDS, "phrase"):
            asked = " ".join(f'"{text.fold(argument)}"' for argument in arguments)
            return [sys.executable, "-W", "ignore", "-c", _ASK_WHOOSH, str(folder), asked]
        return None


_ASK_WHOOSH = """
import sys
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
index = open_dir(sys.argv[1])
with index.searcher() as searcher:
    for hit in searcher.search(QueryParser("body", index.schema).parse(sys.argv[2]), limit=10):
        print(hit["id"], hit.highlights("body"))
"""

PEERS: dict[str, Peer] = {
    "recoll": Recoll(), "fts5": Fts5(), "tantivy": Tantivy(), "whoosh": Whoosh(),
}  # fmt: skip
