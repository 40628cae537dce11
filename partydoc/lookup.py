"""From words or a reference to the page: searching, and showing one document."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc import indexing
from partydoc.archive.catalogue import Catalogue, Row, Where
from partydoc.archive.kept import stamp
from partydoc.archive.recovery import open_catalogue
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.document import FIELDS, Hit
from partydoc.errors import Locked, PartydocError, Unreadable, UsageProblem
from partydoc.index import Found, Index, Query, parse
from partydoc.language import _
from partydoc.text import clean

_ROLES = {"access.pdf": "access-copy", "pages.json": "pages"}


@dataclass(frozen=True)
class Result:
    """One hit with what the catalogue knows of it."""

    hit: Hit
    row: Row
    where: Where | None

    def value(self, name: str, accepted: bool = True) -> str | None:
        """Return a field's value as text; with `accepted` only one that can be relied on."""
        field = self.row.kept.fields.get(name) if self.row.kept else None
        if field is None or not isinstance(field.value, str) or (accepted and not field.accepted):
            return None
        return field.value

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `search --json`."""
        where = self.where
        return {
            "version": 1,
            "id": self.hit.id,
            "reference": where.reference if where else None,
            "folder": where.folder if where else None,
            "box": where.box if where else None,
            "sheet": _sheets(where) if where else None,
            "score": round(self.hit.score, 3),
            **{name: self.value(name) for name in ("type", "code", "date", "issuer", "subject")},
            "page": self.hit.page,
            "snippet": self.hit.snippet,
            "marks": [list(mark) for mark in self.hit.marks],
        }


@dataclass(frozen=True)
class Results:
    """What a search found: hits from `offset` on, how many there are, and what was not searched."""

    total: int
    results: tuple[Result, ...]
    not_searched: dict[str, int]


def _sheets(where: Where) -> str | None:
    if where.first_sheet is None:
        return None
    if where.last_sheet in (None, where.first_sheet):
        return str(where.first_sheet)
    return f"{where.first_sheet}-{where.last_sheet}"


def search(archive: Archive, arguments: Sequence[str], limit: int, offset: int) -> Results:
    """Find documents; raises QueryProblem. The hits can be named by number afterwards."""
    query = parse(arguments)
    with catalogue_for_reading(archive) as catalogue:
        found = _search_index(archive, catalogue, query, limit, offset)
        rows = ((hit, catalogue.row(hit.id)) for hit in found.hits)
        results = tuple(
            Result(hit, row, next(iter(catalogue.where(hit.id)), None))
            for hit, row in rows
            if row and not row.held  # put into hold since the index last looked
        )
        counts = catalogue.counts()
    remember(archive, [result.hit.id for result in results], offset)
    waiting = {name: counts[name] for name in ("pending", "awaiting-class") if counts.get(name)}
    return Results(found.total, results, waiting)


def _search_index(
    archive: Archive, catalogue: Catalogue, query: Query, limit: int, offset: int
) -> Found:
    """Search; an index that is missing or belongs to a lost catalogue is made anew first."""
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state is None or state.generation != catalogue.generation:
            _make_index(archive, there=state is not None)
        return index.search(query, limit, offset)


def _make_index(archive: Archive, there: bool) -> None:
    try:
        with archive.writing(wait=0 if there else 60), open_catalogue(archive) as catalogue:
            indexing.bring_up_to_date(archive, Store(archive), catalogue)
    except Locked:
        if not there:
            raise  # else the old index answers; who is writing now brings it up to date
    except OSError as trouble:
        message = _("The search index of {archive} is missing or damaged ({trouble}).")
        text = message.format(archive=archive.root, trouble=trouble.strerror)
        raise PartydocError(text, _("Make it anew: partydoc index --rebuild")) from trouble


def catalogue_for_reading(archive: Archive) -> Catalogue:
    """Open the catalogue; one that is missing or broken is made anew if that may be written."""
    import sqlite3

    try:
        return Catalogue(archive.catalogue)
    except (sqlite3.DatabaseError, FileNotFoundError):
        pass
    try:
        with archive.writing(wait=60):
            return open_catalogue(archive)
    except OSError as trouble:
        message = _("The catalogue of {archive} is missing or damaged ({trouble}).")
        text = message.format(archive=archive.root, trouble=trouble.strerror)
        raise PartydocError(text, _("Make it anew: partydoc index")) from trouble


# the hits of the last search


def _memory(archive: Archive) -> Path:
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = re.sub(r"\W+", "-", str(archive.root)).strip("-")[-100:]
    return Path(base) / "partydoc" / f"{name}.json"


def remember(archive: Archive, ids: Sequence[str], offset: int) -> None:
    """Keep the ids of the last search for `show 3`; where that cannot be written, do without."""
    path = _memory(archive)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"offset": offset, "ids": list(ids)}))
        beside.replace(path)
    except OSError:
        pass


def _hit(archive: Archive, number: int) -> str:
    try:
        last = json.loads(_memory(archive).read_text())
        position = number - 1 - last["offset"]
        if position >= 0:
            return last["ids"][position]
    except (OSError, ValueError, KeyError, IndexError):
        pass
    message = _("The last search had no hit {number}.").format(number=number)
    raise UsageProblem(message, _("Search first: partydoc search WORDS"))


# one document


def resolve(archive: Archive, catalogue: Catalogue, reference: str) -> Row:
    """Return the document of an archival reference, a prefix of its id, or a hit's number."""
    reference = clean(reference)
    if reference.isdecimal() and len(reference) <= 3:
        return _row(catalogue, _hit(archive, int(reference)), reference)
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


