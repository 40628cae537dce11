"""What the index holds of each document: accepted values, where it lies, its text."""

from __future__ import annotations

from collections.abc import Iterator

from partydoc.archive import whereabouts
from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.store import Store
from partydoc.document import Searchable
from partydoc.errors import Unreadable


def documents_since(catalogue: Catalogue, mark: int, store: Store) -> Iterator[Searchable]:
    """Yield what can be searched and has changed after a mark, in the order of the changes."""
    for row in catalogue.changed_since(mark, found=True):
        yield _searchable(row, store, catalogue)


def gone_since(catalogue: Catalogue, mark: int) -> list[str]:
    """Return the ids of what has changed after a mark and cannot be searched now."""
    return [row.id for row in catalogue.changed_since(mark, found=False)]


def _searchable(row: Row, store: Store, catalogue: Catalogue) -> Searchable:
    assert row.kept is not None
    fields = {
        name: _lines(field.value)
        for name, field in row.kept.fields.items()
        if field and field.accepted and field.value
    }
    fields["status"] = row.status
    where = whereabouts.of(catalogue, row.id)
    if where:  # a document may stand in several folders
        fields["folder"] = "\n".join(one.folder for one in where)
        fields["reference"] = "\n".join(one.reference for one in where)
        fields["box"] = "\n".join(one.box for one in where if one.box)
    try:
        pages = store.texts(row.id)
    except Unreadable:  # verify tells of it; the record can still be found
        pages = ()
    return Searchable(row.id, row.change, fields, pages)


def _lines(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
