"""Files on their way in: found in order, copied whole, refused with a reason."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import bad_inputs
import desk
import pytest

from partydoc.archive import inbox
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


def test_a_file_that_was_replaced_after_the_copy_is_not_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    brought = bring(path, tmp_path / "copy")
    assert isinstance(brought, Brought)
    path.unlink()
    path.write_bytes(b"xyz")
    inbox.dismiss(Source(path, True), brought)
    assert path.read_bytes() == b"xyz"


def test_quarantine_keeps_the_bytes_the_name_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    for content in (b"one", b"two"):
        path = bad_inputs.newline_name(tmp_path)
        path.write_bytes(content)
        inbox.quarantine(Source(path, True), tmp_path / "q", Refusal("not-a-document"), desk.NOW)
        assert not path.exists()
    kept = [path for path in (tmp_path / "q").iterdir() if path.suffix != ".json"]
    assert sorted(path.read_bytes() for path in kept) == [b"one", b"two"]
    notes = [path for path in (tmp_path / "q").iterdir() if path.suffix == ".json"]
    assert len(notes) == 2 and all("not-a-document" in note.read_text() for note in notes)


@pytest.mark.parametrize("make", [bad_inputs.invalid_utf8_name, bad_inputs.long_name])
def test_any_name_that_a_file_system_allows_can_be_quarantined(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    (tmp_path / "q").mkdir()
    source = Source(make(tmp_path), True)
    source.name.encode()  # what people see is always text
    kept = inbox.quarantine(source, tmp_path / "q", Refusal("damaged-pdf"), desk.NOW)
    assert kept.is_file()


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


def test_a_note_without_its_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "x.pdf.json").write_text("torn")
    (tmp_path / "x.pdf").write_bytes(b"x")
    inbox.quarantine(Source(tmp_path / "x.pdf"), tmp_path / "q", Refusal("empty"), desk.NOW)
    assert sorted(path.name for path in (tmp_path / "q").iterdir()) == ["x.pdf", "x.pdf.json"]
