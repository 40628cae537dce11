"""Keeping the index in step with the catalogue, and making it anew where it cannot be trusted."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from partydoc.archive import settings
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Searchable
from partydoc.errors import Damage, MissingTool
from partydoc.index import FULL, Finding, Index, IndexState
from partydoc.index.checking import miscounted
from partydoc.indexed import Indexed
from partydoc.language import _
from partydoc.searchable import documents_since, gone_since

#: Passes documents on, told how many are done and how many there are: for a bar on a terminal.
Watch = Callable[[Iterator[Searchable], int, int], Iterator[Searchable]]

#: As many documents as whoosh searches well.
_MANY = 10_000

#: So many deleted documents may lie in the index; more only until they are half of the others.
_LITTER = 100


def unwatched(documents: Iterator[Searchable], _done: int, _total: int) -> Iterator[Searchable]:
    """Pass documents on with nothing to be seen."""
    return documents


def bring_up_to_date(
    archive: Archive, store: Store, catalogue: Catalogue, watch: Watch = unwatched,
    deep: bool = False,
) -> Indexed:  # fmt: skip
    """Index what has changed since the index last looked.

    An index that is missing, damaged, crowded, of another engine or of a lost catalogue is made
    anew. With `deep` every byte of it is read to find damage.
    """
    began = time.monotonic()
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        documents, anew = _catch_up(index, store, catalogue, deep)
        if anew:
            documents = _rebuild(index, store, catalogue, watch)
        state = index.state()
    return Indexed(documents, state.documents if state else 0, time.monotonic() - began, anew)


def keep_up(archive: Archive, store: Store, catalogue: Catalogue) -> None:
    """Index what has changed, for somebody who is waiting: an index that has to be made anew is
    left to whoever searches or scans next, or to the night.
    """
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        _catch_up(index, store, catalogue, deep=False)


def doubtful(archive: Archive) -> bool:
    """Read every byte of the index; whether one may be damaged. Others may write meanwhile."""
    with Index(archive.index, archive.settings.engine) as index:
        for _try in range(3):
            before, found = index.state(), index.check(deep=True)
            if not found or index.state() == before:  # else it was being written
                break
        return bool(found)


def rebuild(
    archive: Archive, store: Store, catalogue: Catalogue, watch: Watch = unwatched,
    why: str = "asked",
) -> Indexed:  # fmt: skip
    """Make the index anew beside the old one; go on with what an interrupted run has begun."""
    began = time.monotonic()
    with Index(archive.index, archive.settings.engine) as index:
        count = _rebuild(index, store, catalogue, watch)
    return Indexed(count, count, time.monotonic() - began, why)


def change_engine(
    archive: Archive, store: Store, catalogue: Catalogue, engine: str, watch: Watch = unwatched
) -> Indexed:
    """Make the index anew with another engine, then write that into the settings.

    Raises MissingTool, with nothing changed, when the engine is not installed.
    """
    require_engine(engine)
    began = time.monotonic()
    with Index(archive.index, engine) as index:
        count = _rebuild(index, store, catalogue, watch)
    settings.change_engine(archive.root, engine)
    return Indexed(count, count, time.monotonic() - began, "asked")


def forget_withheld(archive: Archive, store: Store, catalogue: Catalogue) -> None:
    """Make catalogue and index anew that may still hold text of a document that went into hold.

    The catalogue is then stale and has another generation; else this costs one look.
    """
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        if index.generation_begun() not in (None, catalogue.generation):
            index.forget_begun()
        if index.generation() in (None, catalogue.generation):
            return
        if has_engine(archive.settings.engine):
            _rebuild(index, store, catalogue, unwatched)
        else:  # nobody can search it here, and the text must go
            index.remove()


def interrupted(archive: Archive) -> bool:
    """Whether a rebuild of catalogue and index was interrupted that can be gone on with."""
    with Index(archive.index, archive.settings.engine) as index:
        if index.generation_begun() in (None, index.generation()):
            return False
        with open_for_reading(archive) as catalogue:
            return index.begun(catalogue.generation) is not None


def check(archive: Archive) -> tuple[Finding, ...]:
    """Return what is wrong with the index."""
    with Index(archive.index, archive.settings.engine) as index:
        found = index.check(deep=True)
        state = index.state()
    if state is None:
        return found
    with open_for_reading(archive) as catalogue:
        late = state.generation != catalogue.generation or any(
            True for _row in catalogue.changed_since(state.mark)
        )
        expected = catalogue.searched()
    if late:
        message = _("The index does not know the latest documents yet. Bring it up to date:")
        found = (*found, Finding("behind", f"{message} partydoc index"))
    elif state.documents != expected:
        found = (*found, miscounted(state.documents, expected))
    return found


def advice(archive: Archive, before: int, now: int) -> str | None:
    """Return what to say where an archive has outgrown its engine, once: as it grows past that."""
    if archive.settings.engine != "whoosh" or not before <= _MANY < now:
        return None
    text = _(
        "With {n} documents searching is many times faster with tantivy: {install}, then: {change}"
    )
    install = 'pip install "partydoc[fast]"'
    return text.format(n=now, install=install, change="partydoc index --engine tantivy")


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


def _catch_up(
    index: Index, store: Store, catalogue: Catalogue, deep: bool
) -> tuple[int, str | None]:
    """Return how many documents were indexed, and why the index has to be made anew, if so."""
    documents, anew = 0, _fault(index, catalogue, deep)
    if anew is None:
        documents, anew = _update(index, store, catalogue)
    if anew is None:
        index.seal()
        index.forget_begun()
    return documents, anew


def _fault(index: Index, catalogue: Catalogue, deep: bool) -> str | None:
    state = index.state()
    if state is None:
        return index.fault()
    if state.generation != catalogue.generation:
        return "outdated"
    return "damaged" if index.check(deep) else None


def _update(index: Index, store: Store, catalogue: Catalogue) -> tuple[int, str | None]:
    """Return how many documents were written or taken out, and why that was not enough."""
    state, written = index.state(), 0
    assert state is not None
    try:
        if any(True for _row in catalogue.changed_since(state.mark)):
            gone = gone_since(catalogue, state.mark)
            documents = documents_since(catalogue, state.mark, store)
            written = len(gone)
            written += index.update(documents, gone, catalogue.generation, catalogue.mark)
        total, deleted = catalogue.searched(), index.deleted()
        state = index.state()
    except Damage:
        return written, "damaged"
    if state is None or state.documents != total:
        return written, "damaged"
    return written, "crowded" if deleted > max(_LITTER, total // 2) else None


def _rebuild(index: Index, store: Store, catalogue: Catalogue, watch: Watch) -> int:
    begun = index.begun(catalogue.generation)
    if begun:
        with suppress(Damage):  # then it is worth nothing: from the start
            count = _rebuild_from(begun, index, store, catalogue, watch)
            if count == catalogue.searched():
                return count
    return _rebuild_from(None, index, store, catalogue, watch)


def _rebuild_from(
    begun: IndexState | None, index: Index, store: Store, catalogue: Catalogue, watch: Watch
) -> int:
    since, done = (begun.mark, begun.documents) if begun else (0, 0)
    gone = gone_since(catalogue, since) if begun else []
    documents = watch(documents_since(catalogue, since, store), done, catalogue.searched())
    try:
        return index.rebuild(documents, catalogue.generation, catalogue.mark, gone, begun)
    except OSError as trouble:
        if trouble.errno in FULL:
            index.forget_begun()  # others need the room
        raise
