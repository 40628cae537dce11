"""How files leave the inbox: never one that is another by now, never over another."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import bad_inputs
import desk
import pytest
import test_crash as crash

from partydoc import failing
from partydoc.archive import disk, inbox, leaving
from partydoc.archive.inbox import Brought, Source
from partydoc.arrival import Arrival
from partydoc.document import Refusal
from partydoc.outcome import Outcome
from partydoc.work import Work


def brought(path: Path) -> Brought:
    found = inbox.bring(Source(path, True), path.parent / "copy", 0)
    assert isinstance(found, Brought)
    return found


def refused(path: Path, folder: Path, reason: str) -> Path | None:
    state = inbox.state_now(path)
    return leaving.quarantine(Source(path, True), folder, Refusal(reason), desk.NOW, state)


def test_a_file_that_was_replaced_after_the_copy_is_not_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    copied = brought(path)
    path.unlink()
    path.write_bytes(b"xyz")
    leaving.dismiss(Source(path, True), copied)
    assert path.read_bytes() == b"xyz"


def test_quarantine_keeps_the_bytes_the_name_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    for content in (b"one", b"two"):
        path = bad_inputs.newline_name(tmp_path)
        path.write_bytes(content)
        refused(path, tmp_path / "q", "not-a-document")
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
    kept = refused(source.path, tmp_path / "q", "damaged-pdf")
    assert kept and kept.is_file()


def test_a_note_without_its_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "x.pdf.json").write_text("torn")
    (tmp_path / "x.pdf").write_bytes(b"x")
    refused(tmp_path / "x.pdf", tmp_path / "q", "damaged-pdf")
    assert sorted(path.name for path in (tmp_path / "q").iterdir()) == ["x.pdf", "x.pdf.json"]


def test_a_file_that_is_safe_leaves(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    leaving.dismiss(Source(path, True), brought(path))
    assert [one.name for one in tmp_path.iterdir()] == ["copy"]


def test_a_file_that_somebody_opens_to_go_on_with_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    copied = brought(path)
    with path.open("ab"):
        leaving.dismiss(Source(path, True), copied)
    assert path.read_bytes() == b"abc"


@pytest.mark.parametrize("first", [True, False])
def test_what_comes_under_the_name_while_a_file_leaves_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    """Just before the file gets another name, or just after."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    copied, place = brought(path), disk.place

    def meanwhile(source: Path, target: Path) -> None:
        for step in ("come", "go") if first else ("go", "come"):
            if step == "come":
                (tmp_path / "new").write_bytes(b"xyz")
                (tmp_path / "new").rename(path)
            else:
                place(source, target)

    monkeypatch.setattr(disk, "place", meanwhile)
    leaving.dismiss(Source(path, True), copied)
    assert path.read_bytes() == b"xyz"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.pdf", "copy"]


def test_what_a_crash_left_on_the_way_out_is_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / f"{inbox.LEAVING}12"
    path.write_bytes(b"abc")
    assert [source.path for source, _ in inbox.walk(tmp_path)] == [path]


