"""From words to documents, and which they were, so that `show 3` knows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc import indexing
from partydoc.archive.catalogue import Catalogue, Row, Where
from partydoc.archive.recovery import open_catalogue, open_for_reading
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.document import Hit
from partydoc.errors import Damage, Locked, PartydocError, UsageProblem
from partydoc.index import Found, Index, Query, parse
from partydoc.language import _


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
            "snippet": self.hit.snippet or None,
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
    with open_for_reading(archive) as catalogue:
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
            archive = _make_index(archive, there=state is not None)
    with Index(archive.index, archive.settings.engine) as index:
        try:
            return index.search(query, limit, offset)
        except Damage:
            archive = _make_index(archive, there=False, anew=True)
    with Index(archive.index, archive.settings.engine) as index:
        return index.search(query, limit, offset)


def _make_index(archive: Archive, there: bool, anew: bool = False) -> Archive:
    """Mend the index under the lock; return the archive as its settings are then."""
    try:
        with archive.writing(wait=0 if there else 60), open_catalogue(archive) as catalogue:
            archive = open_archive(archive.root)  # somebody may have changed the engine meanwhile
            work = indexing.rebuild if anew else indexing.bring_up_to_date
            work(archive, Store(archive), catalogue)
    except Locked:
        if not there:
            raise  # else the old index answers; who is writing now brings it up to date
    except OSError as trouble:
        message = _("The search index of {archive} is missing or damaged ({trouble}).")
        text = message.format(archive=archive.root, trouble=trouble.strerror)
        raise PartydocError(text, _("Make it anew: partydoc index --rebuild")) from trouble
    return archive


def _memory(archive: Archive) -> Path:
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = re.sub(r"\W+", "-", str(archive.root)).strip("-")[-100:]
    return Path(base) / "partydoc" / f"{name}.json"


def remember(archive: Archive, ids: Sequence[str], offset: int) -> None:
    """Keep the ids of the last search for `show 3`; where that cannot be written, do without."""
    path = _memory(archive)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"offset": offset, "ids": list(ids)}))
        beside.replace(path)


def recall(archive: Archive, number: int) -> str:
    with suppress(OSError, ValueError, KeyError, IndexError):
        last = json.loads(_memory(archive).read_text())
        position = number - 1 - last["offset"]
        if position >= 0:
            return last["ids"][position]
    message = _("The last search had no hit {number}.").format(number=number)
    raise UsageProblem(message, _("Search first: partydoc search WORDS"))
