"""The benchmark of the search: documents that repeat, archives that open, marked misses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from conftest import Run

from benchmarks import parts
from benchmarks.aim import Aim
from benchmarks.search import archives, cold, documents, speed, upkeep
from benchmarks.search.upkeep import Figure
from partydoc.errors import QueryProblem
from partydoc.index import ENGINES, Index, parse, schema


def test_the_same_number_gives_the_same_document() -> None:
    assert documents.document(7) == documents.document(7)
    assert documents.document(7).pages != documents.document(8).pages


def test_documents_have_about_three_kilobytes_and_are_damaged_a_little() -> None:
    every = list(documents.documents(50))
    size = sum(len(page.encode()) for one in every for page in one.pages) / len(every)
    assert 2700 < size < 3400
    printed = [documents.document(number, damaged=False) for number in range(50)]
    pairs = [
        (word, other)
        for one, other in zip(printed, every, strict=True)
        for word, other in zip(
            " ".join(one.pages).split(), " ".join(other.pages).split(), strict=True
        )
    ]
    damaged = sum(word != other for word, other in pairs) / len(pairs)
    assert 0.01 < damaged < 0.03
    assert [one.fields for one in printed] == [one.fields for one in every]


def test_a_known_item_stands_in_its_document_as_printed_only() -> None:
    found = {number: documents.known_item(number) for number in range(30)}
    assert len([words for words in found.values() if words]) >= 10
    for number, words in found.items():
        if words:
            phrase = schema.folded_words(" ".join(words))
            assert len(phrase) == 5
            for damaged in (False, True):
                page = documents.document(number, damaged).pages[1]
                text = " ".join(schema.folded_words(page))
                assert (" ".join(phrase) in text) is not damaged


def test_a_whole_archive_is_sound_and_can_be_indexed_anew(fast_disk: Path, run: Run) -> None:
    root = archives.make_whole(fast_disk / "archive", "whoosh", 3).root
    run("-a", root, "verify", "--deep")
    run("-a", root, "index", "--rebuild")
    found = run("-a", root, "search", "--json", "vao", "so").lines
    assert len(found) == 3
    assert found[0]["reference"].startswith("A29-01-0001-")
    assert run("-a", root, "show", "--text", "1").out


def test_a_large_archive_can_be_searched_and_added_to(fast_disk: Path, run: Run) -> None:
    records = fast_disk / "records.jsonl"
    size = archives.write_records(records, 4)
    pages = [page for one in archives.read_records(records) for page in one.pages]
    assert size == sum(len(page.encode()) for page in pages)
    archive = archives.make_large(fast_disk / "archive", "whoosh", records)
    upkeep.build(archive, records, size)
    assert len(run("-a", archive.root, "search", "--json", "vao", "so").lines) == 4
    archives.add(archive, 2, 4)
    run("-a", archive.root, "index")
    assert len(run("-a", archive.root, "search", "--json", "vao", "so").lines) == 6


@pytest.mark.parametrize("kind", documents.LARGEST)
def test_the_largest_queries_are_allowed_and_larger_ones_are_not(kind: str) -> None:
    asked = documents.LARGEST[kind]
    assert parse(asked)
    with pytest.raises(QueryProblem):
        parse(larger(asked))


def larger(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return a query that asks for one word or number more."""
    *first, last = asked
    match last:
        case "number:1..200":
            return ("number:1..201",)
        case _ if " " in last:
            return (f"{last} {last.split()[0]}",)
    return (*first, last, "OR", last) if "OR" in first else (*first, last, last)


@pytest.mark.slow
def test_both_engines_find_the_same_by_the_largest_queries(fast_disk: Path) -> None:
    pytest.importorskip("tantivy", reason="the extra `fast` is not installed")
    every = list(documents.documents(300))
    found = []
    for engine in ENGINES:
        with Index(fast_disk / engine, engine) as index:
            index.rebuild(every, "one", len(every))
            asked = [parse(one) for one in documents.LARGEST.values()]
            found.append([{hit.id for hit in index.search(one, 300).hits} for one in asked])
            assert [index.suggest(one) for one in asked if not index.search(one, 1).total]
    assert found[0] == found[1]
    assert sum(map(bool, found[0])) >= 4


def test_percentiles_are_values_that_were_measured() -> None:
    assert cold.percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert cold.percentile(range(1, 41), 0.95) == 38
    assert cold.percentile([7], 0.95) == 7


def test_missed_aims_are_marked() -> None:
    times = {
        ("partydoc", "phrase"): [100.0, 300.0], ("FTS5", "phrase"): [900.0, 900.0],
        ("partydoc", "largest: near"): [900.0, 900.0], ("partydoc", "largest: x"): [1.0, 1001.0],
    }  # fmt: skip
    found = [
        Figure("build", 10, "documents/s", Aim(least=1200)),
        Figure("index", 1, "MB", Aim(most=2)),
    ]
    shown = speed.lines(found, times, 150)
    assert [line for line in shown if "!" in line] == [
        "| build | 10.00 documents/s ! | >= 1200 |",
        "| phrase | 200 / 300 ! | 900 / 900 |",
        "| largest: x | 501 / 1001 ! |  |",
    ]


@pytest.mark.slow
def test_the_whole_table_goes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "QUERIES", {"phrase": (("ngan sach",),)})
    monkeypatch.setattr(documents, "LARGEST", {"numbers": documents.LARGEST["numbers"]})
    monkeypatch.setattr(speed, "_KNOWN_ITEMS", 1)
    monkeypatch.setattr(upkeep, "_ROUNDS", 1)
    out = tmp_path / "speed.json"
    command = [
        "search", "speed", "--documents", "60", "--engine", "whoosh", "--runs", "1",
        "--keep", str(tmp_path / "kept"), "--peers", "fts5", "whoosh", "--json", str(out),
    ]  # fmt: skip
    for _ in range(2):  # the second time what was made is asked again
        monkeypatch.setattr(sys, "argv", command)
        parts.main("benchmarks.search", "", (speed,))
        rows = json.loads(out.read_text("utf-8"))["milliseconds"]
        asked = {(row["who"], row["kind"]) for row in rows if row["kind"]}
        assert asked >= {("partydoc", "damaged"), ("partydoc", "largest: numbers")} | {
            (who, "phrase") for who in ("partydoc", "FTS5", "bare whoosh")
        }
        assert "| phrase |" in capsys.readouterr().out
