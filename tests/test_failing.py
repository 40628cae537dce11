"""Steps that are counted, and fail as the tests ask."""

from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from partydoc import failing
from partydoc.archive import disk, readback


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


@pytest.fixture
def keeps_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that keeps the first bit of each write otherwise than it was given."""
    put = disk._put
    monkeypatch.setattr(disk, "_put", lambda to, data: put(to, bytes([data[0] ^ 1]) + data[1:]))


@pytest.mark.usefixtures("keeps_otherwise")
def test_what_the_disk_does_not_keep_is_no_file(tmp_path: Path) -> None:
    for make in (
        lambda: disk.write(tmp_path / "a", b"abcdef"),
        lambda: disk.copy(BytesIO(b"abcdef"), tmp_path / "b"),
        lambda: disk.replace(tmp_path / "c", b"abcdef"),
    ):
        with pytest.raises(OSError) as caught:
            make()
        assert caught.value.errno == errno.EIO
    assert not (tmp_path / "c").exists()


def test_a_line_that_the_disk_does_not_keep_is_cut_off_again(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    log = tmp_path / "a.log"
    disk.append(log, b"one\n")
    request.getfixturevalue("keeps_otherwise")
    with pytest.raises(OSError) as caught:
        disk.append(log, b"two\n")
    assert caught.value.errno == errno.EIO
    assert log.read_bytes() == b"one\n"


def test_a_file_is_read_back_from_the_disk_and_not_from_memory(tmp_path: Path) -> None:
    """Where the system lets memory go when asked: on tmpfs, say, memory is the disk."""
    calls: list[str] = []

    def let_go(*arguments: int) -> None:
        calls.append("let go")
        os.posix_fadvise(*arguments)

    def synced(descriptor: int) -> None:
        calls.append("synced")
        os.fsync(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "os", SimpleNamespace(**{**vars(os), "fsync": synced}))
        patch.setattr(readback, "os", SimpleNamespace(**{**vars(os), "posix_fadvise": let_go}))
        disk.write(tmp_path / "a", b"abcdef")
    assert calls == ["synced", "let go"]
