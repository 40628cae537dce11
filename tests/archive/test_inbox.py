"""Files on their way in: found in order, copied whole, refused with a reason."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import bad_inputs
import desk
import pytest

from partydoc.archive import disk, inbox
from partydoc.archive.inbox import Brought, Source
from partydoc.document import Refusal


def bring(path: Path, target: Path, in_inbox: bool = False, quiet: float = 0):
    return inbox.bring(Source(path, in_inbox), target, quiet, sleep=lambda seconds: None)


def test_files_come_in_the_order_of_a_stack_numbers_counted_as_numbers(tmp_path: Path) -> None:
    for name in ("scan10.pdf", "scan9.pdf", "Scan1.pdf", "Thumbs.db", "._x.pdf", "~$y.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "box 2").mkdir()
    (tmp_path / "box 2" / "a.pdf").write_bytes(b"x")
    found = [source.path.name for source, refusal in inbox.walk(tmp_path) if not refusal]
    assert found == ["a.pdf", "Scan1.pdf", "scan9.pdf", "scan10.pdf"]


def test_a_file_is_copied_with_its_digests(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"abc")
    brought = bring(tmp_path / "a.pdf", tmp_path / "copy")
    assert isinstance(brought, Brought)
    assert brought.staged.digests.sha256.startswith("ba7816bf")
    assert (tmp_path / "copy").read_bytes() == b"abc"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bad_inputs.empty, "empty"),
        (bad_inputs.symlink, "symlink-refused"),
        (bad_inputs.fifo, "not-a-file"),
    ],
)
def test_what_is_no_ordinary_file_is_refused_and_left(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    path = make(tmp_path)
    brought = bring(path, tmp_path / "copy")
    assert isinstance(brought, Refusal) and brought.reason == reason
    assert os.path.lexists(path)


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        brought = bring(tmp_path / "s", tmp_path / "copy")
    assert isinstance(brought, Refusal) and brought.reason == "not-a-file"


def test_a_file_larger_than_the_room_there_is_is_refused_and_others_come_in(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(1 << 43)
    (tmp_path / "a.pdf").write_bytes(b"abc")
    assert bring(tmp_path / "huge.pdf", tmp_path / "copy") == Refusal("no-room")
    assert isinstance(bring(tmp_path / "a.pdf", tmp_path / "copy"), Brought)


def test_where_the_reserve_is_gone_no_file_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"abc")
    found = os.statvfs(tmp_path)
    nearly_full = os.statvfs_result([*found[:4], found.f_blocks // 1000, *found[5:]])
    monkeypatch.setattr(os, "statvfs", lambda folder: nearly_full)
    monkeypatch.setattr(os, "strerror", lambda number: f"{number}")
    with pytest.raises(OSError, match=str(errno.ENOSPC)):
        bring(tmp_path / "a.pdf", tmp_path / "copy")


def test_a_missing_file_is_said_to_be_gone(tmp_path: Path) -> None:
    assert bring(tmp_path / "none.pdf", tmp_path / "copy") == Refusal(
        "gone", "No such file or directory"
    )


def test_a_fresh_file_in_the_inbox_waits_until_it_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"abc")
    waiting = bring(tmp_path / "a.pdf", tmp_path / "copy", in_inbox=True, quiet=30)
    assert waiting == Refusal("waiting")
    os.utime(tmp_path / "a.pdf", (1, 1))  # an old date that a copying program gave it
    assert bring(tmp_path / "a.pdf", tmp_path / "copy", True, 30) == Refusal("waiting")


def test_a_file_that_grows_between_two_looks_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")

    def grow(seconds: float) -> None:
        with path.open("ab") as out:
            out.write(b"more")

    assert inbox.bring(Source(path), tmp_path / "copy", 0, sleep=grow) == Refusal("waiting")


def test_a_folder_that_may_not_be_listed_is_a_finding_not_an_end(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        code = _as_nobody(tmp_path)
        assert code == 0
        return
    assert _refused(tmp_path)


def _refused(folder: Path) -> bool:
    (folder / "closed").mkdir()
    (folder / "open.pdf").write_bytes(b"x")
    (folder / "closed").chmod(0)
    found = list(inbox.walk(folder))
    (folder / "closed").chmod(0o700)
    reasons = [refusal.reason if refusal else None for _, refusal in found]
    return reasons == ["no-permission", None]


def _as_nobody(folder: Path) -> int:
    """Root may read everything, so the test gives up its rights in a child."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent.stat().st_mode & 0o777 == 0o700:
            parent.chmod(0o711)
    folder.chmod(0o777)
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    os._exit(0 if _refused(folder) else 1)