def test_a_file_of_the_name_of_a_note_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    for name in ("x.pdf.json", "x.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        refused(tmp_path / name, tmp_path / "q", "not-a-document")
    kept = {path.read_bytes() for path in (tmp_path / "q").iterdir()}
    assert {b"x.pdf.json", b"x.pdf"} <= kept and len(kept) == 4


def test_a_file_that_became_whole_since_it_was_refused_is_left(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    path = tmp_path / "x.pdf"
    path.write_bytes(b"half")
    state = inbox.state_now(path)
    path.write_bytes(b"whole")
    source, why = Source(path, True), Refusal("truncated")
    assert leaving.quarantine(source, tmp_path / "q", why, desk.NOW, state) is None
    assert path.read_bytes() == b"whole" and not [*(tmp_path / "q").iterdir()]


def test_a_file_that_is_replaced_on_its_way_to_quarantine_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q").mkdir()
    path = tmp_path / "x.pdf"
    path.write_bytes(b"half")
    state, move = inbox.state_now(path), disk.move

    def meanwhile(source: Path, target: Path) -> None:
        monkeypatch.setattr(disk, "move", move)
        (tmp_path / "new").write_bytes(b"whole")
        (tmp_path / "new").rename(path)
        move(source, target)

    monkeypatch.setattr(disk, "move", meanwhile)
    source, why = Source(path, True), Refusal("truncated")
    assert leaving.quarantine(source, tmp_path / "q", why, desk.NOW, state) is None
    assert path.read_bytes() == b"whole" and not [*(tmp_path / "q").iterdir()]


def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each folder stand on a disk of its own."""
    move = disk.move

    def within_one(source: Path, target: Path) -> None:
        if source.parent != target.parent:
            failing.step()
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        move(source, target)

    monkeypatch.setattr(disk, "move", within_one)


def test_an_inbox_on_another_disk_is_emptied_by_copying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "x.pdf").write_bytes(b"half")

    apart(monkeypatch)
    kept = refused(tmp_path / "x.pdf", tmp_path / "q", "truncated")
    assert kept and kept.read_bytes() == b"half" and not (tmp_path / "x.pdf").exists()


def test_what_changes_while_it_is_copied_to_quarantine_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q").mkdir()
    path, copy = tmp_path / "x.pdf", disk.copy
    path.write_bytes(b"half")
    apart(monkeypatch)

    def meanwhile(opened: BinaryIO, target: Path) -> disk.Digests:
        found = copy(opened, target)
        path.write_bytes(b"whole")
        return found

    monkeypatch.setattr(disk, "copy", meanwhile)
    assert refused(path, tmp_path / "q", "truncated") is None
    assert path.read_bytes() == b"whole" and not [*(tmp_path / "q").iterdir()]


def test_killed_at_any_step_on_the_way_to_another_disk_a_file_is_whole_and_there_once(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart(monkeypatch)
    archive = desk.new_archive(fast_disk / "a")
    path = archive.inbox / "x.pdf"

    def away() -> None:
        for source, _ in inbox.walk(archive.inbox, inbox=True):
            refused(source.path, archive.quarantine, "truncated")

    path.write_bytes(b"half")
    steps = crash.steps_of(away, fast_disk)
    assert steps > 10
    for step in range(1, steps + 1):
        for left in archive.quarantine.iterdir():
            left.unlink()
        path.write_bytes(b"half")
        assert os.WIFSIGNALED(crash.in_child(away, fail_at=f"{step}:kill"))
        if (archive.quarantine / "x.pdf").exists():
            assert (archive.quarantine / "x.pdf").read_bytes() == b"half"
        with desk.at_work(archive):
            away()
        assert not [*archive.inbox.iterdir()]
        assert sorted(one.name for one in archive.quarantine.iterdir()) == ["x.pdf", "x.pdf.json"]


def test_two_refused_files_of_one_name_or_of_the_same_bytes_are_both_kept(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    papers = (("x.pdf", b"one"), ("x.pdf", b"two"), ("y.pdf", b"two"), ("x.pdf", b"two"))
    for name, content in papers:
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name, tmp_path / "q", "truncated")
        assert not (tmp_path / name).exists()
    kept = {path.name: path.read_bytes() for path in (tmp_path / "q").glob("*.pdf")}
    assert kept == {"x.pdf": b"one", "1-x.pdf": b"two", "y.pdf": b"two"}


def test_no_name_is_taken_for_what_a_crash_left(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    path = tmp_path / f"{leaving.ARRIVING}1"
    path.write_bytes(b"x")
    kept = refused(path, tmp_path / "q", "truncated")
    assert kept and not kept.name.startswith(leaving.ARRIVING)


def test_what_cannot_get_another_name_first_stays(fast_disk: Path) -> None:
    """Its path is so long that only a name as short as its own has room."""
    folder = fast_disk
    while len(os.fsencode(folder)) < 4080 - 250:
        folder /= "a" * 200
    folder /= "a" * (4080 - len(os.fsencode(folder)))
    folder.mkdir(parents=True)
    path = folder / "x.pdf"
    path.write_bytes(b"abc")
    found = inbox.bring(Source(path, True), fast_disk / "copy", 0)
    assert isinstance(found, Brought)
    assert Arrival(Source(path, True), 0.0, 1).dismiss(found) is False
    assert path.exists()


def test_another_name_of_what_is_refused_stays_as_it_is(tmp_path: Path) -> None:
    for folder in ("q", "in", "outside"):
        (tmp_path / folder).mkdir()
    twin = tmp_path / "outside" / "mine.pdf"
    twin.write_bytes(b"half")
    twin.chmod(0o664)
    (tmp_path / "in" / "x.pdf").hardlink_to(twin)
    kept = refused(tmp_path / "in" / "x.pdf", tmp_path / "q", "truncated")
    assert not [*(tmp_path / "in").iterdir()] and twin.stat().st_mode & 0o777 == 0o664
    with twin.open("ab") as out:
        out.write(b", edited afterwards")
    assert kept and kept.read_bytes() == b"half" and kept.stat().st_mode & 0o777 == 0o440
    assert sorted(one.name for one in (tmp_path / "q").iterdir()) == ["x.pdf", "x.pdf.json"]


def test_an_empty_file_with_another_name_is_refused_as_any_other(tmp_path: Path) -> None:
    for folder in ("q", "in"):
        (tmp_path / folder).mkdir()
    (tmp_path / "twin").write_bytes(b"")
    path = tmp_path / "in" / "x.pdf"
    path.hardlink_to(tmp_path / "twin")
    kept = leaving.quarantine(Source(path, True), tmp_path / "q", Refusal("empty"), desk.NOW)
    assert kept and kept.is_file() and not path.exists()
    (tmp_path / "twin").write_bytes(b"more")
    assert not kept.stat().st_size


def test_what_was_readable_by_all_is_not_in_quarantine(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "x.pdf").write_bytes(b"half")
    (tmp_path / "x.pdf").chmod(0o666)
    kept = refused(tmp_path / "x.pdf", tmp_path / "q", "truncated")
    assert kept and kept.stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize("held", [True, False])
def test_what_may_not_be_taken_away_is_told_a_secret_without_its_name(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    archive = desk.new_archive(fast_disk / "a")
    path = archive.inbox / "tên kín.pdf"
    path.write_bytes(b"%PDF x")

    def forbidden(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "may not", str(source))

    with desk.at_work(archive) as opened:
        with monkeypatch.context() as patch:
            patch.setattr(leaving, "_take_away", forbidden)
            work = desk.keep(opened, path, unclassified=not held)
            assert isinstance(work, Work)
            desk.file(opened, work, "MẬT\nBáo cáo" if held else "Báo cáo")
            told = desk.keep(opened, path)
        assert isinstance(told, Outcome) and told.incomplete
        assert (told.outcome, told.reason) == ("failed", "not-removed")
        assert ("tên kín" in str(told) + str(told.to_dict())) is not held
        assert told.message and "inbox" in told.message and path.exists()
