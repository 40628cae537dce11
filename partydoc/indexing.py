"""What the index holds of each document, and keeping it in step with the catalogue."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Searchable
from partydoc.index import Finding, Index

_SEARCHED = ("described", "review", "original-only")


def bring_up_to_date(archive: Archive, store: Store, catalogue: Catalogue) -> int:
    """Index what has changed since the index last looked; return how many documents that was.

    An index that is missing, damaged, of another engine or of a lost catalogue is made anew.
    """
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state is None or state.generation != catalogue.generation:
            return _rebuild(index, store, catalogue)
        changed = list(catalogue.changed_since(state.mark))
        if not changed:
            return 0
        gone = [row.id for row in changed if not _is_searched(row)]
        found = (row for row in changed if _is_searched(row))
        documents = (_searchable(row, store, catalogue) for row in found)
        index.update(documents, gone, catalogue.generation, changed[-1].change)
        return len(changed)


def has_engine(engine: str) -> bool:
    """Whether an engine is installed; nothing is imported for the answer."""
    return importlib.util.find_spec(engine) is not None


def preferred_engine() -> str:
    """Return tantivy where it is installed, else whoosh."""
    return "tantivy" if has_engine("tantivy") else "whoosh"


def check(archive: Archive) -> tuple[Finding, ...]:
    """Return what is wrong with the index."""
    with Index(archive.index, archive.settings.engine) as index:
        return index.check()


def rebuild(archive: Archive, store: Store, catalogue: Catalogue) -> int:
    """Make the index anew beside the old one; return how many documents it holds."""
    with Index(archive.index, archive.settings.engine) as index:
        return _rebuild(index, store, catalogue)


def _rebuild(index: Index, store: Store, catalogue: Catalogue) -> int:
    mark, count = catalogue.mark, 0

    def documents() -> Iterator[Searchable]:
        nonlocal count
        for row in catalogue.changed_since(0):
            if _is_searched(row):
                count += 1
                yield _searchable(row, store, catalogue)

    index.rebuild(documents(), catalogue.generation, mark)
    return count


def _is_searched(row: Row) -> bool:
    return not row.held and row.status in _SEARCHED


def _searchable(row: Row, store: Store, catalogue: Catalogue) -> Searchable:
    assert row.kept is not None
    fields = {
        name: field.value
        for name, field in row.kept.fields.items()
        if field and field.accepted and isinstance(field.value, str)
    }
    fields["status"] = row.status
    where = catalogue.where(row.id)
    if where:  # a document may stand in several folders
        fields["folder"] = "\n".join(one.folder for one in where)
        fields["reference"] = "\n".join(one.reference for one in where)
    return Searchable(row.id, row.change, fields, store.texts(row.id))
