"""What is counted of an archive, and what is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import counted
import desk
import inhold
import pytest
from counted import document, figure, known, report, told, unit

from partydoc import indexing
from partydoc.archive.root import Archive
from partydoc.document import Field
from partydoc.errors import UsageProblem

SECRET = {"secrecy": Field("Mật", 0.99, 1, accepted=True)}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An empty archive."""
    return counted.empty(fast_disk / "a")


@pytest.fixture
def alone(fast_disk: Path) -> Archive:
    """An empty archive on an independent LAN."""
    return counted.empty(fast_disk / "b", "independent-lan")


def test_of_an_empty_archive_every_figure_is_nothing_of_nothing(archive: Archive) -> None:
    found = report(archive)
    assert {one.denominator for one in found.figures if one.name != "verified"} == {0}
    assert all(one.share is None for one in found.figures if one.name != "verified")
    assert found.documents == 0 and found.time.median is None and not found.coverage


def test_documents_stand_in_one_state_each(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "machine", known())
        document(opened, "confirmed", counted.by_person(known(), "date"))
        document(opened, "other", counted.by_person(known(term="2020-2025"), "term"))
        document(opened, "unsure", {**known(), "date": Field("2021", 0.5)})
        document(opened, "unread", status="pending")
        document(opened, "form", status="original-only")
        checked = document(opened, "checked", known())
        opened.audit.add("check", desk.NOW, [checked])
    found = report(archive)
    assert found.states == {
        "reviewed": 2, "by-machine": 2, "review": 1, "pending": 1, "original-only": 1,
    }  # fmt: skip
    assert found.documents == 7
    assert figure(found, "read") == (5, 7)
    assert figure(found, "described") == (4, 7)
    assert figure(found, "reviewed") == (2, 7)


def test_arrivals_are_the_rows_that_are_not_void_and_the_scanned_have_a_document(
    archive: Archive,
) -> None:
    with desk.at_work(archive) as opened:
        counted.arrival(opened, 1, document(opened, "1", known()))
        counted.arrival(opened, 2)
        counted.arrival(opened, 3, void="ghi nhầm")
        counted.arrival(opened, 4, line="gap", reason="bỏ trống")
        counted.arrival(opened, 5, document(opened, "5", held=True, status="held"))
        counted.arrival(opened, 1, secret=True)
    assert figure(report(archive), "arrivals") == (1, 2)


def test_secret_arrivals_are_counted_only_when_asked_for(alone: Archive) -> None:
    with desk.at_work(alone) as opened:
        counted.arrival(opened, 1)
        counted.arrival(opened, 1, document(opened, "1", {**known(), **SECRET}), secret=True)
        counted.arrival(opened, 2, document(opened, "2", held=True, status="held"), secret=True)
    assert figure(report(alone), "arrivals") == (0, 1)
    assert figure(report(alone, with_secret=True), "arrivals") == (1, 2)


