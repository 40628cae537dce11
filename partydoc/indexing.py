"""What the index holds of each document, and keeping it in step with the catalogue."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from partydoc.archive import settings
from partydoc.archive.catalogue import Catalogue, Row
from partydoc.archive.recovery import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Searchable
from partydoc.errors import Damage, MissingTool, Unreadable
from partydoc.index import Finding, Index
from partydoc.language import _

_SEARCHED = ("described", "review", "original-only")


def bring_up_to_date(archive: Archive, store: Store, catalogue: Catalogue) -> int:
    """Index what has changed since the index last looked; return how many documents that was.

    An index that is missing, damaged, of another engine or of a lost catalogue is made anew.
    """
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state is None or state.generation != catalogue.generation:
            return _rebuild(index, store, catalogue)
        try:
            return _update(index, state.mark, store, catalogue)
        except Damage:
            return _rebuild(index, store, catalogue)


def forget_withheld(archive: Archive, store: Store, catalogue: Catalogue) -> None:
    """Make catalogue and index anew that may still hold text of a document that went into hold.

    The catalogue is then stale and has another generation; this costs one look and one small
    file where that is not so.
    """
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state is not None and state.generation != catalogue.generation:
            _rebuild(index, store, catalogue)


def _update(index: Index, mark: int, store: Store, catalogue: Catalogue) -> int:
    changed = list(catalogue.changed_since(mark))
    if changed:
        gone = [row.id for row in changed if not _is_searched(row)]
        found = (row for row in changed if _is_searched(row))
        documents = (_searchable(row, store, catalogue) for row in found)
        index.update(documents, gone, catalogue.generation, changed[-1].change)
    return len(changed)


def change_engine(archive: Archive, store: Store, catalogue: Catalogue, engine: str) -> int:
    """Make the index anew with another engine, then write that into the settings.

    Raises MissingTool, with nothing changed, when the engine is not installed.
    """
    require_engine(engine)
    with Index(archive.index, engine) as index:
        count = _rebuild(index, store, catalogue)
    settings.change_engine(archive.root, engine)
    return count


def require_engine(engine: str) -> None:
    """Raise MissingTool unless an engine is installed."""
    if not has_engine(engine):
        message = _("The search engine {name} is not installed.").format(name=engine)
        hint = _("Install it: {command}").format(command='pip install "partydoc[fast]"')
        raise MissingTool(message, hint)


def has_engine(engine: str) -> bool:
    """Whether an engine is installed; nothing is imported for the answer."""
    return importlib.util.find_spec(engine) is not None


def preferred_engine() -> str:
    """Return tantivy where it is installed, else whoosh."""
    return "tantivy" if has_engine("tantivy") else "whoosh"


def check(archive: Archive) -> tuple[Finding, ...]:
    """Return what is wrong with the index."""
    with Index(archive.index, archive.settings.engine) as index:
        found = index.check()
        state = index.state()
    with open_for_reading(archive) as catalogue:
        late = state and (
            state.generation != catalogue.generation
            or any(True for _row in catalogue.changed_since(state.mark))
        )
    if late:
        message = _("The index does not know the latest documents yet. Bring it up to date:")
        found = (*found, Finding("behind", f"{message} partydoc index"))
    return found


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
    try:
        pages = store.texts(row.id)
    except Unreadable:  # verify tells of it; the record can still be found
        pages = ()
    return Searchable(row.id, row.change, fields, pages)
