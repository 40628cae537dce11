"""Printing: a unit of the archive's order becomes a form, and the form a workbook or a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from partydoc import certificate, covers, delivery, filingplan, findingaids, lookup
from partydoc.archive import extent
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.settings import Settings
from partydoc.archive.units import Unit
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.printed import Printed
from partydoc.prints.form import Form
from partydoc.printwishes import KINDS, TAKEN_BY, Wishes


def form(
    catalogue: Catalogue, settings: Settings, reference: str, wishes: Wishes, now: datetime
) -> Form:
    """Return a print of a unit as the catalogue has it; raises UsageProblem."""
    unit = lookup.unit(catalogue, reference)
    _check(unit, wishes, settings)
    today = now.astimezone().date()
    printed = Printed(catalogue, settings, unit, today, wishes.place, wishes.secret)
    match wishes.kind:
        case "muc-luc-ho-so":
            return findingaids.folder_list(printed)
        case "muc-luc-van-ban":
            return findingaids.document_list(printed, wishes.columns or "state")
        case "danh-muc-ho-so":
            return filingplan.filing_plan(printed, wishes.year)
        case "chung-tu-ket-thuc":
            return certificate.certificate(printed)
        case "bien-ban-giao-nhan":
            return delivery.delivery(printed, wishes)
        case "bia":
            return covers.covers(printed, wishes.paper or "a4")
    usual = "folders" if unit.kind == "folder" else "boxes"
    return covers.labels(printed, wishes.labels or usual)


def _check(unit: Unit, wishes: Wishes, settings: Settings) -> None:
    if unit.kind not in KINDS[wishes.kind]:
        message = _("{kind} is not printed of {reference}.")
        text = message.format(kind=wishes.kind, reference=unit.reference)
        raise UsageProblem(text, _named(KINDS[wishes.kind]))
    for name, kinds in TAKEN_BY.items():
        if getattr(wishes, name) is not None and wishes.kind not in kinds:
            message = _("--{name} says nothing of {kind}.").format(name=name, kind=wishes.kind)
            raise UsageProblem(message, _("It is for: {kinds}").format(kinds=", ".join(kinds)))
    if wishes.secret and settings.connected:
        message = _("On a connected machine documents with a secrecy mark stand in hold.")
        raise UsageProblem(message, _("Print without --with-secret."))


def _named(kinds: tuple[str, ...]) -> str:
    if kinds == ("folder",):
        return _("Name a folder, such as A29-01-0003.")
    if kinds == ("fonds",):
        return _("Name a fonds, such as A29.")
    return _("Name a fonds (A29) or an inventory (A29-01).")


def shown(catalogue: Catalogue, reference: str, wishes: Wishes) -> list[str]:
    """Return of what a print tells, for the log: the unit, and documents with a secrecy mark."""
    unit = lookup.unit(catalogue, reference)
    if not wishes.secret or wishes.kind != "muc-luc-van-ban":
        return [unit.urn]
    scans = extent.scans(catalogue, unit.urn)
    return [unit.urn, *sorted(document for document, scan in scans.items() if scan.mark)]


def writer_of(path: Path) -> Callable[[Form, Path, datetime], frozenset[str]]:
    """Return what writes a form into a file of that name: it takes the form, the file and the time,
    and returns the signs that cannot be shown.

    Raises UsageProblem for another kind of file, MissingTool where the font is not installed.
    """
    if path.suffix.lower() == ".xlsx":
        from partydoc.prints import xlsx

        return xlsx.write
    if path.suffix.lower() == ".pdf":
        from partydoc.prints import fonts, pdf

        fonts.require()
        return pdf.write
    message = _("{path} is neither a PDF nor a workbook.").format(path=path)
    raise UsageProblem(message, _("Name it FILE.pdf or FILE.xlsx"))
