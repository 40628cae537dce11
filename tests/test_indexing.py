"""The index beside the catalogue, while others work in the archive."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import desk
import papers
import pytest
from conftest import Run
from papers import say

from benchmarks.search import archives
from partydoc import indexing, searching
from partydoc.archive.root import Archive


@pytest.fixture
def filled(fast_disk: Path) -> tuple[Archive, list[str]]:
    return papers.filled(fast_disk)


def test_whoever_corrects_does_not_wait_for_an_index_that_is_made_anew(
    filled: tuple[Archive, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    archive, (first, _second) = filled
    shutil.rmtree(archive.index)
    say(archive, first, {"signer": "Nguyễn Văn Mẫu"})
    assert not archive.index.exists()
    found = searching.search(archive, ["signer:mau"], 10, 0).results
    assert [one.hit.id for one in found] == [first]


def test_a_catalogue_with_changes_later_than_its_last_is_made_anew(
    filled: tuple[Archive, list[str]], run: Run
) -> None:
    """A disk that loses what it said to keep leaves such; the index would never catch up."""
    archive, (first, _second) = filled
    with sqlite3.connect(archive.catalogue) as db:
        db.execute("UPDATE documents SET change = change + 100 WHERE id = ?", (first,))
    assert "catalogue was damaged" in run("-a", archive.root, "index").err
    assert run("-a", archive.root, "index", "--check").out == ""


def test_every_byte_of_the_index_is_read_while_somebody_writes(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, _ids = filled
    with archive.writing(wait=0):
        assert not indexing.doubtful(archive)
        largest = max((archive.index / "data").iterdir(), key=lambda path: path.stat().st_size)
        data = bytearray(largest.read_bytes())
        data[len(data) // 2] ^= 1
        largest.chmod(0o640)
        largest.write_bytes(data)
        assert indexing.doubtful(archive)


def size(archive: Archive) -> int:
    return sum(path.stat().st_size for path in archive.index.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "times"), [("tantivy", 1000), ("whoosh", 250)])
def test_many_corrections_do_not_double_the_index(fast_disk: Path, engine: str, times: int) -> None:
    if not indexing.has_engine(engine):
        pytest.skip(f"{engine} is not installed")
    count = 60  # so few that the engines merge nothing of their own accord
    archive = archives.make_whole(fast_disk / "archive", engine, count)
    with desk.at_work(archive) as opened:
        indexing.rebuild(opened)
        fresh, largest = size(archive), 0
        ids = [row.id for row in opened.catalogue.changed_since(0)]
        for number in range(times):
            kept = opened.store.kept(ids[number % count])
            assert kept
            opened.catalogue.note(kept, held=False)
            indexing.keep_up(opened)
            largest = max(largest, size(archive))
    assert largest <= 2 * fresh
    assert indexing.check(archive) == ()
    assert len(searching.search(archive, ["vao", "so"], 100, 0).results) == count
