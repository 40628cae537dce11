"""Hold on another file system than the store: told before anything is changed; stops no writing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import desk
import inhold
import pytest
import test_crash as crash
from conftest import Run

from partydoc.archive.apart import apart
from partydoc.archive.kept import Place
from partydoc.archive.root import Archive
from partydoc.archive.shelving import Shelves
from partydoc.archive.store import Store
from partydoc.work import Work


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


@contextmanager
def hold_elsewhere(archive: Archive, place: Path) -> Iterator[None]:
    """Let hold lie on another disk, as if that were mounted there."""
    hold = archive.root / "hold"
    shutil.move(hold, place / "hold")
    hold.symlink_to(place / "hold")
    assert hold.stat().st_dev != archive.store.stat().st_dev, "this test needs two file systems"
    yield
    hold.unlink()
    shutil.move(place / "hold", hold)


def standing(archive: Archive) -> dict[str, bytes]:
    """Return what says how each object stands, and where."""
    found = [*archive.root.glob("store/**/inventory.json"), *archive.hold.rglob("inventory.json")]
    return {str(path): path.read_bytes() for path in found} | {
        "catalogue": archive.catalogue.read_bytes()
    }


def test_all_parts_of_an_archive_lie_on_one_disk(archive: Archive) -> None:
    assert apart(archive) is None


def test_hold_on_another_disk_is_told_by_the_doctor(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    with hold_elsewhere(archive, tmp_path):
        rows = {
            one["name"]: one for one in run("-a", archive.root, "doctor", "--json", code=7).lines
        }
    told = rows["file system"]
    assert told["needed"] and not told["ok"] and "one file system" in told["mend"]
    assert str(archive.root / "hold") in told["state"]


@pytest.mark.parametrize(
    "words",
    [
        ("hold", "release", "{held}", "--no-ocr", "--reason", "x"),
        ("classify", "{unsure}", "--open"),
        ("classify", "{open}", "--secret", "mat"),
        ("scan", "--no-ocr"),
        ("scan", "--no-ocr", "--unclassified"),
    ],
)
def test_what_would_have_to_pass_is_refused_before_anything_is_changed(
    archive: Archive, run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ids = inhold.some(archive)
    (archive.inbox / "x.pdf").write_bytes(b"%PDF x")
    with hold_elsewhere(archive, tmp_path):
        before = standing(archive)
        said = run("-a", archive.root, *(word.format(**ids) for word in words), code=1).err
        assert "another file system" in said and "Keep the whole archive on one" in said
        assert standing(archive) == before and (archive.inbox / "x.pdf").exists()


def test_an_independent_machine_takes_papers_in_all_the_same(
    fast_disk: Path, run: Run, tmp_path: Path
) -> None:
    archive = desk.new_archive(fast_disk / "b", "independent-lan")
    (archive.inbox / "x.pdf").write_bytes(b"no pdf")
    with hold_elsewhere(archive, tmp_path):
        said = run("-a", archive.root, "scan", "--no-ocr", "--json", code=3).lines
    assert [one["reason"] for one in said] == ["not-a-document"]


def killed_while_it_passes(archive: Archive, run: Run, document: str) -> None:
    at = ("-a", archive.root, "hold", "release", document, "--no-ocr", "--reason", "x")

    def release() -> None:
        Store.release = lambda *_: os._exit(9)  # type: ignore[method-assign]
        run(*at)

    assert os.waitstatus_to_exitcode(crash.in_child(release)) == 9


def test_one_object_that_cannot_be_finished_stops_no_writing_and_is_finished_later(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    ids = inhold.some(archive)
    killed_while_it_passes(archive, run, ids["held"])
    with hold_elsewhere(archive, tmp_path):
        for _ in range(2):
            said = run("-a", archive.root, "edit", ids["open"], "place=Hà Mẫu").err
            assert f"begun with {ids['held'][:12]} cannot be finished" in said
    assert "cannot be finished" not in run("-a", archive.root, "index").err
    with desk.at_work(archive) as opened:
        assert not opened.store.in_hold(f"urn:sha256:{ids['held']}")
    assert not [*archive.staging.iterdir(), *archive.hold_staging.iterdir()]


def test_the_entry_of_one_that_cannot_be_finished_is_given_to_nobody_else(
    archive: Archive, fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes before its entry is made, and the disk fails once when it comes back."""
    for name in ("one", "two"):
        (fast_disk / f"{name}.pdf").write_bytes(name.encode())

    def keep(name: str) -> None:
        with desk.at_work(archive) as opened:
            assert len(opened.unfinished) == (name == "two")
            path = fast_disk / f"{name}.pdf"
            assert isinstance(desk.keep(opened, path, inhold.FOLDER, unclassified=True), Work)

    def power_cut(*_: object) -> None:
        os._exit(9)

    with monkeypatch.context() as patch:
        patch.setattr(Shelves, "enter", power_cut)
        assert os.waitstatus_to_exitcode(crash.in_child(lambda: keep("one"))) == 9
    enter, failing = Shelves.enter, [OSError(errno.EIO, "Input/output error")]

    def bad_once(shelves: Shelves, place: Place, document: str | None, sheets: int) -> None:
        if failing:
            raise failing.pop()
        enter(shelves, place, document, sheets)

    with monkeypatch.context() as patch:
        patch.setattr(Shelves, "enter", bad_once)
        keep("two")
    with desk.at_work(archive) as opened:
        assert not opened.unfinished
        entries = opened.shelves.folder(inhold.FOLDER).entries
    assert [entry.ordinal for entry in entries] == ["001", "002"]
    assert len({entry.document for entry in entries} - {None}) == 2
