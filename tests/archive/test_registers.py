"""Rows of registers on disk: written, made anew with the catalogue, killed at each step."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import desk
import judge
import pytest
import rows
import test_crash as crash
from test_catalogue import add

from partydoc import registering
from partydoc.archive import comparing, registers
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import Audit
from partydoc.archive.registerrow import RegisterRow, Series
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.errors import Unreadable

YEAR = Series("2026")


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a fonds, two arrivals, and a departure that answers the first."""
    archive = rows.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        add(opened, "fonds", "A29")
        rows.arrive(opened)
        rows.arrive(opened, code="46-CV/HU")
        rows.depart(opened, answers="1/2026")
    return archive


def every(archive: Archive) -> list[RegisterRow]:
    with desk.at_work(archive) as opened:
        return list(opened.catalogue.register_rows("ORDER BY kind, number, letter"))


def test_a_row_is_what_it_was_after_it_was_written_and_read(archive: Archive) -> None:
    for row in every(archive):
        assert RegisterRow.from_json(row.to_json()) == row == Store(archive).other(row.urn)


def test_the_registers_outlive_the_catalogue(archive: Archive) -> None:
    before = every(archive)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    assert every(archive) == before
    assert not list(comparing.differences(archive, deep=True))
    with desk.at_work(archive) as opened:
        assert list(opened.catalogue.ask("SELECT count(*) FROM answers")) == [(1,)]
        assert registers.next_number(opened.catalogue, "arrival", YEAR) == 3
    judge.catalogue_agrees(archive.root)


def test_a_catalogue_that_says_something_else_of_a_row_is_found(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = next(opened.catalogue.register_rows("WHERE kind = 'departure'"))
        opened.catalogue.note_row(row.with_value("answers", None))
    (found,) = comparing.differences(archive, deep=True)
    assert (found.kind, found.path) == ("damaged-catalogue", row.urn)


def test_a_damaged_row_is_told_and_nothing_is_changed(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = next(opened.catalogue.register_rows("WHERE kind = 'arrival'"))
        folder = opened.store.where(row.urn)
        assert folder
        sidecar = folder / "inventory.json.sha512"
        whole = sidecar.read_bytes()
        sidecar.chmod(0o640)
        sidecar.write_bytes(b"0" * 128 + b" inventory.json\n")
        with pytest.raises(Unreadable):
            rows.edit(opened, row, desk.NOW, subject="khác")
        sidecar.write_bytes(whole)
        assert rows.now_of(opened, row) == row
    judge.staging_is_empty(archive.root)


def test_numbers_go_on_behind_the_highest_and_past_what_is_reserved(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        registering.reserve(opened, "arrival", YEAR, (3, 5), "giữ chỗ", desk.NOW)
        assert registers.next_number(opened.catalogue, "arrival", YEAR) == 6
        registering.reserve(opened, "arrival", YEAR, (20, 22), "giữ chỗ", desk.NOW)
        assert registers.next_number(opened.catalogue, "arrival", YEAR) == 6
        rows.arrive(opened, number=4, code="48-CV/HU")
        assert registers.next_number(opened.catalogue, "arrival", YEAR) == 6
        rows.arrive(opened, number=19, code="49-CV/HU")
        assert registers.next_number(opened.catalogue, "arrival", YEAR) == 23
        assert registers.missing(opened.catalogue, "arrival", "2026") == [(6, 18)]


def test_letters_follow_each_other_also_behind_a_void_one(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        first = rows.arrive(opened, after=1, code="47-CV/HU")
        rows.undo(opened, first.operation, desk.NOW)
        second = rows.arrive(opened, after=1, code="47-CV/HU")
    assert (first.row.figure, second.row.figure) == ("1a", "1b")
    assert second.row.reference == "1b/2026"


def test_two_rows_of_one_number_are_told(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = next(opened.catalogue.register_rows("WHERE kind = 'arrival' AND number = 2"))
        twin = RegisterRow.from_json(row.to_json().replace(row.urn.encode(), b"urn:uuid:0"))
        opened.catalogue.note_row(twin)
        assert registers.doubled(opened.catalogue, "arrival", "2026") == ["2"]


def test_whatever_step_is_the_last_a_registration_is_whole_or_not_there(
    archive: Archive, fast_disk: Path
) -> None:
    def work() -> None:
        with desk.at_work(archive) as opened:
            rows.arrive(opened, code="47-CV/HU")

    saved = fast_disk / "saved"
    copytree(archive.root, saved)
    steps = crash.steps_of(work, fast_disk)
    assert steps > 10
    for step in range(1, steps + 1, 3):
        rmtree(archive.root)
        copytree(saved, archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        there = [row.figure for row in every(archive) if row.kind == "arrival"]
        assert there in (["1", "2"], ["1", "2", "3"])
        judge.objects_are_valid(archive.root)
        judge.catalogue_agrees(archive.root)
        judge.staging_is_empty(archive.root)
        judge.audit_chain_holds(archive.root)
        assert not list(comparing.differences(archive, deep=True))
        with desk.at_work(archive) as opened:
            assert rows.arrive(opened, code="48-CV/HU").row.number == len(there) + 1


def test_whatever_step_is_the_last_a_correction_is_whole_or_not_there(
    archive: Archive, fast_disk: Path
) -> None:
    later = desk.NOW + timedelta(seconds=5)

    def work() -> None:
        with desk.at_work(archive) as opened:
            row = next(opened.catalogue.register_rows("WHERE kind = 'arrival' AND number = 1"))
            rows.edit(opened, row, later, subject="khác", deadline="2026-03-20")

    saved = fast_disk / "saved"
    copytree(archive.root, saved)
    steps = crash.steps_of(work, fast_disk)
    for step in range(1, steps + 1, 4):
        rmtree(archive.root)
        copytree(saved, archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        row = every(archive)[0]
        said = row.fields["subject"], row.fields.get("deadline"), row.corrected
        before = rows.LETTER["subject"], None, ()
        assert said in (before, ("khác", "2026-03-20", ("subject",)))
        judge.objects_are_valid(archive.root)
        judge.catalogue_agrees(archive.root)
        judge.staging_is_empty(archive.root)
        with desk.at_work(archive) as opened:
            assert rows.now_of(opened, row) == row
            if said != before:
                rows.undo(opened, row.operation, later + timedelta(seconds=5))
                assert rows.now_of(opened, row).fields["subject"] == before[0]


def test_what_the_log_knows_of_rows_is_in_the_archive(archive: Archive) -> None:
    present = {one for one in Audit(archive.audit).present() if one.startswith("urn:uuid:")}
    assert {row.urn for row in every(archive)} <= present
