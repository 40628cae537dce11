"""The catalogue: one SQLite file, made from the store, that answers what stands where.

It may be lost at any time: `rebuild` makes it anew. Each change of a document or unit gets the
next number of one counter, so the index can ask what has changed since it last looked; the
`generation` tells two catalogues with different counters apart. Of a document in hold it knows
no more than id, status, pages and time.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partydoc.archive import disk
from partydoc.archive.kept import Kept, stamp
from partydoc.archive.units import Unit

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE state (generation TEXT NOT NULL, change INTEGER NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, held INTEGER NOT NULL, unread INTEGER NOT NULL,
    pages INTEGER NOT NULL, added_at TEXT NOT NULL, change INTEGER NOT NULL, record TEXT);
CREATE INDEX documents_by_change ON documents (change);
CREATE TABLE units (
    urn TEXT PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE entries (
    folder TEXT NOT NULL, ordinal TEXT NOT NULL, first_sheet INTEGER, last_sheet INTEGER,
    document TEXT, PRIMARY KEY (folder, ordinal));
CREATE INDEX entries_by_document ON entries (document);
"""


@dataclass(frozen=True)
class Row:
    """One document as the catalogue knows it; `kept` is None for a document in hold."""

    id: str
    status: str
    held: bool
    pages: int
    added_at: datetime
    change: int
    kept: Kept | None


@dataclass(frozen=True)
class Where:
    """Where the paper of a document lies."""

    folder: str
    ordinal: str
    box: str | None
    first_sheet: int | None
    last_sheet: int | None

    @property
    def reference(self) -> str:
        """The archival reference of the document, e.g. A29-01-0003-012."""
        return f"{self.folder}-{self.ordinal}"


