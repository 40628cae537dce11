"""The index beside the catalogue, while others work in the archive."""

from __future__ import annotations

import shutil
from pathlib import Path

import papers
import pytest
from papers import say

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
