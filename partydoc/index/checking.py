"""Testing an index on itself: it holds what it says, and finds a document by its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partydoc.index import files, plan, schema
from partydoc.index.engine import Engine
from partydoc.index.state import IndexState
from partydoc.language import _


@dataclass(frozen=True)
class Finding:
    """Something wrong with the index, and a sentence.

    `unreadable`, `altered` (a file is not what was written), `count`, `not-found`; of an archive
    also `behind`.
    """

    kind: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `index --check --json`."""
        return {"version": 1, "finding": self.kind, "message": self.message}


def altered(now: IndexState, data: Path, deep: bool) -> tuple[Finding, ...]:
    """Compare the files in `data` with what the index says of them; with `deep` read every byte."""
    if not now.settled or not (name := files.altered(data, now.files, deep)):
        return ()
    message = _("The file {name} of the index is not what was written.")
    return (Finding("altered", message.format(name=name)),)


def doubts(engine: Engine, now: IndexState) -> tuple[Finding, ...]:
    """Let an index be counted, and find one of its documents."""
    found = []
    if now.settled and engine.count() != now.documents:
        found.append(miscounted(engine.count(), now.documents))
    return (*found, *not_found(engine, None))


def miscounted(count: int, expected: int) -> Finding:
    """Return what is to be said where documents are missing, or too many."""
    message = _("The index holds {count} documents instead of {expected}.")
    return Finding("count", message.format(count=count, expected=expected))


def not_found(engine: Engine, document: str | None) -> Iterator[Finding]:
    """Look for a document, or for any, by one of its own words; this costs two small queries."""
    if document is None:
        stored = engine.sample()
    else:
        _total, rows = engine.find(_every(plan.Term("id", document)), 1)
        stored = engine.stored(rows[0][1]) if rows else None
    if stored is None:
        if document is not None or engine.count():
            yield _lost(document)
        return
    known = schema.unpack(stored)
    words = {word for page in known.pages for word in schema.folded_words(page)}
    if words:
        longest = max(words, key=lambda word: (len(word), word))
        wanted = _every(plan.Term("id", known.id), plan.Term(schema.WORDS, longest))
        if engine.find(wanted, 1)[0] != 1:
            yield _lost(known.id)


def _every(*parts: plan.Clause) -> plan.Plan:
    return plan.Plan(plan.Every(parts), (), scored=False)


def _lost(document: str | None) -> Finding:
    message = _("The index does not find document {id} by its own words.")
    return Finding("not-found", message.format(id=document or "?"))
