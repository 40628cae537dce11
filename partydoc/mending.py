"""Looking into an index that may be damaged: it is mended first, or it is said who can do so."""

from __future__ import annotations

import pwd
from collections.abc import Callable
from typing import TypeVar

from partydoc import indexing
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.recovery import open_catalogue
from partydoc.archive.root import Archive, open_archive
from partydoc.archive.store import Store
from partydoc.errors import Damage, Locked, PartydocError
from partydoc.index import FULL, Index
from partydoc.language import _

_PATIENCE_SECONDS = 60.0

_T = TypeVar("_T")


def look(
    archive: Archive, catalogue: Catalogue, look: Callable[[Index], _T], watch: indexing.Watch
) -> tuple[_T, str | None]:
    """Mend the index and let `look` read it; return its answer, and what was done, if anything.

    One that is missing, damaged or made from a lost catalogue is made anew. Where that cannot be
    done now, an index of an earlier catalogue answers as it is.
    """
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
        if state and state.generation != catalogue.generation:
            try:
                archive, told = _mend(archive, look, 0, watch)
            except (PartydocError, OSError):
                return look(index), None
        else:
            archive, told = _mend(archive, look, _PATIENCE_SECONDS, watch)
    with Index(archive.index, archive.settings.engine) as index:
        return look(index), told


def _mend(
    archive: Archive, look: Callable[[Index], object], wait: float, watch: indexing.Watch
) -> tuple[Archive, str | None]:
    """Mend the index under the lock; return the archive as its settings are then, and what to say.

    Somebody else may have mended it, or changed the engine, while we waited.
    """
    try:
        with archive.writing(wait), open_catalogue(archive) as catalogue:
            archive = open_archive(archive.root)
            parts = archive, Store(archive), catalogue
            done = indexing.bring_up_to_date(*parts, watch, deep=True)
            if done.anew is None and not _answers(archive, look):
                done = indexing.rebuild(*parts, watch, why="damaged")
            return archive, done.sentence() if done.anew else None
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
