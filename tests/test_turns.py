"""Several commands at work in one archive, turn by turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import desk
import inhold
import judge
import pytest

from partydoc import classifying, destroying, editing, failing, operations
from partydoc.archive import jobs, purging
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import Audit
from partydoc.archive.inbox import Source
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry
from partydoc.editing import Edit
from partydoc.filing import Filer
from partydoc.intake import Line, Wishes
from partydoc.keeping import Keeper
from partydoc.outcome import Outcome
from partydoc.turns import Turns
from partydoc.work import Work


class Scan:
    """A scan as far as it needs no OCR: `work` is what it is reading just now."""

    def __init__(self, turns: Turns, unclassified: bool = True) -> None:
        self.turns = turns
        self.done: list[Path] = []
        glance = desk.Glance(turns.desk)
        self.keeper = Keeper(
            turns, glance, desk.clock, inhold.FOLDER, unclassified, self.done,  # type: ignore[arg-type]
        )  # fmt: skip

    def keep(self, path: Path) -> Work | Outcome | None:
        return self.keeper.keep(Source(path, path.parent.name == "inbox"), None, ())

    def file(self, work: Work, text: str = desk.BODY) -> Outcome:
        reading = desk.reading_of(text)
        (work.job / "access.pdf").write_bytes(b"%PDF-1.7 copy of " + work.kept.id.encode())
        (work.job / "pages.json").write_text(json.dumps(reading.to_dict()), "utf-8")
        return Filer(self.turns, desk.clock, self.done).file(work, reading)

    def settle(self) -> None:
        with self.turns.turn() as opened:
            opened.shelves.settle(inhold.COMMIT)
            for job in self.done:
                jobs.end(job)
            self.done.clear()


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


@contextmanager
def scanning(archive: Archive, unclassified: bool = True) -> Iterator[Scan]:
    with Turns(archive, desk.clock, wait=5) as turns:
        scan = Scan(turns, unclassified)
        yield scan
        (turns.desk / "inspector" / "incoming").unlink(missing_ok=True)
        (turns.desk / "inspector").rmdir()


@pytest.fixture
def two(archive: Archive) -> Iterator[tuple[Scan, Scan]]:
    with ExitStack() as stack:
        yield (
            stack.enter_context(scanning(archive)),
            stack.enter_context(scanning(archive)),
        )


def paper(archive: Archive, name: str) -> Path:
    path = archive.inbox / f"{name}.pdf"
    path.write_bytes(b"%PDF " + name.encode())
    return path


def kept(scan: Scan, path: Path) -> Work:
    work = scan.keep(path)
    assert isinstance(work, Work)
    return work


def entries(archive: Archive) -> tuple[Entry, ...]:
    """Return what the folder's object says; the catalogue says the same."""
    with desk.at_work(archive) as opened:
        folder = opened.shelves.folder(inhold.FOLDER)
        assert opened.store.unit(folder.urn) == folder
        return folder.entries


def test_two_scans_into_one_folder_give_no_place_twice(
    archive: Archive, two: tuple[Scan, Scan]
) -> None:
    works = []
    for number in range(6):
        scan = two[number % 2]
        works.append((scan, kept(scan, paper(archive, str(number)))))
        if number == 3:
            two[0].settle()
    for scan, work in works:
        scan.file(work)
    for scan in two:
        scan.settle()
    found = entries(archive)
    assert [entry.ordinal for entry in found] == [f"{n:03d}" for n in range(1, 7)]
    assert [entry.first_sheet for entry in found] == [1, 2, 3, 4, 5, 6]
    assert [entry.document for entry in found] == [work.kept.id for _scan, work in works]


