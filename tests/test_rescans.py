"""Other scans of the same paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import desk
import pytest
from test_checking import KNOWN, OTHER_TEXT, TEXT, paper

from partydoc import rescans, samepaper
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Field
from partydoc.rescans import Rescan

AGAIN = TEXT.replace("mưa", "mua").replace("hộ", "hô").replace("lưu", "1ưu")


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An empty archive."""
    return desk.new_archive(fast_disk / "a")


def found(archive: Archive, among: set[str] | None = None) -> list[Rescan]:
    with open_for_reading(archive) as catalogue:
        return list(rescans.find(catalogue, Store(archive), among))


def two(archive: Archive, other: str, first: dict[str, str], second: dict[str, str]) -> int:
    """Return how many links there are between two documents with these accepted values."""
    with desk.at_work(archive) as opened:
        paper(opened, "1", TEXT, None, **first)
        paper(opened, "2", other, None, **second)
    return len(found(archive))


def test_a_paper_that_was_scanned_twice_is_found_once(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        ids = sorted([paper(opened, "1", TEXT, None), paper(opened, "2", AGAIN, None)])
        other = paper(opened, "3", OTHER_TEXT, None)
    assert found(archive) == [Rescan(ids[1], ids[0])]
    assert found(archive, {ids[0]}) == found(archive, {ids[1]}) == found(archive)
    assert found(archive, {other}) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"number": "12"}, {"number": "13"}),
        ({"date": "2021-03-02"}, {"date": "2021-03-05"}),
        ({"date": "2021"}, {"date": "2022-01-01"}),
        ({"type": "Nghị quyết"}, {"type": "Quyết định"}),
        ({"copy_type": "Bản chính"}, {"copy_type": "Sao y"}),
    ],
)
def test_what_is_accepted_and_differs_is_another_paper(
    archive: Archive, first: dict[str, str], second: dict[str, str]
) -> None:
    assert two(archive, AGAIN, KNOWN | first, KNOWN | second) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"number": "07"}, {"number": "7"}),
        ({"date": "2021"}, {"date": "2021-03-05"}),
        ({"number": "12"}, {}),
        ({"symbol": "NQ/ĐU"}, {"symbol": "NQ/DUI"}),
    ],
)
def test_what_may_be_the_same_is_no_other_paper(
    archive: Archive, first: dict[str, str], second: dict[str, str]
) -> None:
    assert two(archive, AGAIN, KNOWN | first, KNOWN | second) == 1


def test_the_same_letter_to_somebody_else_is_another_paper(archive: Archive) -> None:
    letter = f"Kính gửi đồng chí Nguyễn Văn Mẫu\n{TEXT}"
    with desk.at_work(archive) as opened:
        paper(opened, "1", letter, None)
        paper(opened, "2", letter.replace("Nguyễn Văn Mẫu", "Trần Thị Bình"), None)
    assert found(archive) == []


def test_what_stands_in_hold_takes_no_part(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        ids = [paper(opened, "1", TEXT, None), paper(opened, "2", AGAIN, None)]
        row = opened.catalogue.row(ids[0])
        assert row and row.kept
        opened.catalogue.note(replace(row.kept, status="held"), held=True)
    assert found(archive) == []


def test_what_earlier_versions_read_is_found_as_well(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        ids = [paper(opened, "1", TEXT, None), paper(opened, "2", AGAIN, None)]
        for id_ in ids:
            row = opened.catalogue.row(id_)
            assert row and row.kept and row.kept.ocr
            ocr = {name: value for name, value in row.kept.ocr.items() if name != "sketch"}
            opened.catalogue.note(replace(row.kept, ocr=ocr), held=False)
    assert len(found(archive)) == 1


def test_what_was_corrected_meanwhile_is_not_linked(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        ids = [paper(opened, "1", TEXT, None), paper(opened, "2", AGAIN, None)]
    links = found(archive)
    with desk.at_work(archive) as opened:
        assert len(samepaper.draft(opened, links)) == 1
        for id_, number in zip(ids, ("12", "13"), strict=True):
            row = opened.catalogue.row(id_)
            assert row and row.kept
            said = {"number": Field(number, source="person", accepted=True)}
            opened.catalogue.note(replace(row.kept, fields={**row.kept.fields, **said}), False)
        assert samepaper.draft(opened, links) == ()
