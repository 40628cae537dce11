"""The tables of the catalogue, and how what stands in the store becomes rows of them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from partydoc.archive import signs
from partydoc.archive.kept import Kept, stamp

if TYPE_CHECKING:
    from partydoc.archive.disposal import Disposal
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.archive.units import Unit

#: Of a document: id, status, whether it stands in hold, whether it is unread, pages, added_at, what
#: its record.json says, and by which code and arrival a register knows it.
DocumentRow = tuple[str, str, bool, bool, int, str, str | None, str | None, str | None]
#: Of the tables: a catalogue of another is made anew.
VERSION = 8
TABLES = """
CREATE TABLE state (
    generation TEXT NOT NULL, change INTEGER NOT NULL, stale INTEGER NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, held INTEGER NOT NULL, unread INTEGER NOT NULL,
    pages INTEGER NOT NULL, added_at TEXT NOT NULL, change INTEGER NOT NULL, record TEXT);
CREATE TABLE units (
    urn TEXT PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE former (reference TEXT PRIMARY KEY, urn TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (
    folder TEXT NOT NULL, ordinal TEXT NOT NULL, first_sheet INTEGER, last_sheet INTEGER,
    document TEXT, PRIMARY KEY (folder, ordinal));
CREATE TABLE register_rows (
    urn TEXT PRIMARY KEY, kind TEXT NOT NULL, line TEXT NOT NULL, series TEXT NOT NULL,
    secret INTEGER NOT NULL, number INTEGER NOT NULL, last INTEGER NOT NULL, letter TEXT NOT NULL,
    day TEXT, code TEXT, arrival TEXT, document TEXT, void INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE answers (
    departure TEXT NOT NULL, arrival TEXT NOT NULL, PRIMARY KEY (departure, arrival));
CREATE TABLE signs (document TEXT PRIMARY KEY, code TEXT, arrival TEXT);
CREATE TABLE disposals (
    urn TEXT PRIMARY KEY, number INTEGER NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE destroyed (
    document TEXT NOT NULL, disposal TEXT NOT NULL, PRIMARY KEY (document, disposal)
) WITHOUT ROWID;
"""
#: Made when a new catalogue is full: quicker than to keep them up with each row.
INDEXES = """
CREATE INDEX documents_by_change ON documents (change);
CREATE INDEX documents_not_searched ON documents (held, unread, status, id)
    WHERE unread OR held;
CREATE INDEX documents_of_several ON documents (id)
    WHERE instr(record, '"originals":[{') > 0;
CREATE INDEX former_by_unit ON former (urn);
CREATE INDEX entries_by_document ON entries (document);
CREATE INDEX register_rows_by_number ON register_rows (kind, series, number, letter);
CREATE INDEX register_rows_by_code ON register_rows (code);
CREATE INDEX register_rows_by_arrival ON register_rows (arrival);
CREATE INDEX register_rows_by_document ON register_rows (document);
CREATE INDEX answers_by_arrival ON answers (arrival);
CREATE INDEX signs_by_code ON signs (code);
CREATE INDEX signs_by_arrival ON signs (arrival);
"""


def row(kept: Kept, held: bool, record: str | None = None) -> DocumentRow:
    """Return the row of a document; of one in hold it has no record. `record`: what its record.json
    says, where that was read.
    """
    signed = (None, None) if held or kept.passed_on else signs.of(kept)
    said = None if held else record or kept.to_json().decode()
    plain = kept.id, kept.status, held, is_unread(kept), kept.pages, stamp(kept.added_at)
    return *plain, said, *signed


def insert(db: sqlite3.Connection, row: DocumentRow, change: int) -> None:
    """Write the row of a document."""
    id_, *plain, record, code, arrival = row
    db.execute(  # json() takes out what is there for people's eyes
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, json(?))",
        (id_, *plain, change, record),
    )
    if code or arrival:
        db.execute("INSERT OR REPLACE INTO signs VALUES (?, ?, ?)", (id_, code, arrival))
    else:
        forget_signs(db, id_)


def is_unread(kept: Kept) -> bool:
    """Whether a search finds nothing of a document: it waits for OCR, or others have its pages."""
    return kept.status == "pending" or kept.passed_on


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
        (unit.urn, unit.kind, unit.reference, json.dumps(unit.to_dict(), ensure_ascii=False)),
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
        db.executescript(TABLES + INDEXES)
    return {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
