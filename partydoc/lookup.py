"""From a reference, the start of an id or a hit's number to one document: its record, its text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partydoc import heirs
from partydoc.archive import disposals, whereabouts
from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.disposal import Disposal
from partydoc.archive.kept import Kept, stamp
from partydoc.archive.lineage import PASSED_ON
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import FIELDS, FURTHER_FIELDS
from partydoc.errors import Unreadable, UsageProblem
from partydoc.fieldvalues import written
from partydoc.language import _
from partydoc.lastsearch import is_number, recall
from partydoc.text import clean

if TYPE_CHECKING:
    from partydoc.archive.units import Unit

_ROLES = {"access.pdf": "access-copy", "pages.json": "pages"}


def resolve(archive: Archive, catalogue: Catalogue, reference: str) -> Row:
    """Return the document of an archival reference, a prefix of its id, or a hit's number."""
    reference = clean(reference)
    if is_number(reference):
        return _row(catalogue, _hit(archive, reference), reference)
    if "-" in reference or "/" in reference:
        return _at_reference(catalogue, reference)
    if not re.fullmatch(r"[0-9a-f]{4,64}", reference):
        message = _("{reference} names no document.").format(reference=reference)
        hint = _("Use a reference (A29-01-0003-012), the start of an id, or a hit's number.")
        raise UsageProblem(message, hint)
    rows = catalogue.starting_with(reference)
    if len(rows) > 1:
        message = _("Several documents have ids that start with {reference}.")
        hint = _("Type more of the id.")
        raise UsageProblem(message.format(reference=reference), hint)
    return _row(catalogue, rows[0].id if rows else reference, reference)


def _hit(archive: Archive, number: str) -> str:
    root, document = recall(int(number), archive.root)
    if root != archive.root:
        message = _("Hit {number} of the last search lies in {archive}.")
        hint = _("Name that archive: partydoc -a {archive}").format(archive=root)
        raise UsageProblem(message.format(number=number, archive=root), hint)
    return document


def _at_reference(catalogue: Catalogue, reference: str) -> Row:
    there, document = whereabouts.at(catalogue, reference)
    if there and document:
        return _row(catalogue, document, reference)
    if there and (disposal := disposals.at(catalogue, reference)):
        raise _destroyed(disposal, reference)
    if there:
        message = _("The paper {reference} is entered, but no document is filed there yet.")
        hint = _("When it is scanned: partydoc catalogue edit {reference} document=ID")
        raise Unreadable(message.format(reference=reference), hint.format(reference=reference))
    message = _("There is no document {reference}.").format(reference=reference)
    raise UsageProblem(message, _("Find it by words: partydoc search WORDS"))


def _row(catalogue: Catalogue, document: str, reference: str) -> Row:
    row = catalogue.row(document)
    if row is None and (disposal := disposals.that_destroyed(catalogue, document)):
        raise _destroyed(disposal, reference)
    if row is None:
        message = _("There is no document {reference}.").format(reference=reference)
        raise UsageProblem(message, _("Find it by words: partydoc search WORDS"))
    return heirs.followed(catalogue, row)


def _destroyed(disposal: Disposal, reference: str) -> Unreadable:
    hint = _("See how that came about: partydoc dispose list --proposals")
    return Unreadable(f"{reference}: {fate(disposal)}", hint)


def fate(disposal: Disposal) -> str:
    """Return what became of what a disposal names, as a sentence."""
    assert disposal.executed and disposal.decision
    message = _("It was destroyed on {day} by decision {code} (proposal {number}).")
    day, code = disposal.executed.when[:10], disposal.decision.code
    return message.format(day=written("date", day), code=code, number=disposal.number)


def unit(catalogue: Catalogue, reference: str) -> Unit:
    """Return a fonds, inventory or folder by its reference; raises UsageProblem."""
    reference = clean(reference).strip()
    found = catalogue.unit(reference)
    if found is None and whereabouts.named(catalogue, reference):
        message = _("{reference} is an entry of the folder {folder}.")
        folder = reference.rpartition("-")[0]
        hint = _("Name the folder, or look at the entry: partydoc catalogue show {reference}")
        text = message.format(reference=reference, folder=folder)
        raise UsageProblem(text, hint.format(reference=reference))
    if found is None:
        message = _("There is no {reference} in the catalogue.").format(reference=reference)
        raise UsageProblem(message, _("See what there is: partydoc catalogue tree"))
    return found


