"""The parent's end of the reading children: a pool of confined processes that read documents."""

from __future__ import annotations

import json
import selectors
import shutil
import stat
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from partydoc.document import Look, Reading, Refusal
from partydoc.ocr import tools
from partydoc.ocr.inspector import refusal_of_death
from partydoc.ocr.process import MEMORY, Confined, empty

#: A process is replaced after so many documents, or when it holds so many bytes.
_MOST_DOCUMENTS = 200
_MOST_MEMORY = 1 << 30

_JOB, _ORIGINAL = "job", "original"
_RESULTS = ("access.pdf", "pages.json")


@dataclass(frozen=True)
class Finished:
    """One document done: a reading (its files lie where they were asked for) or a refusal."""

    ticket: str
    reading: Reading | None
    refusal: Refusal | None
    seconds: float


@dataclass(frozen=True)
class _Job:
    ticket: str
    original: Path
    look: Look
    into: Path


class _Slot:
    """One process of the pool, with the job it has and when that must be done."""

    def __init__(self, child: Confined) -> None:
        self.child = child
        self.job: _Job | None = None
        self.begun = self.deadline = 0.0
        self.documents = 0


class Readers:
    """Up to `jobs` confined processes, each with its own folder `root/reader-N/`.

    Use it from one thread. Processes start when there is work and live as long as the pool.
    """

    def __init__(
        self,
        root: Path,
        jobs: int,
        languages: Sequence[str],
        *,
        tessdata: Path | None = None,
        page_seconds: float = 15,
        base_seconds: float = 60,
        memory: int = MEMORY,
        fast: bool | None = None,
    ) -> None:
        tools.require(languages, tessdata)
        models = tessdata or tools.tessdata_folder()
        options = {
            "languages": list(languages),
            "tessdata": str(models),
            "engine": "fast" if (tools.fast() if fast is None else fast) else "program",
            "readable": [str(models)],
        }
        folders = [root.absolute() / f"reader-{number}" for number in range(1, jobs + 1)]
        self._slots = [_Slot(Confined("read", folder, options, memory)) for folder in folders]
        self._waiting: deque[_Job] = deque()
        self._page_seconds = page_seconds
        self._base_seconds = base_seconds

    def submit(self, ticket: str, original: Path, look: Look, into: Path) -> None:
        """Queue a document; `into` is an existing folder on the file system of `root`.

        A copy of `original` is read. `access.pdf` and `pages.json` are renamed into `into`.
        """
        self._waiting.append(_Job(ticket, original, look, into))
        self._dispatch()

    @property
    def pending(self) -> int:
        """How many documents are queued or being read."""
        return len(self._waiting) + sum(slot.job is not None for slot in self._slots)

    def finished(self, wait: float | None = None) -> list[Finished]:
        """Return what got done, waiting up to `wait` seconds (None: as long as it takes).

        Empty if nothing is pending, or nothing got done in time.
        """
        end = None if wait is None else time.monotonic() + wait
        while True:
            self._dispatch()
            done = self._collect(end)
            over = end is not None and time.monotonic() >= end
            if done or over or not self.pending:
                self._dispatch()
                return done

    def _dispatch(self) -> None:
        for slot in self._slots:
            if not self._waiting:
                return
            if slot.job is None:
                self._begin(slot, self._waiting.popleft())

    def _begin(self, slot: _Slot, job: _Job) -> None:
        if slot.child.running and (
            slot.documents >= _MOST_DOCUMENTS or slot.child.memory() > _MOST_MEMORY
        ):
            slot.child.kill()
        if not slot.child.running:
            slot.child.start()
            slot.documents = 0
        folder = slot.child.folder / _JOB
        empty(folder)
        shutil.copyfile(job.original, folder / _ORIGINAL)
        slot.job, slot.begun = job, time.monotonic()
        slot.deadline = slot.begun + self._base_seconds + self._page_seconds * job.look.pages
        slot.documents += 1
        slot.child.send(
            {"folder": _JOB, "media_type": job.look.media_type, "pages": job.look.pages}
        )

    def _collect(self, end: float | None) -> list[Finished]:
        """Wait for the first answers, deadline or `end`; return what is done by then."""
        busy = [slot for slot in self._slots if slot.job]
        if not busy:
            return []
        until = min([slot.deadline for slot in busy] + ([end] if end is not None else []))
        with selectors.DefaultSelector() as selector:
            for slot in busy:
                selector.register(slot.child, selectors.EVENT_READ, slot)
            ready = selector.select(max(0.0, until - time.monotonic()))
        done = [self._answered(key.data) for key, _ in ready]
        late = [slot for slot in busy if slot.job and time.monotonic() >= slot.deadline]
        done += [self._killed(slot) for slot in late]
        return [finished for finished in done if finished]

    def _answered(self, slot: _Slot) -> Finished | None:
        try:
            answer = slot.child.answer()
        except EOFError:
            return self._end(slot, refusal_of_death(slot.child.kill(), "ocr-failed"))
        if answer is None:
            return None
        if "done" in answer:
            assert slot.job
            return self._end(slot, _deliver(slot.child.folder / _JOB, slot.job))
        refusal = Refusal(answer.get("refusal") or "ocr-failed", answer.get("detail", ""))
        if refusal.reason == "resource-limit":
            slot.child.kill()
        return self._end(slot, refusal)

    def _killed(self, slot: _Slot) -> Finished:
        seconds = time.monotonic() - slot.begun
        slot.child.kill()
        return self._end(slot, Refusal("time-limit", f"{seconds:.0f} s"))

    def _end(self, slot: _Slot, result: Reading | Refusal) -> Finished:
        job, slot.job = slot.job, None
        assert job
        for name in (_JOB, "tmp"):
            empty(slot.child.folder / name)
        seconds = time.monotonic() - slot.begun
        if isinstance(result, Refusal):
            return Finished(job.ticket, None, result, seconds)
        return Finished(job.ticket, result, None, seconds)

    def close(self) -> None:
        """End all processes and take their folders away; what is pending is forgotten."""
        self._waiting.clear()
        for slot in self._slots:
            slot.job = None
            slot.child.kill()
            shutil.rmtree(slot.child.folder, ignore_errors=True)

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _deliver(folder: Path, job: _Job) -> Reading | Refusal:
    """Check what a child left behind as one checks a stranger's parcel, then take it over."""
    for name in _RESULTS:
        try:
            status = (folder / name).lstat()
        except FileNotFoundError:
            return Refusal("ocr-failed", f"{name} is missing")
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            return Refusal("ocr-failed", f"{name} is no plain file")
    reading = _parsed((folder / "pages.json").read_bytes())
    if reading is None or len(reading.pages) != job.look.pages:
        return Refusal("ocr-failed", "pages.json does not fit")
    for name in _RESULTS:
        (folder / name).rename(job.into / name)
    return reading


def _parsed(data: bytes) -> Reading | None:
    try:
        content: Any = json.loads(data)
        return Reading.from_dict(content)
    except (ValueError, KeyError, TypeError):
        return None
