"""The parent's end of the reading children: a pool of confined processes that read documents."""

from __future__ import annotations

import errno
import selectors
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from partydoc.document import Look, Refusal
from partydoc.ocr import parcel, tools
from partydoc.ocr.inspector import refusal_of_death
from partydoc.ocr.job import PART, Binding, Job, Order
from partydoc.ocr.patience import Patience
from partydoc.ocr.process import JOB, LENT, MEMORY, Confined
from partydoc.ocr.slot import Slot
from partydoc.page import Reading


@dataclass(frozen=True)
class Finished:
    """One document done: a reading (its files lie where they were asked for) or a refusal.

    With a refusal, `reading` is what was read although no copy could be made of it.
    """

    ticket: str
    reading: Reading | None
    refusal: Refusal | None
    seconds: float


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
        self._slots = [Slot(Confined("read", folder, options, memory)) for folder in folders]
        self._waiting: deque[Order] = deque()
        #: The jobs in work, each with the process that began it and will finish it.
        self._jobs: dict[str, tuple[Job, Slot]] = {}
        self._patience = Patience(base_seconds, page_seconds)
        #: What ended before it could begin, and was not told yet.
        self._ended: list[Finished] = []

    def submit(
        self, ticket: str, original: Path, look: Look, into: Path, binding: Binding | None = None
    ) -> None:
        """Queue a document; `into` is an existing folder on the file system of `root`.

        `original`, or what `binding` says instead, is read and not changed; it is copied only from
        another file system. `access.pdf`, `pages.json`
        and, of what is cut, `cut.pdf` come into `into`.
        """
        self._waiting.append(Order(ticket, original, look, into, binding))
        self._dispatch()

    @property
    def pending(self) -> int:
        """How many documents are queued or being read, or done and not told yet."""
        return len(self._waiting) + len(self._jobs) + len(self._ended)

    def finished(self, wait: float | None = None) -> list[Finished]:
        """Return what got done, waiting up to `wait` seconds (None: as long as it takes).

        Empty if nothing is pending, or nothing got done in time.
        """
        end = None if wait is None else time.monotonic() + wait
        while True:
            self._dispatch()
            done, self._ended = self._ended, []
            done = done or self._collect(end)
            over = end is not None and time.monotonic() >= end
            if done or over or not self.pending:
                self._dispatch()
                return done

    def _dispatch(self) -> None:
        """Give idle processes a document each, or, when none waits, a share of a long one."""
        for slot in self._slots:
            while slot.job is None and self._waiting:
                self._begin(slot, self._waiting.popleft())
            if slot.job is None and (helped := self._longest()):
                self._help(slot, helped)

    def _longest(self) -> Job | None:
        """Return the job that has most pages to give away, if any has."""
        jobs = [job for job, _ in self._jobs.values() if job.spare]
        return max(jobs, key=lambda job: job.spare, default=None)

    def _begin(self, slot: Slot, order: Order) -> None:
        now, pages = time.monotonic(), max(order.pages, order.look.pages)  # it may be cut out
        job = Job(order, now, now + self._patience.for_pages(pages))
        try:
            slot.begin(job)
        except OSError as trouble:
            self._ended.append(Finished(order.ticket, None, _refusal(trouble), job.seconds()))
            return
        self._jobs[order.ticket] = job, slot
        self._go_on(slot, job)

    def _help(self, slot: Slot, job: Job) -> None:
        """Let a process take over pages; where it cannot, the others go on without it."""
        try:
            slot.begin(job)
        except OSError:
            job.alone = True
            return
        self._go_on(slot, job)

    def _go_on(self, slot: Slot, job: Job) -> None:
        """Ask for the next pages, or for the end; who only helped is free when none are left."""
        home = self._jobs[job.order.ticket][1]
        if slot is not home and (self._waiting or not job.left):
            slot.release()
            if job.all_read and not home.busy:
                self._go_on(home, job)
        elif request := job.request(JOB, LENT):
            slot.ask(request, *self._patience.allowed(request, slot.fresh))

    def _collect(self, end: float | None) -> list[Finished]:
        """Wait for the first answers, deadline or `end`; return what is done by then."""
        busy = [slot for slot in self._slots if slot.busy]
        if not busy:
            return []
        until = min([slot.until for slot in busy] + ([end] if end is not None else []))
        with selectors.DefaultSelector() as selector:
            for slot in busy:
                selector.register(slot.child, selectors.EVENT_READ, slot)
            ready = selector.select(max(0.0, until - time.monotonic()))
        done = [self._answered(key.data) for key, _ in ready if key.data.busy]
        done += map(self._given_up, busy)
        return [finished for finished in done if finished]

    def _given_up(self, slot: Slot) -> Finished | None:
        job = slot.job
        if not (job and slot.busy and time.monotonic() >= slot.until):
            return None
        return self._end(job, Refusal("time-limit", f"{job.seconds():.0f} s"))

    def _answered(self, slot: Slot) -> Finished | None:
        job = slot.job
        assert job
        try:
            answer = slot.answer()
        except EOFError:
            return self._end(job, refusal_of_death(slot.child.kill(), "ocr-failed"))
        if answer is None:
            return None
        slot.busy = False
        if "read" in answer and slot.asked:
            return self._part(slot, job)
        if "done" in answer and not slot.asked:
            return self._done(slot, job)
        refusal = parcel.refusal(answer, "ocr-failed")
        read = parcel.words(slot.folder, job.order.pages)
        if refusal.reason == "resource-limit":
            slot.child.kill()
        return self._end(job, refusal, read)

    def _done(self, slot: Slot, job: Job) -> Finished:
        pages = job.order.pages
        try:
            taken = parcel.take(slot.folder, job.order.into, pages, job.order.cut)
        except OSError as trouble:
            return self._end(job, _refusal(trouble), parcel.words(slot.folder, pages))
        if isinstance(taken, Refusal):
            slot.child.kill()  # it says one thing and does another
        return self._end(job, taken)

    def _part(self, slot: Slot, job: Job) -> Finished | None:
        """Bring what was read to the process that will finish, and go on."""
        home = self._jobs[job.order.ticket][1]
        job.reading -= 1
        name = PART.format(slot.asked)
        if slot is not home and (wrong := parcel.handed_on(slot.folder, home.folder, name)):
            return self._end(job, wrong)
        self._go_on(slot, job)
        return None

    def _end(self, job: Job, result: Reading | Refusal, read: Reading | None = None) -> Finished:
        """Let a job go, done or not; whoever still works on it is stopped."""
        del self._jobs[job.order.ticket]
        for slot in self._slots:
            if slot.job is job:
                if slot.busy:
                    slot.child.kill()
                slot.release()
        if isinstance(result, Refusal):
            return Finished(job.order.ticket, read, result, job.seconds())
        return Finished(job.order.ticket, result, None, job.seconds())

    def close(self) -> None:
        """End all processes and take their folders away; what is pending is forgotten."""
        self._waiting.clear()
        for slot in self._slots:
            slot.close()

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _refusal(trouble: OSError) -> Refusal:
    """Say why a document could not be handed out, or its copy not be taken."""
    full = trouble.errno in (errno.ENOSPC, errno.EDQUOT)
    return Refusal("no-room-to-read" if full else "ocr-failed", str(trouble))
