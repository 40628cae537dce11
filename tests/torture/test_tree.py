"""The model of a power cut: what was synced stays, anything else may be there or not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from torture.recorder import Recorder
from torture.syscalls import calls
from torture.tree import Recording, Tree

pytestmark = pytest.mark.skipif(
    "states" in os.environ.get("TORTURE_WITHOUT", ""), reason="left out by TORTURE_WITHOUT"
)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Recording]:
    """Record what a few lines of Python do in a folder in which a file `old` stands."""

    def _record(code: str) -> Recording:
        folder = tmp_path / "work"
        folder.mkdir()
        (folder / "old").write_bytes(b"old bytes")
        before = Tree.of(folder)
        monkeypatch.chdir(folder)
        script, log = tmp_path / "script.py", tmp_path / "log"
        script.write_text(f"import os\n{code}")
        trace = ["strace", "-f", "-y", "-xx", "-z", "-s", "100000", "-o", str(log)]
        subprocess.run([*trace, sys.executable, "-S", str(script)], check=True)
        return Recorder(folder, before).take(calls(log.open(errors="replace")))

    return _record


def _there(recording: Recording, *dropped: str) -> dict[str, bytes | None]:
    """Return the files when some of what was pending at the end never reached the disk."""
    pending = recording.pending(recording.events)
    gone = {one for one in pending if recording.changes[one].what in dropped}
    assert len(gone) == len(dropped), [recording.changes[one].what for one in pending]
    flat = recording.state(recording.changes.keys() - gone)._flat()
    return {name: data for name, data in flat.items() if data is not None}


_WRITE = """
f = os.open("new", os.O_WRONLY | os.O_CREAT, 0o600)
os.write(f, b"bytes")
"""


def test_what_was_not_synced_may_be_lost_in_part(record: Callable[[str], Recording]) -> None:
    found = record(_WRITE)
    assert _there(found) == {"/old": b"old bytes", "/new": b"bytes"}
    assert _there(found, "write") == {"/old": b"old bytes", "/new": b""}
    assert _there(found, "make new") == {"/old": b"old bytes"}


def test_a_synced_file_needs_its_name_synced_too(record: Callable[[str], Recording]) -> None:
    found = record(_WRITE + "os.fsync(f)")
    assert [found.changes[one].what for one in found.pending(found.events)] == ["make new"]
    assert _there(found, "make new") == {"/old": b"old bytes"}


def test_what_is_synced_stays(record: Callable[[str], Recording]) -> None:
    found = record(_WRITE + "os.fsync(f); os.fsync(os.open('.', os.O_RDONLY))")
    assert found.pending(found.events) == []


def test_a_name_may_come_before_the_bytes(record: Callable[[str], Recording]) -> None:
    found = record(_WRITE + "os.rename('new', 'old'); os.fsync(os.open('.', os.O_RDONLY))")
    assert _there(found, "write") == {"/old": b""}
    assert _there(found) == {"/old": b"bytes"}


def test_a_rename_is_done_or_not(record: Callable[[str], Recording]) -> None:
    found = record("os.mkdir('a'); os.fsync(os.open('.', os.O_RDONLY)); os.rename('old', 'a/new')")
    assert _there(found) == {"/a/new": b"old bytes"}
    assert _there(found, "rename old to new") == {"/old": b"old bytes"}


def test_a_folder_that_is_lost_takes_all_in_it_along(record: Callable[[str], Recording]) -> None:
    found = record("os.mkdir('a'); os.link('old', 'a/b'); os.fsync(os.open('a', os.O_RDONLY))")
    assert _there(found, "make a") == {"/old": b"old bytes"}


def test_a_removal_may_not_have_happened(record: Callable[[str], Recording]) -> None:
    found = record("os.unlink('old')")
    assert _there(found) == {}
    assert _there(found, "remove old") == {"/old": b"old bytes"}


def test_half_of_a_write_may_reach_the_disk(record: Callable[[str], Recording]) -> None:
    found = record(_WRITE)
    (torn,) = [one for one in found.changes if found.changes[one].half]
    assert found.state(found.changes, torn)._flat()["/new"] == b"by"


def test_places_in_a_file_are_followed(record: Callable[[str], Recording]) -> None:
    code = "f = open('old', 'r+b'); f.seek(4); f.write(b'BYTES'); f.close()\n"
    found = record(code + "open('old', 'ab').write(b'!'); os.truncate('old', 8)")
    assert _there(found) == {"/old": b"old BYTE"}