class Catalogue:
    """An open catalogue; use it as a context manager.

    Opening raises sqlite3.DatabaseError or FileNotFoundError when it must be rebuilt.
    """

    def __init__(self, path: Path, write: bool = False) -> None:
        if not path.is_file():
            raise FileNotFoundError(path)
        mode = "rw" if write else "ro"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        self._db = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
        self._db.execute("PRAGMA synchronous=EXTRA")
        self._db.execute("PRAGMA secure_delete=ON")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version != _SCHEMA_VERSION:
            self._db.close()
            raise sqlite3.DatabaseError(f"catalogue schema {version}")
        self.generation: str = self._db.execute("SELECT generation FROM state").fetchone()[0]

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _change(self) -> Iterator[int]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("UPDATE state SET change = change + 1")
            yield self.mark
            disk.step()
            self._db.execute("COMMIT")
            disk.step()
        except BaseException:
            if self._db.in_transaction:  # a full disk has rolled back already
                self._db.execute("ROLLBACK")
            raise

    @property
    def mark(self) -> int:
        """The number of the latest change."""
        return self._db.execute("SELECT change FROM state").fetchone()[0]

    def note(self, kept: Kept, held: bool) -> None:
        """Write down how a document stands now.

        One that could be searched and goes into hold starts a new generation: the index is then
        made anew, for a deleted text stays in its old files.
        """
        with self._change() as change:
            before = self.row(kept.id)
            if held and before and not before.held and before.status != "pending":
                self.generation = uuid.uuid4().hex
                self._db.execute("UPDATE state SET generation = ?", (self.generation,))
            _insert(self._db, kept, held, change)

    def note_unit(self, unit: Unit) -> None:
        """Write down a fonds, inventory or folder; its documents count as changed."""
        with self._change() as change:
            _insert_unit(self._db, unit)
            self._db.execute(
                "UPDATE documents SET change = ? WHERE id IN"
                " (SELECT document FROM entries WHERE folder = ?)",
                (change, unit.urn),
            )

    def row(self, document: str) -> Row | None:
        """Return one document by its whole id."""
        return next(self._rows("WHERE id = ?", (document,)), None)

    def starting_with(self, prefix: str) -> list[Row]:
        """Return at most three documents whose id starts with a prefix."""
        return list(self._rows("WHERE id >= ? AND id < ? LIMIT 3", (prefix, prefix + "g")))

    def unread(self) -> list[Row]:
        """Return the documents that wait for OCR, in the store and in hold, oldest first."""
        return list(self._rows("WHERE unread ORDER BY added_at, id", ()))

    def changed_since(self, mark: int) -> Iterator[Row]:
        """Yield the documents changed after a mark, in the order of their changes."""
        return self._rows("WHERE change > ? ORDER BY change, id", (mark,))

    def _rows(self, condition: str, values: tuple) -> Iterator[Row]:
        query = (
            f"SELECT id, status, held, pages, added_at, change, record FROM documents {condition}"
        )
        for id_, status, held, pages, added_at, change, record in self._db.execute(query, values):
            kept = Kept.from_json(record) if record else None
            when = datetime.fromisoformat(added_at)
            yield Row(id_, status, bool(held), pages, when, change, kept)

    def counts(self) -> dict[str, int]:
        """Return status -> number of documents; what waits in hold counts as awaiting-class."""
        query = (
            "SELECT CASE WHEN held AND status <> 'held' THEN 'awaiting-class' ELSE status END AS s,"
            " count(*) FROM documents GROUP BY s"
        )
        return dict(self._db.execute(query).fetchall())

    def unit(self, reference: str) -> Unit | None:
        """Return a fonds, inventory or folder by its reference."""
        return self._unit("reference", reference)

    def unit_by_urn(self, urn: str) -> Unit | None:
        """Return a fonds, inventory or folder by its URN."""
        return self._unit("urn", urn)

    def _unit(self, column: str, value: str) -> Unit | None:
        found = self._db.execute(
            f"SELECT record FROM units WHERE {column} = ?", (value,)
        ).fetchone()
        return Unit.from_json(found[0]) if found else None

    def where(self, document: str) -> list[Where]:
        """Return where the paper of a document lies; one line a folder."""
        query = (
            "SELECT units.record, ordinal, first_sheet, last_sheet FROM entries"
            " JOIN units ON units.urn = entries.folder WHERE document = ? ORDER BY reference"
        )
        found = []
        for record, ordinal, first, last in self._db.execute(query, (document,)):
            unit = Unit.from_json(record)
            found.append(Where(unit.reference, ordinal, unit.box, first, last))
        return found

    def at(self, reference: str) -> tuple[bool, str | None]:
        """Return (whether there is such an entry, the document in it) for A29-01-0003-012."""
        folder, _, ordinal = reference.rpartition("-")
        query = (
            "SELECT document FROM entries JOIN units ON units.urn = entries.folder"
            " WHERE reference = ? AND ordinal = ?"
        )
        found = self._db.execute(query, (folder, ordinal)).fetchone()
        return (True, found[0]) if found else (False, None)


def rebuild(path: Path, kept: Iterable[Kept], held: Iterable[Kept], units: Iterable[Unit]) -> None:
    """Make the catalogue anew beside the old one and put it in its place."""
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    beside.unlink(missing_ok=True)
    db = sqlite3.connect(beside, isolation_level=None)
    db.executescript(_SCHEMA)
    db.execute("BEGIN")
    db.execute("INSERT INTO state VALUES (?, 0)", (uuid.uuid4().hex,))
    change = 0
    for in_hold, documents in ((False, kept), (True, held)):
        for document in documents:
            change += 1
            _insert(db, document, in_hold, change)
    for unit in units:
        _insert_unit(db, unit)
    db.execute("UPDATE state SET change = ?", (change,))
    db.execute("COMMIT")
    db.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
    db.close()
    beside.chmod(0o640)
    disk.sync_file(beside)
    # A journal that outlived its catalogue would be played back into the new one.
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    disk.step()
    beside.rename(path)
    disk.sync_file(path.parent)


def _insert(db: sqlite3.Connection, kept: Kept, held: bool, change: int) -> None:
    unread = kept.status == "pending"
    record = None if held else kept.to_json().decode()
    db.execute(
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (kept.id, kept.status, held, unread, kept.pages, stamp(kept.added_at), change, record),
    )


def _insert_unit(db: sqlite3.Connection, unit: Unit) -> None:
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
