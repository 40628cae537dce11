"""Whether the catalogue says what the store says, and everything is there that must be.

Quick: SQLite's own quick check, and which objects there are on which side of the gate. Deep: its
whole check, and every row against its record. The catalogue is derived: whatever is wrong with it
goes when it is made anew. What it or the audit log knows and the store has not is lost.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing

from partydoc.archive import ocfl
from partydoc.archive.audit import Audit
from partydoc.archive.catalogue_file import connect
from partydoc.archive.catalogue_rows import is_unread, statements
from partydoc.archive.disposal import Disposal
from partydoc.archive.examining import at_work, urn_of
from partydoc.archive.finding import Finding, shown
from partydoc.archive.kept import Kept, stamp
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.archive.twice import stands_twice
from partydoc.archive.units import Unit
from partydoc.errors import Unreadable
from partydoc.language import _

_ANEW = "partydoc index --rebuild"
_LOOKS = 3
_GENERATION = re.compile("[0-9a-f]{32}")
_PAUSE_SECONDS = 0.2
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


def differences(archive: Archive, deep: bool, urns: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield where catalogue and store differ; with `urns` of those objects alone.

    A catalogue that is missing, or of another release, is made anew by the next command that
    writes: that is no damage. The account must be able to look into hold.
    """
    if not archive.catalogue.is_file():
        return
    try:
        with closing(connect(archive.catalogue, write=False)) as db:
            named = set(urns)
            unsound = [] if named else list(_soundness(db, deep))
            named = _known(archive, db, named) if named else _all(archive, db)
            every = {urn: _difference(archive, db, urn, deep) for urn in sorted(named)}
        found = {urn: one for urn, one in every.items() if one}
        for _look in range(_LOOKS):  # others may be writing: what is really wrong stays so
            found = _again(archive, found, deep)
        yield from (*unsound, *found.values())
    except FileNotFoundError:  # somebody is about to put a new one there
        return
    except sqlite3.DatabaseError as trouble:
        if not str(trouble).startswith("catalogue schema"):  # that is one of another release
            yield _damaged(trouble)


def _again(archive: Archive, found: dict[str, Finding], deep: bool) -> dict[str, Finding]:
    if not found:
        return {}
    busy = at_work(archive)
    if busy:
        time.sleep(_PAUSE_SECONDS)
    with closing(connect(archive.catalogue, write=False)) as db:
        again = {urn: _difference(archive, db, urn, deep) for urn in found}
    busy |= at_work(archive)
    return {urn: one for urn, one in again.items() if one and not _in_flux(urn, busy)}


def _in_flux(urn: str, busy: Collection[str]) -> bool:
    """Whether an object is being changed; of a folder the catalogue knows entries before that
    has them, as long as anybody is at work.
    """
    return urn in busy or bool(busy and not urn.startswith(DOCUMENT_PREFIX))


def soundness(archive: Archive) -> list[Finding]:
    """Return what is wrong with the file of the catalogue itself, not looking at what it tells."""
    try:
        with closing(connect(archive.catalogue, write=False)) as db:
            return list(_soundness(db, deep=False))
    except FileNotFoundError:
        return []
    except sqlite3.DatabaseError as trouble:
        return [_damaged(trouble)]


def _soundness(db: sqlite3.Connection, deep: bool) -> Iterator[Finding]:
    said = [text for (text,) in db.execute(f"PRAGMA {'integrity' if deep else 'quick'}_check")]
    if said != ["ok"]:
        yield _damaged(said[0].splitlines()[0])
        return
    if statements(db) != statements():
        yield _damaged("its tables are others")
    (latest,) = db.execute("SELECT max(change) FROM documents").fetchone()
    states = db.execute("SELECT generation, change, stale FROM state").fetchall()
    if len(states) != 1 or not _sane(states[0], latest or 0):
        yield _damaged("its counter is wrong")


def _sane(state: Sequence[object], latest: int) -> bool:
    generation, change, stale = state
    named = isinstance(generation, str) and _GENERATION.fullmatch(generation)
    counted = isinstance(change, int) and change >= latest
    return bool(named and counted and isinstance(stale, int) and stale in (0, 1))


def _damaged(trouble: object) -> Finding:
    message = _("The catalogue is damaged ({trouble}). Make it anew: {command}")
    text = message.format(trouble=trouble, command=_ANEW)
    return Finding("damaged-catalogue", "catalogue.sqlite", text)


def catalogued(archive: Archive) -> set[str]:
    """Return the ids of all objects that the catalogue knows; empty where it cannot say."""
    try:
        with closing(connect(archive.catalogue, write=False)) as db:
            return _rows(db)
    except (sqlite3.DatabaseError, FileNotFoundError):
        return set()


def _rows(db: sqlite3.Connection) -> set[str]:
    documents = {DOCUMENT_PREFIX + str(one) for (one,) in db.execute("SELECT id FROM documents")}
    query = "SELECT urn FROM units UNION SELECT folder FROM entries"
    query += " UNION SELECT urn FROM register_rows UNION SELECT urn FROM disposals"
    return documents | {str(one) for (one,) in db.execute(query)}


