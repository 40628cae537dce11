"""The file of the catalogue: how it is opened, made anew and put in its place."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from partydoc.archive import disk, room
from partydoc.archive.catalogue_rows import (
    INDEXES,
    TABLES,
    VERSION,
    DocumentRow,
    insert,
    insert_other,
)
from partydoc.errors import Locked
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.disposal import Disposal
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.archive.units import Unit

_Kind = TypeVar("_Kind", bound=sqlite3.Connection)
_Said = TypeVar("_Said")
#: So long a reader waits for a writer's change, which takes an instant.
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.02
#: What SQLite says of a file that is not what it wrote.
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def rebuild(
    path: Path, documents: Iterable[DocumentRow], others: Iterable[Unit | RegisterRow | Disposal]
) -> None:
    """Make the catalogue anew beside the old one and put it in its place."""
    beside = _beside(path)
    db = sqlite3.connect(beside, isolation_level=None)
    db.execute("PRAGMA journal_mode=OFF")  # what does not come to its end is never looked at
    db.execute("PRAGMA synchronous=OFF")  # it is synced as a whole when it stands
    db.execute("PRAGMA cache_size=-65536")
    db.executescript(TABLES)
    db.execute("BEGIN")
    db.execute("INSERT INTO state VALUES (?, 0, 0)", (os.urandom(16).hex(),))
    change = 0
    for document in documents:
        change += 1
        insert(db, document, change)
    for other in others:
        insert_other(db, other)
    db.execute("UPDATE state SET change = ?", (change,))
    db.execute("COMMIT")
    db.executescript(INDEXES)
    db.execute(f"PRAGMA user_version={VERSION}")
    db.close()
    # A journal that outlived its catalogue would be played back into the new one.
    for old in (path, path.with_name(f"{path.name}-journal")):
        disk.remove(old, missing_ok=True)
    put_in_place(beside, path)


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """Open the file; raises sqlite3.DatabaseError or FileNotFoundError when it must be rebuilt."""
    if not path.is_file():
        raise FileNotFoundError(path)
    db = _open(path, write, _Connection)
    db.path, db.inode = path, path.stat().st_ino
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("PRAGMA secure_delete=ON")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        db.close()
        raise sqlite3.DatabaseError(f"catalogue schema {version}")
    return db


class DamagedCatalogue(sqlite3.DatabaseError):
    """SQLite found the file of a catalogue damaged; `inode` tells which file that was."""

    def __init__(self, catalogue: Path, inode: int, said: str) -> None:
        super().__init__(said)
        self.catalogue, self.inode = catalogue, inode


def _is_damage(trouble: sqlite3.DatabaseError) -> bool:
    code = getattr(trouble, "sqlite_errorcode", None)
    if isinstance(trouble, sqlite3.OperationalError):  # no text, or none of ours
        return code is None or str(trouble) == "malformed JSON" or code & 0xFF in _DAMAGE
    return code is not None and code & 0xFF in _DAMAGE


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a cursor that tells damage as such, and all else as it was."""

    def call(cursor: sqlite3.Cursor, *values: Any) -> Any:
        try:
            return method(cursor, *values)
        except sqlite3.DatabaseError as trouble:
            if not _is_damage(trouble):
                raise
            db = cast(_Connection, cursor.connection)
            raise DamagedCatalogue(db.path, db.inode, str(trouble)) from trouble

    return call


class _Cursor(sqlite3.Cursor):
    """Most of a file is only read when its rows are fetched: damage may show at each of them."""

    execute = _telling(sqlite3.Cursor.execute)
    executemany = _telling(sqlite3.Cursor.executemany)
    fetchone = _telling(sqlite3.Cursor.fetchone)
    fetchall = _telling(sqlite3.Cursor.fetchall)
    __next__ = _telling(sqlite3.Cursor.__next__)


class _Connection(sqlite3.Connection):
    """A connection that gets by beside others, also beside those that are killed."""

    path: Path
    inode: int

    def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:
        return self.cursor(_Cursor).executemany(sql, values)

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self.cursor(_Cursor).execute(sql, values)
            except UnicodeDecodeError as trouble:  # what is damaged stands in SQLite's own message
                raise sqlite3.DatabaseError(str(trouble)) from trouble
            except sqlite3.OperationalError as trouble:
                code = trouble.sqlite_errorcode
                if code & 0xFF == sqlite3.SQLITE_BUSY:
                    message = _("Another partydoc is writing into {archive}.")
                    hint = _("Wait until it is done, or give it longer: --wait SECONDS.")
                    raise Locked(message.format(archive=self.path.parent), hint) from trouble
                if code & 0xFF == sqlite3.SQLITE_CANTOPEN and not room.has_name(self.path.parent):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from trouble
                if code != sqlite3.SQLITE_READONLY_ROLLBACK or time.monotonic() > until:
                    raise
            # A writer was killed in the middle of a change: only who may write can take that back.
            with closing(_open(self.path, True, sqlite3.Connection)) as able:
                able.execute("SELECT change FROM state")
            time.sleep(_PAUSE_SECONDS)  # what we had open may have been superseded meanwhile


def parsed(db: sqlite3.Connection, parse: Callable[[str], _Said], text: str) -> _Said:
    """Return what a text of the catalogue says; raises DamagedCatalogue where it says nothing."""
    try:
        return parse(text)
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise damage(db, repr(trouble)) from trouble


def damage(db: sqlite3.Connection, said: str) -> DamagedCatalogue:
    """Return the error that what stands in a catalogue cannot be."""
    file = cast(_Connection, db)
    return DamagedCatalogue(file.path, file.inode, said)


def _open(path: Path, write: bool, kind: type[_Kind]) -> _Kind:
    uri = f"{path.absolute().as_uri()}?mode={'rw' if write else 'ro'}"
    patience = _PATIENCE_SECONDS
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, factory=kind)


def _beside(path: Path) -> Path:
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    disk.remove(beside, missing_ok=True)
    return beside


def copy(db: sqlite3.Connection, path: Path) -> Path:
    """Write what stands in a catalogue, and nothing that was deleted, into a file beside it."""
    beside = _beside(path)
    disk.step()
    db.execute("VACUUM INTO ?", (str(beside),))
    with closing(_open(beside, True, _Connection)) as fresh:
        fresh.path, fresh.inode = beside, beside.stat().st_ino
        fresh.execute("UPDATE state SET stale = 0")
    return beside


def put_in_place(beside: Path, path: Path) -> None:
    """Let a file that was made beside take the place of the catalogue, durably."""
    disk.set_mode(beside, 0o640)
    disk.sync_file(beside)
    disk.supersede(beside, path)
