"""Keeping the index in step with the catalogue, and making it anew where it cannot be trusted."""

from __future__ import annotations

import importlib.util
import math
import time
from typing import TYPE_CHECKING, NamedTuple

from partydoc.archive import tally
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.errors import Damage, MissingTool
from partydoc.index import Finding, Index
from partydoc.index.checking import miscounted
from partydoc.indexed import Indexed
from partydoc.language import _
from partydoc.pace import Pace
from partydoc.rebuilding import Opened, Turning, Watch, make_a_bit, make_anew, unwatched
from partydoc.searchable import documents_since, gone_since

if TYPE_CHECKING:
    from partydoc.archive import recovery
    from partydoc.turns import Turns

#: As many documents as whoosh searches well.
_MANY = 10_000

#: So many deleted documents may lie in the index; more only until they are half of the others.
_LITTER = 30


def bring_up_to_date(turns: Turning, watch: Watch = unwatched, deep: bool = False) -> Indexed:
    """Index what has changed since the index last looked.

    An index that is missing, damaged, crowded, of another engine or of a lost catalogue is made
    anew. With `deep` every byte of it is read to find damage.
    """
    began, written, whole = time.monotonic(), 0, False
    pace = Pace(turns.seconds, turns.archive.settings.engine)
    while not whole:
        with turns.turn() as opened:
            opened.catalogue.renew()
            with Index(opened.archive.index, opened.archive.settings.engine) as index:
                documents, whole, anew = _catch_up(index, opened, pace, deep)
                state, made = index.state(), index.made()
        if anew:
            return _made_anew(turns, watch, anew, instead_of=made)
        written, deep = written + documents, False
    return Indexed(written, state.documents if state else 0, time.monotonic() - began)


def keep_up(opened: Opened) -> None:
    """Index what has changed, for somebody who is waiting: an index that is crowded is made anew
    bit by bit, any other that has to be is left to whoever searches or scans next, or to the night.
    """
    opened.catalogue.renew()
    with Index(opened.archive.index, opened.archive.settings.engine) as index:
        caught = _catch_up(index, opened, Pace(math.inf, index.engine), deep=False)
    if caught.anew == "crowded":
        make_a_bit(opened)


def doubtful(archive: Archive) -> bool:
    """Read every byte of the index; whether one may be damaged. Others may write meanwhile."""
    with Index(archive.index, archive.settings.engine) as index:
        for _try in range(3):
            before, found = index.state(), index.check(deep=True)
            if not found or index.state() == before:  # else it was being written
                break
        return bool(found)


def rebuild(turns: Turning, watch: Watch = unwatched, why: str = "asked") -> Indexed:
    """Make the index anew beside the old one; go on with what an interrupted run has begun."""
    return _made_anew(turns, watch, why)


def change_engine(turns: Turning, engine: str, watch: Watch = unwatched) -> Indexed:
    """Make the index anew with another engine, which is then that of the settings.

    Raises MissingTool, with nothing changed, when the engine is not installed.
    """
    require_engine(engine)
    return _made_anew(turns, watch, "asked", engine)


def _made_anew(
    turns: Turning, watch: Watch, why: str, engine: str | None = None,
    instead_of: int | None = None,
) -> Indexed:  # fmt: skip
    began = time.monotonic()
    count = make_anew(turns, watch, engine, instead_of)
    if count is None:
        return bring_up_to_date(turns, watch)
    return Indexed(count, count, time.monotonic() - began, why)


def forget_withheld(opened: recovery.Opened) -> None:
    """Make catalogue and index anew that may still hold text of a document that went into hold.

    The catalogue is then stale and has another generation; else this costs one look.
    """
    archive, catalogue = opened.archive, opened.catalogue
    catalogue.renew()
    with Index(archive.index, archive.settings.engine) as index:
        if index.generation_begun() not in (None, catalogue.generation):
            index.forget_begun()
        if index.generation() in (None, catalogue.generation):
            return
        if not has_engine(archive.settings.engine):  # nobody can search it, and the text must go
            index.remove()
            return
    make_anew(opened, unwatched)


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
        late = state.generation != catalogue.generation or _is_behind(catalogue, state.mark)
        expected = tally.searched(catalogue)
    if late:
        message = _("The index does not know the latest documents yet. Bring it up to date:")
        found = (*found, Finding("behind", f"{message} partydoc index"))
    elif state.documents != expected:
        found = (*found, miscounted(state.documents, expected))
    return found


def searched(turns: Turns) -> int:
    """Return how many documents can be found."""
    with turns.turn() as opened:
        return tally.searched(opened.catalogue)


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


def _is_behind(catalogue: Catalogue, mark: int) -> bool:
    return any(True for _row in catalogue.changed_since(mark))


class _Caught(NamedTuple):
    """How many documents were written or taken out, whether the index is up to date then, and why
    it has to be made anew, if so.
    """

    documents: int = 0
    whole: bool = True
    anew: str | None = None


def _catch_up(index: Index, opened: Opened, pace: Pace, deep: bool) -> _Caught:
    if fault := _fault(index, opened.catalogue, deep):
        return _Caught(anew=fault)
    with pace.turn():
        caught = _update(index, opened.store, opened.catalogue, pace)
    if caught.anew is None:
        index.seal()
        with opened.archive.making_index() as alone:
            if alone:
                index.forget_begun()
    return caught


def _fault(index: Index, catalogue: Catalogue, deep: bool) -> str | None:
    state = index.state()
    if state is None:
        return index.fault()
    if state.generation != catalogue.generation:
        return "outdated"
    return "damaged" if index.check(deep) else None


def _update(index: Index, store: Store, catalogue: Catalogue, pace: Pace) -> _Caught:
    state, written = index.state(), 0
    assert state is not None
    try:
        if _is_behind(catalogue, state.mark):
            gone = gone_since(catalogue, state.mark)
            documents = pace.counted(documents_since(catalogue, state.mark, store))
            written = len(gone) + index.update(
                documents, gone, catalogue.generation, catalogue.mark, pace.room
            )
        total, deleted = tally.searched(catalogue), index.deleted()
        state = index.state()
    except Damage:
        return _Caught(written, anew="damaged")
    if state and _is_behind(catalogue, state.mark):  # the next turn goes on
        if state.mark >= catalogue.mark:  # a disk lost what it had said to keep
            raise catalogue.damage("a change later than the last")
        return _Caught(written - len(gone_since(catalogue, state.mark)), whole=False)
    if state is None or state.documents != total:
        return _Caught(written, anew="damaged")
    return _Caught(written, anew="crowded" if deleted > max(_LITTER, total // 2) else None)