def _all(archive: Archive, db: sqlite3.Connection) -> set[str]:
    """Return the ids of all objects, in the store, in hold, in the catalogue and in the log."""
    roots = (archive.store, archive.hold)
    there = {urn_of(folder) for root in roots for folder in ocfl.object_folders(root)}
    return there | _rows(db) | _logged(archive)


def _known(archive: Archive, db: sqlite3.Connection, urns: set[str]) -> set[str]:
    """Return those of the ids that the archive has, or knows of."""
    gone = {urn for urn in urns if not _is_there(archive, urn)}
    return urns - gone | (gone & (_rows(db) | _logged(archive)) if gone else set())


def _is_there(archive: Archive, urn: str) -> bool:
    return any(ocfl.object_path(root, urn).is_dir() for root in (archive.store, archive.hold))


def _logged(archive: Archive) -> set[str]:
    present = Audit(archive.audit).present()
    return {one if one.startswith("urn:") else DOCUMENT_PREFIX + one for one in present}


def _difference(archive: Archive, db: sqlite3.Connection, urn: str, deep: bool) -> Finding | None:
    store = Store(archive, hold=True)
    if not _is_there(archive, urn):
        message = _("{id} is lost: the archive knows of it, but its object is not there.")
        return Finding("missing-object", urn, message.format(id=shown(urn)))
    if stands_twice(archive, urn):
        message = _("{id} stands in the store and in hold: one of the two is older.")
        return Finding("stands-twice", urn, message.format(id=shown(urn)))
    try:
        document = urn.startswith(DOCUMENT_PREFIX)
        same = (_same_document if document else _same_other)(store, db, urn, deep)
    except Unreadable:  # that is told of the object
        return None
    except _UNREADABLE:
        same = False
    if same:
        return None
    message = _("The catalogue says something else of {id} than the store. Make it anew: {command}")
    text = message.format(id=shown(urn), command=_ANEW)
    return Finding("damaged-catalogue", urn, text)


def _same_document(store: Store, db: sqlite3.Connection, urn: str, deep: bool) -> bool:
    document, in_hold = urn.removeprefix(DOCUMENT_PREFIX), store.in_hold(urn)
    query = "SELECT held, unread, pages, status, added_at, record FROM documents WHERE id = ?"
    row = db.execute(query, (document,)).fetchone()
    if row and not deep:
        return bool(row[0]) == in_hold
    kept = store.known(document)
    if not row:
        return False
    held, unread = in_hold or kept.secret, is_unread(kept)
    *plain, record = row
    if repr(plain) != repr([+held, +unread, kept.pages, kept.status, stamp(kept.added_at)]):
        return False
    return record is None if held else Kept.from_json(record) == kept


def _same_other(store: Store, db: sqlite3.Connection, urn: str, deep: bool) -> bool:
    tables = ("units", "register_rows", "disposals")
    query = " UNION ".join(f"SELECT 1 FROM {table} WHERE urn = ?1" for table in tables)
    if not deep and db.execute(query, (urn,)).fetchone():
        return True
    other = store.other(urn)
    if isinstance(other, RegisterRow):
        return _same_row(db, other)
    if isinstance(other, Disposal):
        return _same_disposal(db, other)
    return _same_unit(db, other)


def _same_row(db: sqlite3.Connection, row: RegisterRow) -> bool:
    query = "SELECT record FROM register_rows WHERE urn = ?"
    found = db.execute(query, (row.urn,)).fetchone()
    said = db.execute("SELECT arrival FROM answers WHERE departure = ?", (row.urn,))
    answers = {one for (one,) in said}
    return bool(found) and RegisterRow.from_json(found[0]) == row and answers == {*row.answers}


def _same_disposal(db: sqlite3.Connection, disposal: Disposal) -> bool:
    query = "SELECT state, record FROM disposals WHERE urn = ?"
    row = db.execute(query, (disposal.urn,)).fetchone()
    said = db.execute("SELECT document FROM destroyed WHERE disposal = ?", (disposal.urn,))
    gone = {*disposal.documents} if disposal.executed else set()
    same = bool(row) and (row[0], Disposal.from_json(row[1])) == (disposal.state, disposal)
    return same and {one for (one,) in said} == gone


def _same_unit(db: sqlite3.Connection, unit: Unit) -> bool:
    urn = unit.urn
    row = db.execute("SELECT kind, reference, record FROM units WHERE urn = ?", (urn,)).fetchone()
    if not row:
        return False
    query = "SELECT ordinal, first_sheet, last_sheet, document FROM entries WHERE folder = ?"
    entries = {repr(entry) for entry in db.execute(query, (urn,))}
    expected = {
        repr((entry.ordinal, entry.first_sheet, entry.last_sheet, entry.document))
        for entry in unit.entries
    }
    plain = row[:2] == (unit.kind, unit.reference) and entries == expected
    return plain and Unit.from_json(row[2]) == unit
