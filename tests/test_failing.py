"""Steps that are counted, and fail as the tests ask."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from partydoc import failing
from partydoc.archive import disk


@pytest.fixture(autouse=True)
def _from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing, "taken", 0)


def _fails(number: int) -> bool:
    try:
        failing.step()
    except OSError as trouble:
        assert trouble.errno == number
        return True
    return False


@pytest.mark.parametrize("kind", ["enospc", "eio"])
def test_one_step_fails_or_all_from_it_on(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    number = {"enospc": errno.ENOSPC, "eio": errno.EIO}[kind]
    monkeypatch.setenv("PARTYDOC_FAIL_AT", f"2:{kind}")
    assert [_fails(number) for _ in range(4)] == [False, True, False, False]
    monkeypatch.setattr(failing, "taken", 0)
    monkeypatch.setenv("PARTYDOC_FAIL_AT", f"2+:{kind}")
    assert [_fails(number) for _ in range(4)] == [False, True, True, True]


def test_a_short_write_leaves_half_and_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PARTYDOC_FAIL_AT", "2:short")
    with pytest.raises(OSError) as caught:
        disk.write(tmp_path / "a", b"abcdef")
    assert caught.value.errno == errno.ENOSPC
    assert (tmp_path / "a").read_bytes() == b"abc"


def test_steps_are_counted_into_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARTYDOC_COUNT_TO", str(tmp_path / "steps"))
    disk.write(tmp_path / "a", b"a")
    disk.remove(tmp_path / "a")
    assert (tmp_path / "steps").read_text() == str(failing.taken) == "4"


def test_all_is_written_where_the_system_takes_less(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    disk.write(tmp_path / "a", b"abcdefgh")
    disk.append(tmp_path / "a.log", b"a line\n")
    assert (tmp_path / "a").read_bytes() == b"abcdefgh"
    assert (tmp_path / "a.log").read_bytes() == b"a line\n"
