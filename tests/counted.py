"""An archive to be counted: a catalogue of invented documents and folders, without objects."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import desk

from partydoc import reporting
from partydoc.archive.kept import Kept, status_of
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow, Series
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry, Unit
from partydoc.document import Field
from partydoc.report import Report

ISSUER = "ĐẢNG UỶ XÃ ĐỒNG MẪU"
NOTHING: Mapping[str, Field] = {}


def told(**values: str | None) -> dict[str, Field]:
    """Return fields that the machine read and relies on."""
    return {name: Field(value, 0.99, 1, accepted=True) for name, value in values.items()}


def known(number: int = 1, **more: str | None) -> dict[str, Field]:
    """Return a record of which all that a document needs is known by the machine."""
    values: dict[str, str | None] = {
        "type": "Nghị quyết", "code": f"{number:02}-NQ/ĐU", "date": "2021-05-06",
        "issuer": ISSUER, "subject": "về công tác lưu trữ",
    }  # fmt: skip
    return told(**{**values, **more})


def document(
    opened: Opened, name: str, fields: Mapping[str, Field] = NOTHING, *, pages: int = 2,
    blank: Sequence[int] = (), status: str | None = None, held: bool = False, days: int = 0,
) -> str:  # fmt: skip
    """Note a document in the catalogue; return its id."""
    id_ = hashlib.sha256(name.encode()).hexdigest()
    status = status or status_of(fields)
    ocr = None if status in ("pending", "original-only") else {"blank_pages": list(blank)}
    when = desk.NOW - timedelta(days=days)
    kept = Kept(
        id_, when, "application/pdf", "pdf", pages, status=status, ocr=ocr, fields=dict(fields)
    )
    opened.catalogue.note(kept, held)
    return id_


def unit(opened: Opened, kind: str, reference: str, *documents: str | None, **fields: str) -> Unit:
    """Note a fonds, inventory or folder in the catalogue, a folder with an entry a document."""
    entries = tuple(
        Entry(f"{number:03}", number, number, document)
        for number, document in enumerate(documents, 1)
    )
    found = Unit(
        uuid.uuid5(uuid.NAMESPACE_URL, reference).urn,
        kind,
        reference,
        "Hồ sơ năm 2021",
        "7",
        entries,
        fields,
    )
    opened.catalogue.note_units([found])
    return found


def arrival(opened: Opened, number: int, document: str | None = None, **more: Any) -> None:
    """Note a row of the register of arrivals in the catalogue."""
    series = Series("2026", secret=more.pop("secret", False))
    urn = uuid.uuid4().urn
    line = more.pop("line", "document")
    fields = {"arrival_date": "2026-03-02"}
    row = RegisterRow(
        urn, "arrival", line, series, number, number, fields=fields, document=document, **more
    )
    opened.catalogue.note_row(row)


def typed(archive: Archive, folder: Unit, ordinal: str, **fields: str) -> None:
    """Have stand in an entry what a person typed of its paper."""
    with desk.at_work(archive) as opened:
        now = opened.catalogue.unit_by_urn(folder.urn)
        entry = now.entry(ordinal) if now else None
        assert now and entry
        entry = replace(entry, fields=fields)
        opened.catalogue.note_units([now.with_value(f"entry {ordinal}", entry)])


def report(archive: Archive, **options: bool) -> Report:
    """Return the report of an archive."""
    return reporting.look(archive, desk.NOW, **options)


def figure(found: Report, name: str) -> tuple[int, int]:
    """Return numerator and denominator of a figure."""
    one = found.figure(name)
    return one.numerator, one.denominator


def by_person(fields: Mapping[str, Field], *names: str) -> dict[str, Field]:
    """Return the fields, those named as a person's."""
    said = {name: replace(fields[name], source="person") for name in names}
    return {**fields, **said}


def empty(root: Path, network: str = "connected") -> Archive:
    """Make an archive without anything in it."""
    return desk.new_archive(root, network)
