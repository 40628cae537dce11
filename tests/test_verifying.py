"""Checking an archive: every night a part, the catalogue against the store, others at work."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

import desk
import inhold
import pytest
from conftest import Run
from forms import judge as has_form

from partydoc.archive import disk, examining, jobs, ocfl
from partydoc.archive import verify as check
from partydoc.archive.audit import Audit
from partydoc.archive.jobs import Intent
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import Exit
from partydoc.verifying import NIGHTS, verify, verify_slice


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with documents in the store and in hold."""
    archive = inhold.new_archive(fast_disk / "a")
    inhold.some(archive)
    return archive


@pytest.fixture
def read(fast_disk: Path) -> Archive:
    """An archive with one document, which was read."""
    archive = inhold.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        work = inhold.keep(opened, "open", unclassified=True)
        inhold.read(opened, work, "NGHỊ QUYẾT\nvề tủ sách xã")
        inhold.settle(opened, work)
    return archive


def kinds(archive: Archive, deep: bool = True) -> list[str]:
    return [finding.kind for finding in verify(archive, deep=deep).findings]


def a_document(archive: Archive) -> tuple[str, Path]:
    """Return the URN and the folder of the one document in the store."""
    (kept,) = (one for one in Store(archive).documents() if not isinstance(one, Path))
    return kept.urn, ocfl.object_path(archive.store, kept.urn)


def night(archive: Archive) -> list[str]:
    """Read a slice and note that, as a night does; return what was found."""
    read = verify_slice(archive)
    Audit(archive.audit).add("nightly", desk.NOW, read.damaged, outcomes={}, slice=read.number)
    return [finding.kind for finding in read.findings]


def scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


# the slices


def test_thirty_nights_read_every_object_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    whole = check.verify_object
    monkeypatch.setattr(
        check, "verify_object", lambda folder, deep: [read.append(folder), *whole(folder, deep)][1:]
    )
    for _night in range(NIGHTS):
        assert night(archive) == []
    assert sorted(read) == sorted(check.folders(archive))
    assert len(read) == len(set(read)) == 4 + 3


def test_a_night_that_was_stopped_is_made_up_for(archive: Archive) -> None:
    assert verify_slice(archive).number == verify_slice(archive).number == 0
    night(archive)
    Audit(archive.audit).add("nightly", desk.NOW, outcomes={})  # as version 0.1 wrote it
    assert verify_slice(archive).number == 1


def test_what_is_damaged_is_told_every_night_until_it_is_whole(archive: Archive) -> None:
    original = next(a_document(archive)[1].glob("v1/content/original/*"))
    before = original.read_bytes()
    scratched(original)
    found = [night(archive) for _night in range(NIGHTS)]
    first = next(number for number, kinds in enumerate(found) if kinds)
    assert found[first:] == [["altered-file"]] * (NIGHTS - first)
    original.write_bytes(before)
    assert night(archive) == night(archive) == []


def test_an_object_that_is_lost_is_missed_within_thirty_nights(archive: Archive) -> None:
    shutil.rmtree(a_document(archive)[1])
    found = [kind for _night in range(NIGHTS) for kind in night(archive)]
    assert set(found) == {"missing-object"}


def test_the_nightly_report_tells_of_damage(read: Archive, run: Run) -> None:
    for path in read.store.rglob("original/*"):
        scratched(path)
    urn, folder = a_document(read)
    number = int(folder.parents[1].name, 16) % NIGHTS
    if number:
        Audit(read.audit).add("nightly", desk.NOW, outcomes={}, slice=number - 1)
    report = run("-a", read.root, "nightly", "--json", code=4).lines[0]
    has_form("json/nightly", report)
    assert report["verified"] >= 1
    assert [one["finding"] for one in report["damage"]] == ["altered-file"]
    out = run("-a", read.root, "nightly", "--quiet", code=4).out
    assert "has been altered" in out and "verify --repair-from COPY" in out
    line = next(one for one in Audit(read.audit).newest_first() if one["what"] == "nightly")
    has_form("audit", line)
    assert line["ids"] == [urn.removeprefix(DOCUMENT_PREFIX)]