@pytest.mark.parametrize("unclassified", [True, False])
def test_a_catalogue_made_anew_in_between_knows_all_entries(
    archive: Archive, unclassified: bool
) -> None:
    with scanning(archive, unclassified) as scan:
        first, second = (kept(scan, paper(archive, name)) for name in "12")
        scan.file(first)
        with archive.writing(wait=5):
            rebuild_catalogue(archive)
        third = kept(scan, paper(archive, "3"))
        scan.settle()
        for work in (second, third):
            scan.file(work)
        with archive.writing(wait=5):
            rebuild_catalogue(archive)
        scan.settle()
    found = entries(archive)
    assert [entry.ordinal for entry in found] == ["001", "002", "003"]
    assert [entry.document for entry in found] == [work.kept.id for work in (first, second, third)]


def test_what_a_killed_scan_had_entered_stands_in_the_folder_after_the_next_turn(
    archive: Archive, two: tuple[Scan, Scan]
) -> None:
    mine = kept(two[0], paper(archive, "1"))
    with scanning(archive) as dying:
        theirs = kept(dying, paper(archive, "2"))
    assert theirs.job.exists()
    two[0].file(mine)
    assert not theirs.job.exists()
    for scan in two:
        scan.settle()
    assert [entry.document for entry in entries(archive)] == [mine.kept.id, theirs.kept.id]


def test_the_same_bytes_in_two_scans_make_one_document(
    archive: Archive, two: tuple[Scan, Scan], fast_disk: Path
) -> None:
    again = fast_disk / "again.pdf"
    again.write_bytes(b"%PDF 1")
    work = kept(two[0], paper(archive, "1"))
    there = two[1].keep(again)
    assert isinstance(there, Outcome) and there.outcome == "duplicate"
    two[0].file(work)
    for scan in two:
        scan.settle()
    assert len(entries(archive)) == 1
    assert not list(archive.inbox.iterdir())


def test_a_document_that_another_scan_is_reading_is_left_to_it(
    archive: Archive, two: tuple[Scan, Scan]
) -> None:
    work = kept(two[0], paper(archive, "1"))
    with Line(two[1].turns, Wishes(read=False), desk.clock) as line:
        assert not list(line.read_again([work.kept.id]))
    two[0].file(work)
    two[0].settle()


def test_a_file_that_another_scan_has_taken_is_passed_over(
    archive: Archive, two: tuple[Scan, Scan]
) -> None:
    path = paper(archive, "1")
    kept(two[0], path)
    assert two[1].keep(path) is None
    outside = two[1].keep(archive.root.parent / "gone.pdf")
    assert isinstance(outside, Outcome) and outside.reason == "gone"


def test_a_document_classified_as_secret_while_it_is_read_stays_held(archive: Archive) -> None:
    with scanning(archive) as scan, Turns(archive, desk.clock, wait=5) as person:
        work = kept(scan, paper(archive, "canary"))
        said = list(classifying.classify(person, [work.kept.id], desk.clock, "Mật", 1))
        assert [one.outcome for one in said] == ["held"]
        assert scan.file(work, "BÁO CÁO\nvề chim yến").outcome == "held"
        scan.settle()
    with desk.at_work(archive) as opened:
        assert opened.store.in_hold(work.kept.urn)
        assert not opened.store.texts(work.kept.id)
        row = opened.catalogue.row(work.kept.id)
        assert row and row.held
    judge.no_trace(archive.root, ["canary", "chim yến"])
    assert [entry.document for entry in entries(archive)] == [None]


def test_what_a_person_says_while_a_document_is_read_stands(archive: Archive) -> None:
    with scanning(archive) as scan:
        work = kept(scan, paper(archive, "1"))
        with desk.at_work(archive) as opened:
            editing.apply(opened, [Edit(work.kept.id, {"place": "Hà Mẫu"})], desk.NOW)
        assert scan.file(work).outcome == "archived"
        scan.settle()
    with desk.at_work(archive) as opened:
        found = opened.store.known(work.kept.id)
    place = found.fields["place"]
    assert found.ocr and place and (place.value, place.source) == ("Hà Mẫu", "person")


