"""Looking into an index that may be damaged: it is mended first, or it is said who can do so."""

from __future__ import annotations

import pwd
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from partydoc import indexing
from partydoc.archive.anew import open_catalogue
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.errors import Damage, Locked, PartydocError
from partydoc.index import FULL, Index
from partydoc.language import _
from partydoc.rebuilding import Watch
from partydoc.turns import Turns

_PATIENCE_SECONDS = 60.0

_T = TypeVar("_T")


def look(
    archive: Archive, catalogue: Catalogue, look: Callable[[Index], _T], watch: Watch
) -> tuple[_T, str | None]:
    """Mend the index and let `look` read it; return its answer, and what was done, if anything.

    One that is missing, damaged or made from a lost catalogue is made anew. Where that cannot be
    done now, an index of an earlier catalogue answers as it is.
    """
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state and state.generation != catalogue.generation:
            try:
                if _being_made(archive):
                    return look(index), None
                archive, told = _mend(archive, look, 0, watch)
            except (PartydocError, OSError):
                return look(index), None
        else:
            archive, told = _mend(archive, look, _PATIENCE_SECONDS, watch)
    with Index(archive.index, archive.settings.engine) as index:
        return look(index), told


def _being_made(archive: Archive) -> bool:
    with archive.making_index() as alone:
        return not alone


@dataclass(frozen=True)
class _Opened:
    archive: Archive
    store: Store
    catalogue: Catalogue


class _Turns:
    """Turns at the index alone: whoever searches has no business with what a crash left."""

    seconds = Turns.seconds

    def __init__(self, archive: Archive, wait: float) -> None:
        self.archive = archive
        self._wait = wait

    @contextmanager
    def turn(self) -> Iterator[_Opened]:
        with self.archive.writing(self._wait), open_catalogue(self.archive) as catalogue:
            self._wait = max(self._wait, _PATIENCE_SECONDS)
            self.archive = open_archive(self.archive.root)  # its settings may be others now
            yield _Opened(self.archive, Store(self.archive), catalogue)


def _mend(
    archive: Archive, look: Callable[[Index], object], wait: float, watch: Watch
) -> tuple[Archive, str | None]:
    """Mend the index; return the archive as its settings are then, and what to say.

    Somebody else may have mended it, or changed the engine, while we waited.
    """
    try:
        turns = _Turns(archive, wait)
        done = indexing.bring_up_to_date(turns, watch, deep=True)
        if done.anew is None and not _answers(turns.archive, look):
            done = indexing.rebuild(turns, watch, why="damaged")
        return turns.archive, done.sentence() if done.anew else None
    except Locked as trouble:
        message = _("The search index of {archive} is damaged, and another partydoc is writing.")
        hint = _("It mends the index when it is done. Search again then.")
        raise Locked(message.format(archive=archive.root), hint) from trouble
    except OSError as trouble:
        if trouble.errno in FULL:
            raise
        message = _("The search index of {archive} is damaged, and this account may not mend it.")
        hint = _("{owner} has to type: {command}").format(
            owner=_owner(archive), command=f"partydoc -a {archive.root} index"
        )
        raise PartydocError(message.format(archive=archive.root), hint) from trouble


def _answers(archive: Archive, look: Callable[[Index], object]) -> bool:
    try:
        with Index(archive.index, archive.settings.engine) as index:
            look(index)
    except Damage:
        return False
    return True


def _owner(archive: Archive) -> str:
    owner = archive.root.stat().st_uid
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return str(owner)
