"""A file that comes to a document which is there already: copied and looked at, as any scan is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from partydoc import ocr
from partydoc.archive import disk, inbox, jobs
from partydoc.archive.inbox import Brought, Source
from partydoc.archive.ocfl import Staged
from partydoc.archive.originals import Original
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.arrival import Arrival
from partydoc.document import Refusal


@dataclass(frozen=True)
class Incoming:
    """A file that came in: where it came from, its copy, and what it was found to be."""

    arrival: Arrival
    copy: Brought
    known: Original

    def into(self, job: Path, number: int = 1) -> Staged:
        """Move the copy into a job, for the object, and lend it to be read as that original."""
        path = job / "incoming"
        disk.place(self.copy.staged.path, path)
        jobs.lend(job, path, number)
        return Staged(path, self.copy.staged.digests)

    def dismiss(self) -> None:
        """Take the file out of the inbox, if it came from there: what it was is safe."""
        self.arrival.dismiss(self.copy)


def bring(archive: Archive, inspector: ocr.Inspector, path: Path) -> Incoming | Refusal:
    """Copy a file into the inspector's folder and look at it.

    Refusals: those of `inbox.bring` and `Inspector.look`, and `same-in-hold` for bytes that have
    not passed the gate.
    """
    source, refusal = next(inbox.sources([path], archive), (Source(path), Refusal("not-a-file")))
    incoming = inspector.folder / "incoming"
    copy = refusal or inbox.bring(source, incoming, archive.settings.quiet)
    if isinstance(copy, Refusal):
        return copy
    look = inspector.look(incoming.name, source.name)
    if isinstance(look, Refusal):
        return look
    digest = copy.staged.digests.sha256
    if Store(archive, hold=True).in_hold(DOCUMENT_PREFIX + digest):
        return Refusal("same-in-hold")
    known = Original.of(look, digest, source.name)
    return Incoming(Arrival(source, time.monotonic(), 1), copy, known)
