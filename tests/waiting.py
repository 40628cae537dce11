"""Fills an archive with documents that wait for a person, without any OCR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import desk

from partydoc import editing, indexing
from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.references import KINDS
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.box import Box
from partydoc.document import FIELDS, Field
from partydoc.editing import Edit
from partydoc.operations import Operation
from partydoc.work import Work

FOLDER = "A29-01-0003"
Values = Mapping[str, str]


def sure(value: str) -> Field:
    """Return what the machine read and relies on."""
    return Field(value, 0.99, 1, Box(0.1, 0.1, 0.4, 0.12), accepted=True)


def unsure(value: str) -> Field:
    """Return what the machine read without being sure."""
    return Field(value, 0.62, 1, Box(0.1, 0.1, 0.4, 0.12))


#: A record of which everything is known and sure.
KNOWN = {
    "type": sure("Tờ trình"),
    "number": sure("12"),
    "symbol": sure("TTr/ĐU"),
    "code": sure("12-TTr/ĐU"),
    "date": sure("2010-07-05"),
    "place": sure("Đồng Mẫu"),
    "superior": sure("ĐẢNG BỘ HUYỆN MẪU SƠN"),
    "issuer": sure("ĐẢNG UỶ XÃ ĐỒNG MẪU"),
    "subject": sure("về việc chỉnh lý tài liệu"),
    "signer": sure("Nguyễn Văn An"),
}


def archive_of(root: Path, records: Sequence[Mapping[str, Field]], **options: str) -> Archive:
    """Make an archive with one folder of documents that have such records; `options`: network."""
    archive = desk.new_archive(root, **options)
    with desk.at_work(archive) as opened:
        commit = Commit("added", "x@y", desk.NOW)
        for kind, reference in zip(KINDS, ("A29", "A29-01", FOLDER), strict=True):
            opened.shelves.add(new_unit(kind, reference, "Tờ trình", "7"), commit)
        for number, record in enumerate(records, 1):
            path = root.parent / f"{number}.pdf"
            path.write_bytes(b"%PDF " + str(number).encode())
            work = desk.keep(opened, path, FOLDER, unclassified=True)
            assert isinstance(work, Work)
            desk.file(opened, work)
            describe(opened, work.kept.id, record)
        opened.shelves.settle(commit)
        indexing.bring_up_to_date(opened)
    return archive


def describe(opened: Opened, document: str, record: Mapping[str, Field]) -> None:
    """Give a document another record, as if that had been read."""
    kept = opened.store.kept(document)
    assert kept is not None
    draft = editing.revised(kept, {**dict.fromkeys(FIELDS), **record})
    editing.carry_out(opened, [draft], Operation(None, desk.NOW, "x@y", "edit"))


def change(archive: Archive, document: str, values: Values) -> None:
    """Change a document as another person would."""
    with desk.at_work(archive) as opened:
        editing.apply(opened, [Edit(document, dict(values))], desk.NOW)


def records(archive: Archive) -> list[Kept]:
    """Return the documents of the folder as they stand now, in the order of its entries."""
    with desk.at_work(archive) as opened:
        unit = opened.catalogue.unit(FOLDER)
        assert unit is not None
        rows = [opened.catalogue.row(entry.document or "") for entry in unit.entries]
    return [row.kept for row in rows if row and row.kept]
