"""Damage of any kind is found, and nothing else is."""

from __future__ import annotations

import errno
import random
import shutil
from pathlib import Path
from urllib.parse import unquote

import desk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_store import described

from partydoc.archive import disk
from partydoc.archive.audit import Audit
from partydoc.archive.ocfl import Commit
from partydoc.archive.root import Archive
from partydoc.errors import Unreadable
from partydoc.verifying import verify


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with one described document."""
    return described(tmp_path_factory.mktemp("verify") / "a")


def object_files(archive: Archive) -> list[Path]:
    return sorted(path for path in archive.store.rglob("*") if path.is_file())


def findings(archive: Archive, deep: bool = True) -> list[str]:
    return [finding.kind for finding in verify(archive, deep=deep).findings]


def test_a_sound_archive_has_no_findings(archive: Archive) -> None:
    assert findings(archive) == []
    assert findings(archive, deep=False) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_flipped_bit_of_any_file_gives_exactly_one_finding(
    archive: Archive, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(object_files(archive)))
    before = path.read_bytes()
    position = data.draw(st.integers(0, len(before) - 1))
    bit = data.draw(st.integers(0, 7))
    path.chmod(0o640)
    flipped = bytearray(before)
    flipped[position] ^= 1 << bit
    try:
        path.write_bytes(bytes(flipped))
        assert len(findings(archive)) == 1
    finally:
        path.write_bytes(before)


def test_a_missing_file_and_a_file_too_many_are_found(archive: Archive) -> None:
    copy = next(path for path in object_files(archive) if path.name == "access.pdf")
    moved = copy.with_name("somewhere-else.pdf")
    copy.rename(moved)
    try:
        assert sorted(findings(archive)) == ["missing-file", "unexpected-file"]
        assert sorted(findings(archive, deep=False)) == ["missing-file", "unexpected-file"]
    finally:
        moved.rename(copy)


def test_a_quick_look_sees_an_altered_record_but_leaves_scans_to_the_deep_one(
    archive: Archive,
) -> None:
    original = next(path for path in object_files(archive) if "original" in path.parts)
    before = original.read_bytes()
    original.chmod(0o640)
    original.write_bytes(before[:-1] + b"?")
    try:
        assert findings(archive, deep=False) == []
        assert findings(archive, deep=True) == ["altered-file"]
    finally:
        original.write_bytes(before)


def test_a_disk_that_cannot_read_a_file_is_damage_and_not_the_end(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path) -> disk.Digests:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(disk, "digests", failing)
    assert set(findings(archive)) == {"unreadable-file"}


def test_nothing_is_written_down_as_true_by_a_damaged_inventory(fast_disk: Path) -> None:
    archive = described(fast_disk / "a")
    folder = next(archive.store.glob("??/??/*"))
    for name in ("inventory.json", "v2/inventory.json"):
        data = (folder / name).read_bytes()
        (folder / name).chmod(0o640)
        (folder / name).write_bytes(data.replace(b"ingestion", b"ingestioo"))
    with desk.at_work(archive) as opened, pytest.raises(Unreadable):
        commit = Commit("edit", "x@y", desk.NOW)
        opened.store.revise(unquote(folder.name), {"note.txt": b"x"}, commit, archive.staging)
    assert not (folder / "v3").exists()


def test_a_quick_look_sees_a_scan_that_has_grown_or_shrunk(archive: Archive) -> None:
    for name, cut in (("0001.pdf", -1), ("access.pdf", None)):
        path = next(path for path in object_files(archive) if path.name == name)
        before = path.read_bytes()
        path.chmod(0o640)
        try:
            path.write_bytes(before[:cut] if cut else b"")
            assert findings(archive, deep=False) == ["altered-file"]
        finally:
            path.write_bytes(before)


def test_a_file_that_belongs_to_no_object_is_found(archive: Archive) -> None:
    loose = archive.store / "notes.txt"
    loose.write_text("x")
    try:
        assert findings(archive) == ["unexpected-file"]
    finally:
        loose.unlink()


@pytest.mark.parametrize("what", ["change", "delete", "insert", "swap"])
def test_a_tampered_audit_log_is_found(archive: Archive, tmp_path: Path, what: str) -> None:
    log = shutil.copytree(archive.audit, tmp_path / "audit")
    audit = Audit(log)
    for number in range(6):
        audit.add("test", desk.NOW, [f"{number:064x}"])
    path = audit.files()[0]
    lines = path.read_bytes().splitlines()
    at = random.Random(what).randrange(1, len(lines) - 2)
    if what == "change":
        lines[at] = lines[at].replace(b'"what": "', b'"what": "x')
    elif what == "delete":
        del lines[at]
    elif what == "insert":
        lines.insert(at, lines[at])
    else:
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert Audit(log).broken()


def test_a_torn_last_line_of_the_audit_log_is_cut_and_that_is_logged(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    audit.add("test", desk.NOW)
    path = audit.files()[0]
    with path.open("ab") as out:
        out.write(b'{"version": 1, "when": "20')
    mended = Audit(tmp_path)
    mended.mend(desk.NOW)
    assert mended.broken() == []
    assert b"audit-mended" in path.read_bytes()
