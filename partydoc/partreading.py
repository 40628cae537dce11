"""The parts of a scan read as the documents that they are to be, each cut out of its originals."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from partydoc import ocr
from partydoc.archive import building, disk, jobs
from partydoc.archive.kept import Kept
from partydoc.archive.ocfl import Staged
from partydoc.cutting import Cut
from partydoc.document import Look, Refusal, Verdict
from partydoc.metadata.secrecy import judge
from partydoc.ocr import Finished
from partydoc.page import Reading
from partydoc.turns import Turns


@dataclass(frozen=True)
class Piece:
    """A part of a scan as it was read: its job has words and access copy, `original` is what was
    cut out, `look` what that is.
    """

    cut: Cut
    job: Path
    reading: Reading
    original: Staged
    look: Look

    @property
    def verdict(self) -> Verdict:
        """What the gate says of it."""
        return judge(self.reading.pages)


@dataclass(frozen=True)
class Unread:
    """A part that could not be read, why, and a mark that was seen nevertheless, on any part."""

    cut: Cut
    reason: str
    marked: Verdict | None = None


def read(
    turns: Turns, kept: Kept, parts: Sequence[Cut], workers: int, stack: ExitStack
) -> list[Piece] | Unread:
    """Read all parts of a document; their jobs stand until `stack` is closed."""
    tasks = {}
    with turns.turn() as opened:
        for part in parts:
            job = jobs.begin(opened.desk, f"{kept.id}-")
            stack.callback(jobs.end, job)
            if not opened.store.lend(kept, job):
                return Unread(part, "stored-copy-damaged")
            tasks[part.id] = part, job
    found = _finished(turns, kept, tasks, workers)
    for part, _job in tasks.values():
        if reason := _refused(found[part.id]):
            return Unread(part, reason, _marked(list(found.values())))
    return _looked_at(turns, tasks, found)


def _finished(
    turns: Turns, kept: Kept, tasks: dict[str, tuple[Cut, Path]], workers: int
) -> dict[str, Finished]:
    settings, done = turns.archive.settings, dict[str, Finished]()
    with ocr.Readers(
        turns.desk, workers, settings.languages, tessdata=settings.models
    ) as readers:  # fmt: skip
        for part, job in tasks.values():
            look = Look(kept.media_type, kept.extension, kept.pages, kept.flags)
            originals = {n: (jobs.lent(job, n), kept.type_of(n)) for n in kept.in_use}
            cut = ocr.Binding(kept.leaves[part.first - 1 : part.last], originals, cut=True)
            readers.submit(part.id, jobs.lent(job, kept.in_use[0]), look, job, cut)
        while len(done) < len(tasks):
            done |= {one.ticket: one for one in readers.finished()}
    return done


def _refused(one: Finished) -> str | None:
    if one.refusal or one.reading is None:
        return (one.refusal or Refusal("ocr-failed")).reason
    return None


def _marked(found: Sequence[Finished]) -> Verdict | None:
    verdicts = (judge(one.reading.pages) for one in found if one.reading)
    return next((one for one in verdicts if one.kind == "marked"), None)


def _looked_at(
    turns: Turns, tasks: dict[str, tuple[Cut, Path]], found: dict[str, Finished]
) -> list[Piece] | Unread:
    """Look at what was cut out as at any file that comes in."""
    pieces = []
    with ocr.Inspector(turns.desk) as inspector:
        for part, job in tasks.values():
            reading, path = found[part.id].reading, inspector.folder / "incoming"
            assert reading is not None
            disk.link(job / "cut.pdf", path)
            look = inspector.look(path.name, "cut.pdf")
            disk.remove(path)
            if isinstance(look, Refusal) or look.pages != part.pages:
                return Unread(part, "ocr-failed", _marked(list(found.values())))
            pieces.append(Piece(part, job, reading, building.staged(job / "cut.pdf"), look))
    return pieces
