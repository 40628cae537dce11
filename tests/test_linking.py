"""Scans find their rows in the registers, and rows the scans that were there before them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import desk
import judge
import pytest
import rows
import test_crash as crash
from conftest import Run

from partydoc import linking, registeredits
from partydoc.archive import rowlist, tally
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import actor
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive
from partydoc.document import Field
from partydoc.operations import Operation
from partydoc.work import Work

SAME = {"code": "45-CV/HU", "date": "2026-02-27", "issuer": "HUYỆN UỶ MẪU SƠN"}
STAMP = {"arrival_number": "1", "arrival_date": "2026-03-02"}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return rows.new_archive(fast_disk / "a")


def scan(opened: Opened, values: dict[str, str], text: str = desk.BODY, sure: bool = True) -> str:
    """Take in and file a document of which a person said these things; return its id."""
    number = len(list(opened.archive.root.parent.glob("*.pdf")))
    path = opened.archive.root.parent / f"{number}.pdf"
    path.write_bytes(f"%PDF {number}".encode())
    work = desk.keep(opened, path)
    assert isinstance(work, Work)
    fields = {name: Field(one, source="person", accepted=sure) for name, one in values.items()}
    work = desk.say(opened, work, fields)
    desk.file(opened, work, text)
    return work.kept.id


def linked(opened: Opened, row: RegisterRow) -> str | None:
    return rows.now_of(opened, row).document


@pytest.mark.parametrize("values", [SAME, STAMP, SAME | STAMP])
def test_a_scan_links_itself_to_its_row_when_it_is_filed(
    archive: Archive, values: dict[str, str]
) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        rows.arrive(opened, code="46-CV/HU")
        document = scan(opened, values)
        assert linked(opened, row) == document
        assert not rows.now_of(opened, row).corrected
    judge.catalogue_agrees(archive.root)


@pytest.mark.parametrize("values", [SAME, STAMP])
def test_a_row_links_itself_to_the_scan_that_came_before_it(
    archive: Archive, values: dict[str, str]
) -> None:
    with desk.at_work(archive) as opened:
        document = scan(opened, values)
        done = rows.arrive(opened)
        assert done.row.document == document == linked(opened, done.row)


def test_a_departure_is_found_by_its_code_and_day(archive: Archive) -> None:
    own = {"code": "01-NQ/ĐU", "date": "2026-03-02"}
    with desk.at_work(archive) as opened:
        row = rows.depart(opened).row
        scan(opened, {**own, "issuer": "ĐẢNG UỶ XÃ MẪU HẠ"})  # has the same symbol
        scan(opened, {**own, **SAME, **own, "arrival_number": "7"})
        assert linked(opened, row) is None
        document = scan(opened, {**own, "issuer": "ĐẢNG UỶ XÃ ĐỒNG MẪU"})
        assert linked(opened, row) == document


@pytest.mark.parametrize(
    "values",
    [
        SAME | {"date": "2026-02-26"}, SAME | {"issuer": "HUYỆN UỶ MẪU HẠ"},
        SAME | {"arrival_number": "2", "arrival_date": "2026-03-02"}, STAMP | {"code": "9-CV/HU"},
        STAMP | {"arrival_date": "2026-03-01"}, STAMP | {"date": "2026-01"},
        {"code": "45-CV/HU"}, {"code": "45-CV/HU", "date": "2026-02-27"},
    ],
)  # fmt: skip
def test_what_speaks_against_a_row_is_not_its_scan(
    archive: Archive, values: dict[str, str]
) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        scan(opened, values)
        assert linked(opened, row) is None


def test_what_is_not_sure_links_nothing(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        scan(opened, SAME | STAMP, sure=False)
        assert linked(opened, row) is None


def test_of_two_rows_or_two_scans_none_is_chosen(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        first, second = rows.arrive(opened).row, rows.arrive(opened).row
        scan(opened, SAME)
        assert linked(opened, first) is linked(opened, second) is None
        scan(opened, SAME | STAMP)
        third = rows.arrive(opened, code="47-CV/HU").row
        document = scan(opened, {**SAME, "code": "47-CV/HU"})
        assert linked(opened, third) == document


def test_a_document_in_hold_links_nothing_and_no_row_shows_it(archive: Archive, run: Run) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        held = scan(opened, SAME, text="MẬT")
        assert linked(opened, row) is None
        assert rows.arrive(opened, code="46-CV/HU").row.document is None
    with desk.at_work(archive) as opened:
        assert linking.all_waiting(opened, desk.clock) == 0
    at = ("-a", archive.root, "register")
    run(*at, "link", "in", "1/2026", held[:12], code=8)
    assert held[:12] not in run(*at, "list", "in", "--json").out


def test_a_row_whose_scan_went_into_hold_is_left_out(archive: Archive, run: Run) -> None:
    with desk.at_work(archive) as opened:
        rows.arrive(opened)
        document = scan(opened, SAME)
        rows.arrive(opened, code="46-CV/HU")
    at = ("-a", archive.root, "register")
    assert [line["id"] for line in run(*at, "list", "in", "--json").lines] == [document, None]
    run("-a", archive.root, "classify", document, "--secret", "Mật", "--quiet")
    assert [line["reference"] for line in run(*at, "list", "in", "--json").lines] == ["2/2026"]
    for words in (("list", "in", "--secret"), ("show", "in", "1/2026")):
        for form in ((), ("--json",)):
            assert document[:12] not in run(*at, *words, *form).out


def test_the_night_links_what_could_not_be_linked_before(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened, code="54-CV/HU").row
        document = scan(opened, SAME)
        rows.edit(opened, row, desk.NOW + timedelta(seconds=1), code="45-CV/HU")
        assert linked(opened, row) is None
        assert linking.all_waiting(opened, desk.clock) == 1
        assert linked(opened, row) == document
        assert linking.all_waiting(opened, desk.clock) == 0


def test_a_scan_that_was_taken_away_does_not_come_back(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row
        scan(opened, SAME)
        draft = registeredits.unlinked(rows.now_of(opened, row))
        operation = Operation(None, desk.NOW, actor(), "register-edit")
        done = registeredits.carry_out(opened, [draft], operation)
        assert linking.all_waiting(opened, desk.clock) == 0 and linked(opened, row) is None
        rows.undo(opened, done.number, desk.NOW + timedelta(seconds=2))
        assert linked(opened, row)


def test_what_is_linked_already_is_named_with_what_unlinks_it(archive: Archive, run: Run) -> None:
    at = ("-a", archive.root, "register")
    with desk.at_work(archive) as opened:
        first, second = (scan(opened, {"subject": one}) for one in ("về A", "về B"))
        for code in ("45-CV/HU", "46-CV/HU"):
            rows.arrive(opened, code=code)
    run(*at, "link", "in", "1/2026", first[:12])
    told = run(*at, "link", "in", "1/2026", second[:12], code=2).err
    assert "in 1/2026 has its scan already" in told
    told = run(*at, "link", "in", "2/2026", first[:12], code=2).err
    assert "the scan of in 1/2026 already" in told
    assert "partydoc register unlink in 1/2026" in told
    run(*at, "unlink", "in", "1/2026")
    run(*at, "link", "in", "2/2026", first[:12])


def test_a_row_that_is_void_gives_its_scan_to_the_right_one(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        wrong = rows.arrive(opened)
        document = scan(opened, SAME)
        rows.undo(opened, wrong.operation, desk.NOW)
        assert rows.arrive(opened).row.document == document


def test_whatever_step_is_the_last_a_scan_is_linked_in_the_end(
    archive: Archive, fast_disk: Path
) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened).row

    def work() -> None:
        with desk.at_work(archive) as opened:
            scan(opened, SAME)

    saved = fast_disk / "saved"
    copytree(archive.root, saved)
    steps = crash.steps_of(work, fast_disk)
    for step in range(steps - 45, steps + 1, 4):
        rmtree(archive.root)
        copytree(saved, archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        with desk.at_work(archive) as opened:
            judge.catalogue_agrees(archive.root)
            filed = tally.counts(opened.catalogue).get("review", 0)
            linking.all_waiting(opened, desk.clock)
            assert (linked(opened, row) is not None) == bool(filed)
        judge.objects_are_valid(archive.root)
        judge.staging_is_empty(archive.root)
        judge.audit_chain_holds(archive.root)


def test_a_catalogue_that_was_made_anew_links_as_well(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        row = rows.arrive(opened, code="54-CV/HU").row
        document = scan(opened, SAME)
        rows.edit(opened, row, desk.NOW + timedelta(seconds=1), code="45-CV/HU")
    with archive.writing(wait=5):
        rebuild_catalogue(archive)
    with desk.at_work(archive) as opened:
        assert linking.all_waiting(opened, desk.clock) == 1
        assert linked(opened, row) == document


def test_a_secret_row_is_no_row_of_an_open_document(fast_disk: Path) -> None:
    with desk.at_work(rows.new_archive(fast_disk / "lan", "independent-lan")) as opened:
        row = rows.arrive(opened, secrecy="Mật").row
        scan(opened, SAME)
        assert linked(opened, row) is None
        document = scan(opened, SAME, text="MẬT")
        assert linked(opened, row) == document
        listed = rowlist.rows(opened.catalogue, "arrival", rowlist.Wanted())
        assert listed == []