def _at_reference(catalogue: Catalogue, reference: str) -> Row:
    there, document = catalogue.at(reference)
    if there and document:
        return _row(catalogue, document, reference)
    if there:
        message = _("The paper {reference} is entered, but no document is filed there yet.")
        hint = _("Scan it into its folder: partydoc scan --folder {folder} FILE")
        folder = reference.rpartition("-")[0]
        raise Unreadable(message.format(reference=reference), hint.format(folder=folder))
    message = _("There is no document {reference}.").format(reference=reference)
    raise UsageProblem(message, _("Find it by words: partydoc search WORDS"))


def _row(catalogue: Catalogue, document: str, reference: str) -> Row:
    row = catalogue.row(document)
    if row is None:
        message = _("There is no document {reference}.").format(reference=reference)
        raise UsageProblem(message, _("Find it by words: partydoc search WORDS"))
    return row


def show(archive: Archive, reference: str) -> dict[str, Any]:
    """Return everything about one document, in the form of `show --json`."""
    with catalogue_for_reading(archive) as catalogue:
        row = resolve(archive, catalogue, reference)
        where = catalogue.where(row.id)
    data: dict[str, Any] = {
        "version": 1,
        "id": row.id,
        "reference": where[0].reference if where else None,
        "status": "awaiting-class" if row.held and row.status != "held" else row.status,
        "pages": row.pages,
        "record": {},
        "files": [],
        "ocr": None,
        "added_at": stamp(row.added_at),
    }
    if row.kept is None:
        return data
    names = dict.fromkeys((*FIELDS, *row.kept.fields))
    fields = {name: row.kept.fields.get(name) for name in names}
    data["record"] = {name: one.to_dict() if one else None for name, one in fields.items()}
    data["files"] = _files(archive, row.id)
    data["ocr"] = row.kept.ocr
    return data


def _files(archive: Archive, document: str) -> list[dict[str, Any]]:
    found = []
    for file in Store(archive).files(DOCUMENT_PREFIX + document):
        role = _ROLES.get(file.logical, file.logical.split("/")[0])
        if role in ("original", "text", *_ROLES.values()):
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


def original_of(archive: Archive, reference: str) -> Path:
    """Return the path of a document's original bytes."""
    row = _readable(archive, reference)
    assert row.kept is not None
    path = Store(archive).file(row.kept.urn, row.kept.original)
    assert path is not None
    return path


def _readable(archive: Archive, reference: str) -> Row:
    with catalogue_for_reading(archive) as catalogue:
        row = resolve(archive, catalogue, reference)
    if row.kept is None:
        message = _("{reference} stands in hold; nothing of it is shown.")
        hint = _("Ask whoever is in charge of secret documents.")
        raise Unreadable(message.format(reference=reference), hint)
    return row
