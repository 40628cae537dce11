"""An archive with folders in which papers are entered, moved and closed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import desk
import judge
from forms import judge as form
from test_catalogue import COMMIT, add

from partydoc import (
    arranging,
    closing,
    entering,
    indexing,
    lookup,
    operations,
    unitediting,
)
from partydoc.archive import whereabouts
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.audit import actor
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.operations import Operation, What
from partydoc.unitediting import Draft

ONE, TWO = "A29-01-0003", "A29-01-0004"


def new_archive(root: Path) -> Archive:
    """An archive with two folders, in the first of them two documents of one page each."""
    archive = desk.new_archive(root)
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", ONE), ("folder", TWO),
            ("inventory", "A29-02"),
        ):  # fmt: skip
            add(opened, kind, reference, "7" if kind == "folder" else None)
        for name in ("1.pdf", "2.pdf"):
            (archive.inbox / name).write_bytes(b"%PDF " + name.encode())
            work = desk.keep(opened, archive.inbox / name, ONE)
            desk.file(opened, work)  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def done(archive: Archive, drafts: tuple[Draft, ...], what: What = "catalogue-move") -> Operation:
    with desk.at_work(archive) as opened:
        return unitediting.carry_out(opened, drafts, Operation(None, desk.NOW, actor(), what))


def move(archive: Archive, *references: str, to: str) -> Operation:
    with open_for_reading(archive) as catalogue:
        drafts = arranging.moved(catalogue, references, to)
    return done(archive, drafts)


def enter(archive: Archive, folder: str, ordinal: str | None = None, **values: object) -> Operation:
    with open_for_reading(archive) as catalogue:
        draft = entering.new_entry(archive, catalogue, folder, ordinal, None, values)  # type: ignore[arg-type]
    return done(archive, (draft,), "catalogue-entry")


def close(archive: Archive, reference: str) -> Operation:
    with open_for_reading(archive) as catalogue:
        draft = closing.closed(catalogue, lookup.unit(catalogue, reference), "2026-03-02")
    return done(archive, (draft,), "catalogue-close")


def undo(archive: Archive, operation: Operation, after: int = 1) -> Operation:
    with desk.at_work(archive) as opened:
        found = operations.find(opened.audit, operation.number or 0)
        assert found
        drafts = unitediting.undone(opened.store, opened.catalogue, found)
        now = desk.NOW + timedelta(seconds=after)
        back = Operation(None, now, actor(), "undo", undoes=operation.number)
        return unitediting.carry_out(opened, drafts, back)


def unit(archive: Archive, reference: str) -> Unit:
    """Return a unit as it stands in the catalogue, in the store, and in one made from that."""
    with open_for_reading(archive) as catalogue:
        found = catalogue.unit(reference)
    assert found and found == Store(archive).unit(found.urn)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    with open_for_reading(archive) as catalogue:
        assert catalogue.unit(reference) == found
    judge.objects_are_valid(archive.root)
    for path in Store(archive).files(found.urn):
        form("unit", json.loads(path.path.read_bytes()))
    return found


def at(archive: Archive, reference: str) -> tuple[bool, str | None]:
    with open_for_reading(archive) as catalogue:
        return whereabouts.at(catalogue, reference)