def show(archive: Archive, reference: str) -> dict[str, Any]:
    """Return everything about one document, in the form of `show --json`."""
    with open_for_reading(archive) as catalogue:
        row = resolve(archive, catalogue, reference)
        where = whereabouts.of(catalogue, row.id)
        passed_to = heirs.told(catalogue, row.kept) if row.kept else []
        rows = list(catalogue.register_rows("WHERE document = ?", row.id)) if row.kept else []
    data: dict[str, Any] = {
        "version": 1,
        "id": row.id,
        "reference": where[0].reference if where else None,
        "references": [one.reference for one in where],
        "register": [f"{one.register} {one.reference}" for one in rows],
        "status": _status(row),
        "pages": row.pages,
        "flags": list(row.kept.particulars) if row.kept else [],
        "record": dict.fromkeys((*FIELDS, *FURTHER_FIELDS)),
        "files": [],
        "ocr": None,
        "added_at": stamp(row.added_at),
        "heirs": [],
        "sources": [],
    }
    if row.kept is None:
        return data
    for name, field in row.kept.fields.items():
        data["record"][name] = field.to_dict() if field else None
    data["heirs"], data["sources"] = passed_to, list(row.kept.sources)
    data["files"] = _files(archive, row.kept)
    data["ocr"] = _without_sketch(row.kept.ocr)
    return data


def _status(row: Row) -> str:
    if not row.held:
        return row.status
    return "held" if row.status in ("held", *PASSED_ON) else "awaiting-class"


def _without_sketch(ocr: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return how a document was read, without what only serves to find other scans of it."""
    return {name: value for name, value in ocr.items() if name != "sketch"} if ocr else None


def _files(archive: Archive, kept: Kept) -> list[dict[str, Any]]:
    found, roles = [], _ROLES | {one.path: one.role for one in kept.attached}
    for file in Store(archive).files(kept.urn):
        role = roles.get(file.logical, file.logical.split("/")[0])
        if role in ("original", "text", *roles.values()):
            path = str(file.path.relative_to(archive.root))
            found.append({"role": role, "path": path, "sha256": file.sha256, "bytes": file.size})
    return found


def text_of(archive: Archive, reference: str, page: int | None = None) -> tuple[str, ...]:
    """Return the text of a document's pages, or of one; raises Unreadable when there is none."""
    row = _readable(archive, reference)
    texts = Store(archive).texts(row.id)
    if not texts:
        message = _("{reference} has not been read yet.").format(reference=reference)
        raise Unreadable(message, _("Read it: partydoc ocr {id}").format(id=row.id[:12]))
    if page is None:
        return texts
    if not 1 <= page <= len(texts):
        message = _("{reference} has {pages} pages, not a page {page}.")
        text = message.format(reference=reference, pages=len(texts), page=page)
        raise UsageProblem(text, _("Name one of its pages."))
    return (texts[page - 1],)


def originals_of(archive: Archive, reference: str) -> tuple[Path, ...]:
    """Return the paths of the original bytes that make a document up."""
    kept = _readable(archive, reference).kept
    assert kept is not None
    return tuple(_file(archive, kept, kept.path_of(number)) for number in kept.in_use)


def history_of(archive: Archive, reference: str) -> list[dict[str, Any]]:
    """Return what happened to a document, the oldest first (docs/events.schema.json)."""
    kept = _readable(archive, reference).kept
    assert kept is not None
    path = _file(archive, kept, "events.jsonl")
    try:
        events = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        return [event for event in events if event["when"] and event["type"]]
    except (ValueError, LookupError, TypeError, RecursionError) as trouble:
        message = _("The history of {id} is damaged.").format(id=kept.id[:12])
        raise Unreadable(message, _("Check the archive: partydoc verify --deep")) from trouble


def happened_to(archive: Archive, reference: str) -> tuple[str, list[dict[str, Any]]]:
    """Return (id, events) of a document; of one in hold no events."""
    with open_for_reading(archive) as catalogue:
        row = resolve(archive, catalogue, reference)
    return row.id, history_of(archive, row.id) if row.kept else []


def _file(archive: Archive, kept: Kept, logical: str) -> Path:
    path = Store(archive).file(kept.urn, logical)
    if path is None or not path.is_file():
        message = _("A file of {id} is missing: {path}.").format(id=kept.id[:12], path=logical)
        raise Unreadable(message, _("Check the archive: partydoc verify --deep"))
    return path


def _readable(archive: Archive, reference: str) -> Row:
    with open_for_reading(archive) as catalogue:
        return visible(archive, catalogue, reference)


def living(archive: Archive, catalogue: Catalogue, reference: str) -> Row:
    """Return a document that may be filed or linked; raises as `visible` does, and UsageProblem for
    one that was divided.
    """
    row = visible(archive, catalogue, reference)
    if row.kept and row.kept.passed_on:
        raise heirs.divided(row.kept)
    return row


def visible(archive: Archive, catalogue: Catalogue, reference: str) -> Row:
    """Return a document, as `resolve` does; raises Unreadable for one in hold."""
    row = resolve(archive, catalogue, reference)
    if row.kept is None:
        message = _("{reference} stands in hold; nothing of it is shown.")
        hint = _("Ask whoever is in charge of secret documents.")
        raise Unreadable(message.format(reference=reference), hint)
    return row
