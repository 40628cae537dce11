"""Making the index anew beside the one in use, turn by turn: in between others have theirs.

What a turn has written can be relied on, and what others change meanwhile is a later change of
the catalogue: whoever has the next turn goes on from there, also another process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import Protocol

from partydoc.archive import settings, tally
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.document import Searchable
from partydoc.errors import Damage
from partydoc.index import FULL, Index, IndexState
from partydoc.pace import Pace
from partydoc.searchable import documents_since, gone_since

#: Passes documents on, told how many are done and how many there are: for a bar on a terminal.
Watch = Callable[[Iterator[Searchable], int, int], Iterator[Searchable]]


#: So long a bit may read in the time of somebody who is waiting.
_BIT_SECONDS = 0.3


def unwatched(documents: Iterator[Searchable], _done: int, _total: int) -> Iterator[Searchable]:
    """Pass documents on with nothing to be seen."""
    return documents


class Opened(Protocol):
    """An archive opened by who holds its lock."""

    @property
    def archive(self) -> Archive: ...
    @property
    def store(self) -> Store: ...
    @property
    def catalogue(self) -> Catalogue: ...


class Turning(Protocol):
    """Who gives turns at an archive, each of about so many seconds: `Turns`, or, for one that
    lasts as long as it takes, an archive that is open.
    """

    @property
    def archive(self) -> Archive: ...
    @property
    def seconds(self) -> float: ...
    def turn(self) -> AbstractContextManager[Opened]: ...


def make_anew(
    turns: Turning, watch: Watch, engine: str | None = None, instead_of: int | None = None
) -> int | None:
    """Make the index anew; return how many documents it holds, None where somebody else made it.

    That is one other than `instead_of` (see Index.made), or than the one we found. With another
    `engine` the settings name it from the turn on in which its index is whole. Raises Damage where
    the new index does not stand its test.
    """
    again, pace = False, Pace(turns.seconds, engine or turns.archive.settings.engine)
    with turns.archive.making_index():
        while True:
            with turns.turn() as opened, _index(opened, engine) as index:
                opened.catalogue.renew()
                if index.state() and instead_of not in (None, index.made()):
                    return None
                begun = index.begun(opened.catalogue.generation)
                try:
                    count = _portion(index, opened, begun, watch, pace)
                except Damage:
                    if again or not begun:
                        raise
                    count = -1
                instead_of = index.made()
                if count is None:
                    continue
                if again or not begun or count == tally.searched(opened.catalogue):
                    if engine:
                        settings.change_engine(opened.archive.root, engine)
                    return count
                again = True  # what was begun is worth nothing: from the start
                index.forget_begun()


def make_a_bit(opened: Opened) -> None:
    """Write a bit of an index that is made anew, unless somebody is at it; the last puts it in
    place. What fails is left to whoever brings the index up to date.
    """
    with opened.archive.making_index() as alone, _index(opened, None) as index, suppress(OSError):
        if alone:
            try:
                begun = index.begun(opened.catalogue.generation)
                _portion(index, opened, begun, unwatched, Pace(_BIT_SECONDS, index.engine))
            except Damage:
                index.forget_begun()


def _index(opened: Opened, engine: str | None) -> Index:
    return Index(opened.archive.index, engine or opened.archive.settings.engine)


def _portion(
    index: Index, opened: Opened, begun: IndexState | None, watch: Watch, pace: Pace
) -> int | None:
    """Write what there is time for; return the number of documents if that is all."""
    catalogue = opened.catalogue
    since, done = (begun.mark, begun.documents) if begun else (0, 0)
    gone = gone_since(catalogue, since) if begun else []
    documents = watch(
        documents_since(catalogue, since, opened.store), done, tally.searched(catalogue)
    )
    try:
        with pace.turn():
            return index.rebuild(
                pace.counted(documents), catalogue.generation, catalogue.mark, gone, begun,
                pace.room,
            )  # fmt: skip
    except OSError as trouble:
        if trouble.errno in FULL:
            index.forget_begun()  # others need the room
        raise
