"""An archive of which everything can be printed, made without any OCR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import desk
from waiting import KNOWN, describe, sure, unsure

from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.archive.units import Entry, Unit
from partydoc.document import Field
from partydoc.work import Work

COMMIT = Commit("added", "x@y", desk.NOW)
FOLDER = "A29-01-0003"
BODY = "Đảng uỷ xã Đồng Mẫu"
FORMULA = "=1+1 về việc chỉnh lý tài liệu"
LONG = "về việc kiểm tra, giám sát công tác văn thư, lưu trữ và " * 4 + "sử dụng chữ nghĩa"

#: Of the documents of the folder, in their order; the third bears a mark where that may be.
RECORDS: tuple[Mapping[str, Field], ...] = (
    KNOWN,
    {**KNOWN, "subject": sure(FORMULA), "code": sure("13-TTr/ĐU"), "date": sure("2010-08")},
    {**KNOWN, "subject": sure("về việc kín"), "secrecy": unsure("Mật"), "date": sure("2019-01-01")},
    {**KNOWN, "subject": sure(LONG), "date": sure("2012-12-20"), "signer": unsure("Không chắc")},
)
#: What was typed of a paper that is not scanned.
TYPED = {"type": "Báo cáo", "code": "05-BC/ĐU", "date": "2011-03-02", "subject": "về thu hoạch"}


def archive_of(root: Path, network: str = "independent-lan", many: int = 1) -> Archive:
    """Make an archive of two inventories with folders, one of them with documents, `many` times
    those of RECORDS, a paper that is not scanned and one of which nothing is known.
    """
    archive = desk.new_archive(root, network)
    records = RECORDS if network == "independent-lan" else tuple(map(_open, RECORDS))
    with desk.at_work(archive) as opened:
        add(opened, "fonds", "A29", BODY)
        add(opened, "inventory", "A29-01", "Khóa XII", term="2010-2015")
        add(opened, "folder", FOLDER, "Tờ trình năm 2010", "7", retention="Vĩnh viễn", volume="1")
        add(opened, "folder", "A29-01-0004", "Công văn", "7", retention="20 năm", sheets="12")
        add(opened, "inventory", "A29-02", "Khóa XIII")
        add(opened, "folder", "A29-02-0001", "Báo cáo", "8", start="2016", end="2016-12-31")
        fill(opened, records * many, root.parent)
    return archive


def _open(record: Mapping[str, Field]) -> Mapping[str, Field]:
    return {name: field for name, field in record.items() if name != "secrecy"}


def add(
    opened: Opened, kind: str, reference: str, title: str, box: str | None = None, **fields: str
) -> None:  # fmt: skip
    """Add a unit with what is known of it."""
    opened.shelves.add(replace(new_unit(kind, reference, title, box), fields=fields), COMMIT)


def fill(opened: Opened, records: Sequence[Mapping[str, Field]], beside: Path) -> None:
    """File documents with such records into the folder, and behind them papers without a scan."""
    for number, record in enumerate(records, 1):
        path = beside / f"{number}.pdf"
        path.write_bytes(b"%PDF " + str(number).encode())
        work = desk.keep(opened, path, FOLDER, unclassified=True)
        assert isinstance(work, Work)
        desk.file(opened, work)
        describe(opened, work.kept.id, record)
    opened.shelves.settle(COMMIT)
    folder = opened.catalogue.unit(FOLDER)
    assert folder
    last = len(records)
    entries = (
        Entry(f"{last + 1:03d}a", last + 3, last + 5, None, "bản đánh máy", TYPED),
        Entry(f"{last + 2:03d}", last + 5, last + 5, None),
        Entry(f"{last + 3:03d}", last + 6, last + 6, None, None, {"subject": "về sau"}, True),
    )
    opened.shelves.revise([with_entries(folder, entries)], COMMIT)


def with_entries(folder: Unit, entries: Sequence[Entry]) -> Unit:
    """Return a folder with more entries."""
    return replace(folder, entries=(*folder.entries, *entries))


def withhold(archive: Archive, document: str) -> None:
    """Put a document into hold, as if a mark had been found late."""
    from partydoc.withholding import withhold_all

    with desk.at_work(archive) as opened:
        withhold_all(opened, [document], "Mật", desk.NOW)
