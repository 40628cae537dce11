"""The catalogue: one SQLite file, made from the store, that answers what stands where.

It may be lost at any time: `rebuild` makes it anew. Each change of a document or unit gets the
next number of one counter, so the index can ask what has changed since it last looked; the
`generation` tells two catalogues with different counters apart. Of a document in hold it knows
no more than id, status, pages and time; what it knew of one that was put into hold later may
still stand in its free space, so it is then `stale` and written into a new file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partydoc.archive import disk
from partydoc.archive.catalogue_file import (
    DamagedCatalogue,
    connect,
    copy,
    damage,
    parsed,
    put_in_place,
)
from partydoc.archive.catalogue_rows import (
    forget_signs,
    insert,
    insert_disposal,
    insert_row,
    insert_unit,
    row,
)
from partydoc.archive.kept import Kept
from partydoc.value import Value

if TYPE_CHECKING:
    from partydoc.archive.disposal import Disposal
    from partydoc.archive.registerrow import RegisterRow
    from partydoc.archive.units import Unit

#: Of each document, as a Row holds it.
_ROWS = "SELECT id, status, held, pages, added_at, change, record FROM documents"


class Row(Value):
    """One document as the catalogue knows it; `kept` is None for a document in hold."""

    id: str
    status: str
    held: bool
    pages: int
    added_at: datetime
    change: int
    kept: Kept | None


class Catalogue:
    """An open catalogue; use it as a context manager.

    Opening raises sqlite3.DatabaseError or FileNotFoundError when it must be rebuilt.
    """

    def __init__(self, path: Path, write: bool = False) -> None:
        self._path, self._write = path, write
        self._db = connect(path, write)
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
            if held and before and not before.held:
                self._db.execute("UPDATE state SET stale = 1")
                if before.status != "pending":
                    self._begin_generation()
            insert(self._db, row(kept, held), change)

    def _begin_generation(self) -> None:
        self.generation = os.urandom(16).hex()
        self._db.execute("UPDATE state SET generation = ?", (self.generation,))

    def forget(self, document: str) -> None:
        """Take out a document that is not there any more."""
        with self._change():
            self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
            forget_signs(self._db, document)

    def renew(self) -> None:
        """Write a stale catalogue into a new file; with any other this costs one look."""
        if not self._db.execute("SELECT stale FROM state").fetchone()[0]:
            return
        beside = copy(self._db, self._path)
        self._db.close()
        put_in_place(beside, self._path)
        self._db = connect(self._path, self._write)

    def note_units(self, units: Iterable[Unit]) -> None:
        """Write down fonds, inventories and folders, all at once or none of them; the documents
        that lie elsewhere now count as changed.
        """
        with self._change() as change:
            self._insert_units(units, change)

    def _insert_units(self, units: Iterable[Unit], change: int) -> None:
        for unit in units:
            before = self.unit_by_urn(unit.urn)
            insert_unit(self._db, unit)
            moved = _places(unit) ^ (_places(before) if before else set())
            rows = [(change, one[0]) for one in moved]
            self._db.executemany("UPDATE documents SET change = ? WHERE id = ?", rows)

    def note_disposal(self, disposal: Disposal) -> None:
        """Write down how far a disposal has come."""
        with self._change():
            insert_disposal(self._db, disposal)

    def destroy(self, disposal: Disposal, emptied: Iterable[Unit]) -> None:
        """Take out what a disposal destroys, with its folders as they stand then.

        What it knew may still stand in its free space, and in the index: it is stale then, and
        begins a new generation.
        """
        with self._change() as change:
            insert_disposal(self._db, disposal)
            self._insert_units(emptied, change)
            for document in disposal.documents:
                self._db.execute("DELETE FROM documents WHERE id = ?", (document,))
                forget_signs(self._db, document)
            self._db.execute("UPDATE state SET stale = 1")
            self._begin_generation()

    def note_row(self, row: RegisterRow) -> None:
        """Write down the row of a register."""
        with self._change():
            insert_row(self._db, row)

    def register_row(self, urn: str) -> RegisterRow | None:
        """Return the row of a register by its URN."""
        return next(self.register_rows("WHERE urn = ?", urn), None)

    def register_rows(self, condition: str, *values: object) -> Iterator[RegisterRow]:
        """Yield the rows of registers that fulfil a condition over the table `register_rows`."""
        from partydoc.archive.registerrow import RegisterRow

        for (record,) in self._db.execute(f"SELECT record FROM register_rows {condition}", values):
            yield parsed(self._db, RegisterRow.from_json, record)

    def row(self, document: str) -> Row | None:
        """Return one document by its whole id."""
        return next(self._rows("WHERE id = ?", (document,)), None)

    def with_original(self, sha256: str) -> list[str]:
        """Return the ids of the documents to which a file came later, in use or not."""
        query = (
            "SELECT documents.id FROM documents, json_each(record, '$.originals') AS one"
            " WHERE instr(record, '\"originals\":[{') > 0"
            " AND one.value ->> '$.sha256' = ? ORDER BY added_at"
        )
        return [id_ for (id_,) in self._db.execute(query, (sha256,))]

    def starting_with(self, prefix: str) -> list[Row]:
        """Return at most three documents whose id starts with a prefix."""
        return list(self._rows("WHERE id >= ? AND id < ? LIMIT 3", (prefix, prefix + "g")))

    def unread(self) -> list[Row]:
        """Return the documents that wait for OCR, in the store and in hold, oldest first."""
        return list(self._rows("WHERE unread AND status = 'pending' ORDER BY added_at, id", ()))

    def in_status(self, status: str) -> list[str]:
        """Return the ids of the documents of the store in a status, oldest first."""
        query = "SELECT id FROM documents WHERE status = ? AND NOT held ORDER BY added_at, id"
        return [id_ for (id_,) in self._db.execute(query, (status,))]

    def values(self, field: str) -> list[str]:
        """Return the accepted texts of a field, the most frequent first."""
        query = (
            "SELECT record ->> ('$.fields.' || ?1 || '.value') AS value FROM documents"
            " WHERE NOT held AND record ->> ('$.fields.' || ?1 || '.accepted')"
            " AND json_type(record, '$.fields.' || ?1 || '.value') = 'text'"
            " GROUP BY value ORDER BY count(*) DESC, value"
        )
        return [value for (value,) in self._db.execute(query, (field,))]

    def changed_since(self, mark: int, found: bool | None = None) -> Iterator[Row]:
        """Yield what has changed after a mark, in that order.

        `found` leaves only what a search can find, or only what it cannot.
        """
        which = {None: "", True: "AND NOT (unread OR held)", False: "AND (unread OR held)"}[found]
        return self._rows(f"WHERE change > ? {which} ORDER BY change, id", (mark,))

    def _rows(self, condition: str, values: tuple) -> Iterator[Row]:
        query = f"{_ROWS} {condition}"
        for id_, status, held, pages, added_at, change, record in self._db.execute(query, values):
            kept = parsed(self._db, Kept.from_json, record) if record else None
            when = parsed(self._db, datetime.fromisoformat, added_at)
            yield Row(id_, status, bool(held), pages, when, change, kept)

    def held(self) -> frozenset[str]:
        """Return the ids of all that stands in hold."""
        query = "SELECT id FROM documents WHERE (unread OR held) AND held"
        return frozenset(id_ for (id_,) in self._db.execute(query))

    def unit(self, reference: str) -> Unit | None:
        """Return a fonds, inventory or folder by its reference, or by one that it had before."""
        found = self._unit("SELECT record FROM units WHERE reference = ?", reference)
        before = "SELECT record FROM units JOIN former USING (urn) WHERE former.reference = ?"
        return found or self._unit(before, reference)

    def unit_by_urn(self, urn: str) -> Unit | None:
        """Return a fonds, inventory or folder by its URN."""
        return self._unit("SELECT record FROM units WHERE urn = ?", urn)

    def _unit(self, query: str, value: str) -> Unit | None:
        from partydoc.archive.units import Unit

        found = self._db.execute(query, (value,)).fetchone()
        return parsed(self._db, Unit.from_json, found[0]) if found else None

    def damage(self, said: str) -> DamagedCatalogue:
        """Return the error that what stands in it cannot be, for a caller that found that out."""
        return damage(self._db, said)

    def ask(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a question that a module beside this one asks."""
        return self._db.execute(query, values)


def _places(unit: Unit) -> set[tuple[str | None, ...]]:
    """Return the documents of a folder with all that the index holds of where they lie."""
    return {
        (entry.document, entry.ordinal, unit.reference, unit.box)
        for entry in unit.entries
        if entry.document
    }
