"""What is wrong with a fonds, an inventory or a folder: `catalogue check`.

Only accepted values count. Nothing is looked at of a document that stands in hold or bears a
secrecy mark but that its paper is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from partydoc import foliation, ranges, rescans, series
from partydoc.archive import order, whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.order import Filed
from partydoc.archive.references import number_of
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable
from partydoc.findings import Finding
from partydoc.index import dates
from partydoc.rescans import Rescan

#: How deep the archive's order is, from above a fonds to a folder.
_DEEP = 3


def findings(catalogue: Catalogue, store: Store, unit: Unit | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the folders of a unit, or of all the archive, folder by folder.

    Re-scans are another matter, see `again`.
    """
    for folder in _folders(catalogue, unit):
        filed = [_shown(one) for one in order.entries(catalogue, folder)]
        name = folder.reference
        yield from foliation.findings(folder, filed)
        yield from series.findings(name, filed, _term(catalogue, folder))
        yield from _disorder(name, filed)
        yield from _outside(folder, filed)
        yield from _unscanned(name, filed)
        for one in filed:
            yield from _without(catalogue, store, name, one)


def again(catalogue: Catalogue, store: Store, unit: Unit | None = None) -> Iterator[Rescan]:
    """Yield the documents of a unit, or of all the archive, whose paper was scanned before, or
    after; wherever the other scan stands.
    """
    among = None
    if unit:
        folders = _folders(catalogue, unit)
        among = {entry.document for one in folders for entry in one.entries if entry.document}
    return rescans.find(catalogue, store, among)


def of_rescan(catalogue: Catalogue, rescan: Rescan) -> Finding:
    """Return what is to be said of another scan of the same paper."""
    where = next(iter(whereabouts.of(catalogue, rescan.document)), None)
    first = next(
        (one.reference for one in whereabouts.of(catalogue, rescan.first)), rescan.first[:12]
    )
    folder, entry = (where.folder, where.reference) if where else (None, None)
    return Finding("same-paper", folder, entry, rescan.document, rescan.first, first)


def _folders(catalogue: Catalogue, unit: Unit | None) -> Iterator[Unit]:
    for one in order.below(catalogue, unit.reference if unit else None, _DEEP):
        folder = catalogue.unit(one.reference) if one.kind == "folder" else None
        if folder and not folder.disposed:
            yield folder


def _shown(one: Filed) -> Filed:
    """Return an entry without what is known of a document that is secret."""
    return replace(one, fields={}) if "secrecy" in one.fields else one


def _term(catalogue: Catalogue, folder: Unit) -> str | None:
    """Return the term of office of a folder, or of the inventory in which it stands."""
    above = catalogue.unit(folder.parent) if folder.parent else None
    return folder.value("term") or (above.value("term") if above else None)


def _disorder(folder: str, filed: Sequence[Filed]) -> Iterator[Finding]:
    """Yield the entries that are certainly older than the dated one above them."""
    above: Filed | None = None
    for one in filed:
        if "date" not in one.fields or one.supplement:  # that stands behind all others
            continue
        if above:
            date, before = one.fields["date"], above.fields["date"]
            if dates.parse(date)[1] < dates.parse(before)[0]:
                what = "dates-out-of-order"
                yield Finding(what, folder, one.reference, one.document, date, before)
        above = one


def _outside(folder: Unit, filed: Sequence[Filed]) -> Iterator[Finding]:
    """Yield the entries that certainly do not lie between the first and last day of a folder."""
    start, end = folder.value("start"), folder.value("end")
    since = dates.parse(start)[0] if start else None
    until = dates.parse(end)[1] if end else None
    for one in filed:
        if date := one.fields.get("date"):
            first, last = dates.parse(date)
            if (since and last < since) or (until and until < first):
                span = dates.written(since, until)
                name = folder.reference
                yield Finding("outside-span", name, one.reference, one.document, date, span)


def _unscanned(folder: str, filed: Sequence[Filed]) -> Iterator[Finding]:
    """Yield the entries of a folder to which nothing was scanned, as one."""
    empty = [number_of(one.ordinal) for one in filed if one.document is None]
    between = [f"{number}{letter}" for number, letter in empty if letter]
    runs = ranges.written(ranges.single(number for number, letter in empty if not letter))
    if empty:
        yield Finding("no-document", folder, what=", ".join(filter(None, (runs, *between))))


def _without(catalogue: Catalogue, store: Store, folder: str, one: Filed) -> Iterator[Finding]:
    """Yield a document on whose pages is no text."""
    if one.document and (pages := _silent_pages(catalogue, store, one.document)):
        what = ranges.written(ranges.single(pages))
        yield Finding("no-text", folder, one.reference, one.document, what)


def _silent_pages(catalogue: Catalogue, store: Store, document: str) -> Sequence[int]:
    """Return the pages of a document that are not empty and on which no text was found.

    One that is still to be read has none yet; of one that cannot be read it is all pages.
    """
    row = catalogue.row(document)
    if row is None or row.kept is None or row.status == "pending":
        return ()
    if row.kept.ocr is None:
        return range(1, row.pages + 1)
    known = row.kept.ocr.get("silent_pages")
    return known if known is not None else _silent_by_text(store, document, row.kept.ocr)


def _silent_by_text(store: Store, document: str, ocr: Mapping[str, Any]) -> Sequence[int]:
    """Return the same of what an earlier version has read, whose records do not say it."""
    try:
        texts = store.texts(document)
    except Unreadable:  # verify tells of it
        return ()
    blank = ocr.get("blank_pages", ())
    return [page for page, text in enumerate(texts, 1) if not text.strip() and page not in blank]
