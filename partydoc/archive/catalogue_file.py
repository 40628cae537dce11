"""The file of the catalogue: its tables, how it is opened, made anew and put in its place."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from partydoc.archive import disk, room, signs
from partydoc.archive.kept import Kept, stamp
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
_SCHEMA_VERSION = 7
_SCHEMA = """
CREATE TABLE state (
    generation TEXT NOT NULL, change INTEGER NOT NULL, stale INTEGER NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, held INTEGER NOT NULL, unread INTEGER NOT NULL,
    pages INTEGER NOT NULL, added_at TEXT NOT NULL, change INTEGER NOT NULL, record TEXT);
CREATE INDEX documents_by_change ON documents (change);
CREATE INDEX documents_not_searched ON documents (held, unread, status, id)
    WHERE unread OR held;
CREATE INDEX documents_of_several ON documents (id)
    WHERE instr(record, '"originals": [{') > 0;
CREATE TABLE units (
    urn TEXT PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE former (reference TEXT PRIMARY KEY, urn TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX former_by_unit ON former (urn);
CREATE TABLE entries (
    folder TEXT NOT NULL, ordinal TEXT NOT NULL, first_sheet INTEGER, last_sheet INTEGER,
    document TEXT, PRIMARY KEY (folder, ordinal));
CREATE INDEX entries_by_document ON entries (document);
CREATE TABLE register_rows (
    urn TEXT PRIMARY KEY, kind TEXT NOT NULL, line TEXT NOT NULL, series TEXT NOT NULL,
    secret INTEGER NOT NULL, number INTEGER NOT NULL, last INTEGER NOT NULL, letter TEXT NOT NULL,
    day TEXT, code TEXT, arrival TEXT, document TEXT, void INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX register_rows_by_number ON register_rows (kind, series, number, letter);
CREATE INDEX register_rows_by_code ON register_rows (code);
CREATE INDEX register_rows_by_arrival ON register_rows (arrival);
CREATE INDEX register_rows_by_document ON register_rows (document);
CREATE TABLE answers (
    departure TEXT NOT NULL, arrival TEXT NOT NULL, PRIMARY KEY (departure, arrival));
CREATE INDEX answers_by_arrival ON answers (arrival);
CREATE TABLE signs (document TEXT PRIMARY KEY, code TEXT, arrival TEXT);
CREATE INDEX signs_by_code ON signs (code);
CREATE INDEX signs_by_arrival ON signs (arrival);
CREATE TABLE disposals (
    urn TEXT PRIMARY KEY, number INTEGER NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE destroyed (
    document TEXT NOT NULL, disposal TEXT NOT NULL, PRIMARY KEY (document, disposal)
) WITHOUT ROWID;
"""


def rebuild(
    path: Path, kept: Iterable[Kept], held: Iterable[Kept],
    others: Iterable[Unit | RegisterRow | Disposal],
) -> None:  # fmt: skip
    """Make the catalogue anew beside the old one and put it in its place."""
    beside = _beside(path)
    db = sqlite3.connect(beside, isolation_level=None)
    db.executescript(_SCHEMA)
    db.execute("BEGIN")
    db.execute("INSERT INTO state VALUES (?, 0, 0)", (os.urandom(16).hex(),))
    change = 0
    for in_hold, documents in ((False, kept), (True, held)):
        for document in documents:
            change += 1
            insert(db, document, in_hold or document.status == "held", change)
    for other in others:
        insert_other(db, other)
    db.execute("UPDATE state SET change = ?", (change,))
    db.execute("COMMIT")
    db.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
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
    if version != _SCHEMA_VERSION:
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


def insert(db: sqlite3.Connection, kept: Kept, held: bool, change: int) -> None:
    """Write the row of a document; of one in hold no record."""
    unread = kept.status == "pending"
    # On one line: that is written several times as fast as in record.json, where people read it.
    record = None if held else json.dumps(kept.to_dict(), ensure_ascii=False)
    db.execute(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (kept.id, kept.status, held, unread, kept.pages, stamp(kept.added_at), change, record),
    )
    forget_signs(db, kept.id)
    code, arrival = (None, None) if held else signs.of(kept)
    if code or arrival:
        db.execute("INSERT INTO signs VALUES (?, ?, ?)", (kept.id, code, arrival))


def forget_signs(db: sqlite3.Connection, document: str) -> None:
    """Take out by what a document is known in the registers."""
    db.execute("DELETE FROM signs WHERE document = ?", (document,))


def insert_other(db: sqlite3.Connection, other: Unit | RegisterRow | Disposal) -> None:
    """Write the row of what is no document."""
    from partydoc.archive.disposal import Disposal
    from partydoc.archive.registerrow import RegisterRow

    if isinstance(other, Disposal):
        insert_disposal(db, other)
    elif isinstance(other, RegisterRow):
        insert_row(db, other)
    else:
        insert_unit(db, other)


def insert_unit(db: sqlite3.Connection, unit: Unit) -> None:
    """Write the row of a unit, those of its entries and of the references it had before."""
    db.execute(
        "INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?)",
        (unit.urn, unit.kind, unit.reference, unit.to_json().decode()),
    )
    db.execute("DELETE FROM entries WHERE folder = ?", (unit.urn,))
    db.executemany(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?)",
        [
            (unit.urn, entry.ordinal, entry.first_sheet, entry.last_sheet, entry.document)
            for entry in unit.entries
        ],
    )
    db.execute("DELETE FROM former WHERE urn = ?", (unit.urn,))
    rows = [(reference, unit.urn) for reference in unit.former]
    db.executemany("INSERT OR REPLACE INTO former VALUES (?, ?)", rows)


def insert_row(db: sqlite3.Connection, row: RegisterRow) -> None:
    """Write the row of a register, and what it answers."""
    arrived = row.kind == "arrival" and row.line == "document"
    arrival = signs.arrival_key(row.figure, row.day) if arrived else None
    db.execute(
        "INSERT OR REPLACE INTO register_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.urn, row.kind, row.line, row.series.name, row.series.secret, row.number, row.last,
            row.letter, row.day, signs.code_key(row.fields.get("code")), arrival, row.document,
            row.void is not None, row.to_json().decode(),
        ),
    )  # fmt: skip
    db.execute("DELETE FROM answers WHERE departure = ?", (row.urn,))
    db.executemany("INSERT INTO answers VALUES (?, ?)", [(row.urn, one) for one in row.answers])


def insert_disposal(db: sqlite3.Connection, disposal: Disposal) -> None:
    """Write the row of a disposal; of one that was executed the documents that it destroyed."""
    urn, record = disposal.urn, disposal.to_json().decode()
    db.execute(
        "INSERT OR REPLACE INTO disposals VALUES (?, ?, ?, ?)",
        (urn, disposal.number, disposal.state, record),
    )
    db.execute("DELETE FROM destroyed WHERE disposal = ?", (urn,))
    rows = [(one, urn) for one in disposal.documents if disposal.executed]
    db.executemany("INSERT INTO destroyed VALUES (?, ?)", rows)


def statements(db: sqlite3.Connection | None = None) -> set[str]:
    """Return the SQL of the tables and indexes of a catalogue; without one what it must be."""
    if db is None:
        db = sqlite3.connect(":memory:")
        db.executescript(_SCHEMA)
    return {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