def test_a_folder_has_a_finding_aid_when_each_entry_has_its_line(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        whole, other = document(opened, "1", known(1)), document(opened, "2", known(2))
        lacking = document(opened, "3", {**known(3), "date": Field("2021-05", 0.4)})
        none = document(opened, "4", counted.by_person(known(4, code=None), "code"))
        unit(opened, "folder", "A29-01-0001", whole, other, none)
        unit(opened, "folder", "A29-01-0002", whole, lacking)
        paper = unit(opened, "folder", "A29-01-0003", other, None)
        unit(opened, "folder", "A29-01-0004")
        listed = unit(opened, "folder", "A29-01-0005", None)
    said = {"subject": "về kinh phí", "code": "7-CV/ĐU", "date": "2021", "issuer": "Đồng Mẫu"}
    counted.typed(archive, listed, "001", **said)
    found = report(archive)
    assert figure(found, "finding-aids") == (2, 5)
    assert figure(found, "scanned") == (6, 8) and found.waiting.unscanned == 2
    counted.typed(archive, paper, "002", **said)
    assert figure(report(archive), "finding-aids") == (3, 5)


def test_what_is_typed_completes_what_is_accepted_of_the_document(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        lacking = document(opened, "1", {**known(), "issuer": Field("?", 0.2)})
        folder = unit(opened, "folder", "A29-01-0001", lacking)
    counted.typed(archive, folder, "001", issuer="Đảng uỷ xã Đồng Mẫu")
    assert figure(report(archive), "finding-aids") == (1, 1)


def test_pages_have_text_where_they_were_read_and_are_no_empty_paper(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", known(), pages=10, blank=(2, 4))
        document(opened, "2", pages=3, status="pending")
        document(opened, "3", pages=1, status="original-only")
    assert figure(report(archive), "text-pages") == (8, 12)


def test_only_accepted_values_are_counted_and_the_rest_is_not_known(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", known(1))
        document(opened, "2", known(2, issuer="Đảng ủy xã Đồng Mẫu", date="2019-02"))
        document(opened, "3", {"type": Field("Báo cáo", 0.4), "date": Field("2020", 0.4)})
        document(opened, "4", told(type=None, date="2021"))
    found = report(archive)
    assert found.tally("type").values == (("Nghị quyết", 2),)
    assert found.tally("issuer").values == ((counted.ISSUER, 2),)
    assert found.tally("year").values == (("2019", 1), ("2021", 2))
    assert {one.kind: one.unknown for one in found.tallies} == {
        "type": 2, "issuer": 2, "year": 1, "term": 4,
    }  # fmt: skip


def test_a_document_is_of_its_own_term_else_of_that_of_its_folder_or_inventory(
    archive: Archive,
) -> None:
    with desk.at_work(archive) as opened:
        own = document(opened, "1", known(1, term="2015-2020"))
        second, third, fourth = (document(opened, str(n), known(n)) for n in (2, 3, 4))
        unit(opened, "inventory", "A29-01", term="2020-2025")
        unit(opened, "folder", "A29-01-0001", own, second)
        unit(opened, "folder", "A29-01-0002", third, term="2010-2015")
        unit(opened, "folder", "A29-02-0001", fourth)
    found = report(archive).tally("term")
    assert found.values == (("2010-2015", 1), ("2015-2020", 1), ("2020-2025", 1))
    assert found.unknown == 1


def test_coverage_has_papers_that_are_not_scanned_yet(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        scanned = document(opened, "1", known())
        document(opened, "2", {})
        folder = unit(opened, "folder", "A29-01-0001", scanned, None, None)
    counted.typed(archive, folder, "002", type="nghị quyết", date="2021-07")
    cells = {(one.year, one.type): (one.scanned, one.papers) for one in report(archive).coverage}
    assert cells == {("2021", "Nghị quyết"): (1, 2), (None, None): (1, 2)}


def test_numbers_of_paper_without_a_scan_are_not_missing(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        for number in (1, 2, 3, 6, 7):
            document(opened, str(number), known(number))
        folder = unit(opened, "folder", "A29-01-0001", None)
    said = {"type": "Nghị quyết", "code": "04-NQ/ĐU", "date": "2021", "issuer": counted.ISSUER}
    counted.typed(archive, folder, "001", **said)
    found = report(archive)
    assert [(run.symbol, run.period, run.missing) for run in found.gaps] == [
        ("NQ/ĐU", "2021", (5,))
    ]
    assert figure(found, "numbers") == (6, 7)


def test_inspections_and_supervisions_are_counted_as_documents(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", known(1, subject="về kế hoạch kiểm tra, giám sát năm 2021"))
        document(opened, "2", known(2, subject="về kết luận kiểm tra"))
        document(opened, "3", known(3))
    found = report(archive)
    assert figure(found, "inspections") == (2, 3) and figure(found, "supervisions") == (1, 3)
    assert "not inspections" in found.figure("inspections").definition


def test_the_time_is_that_of_counted_documents(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        ids = [document(opened, str(number), known(number)) for number in range(3)]
        for id_, seconds in zip([*ids, "f" * 64], (10, 20, 60, 1000), strict=True):
            opened.audit.add("review", desk.NOW, [id_], fields=["date"], seconds=seconds)
    spent = report(archive).time
    assert (spent.documents, spent.seconds, spent.median, spent.mean) == (3, 90, 20, 30)


def test_what_waits_is_told_with_its_age(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", status="pending", days=0)
        document(opened, "2", status="pending", days=400)
        document(opened, "3", {}, days=7)
        document(opened, "4", known(), days=400)
        document(opened, "5", {}, days=-2)  # a clock that went back
    waits = report(archive).waiting
    assert (waits.pending, waits.review) == (2, 2)
    assert [(age.days, age.pending, age.review) for age in waits.ages] == [
        (0, 1, 1), (7, 0, 1), (30, 0, 0), (90, 0, 0), (365, 1, 0),
    ]  # fmt: skip


def test_the_index_is_behind_by_what_has_changed_since(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", known())
        document(opened, "2", status="pending")
    assert report(archive).waiting.unseen == 1  # there is none yet
    with desk.at_work(archive) as opened:
        indexing.rebuild(opened)
    assert report(archive).waiting.unseen == 0
    with desk.at_work(archive) as opened:
        document(opened, "3", known(3))
    assert report(archive).waiting.unseen == 1


def test_the_last_night_and_the_slices_of_thirty_days_are_known(archive: Archive) -> None:
    assert report(archive).waiting.nightly is None
    with desk.at_work(archive) as opened:
        for days, slice_ in ((40, 1), (3, 2), (2, 3), (1, 3)):
            when = desk.NOW - timedelta(days=days)
            opened.audit.add("nightly", when, outcomes={}, slice=slice_)
    found = report(archive)
    assert found.waiting.nightly == desk.NOW - timedelta(days=1)
    assert figure(found, "verified") == (2, 30)


# secret documents


def test_what_stands_in_hold_is_in_no_total(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        there = document(opened, "1", known(1))
        before = report(archive)
        hidden = document(opened, "2", known(2), held=True, status="held")
        document(opened, "3", held=True, status="pending", days=3)
        opened.audit.add("review", desk.NOW, [hidden], seconds=50)
    assert report(archive).to_dict() == before.to_dict()
    assert there


def test_the_entry_that_is_kept_free_for_what_stands_in_hold_is_counted_nowhere(
    fast_disk: Path,
) -> None:
    archive = inhold.new_archive(fast_disk / "c")
    with desk.at_work(archive) as opened:
        inhold.read(opened, inhold.keep(opened, "1"), "MẬT\nSố 01-BC/ĐU")
        inhold.keep(opened, "2")
        opened.shelves.settle(inhold.COMMIT)
    found = report(archive)
    assert found.hold_seen
    assert (found.documents, found.waiting.unscanned) == (0, 0)


def test_without_the_right_to_see_hold_the_report_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: path != archive.hold)
    assert not report(archive).hold_seen


def test_on_an_independent_lan_marked_documents_are_counted_only_when_asked_for(
    alone: Archive,
) -> None:
    with desk.at_work(alone) as opened:
        open_ = document(opened, "1", known(1))
        unit(opened, "folder", "A29-01-0001", open_)
        before = report(alone).to_dict()
        marked = document(opened, "2", {**known(2, type="Báo cáo", date="1999"), **SECRET})
        unsure = document(opened, "3", {**known(3), "secrecy": Field("Mật", 0.3)})
        unread = document(opened, "4", SECRET, status="pending", days=3)
        folder = unit(opened, "folder", "A29-01-0001", open_, marked, unsure, unread, None)
        opened.audit.add("review", desk.NOW, [marked], seconds=50)
        opened.audit.add("check", desk.NOW, [marked])
    counted.typed(alone, folder, "005", secrecy="Tối mật", date="2001", type="Thông báo")
    assert report(alone).to_dict() == before
    found = report(alone, with_secret=True)
    assert found.documents == 4 and found.with_secret
    assert figure(found, "scanned") == (4, 5)
    assert found.time.documents == 1 and found.states["reviewed"] == 1


def test_a_person_who_says_that_there_is_no_mark_is_believed(alone: Archive) -> None:
    absent = Field(None, source="person", accepted=True)
    with desk.at_work(alone) as opened:
        document(opened, "1", {**known(1), "secrecy": absent})
    assert report(alone).documents == 1


def test_on_a_connected_machine_secret_documents_cannot_be_asked_for(archive: Archive) -> None:
    with pytest.raises(UsageProblem):
        report(archive, with_secret=True)