def test_a_date_in_the_future_does_not_make_a_file_wait_for_years(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"abc")
    os.utime(tmp_path / "a.pdf", (2**32, 2**32))
    assert isinstance(bring(tmp_path / "a.pdf", tmp_path / "copy", True, 0), Brought)


def test_the_archive_never_takes_in_its_own_files(tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "a")
    (tmp_path / "b.pdf").write_bytes(b"x")
    (archive.inbox / "c.pdf").write_bytes(b"x")
    found = [source.path.name for source, _ in inbox.sources([tmp_path], archive)]
    assert found == ["b.pdf"]
    ((_, refusal),) = inbox.sources([archive.store], archive)
    assert refusal and refusal.reason == "own-file"
    ((source, _),) = inbox.sources([archive.root / "store" / ".." / "inbox"], archive)
    assert source.inbox and source.path.name == "c.pdf"


def test_a_file_that_somebody_has_open_for_writing_waits_however_long_nothing_comes(
    tmp_path: Path,
) -> None:
    with (tmp_path / "a.pdf").open("wb", buffering=0) as writer:
        writer.write(b"first half")
        assert bring(tmp_path / "a.pdf", tmp_path / "copy", in_inbox=True) == Refusal("waiting")
    assert isinstance(bring(tmp_path / "a.pdf", tmp_path / "copy", in_inbox=True), Brought)


def test_a_file_that_is_rewritten_during_the_copy_waits_though_its_date_is_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    copy = disk.copy

    def slow(opened: BinaryIO, target: Path) -> disk.Digests:
        found, before = copy(opened, target), path.stat()
        path.write_bytes(b"xyz")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return found

    monkeypatch.setattr(disk, "copy", slow)
    assert bring(path, tmp_path / "copy") == Refusal("waiting")
    assert not (tmp_path / "copy").exists()


def test_a_pipe_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits at the other end for a reader would lose what he writes."""
    path = bad_inputs.fifo(tmp_path)
    assert bring(path, tmp_path / "copy") == Refusal("not-a-file", "no ordinary file")
    with pytest.raises(OSError, match="No such device"):
        os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # still nobody reads


def test_a_folder_that_became_a_link_to_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.pdf").write_bytes(b"x")
    (tmp_path / "sub").symlink_to(tmp_path / "outside")
    brought = bring(tmp_path / "sub" / "a.pdf", tmp_path / "copy", in_inbox=True)
    assert isinstance(brought, Refusal) and brought.reason == "gone"


def test_folders_may_be_as_deep_as_a_path_can_be_long(fast_disk: Path) -> None:
    deep = fast_disk
    for _ in range(1500):
        deep /= "a"
        deep.mkdir()
    (deep / "x.pdf").write_bytes(b"x")
    try:
        assert [source.path for source, _ in inbox.walk(fast_disk)] == [deep / "x.pdf"]
    finally:
        subprocess.run(["rm", "-rf", fast_disk / "a"], check=True)


def test_a_name_of_dots_and_spaces_is_a_name(tmp_path: Path) -> None:
    for name in ("...", ". .pdf", " ", ".hidden.pdf", "._x.pdf"):
        (tmp_path / name).write_bytes(b"x")
    assert sorted(source.path.name for source, _ in inbox.walk(tmp_path)) == [" ", ". .pdf", "..."]


def test_a_link_in_the_inbox_is_refused_where_it_is_named(tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "a")
    (tmp_path / "x.pdf").write_bytes(b"x")
    (archive.inbox / "link.pdf").symlink_to(tmp_path / "x.pdf")
    ((source, _),) = inbox.sources([archive.inbox / "link.pdf"], archive)
    assert source.inbox and source.path == archive.inbox / "link.pdf"
    assert inbox.bring(source, tmp_path / "copy", 0) == Refusal(
        "symlink-refused", "no ordinary file"
    )


def test_links_that_lead_in_a_circle_stop_nothing(tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "a")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "x.pdf").write_bytes(b"x")
    named = [tmp_path / "round" / "y.pdf", tmp_path / "round", tmp_path / "x.pdf"]
    found = list(inbox.sources(named, archive))
    assert [refusal.reason if refusal else None for _, refusal in found] == [
        "symlink-refused", None, None,
    ]  # fmt: skip