# the catalogue


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET pages = pages + 1 WHERE NOT held",
        "UPDATE documents SET status = 'described' WHERE NOT held",
        "UPDATE documents SET held = 0 WHERE status = 'pending'",
        "UPDATE documents SET unread = 1 WHERE NOT held",
        "UPDATE documents SET added_at = '2025-03-02T08:30:00Z' WHERE NOT held",
        "UPDATE documents SET record = replace(record, 'tủ sách', 'tủ sạch') WHERE NOT held",
        "DELETE FROM documents WHERE NOT held",
        "UPDATE units SET reference = 'A28' WHERE reference = 'A29'",
        "UPDATE units SET record = replace(record, '2026', '2027')",
        "UPDATE entries SET document = NULL",
        "UPDATE entries SET last_sheet = last_sheet + 1",
        "DELETE FROM entries WHERE ordinal = '002'",
        "UPDATE state SET change = 0",
        "UPDATE state SET stale = 2",
        "UPDATE state SET generation = 'xyz'",
        "UPDATE state SET generation = CAST(x'80' || substr(generation, 2) AS TEXT)",
        "DROP INDEX entries_by_document",
    ],
)
def test_a_catalogue_that_says_anything_else_is_found(archive: Archive, change: str) -> None:
    assert kinds(archive) == []
    with sqlite3.connect(archive.catalogue) as db:
        assert db.execute(change).rowcount
    assert set(kinds(archive)) == {"damaged-catalogue"}


def test_a_row_without_an_object_is_a_loss_and_so_is_a_line_of_the_log(archive: Archive) -> None:
    urn, folder = a_document(archive)
    shutil.rmtree(folder)
    disk.remove_empty(folder.parent, folder.parents[1])
    assert kinds(archive, deep=False) == kinds(archive) == ["missing-object"]
    with sqlite3.connect(archive.catalogue) as db:
        db.execute("DELETE FROM documents WHERE id = ?", (urn.removeprefix(DOCUMENT_PREFIX),))
    assert kinds(archive) == ["missing-object"]


def test_a_catalogue_whose_own_words_are_damaged_is_found_and_made_anew(
    archive: Archive, run: Run
) -> None:
    data = archive.catalogue.read_bytes()
    at = data.index(b"CREATE TABLE documents")
    archive.catalogue.write_bytes(data[:at] + b"\xe4" + data[at + 1 :])
    assert kinds(archive) == ["damaged-catalogue"]
    run("-a", archive.root, "search", "sách")
    assert kinds(archive) == []


def pages_of(archive: Archive) -> list[tuple[str, int]]:
    """Return the tables and indexes of the catalogue with where in the file each begins."""
    with sqlite3.connect(archive.catalogue) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        found = db.execute("SELECT name, rootpage FROM sqlite_master WHERE name <> 'state'")
        return [(name, (page - 1) * size) for name, page in found]


def flip(path: Path, at: int, bit: int = 6) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


def test_one_bit_in_any_page_of_the_catalogue_stops_neither_an_edit_nor_a_night(
    archive: Archive, run: Run
) -> None:
    urn, _folder = a_document(archive)
    document, told = urn.removeprefix(DOCUMENT_PREFIX), 0
    for _name, at in pages_of(archive):
        flip(archive.catalogue, at)
        for words in (["edit", document, "place=Bản Mẫu"], ["nightly"]):
            ran = run("-a", archive.root, *words)
            assert ran.code in (Exit.DONE, Exit.INCOMPLETE), ran.err
            told += "made anew" in ran.err + ran.out
        assert kinds(archive) == []
    assert told >= len(pages_of(archive)) - 1


def test_a_record_in_the_catalogue_that_is_no_record_is_made_anew(
    archive: Archive, run: Run
) -> None:
    urn, _folder = a_document(archive)
    for record in ("{", "[]", '{"fields": 1}'):
        with sqlite3.connect(archive.catalogue) as db:
            db.execute("UPDATE documents SET record = ? WHERE record IS NOT NULL", (record,))
        ran = run("-a", archive.root, "show", urn.removeprefix(DOCUMENT_PREFIX))
        assert ran.code == Exit.DONE and "made anew" in ran.err
        assert kinds(archive) == []


def test_a_night_settles_what_only_the_catalogue_says_otherwise(archive: Archive, run: Run) -> None:
    with sqlite3.connect(archive.catalogue) as db:
        db.execute("DROP INDEX entries_by_document")
    said = run("-a", archive.root, "nightly", "--json").lines[0]
    has_form("json/nightly", said)
    assert said["catalogue_anew"] is True and said["damage"] == []
    assert run("-a", archive.root, "nightly", "--json").lines[0]["catalogue_anew"] is False