def test_a_document_let_out_of_hold_while_it_is_read_is_filed_in_the_store(
    archive: Archive,
) -> None:
    with scanning(archive, unclassified=False) as scan:
        work = kept(scan, paper(archive, "1"))
        with (
            desk.at_work(archive) as opened,
            Line(opened, Wishes(read=False), desk.clock) as line,
        ):
            assert [one.outcome for one in line.release([work.kept.id])] == ["archived"]
        assert jobs.lent(work.job).read_bytes() == b"%PDF 1"
        assert scan.file(work).outcome == "archived"
        scan.settle()
    assert [entry.document for entry in entries(archive)] == [work.kept.id]


def test_of_a_document_destroyed_while_it_is_read_nothing_is_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scanning(archive, unclassified=False) as scan:
        work = kept(scan, paper(archive, "canary"))
        for person in ("one", "other"):
            for module in (destroying, purging):
                monkeypatch.setattr(module, "account", lambda person=person: person)
            with desk.at_work(archive) as opened:
                list(destroying.destroy(opened, [work.kept.id], desk.NOW))
        told = scan.file(work).to_dict()
        assert told["outcome"] == "awaiting-class" and "source" not in told
        scan.settle()
    assert not list(archive.hold_staging.iterdir())
    assert not judge.originals(archive.root)


def test_operations_at_work_side_by_side_stay_apart(archive: Archive) -> None:
    with Turns(archive, desk.clock, wait=5) as one, Turns(archive, desk.clock, wait=5) as other:
        for turns, ids in ((one, ["a"]), (other, ["b"]), (one, ["c"]), (other, ["d"])):
            with turns.turn() as opened:
                opened.audit.add("kept", desk.NOW, ids)
        with one.turn() as opened:
            opened.audit.add("kept", desk.NOW, ["e"])
    with desk.at_work(archive) as opened:
        opened.audit.add("kept", desk.NOW, ["f"])
    log = list(operations.log(Audit(archive.audit)))
    assert [found.ids for found in log] == [("f",), ("b", "d"), ("a", "c", "e")]
    assert [found.number for found in log] == [3, 2, 1]
    assert [found.number for found in operations.log(Audit(archive.audit), "d")] == [2]


def test_an_operation_of_many_turns_is_finished_once(archive: Archive) -> None:
    with Turns(archive, desk.clock, wait=5) as turns:
        with operations.begun(turns, "release", desk.NOW, ["a"]) as operation:
            with desk.at_work(archive) as opened:
                opened.audit.add("kept", desk.NOW, ["b"])
            with turns.turn() as opened:
                opened.audit.add("released", desk.NOW, ["a"])
        with turns.turn() as opened:
            opened.audit.add("kept", desk.NOW, ["c"])
    log = list(operations.log(Audit(archive.audit)))
    assert [found.number for found in log] == [3, 2, 1]
    assert log[2] == replace(operation, finished=True)


@pytest.mark.parametrize("unclassified", [True, False])
@pytest.mark.parametrize(("text", "status"), [("MẬT\nBáo cáo", "held"), ("Báo cáo", "review")])
def test_what_one_failing_step_stops_is_finished_by_the_next_turn(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, text: str, status: str, unclassified: bool
) -> None:
    """Each step fails once; what had come to pass by then stands, all else is to be done again."""
    failed = 0
    with scanning(archive, unclassified) as scan:
        while True:
            work = kept(scan, paper(archive, str(failed)))
            monkeypatch.setenv("PARTYDOC_FAIL_AT", f"{failing.taken + failed + 1}:eio")
            scan.file(work, text)
            monkeypatch.delenv("PARTYDOC_FAIL_AT")
            filed = work.job in scan.done
            scan.settle()
            judge.catalogue_agrees(archive.root)
            with scan.turns.turn() as opened:
                row = opened.catalogue.row(work.kept.id)
                assert row and row.held is opened.store.in_hold(work.kept.urn)
                unread = work.kept.id in [one.id for one in opened.catalogue.unread()]
                assert unread or opened.store.known(work.kept.id).status == status
            if filed:
                break
            failed += 1
    assert failed > 20
    judge.staging_is_empty(archive.root)