def test_a_damaged_catalogue_that_may_not_be_written_is_told_as_such(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no", str(archive.root))

    monkeypatch.setattr("partydoc.archive.anew.renew_catalogue", refuse)
    for _name, at in pages_of(archive):
        flip(archive.catalogue, at)
    document = a_document(archive)[0].removeprefix(DOCUMENT_PREFIX)
    ran = run("-a", archive.root, "edit", document, "place=Bản Mẫu", code=Exit.DAMAGED)
    assert "partydoc index" in ran.err


def test_a_file_that_is_no_catalogue_is_found_and_one_that_is_missing_is_no_damage(
    archive: Archive,
) -> None:
    archive.catalogue.write_bytes(b"rubbish" * 500)
    assert kinds(archive, deep=False) == kinds(archive) == ["damaged-catalogue"]
    archive.catalogue.unlink()
    assert kinds(archive) == []


def test_an_object_that_cannot_be_read_is_told_of_once(archive: Archive, run: Run) -> None:
    for path in archive.store.rglob("inventory.json"):
        path.chmod(0o640)
        path.write_bytes(b"{")
    run("-a", archive.root, "index", "--rebuild")
    assert set(kinds(archive)) == set(kinds(archive, deep=False)) == {"damaged-inventory"}


# others at work


def test_what_is_being_made_or_was_left_by_a_crash_is_no_damage(archive: Archive) -> None:
    urn, _folder = a_document(archive)
    with sqlite3.connect(archive.catalogue) as db:
        db.execute("DELETE FROM documents WHERE id = ?", (urn.removeprefix(DOCUMENT_PREFIX),))
    job = jobs.begin(archive.hold_staging)
    jobs.intend(job, Intent(urn))
    assert kinds(archive) == []
    jobs.end(job)
    assert kinds(archive) == ["damaged-catalogue"]


def test_folders_on_the_way_to_an_object_may_be_empty_while_it_is_made(archive: Archive) -> None:
    urn = DOCUMENT_PREFIX + "7" * 64
    ocfl.object_path(archive.store, urn).parent.mkdir(parents=True)
    job = jobs.begin(archive.staging)
    jobs.intend(job, Intent(urn))
    assert kinds(archive) == []
    jobs.end(job)
    assert kinds(archive) == ["unexpected-file"]


def test_an_object_that_is_replaced_while_it_is_checked_is_looked_at_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    _urn, folder = a_document(archive)
    whole, looks = check.verify_object, []

    def interrupted(folder: Path, deep: bool) -> object:
        looks.append(folder)
        if len(looks) == 1:  # somebody swaps a new state in, and what we have read is gone
            new = folder.with_name("new")
            shutil.copytree(folder, new)
            shutil.rmtree(folder)
            new.rename(folder)
            raise FileNotFoundError(folder)
        return whole(folder, deep)

    monkeypatch.setattr(check, "verify_object", interrupted)
    assert list(examining.objects(archive, [folder], deep=True)) == []
    assert len(looks) == 2


def test_who_may_not_look_into_hold_is_told_so_and_sees_no_damage(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    (archive.store / "00" / "00").mkdir(parents=True)  # nobody can tell whether it is just made
    checked = verify(archive, deep=True)
    assert not checked.with_hold and list(checked.findings) == []


# the command


def test_a_head_that_was_printed_once_must_still_be_there(read: Archive, run: Run) -> None:
    head = run("-a", read.root, "nightly", "--json").lines[0]["audit_head"]
    run("-a", read.root, "edit", "A29-01-0003-001", "note=x")
    run("-a", read.root, "verify", "--head", head)
    path = sorted(read.audit.iterdir())[-1]
    lines = path.read_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if head.encode() in line)
    path.write_bytes(b"".join(lines[:at]))
    run("-a", read.root, "verify")
    (line,) = run("-a", read.root, "verify", "--head", head, "--json", code=4).lines
    has_form("json/verify", line)
    assert line["finding"] == "cut-audit"


def test_repair_prints_a_line_each_and_ends_with_4_while_damage_is_left(
    archive: Archive, run: Run, fast_disk: Path
) -> None:
    copy = shutil.copytree(archive.root, fast_disk / "copy")
    scratched(next(archive.store.rglob("original/*")))
    ran = run("-a", archive.root, "verify", "--repair-from", copy, "--json")
    (line,) = ran.lines
    has_form("json/verify", line)
    assert line["finding"] == "mended"
    again = run("-a", archive.root, "verify", "--repair-from", copy)
    assert (again.out, again.err) == ("", "0 mended, 0 damages left.\n")
    log = next(iter(sorted(archive.audit.iterdir())))
    log.write_bytes(log.read_bytes().replace(b"kept", b"helt", 1))
    run("-a", archive.root, "verify", "--repair-from", copy, code=4)
    run("-a", archive.root, "verify", "--repair-from", archive.store, code=2)
