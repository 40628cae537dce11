"""One place in the pool of readers: a confined process and the job it works on.

The originals are lent to it under another name, not copied, where the kernel keeps it from writing
to them: a long document needs no more room than a short one.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from partydoc.ocr import sandbox, sweep, syscalls
from partydoc.ocr.job import Job, Order
from partydoc.ocr.patience import processor
from partydoc.ocr.process import JOB, LENT, TMP, Confined

#: A process is replaced after so many documents, or when it holds so many bytes.
_MOST_DOCUMENTS = 200
_MOST_MEMORY = 1 << 30
_ORIGINAL = "original"
#: The first Landlock that knows emptying a file; who may write to one, in its mode.
_NEVER_EMPTIED, _WRITABLE = 3, 0o222
#: What is said where a file cannot be given a second name.
_NO_LINK = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS)
#: Signs of life that may have arrived since the last look.
_MOST_SIGNS = 100_000


class Slot:
    """`busy` while its process owes an answer; `asked` is the first of the pages it was asked for,
    0 where it was asked to finish. `fresh`: it was asked for nothing yet of its document.
    """

    def __init__(self, child: Confined) -> None:
        self.child = child
        self.job: Job | None = None
        self.busy = self.fresh = False
        self.asked = 0
        self._until = self._next = 0.0
        self._documents = 0

    @property
    def folder(self) -> Path:
        """Where the process leaves what it read."""
        return self.child.folder / JOB

    @property
    def lent(self) -> Path:
        """Where the process finds the document."""
        return self.child.folder / LENT

    def begin(self, job: Job) -> None:
        """Give the process the document; a new process, if this one has done enough.

        Raises OSError where it has to be copied and there is no room: nothing of it stays.
        """
        if self.child.running and (
            self._documents >= _MOST_DOCUMENTS or self.child.memory() > _MOST_MEMORY
        ):
            self.child.kill()
        self._start()
        try:
            self._bring(job.order)
        except OSError:
            with suppress(OSError):
                self.release()
            raise
        self.job, self.fresh = job, True
        self._documents += 1

    def _bring(self, order: Order) -> None:
        self._clear()
        try:
            _lend_all(order, self.lent)
        except FileExistsError:  # an honest process touches nothing between two documents
            self.child.kill()
            self._start()
            self._clear()
            _lend_all(order, self.lent)

    def _clear(self) -> None:
        for name in (LENT, JOB, TMP):
            sweep.empty(self.child.folder / name)

    def ask(self, request: Mapping[str, Any], seconds: float, then: float) -> None:
        """Send a request; it has so many seconds to its first sign, and `then` after each."""
        assert self.job
        fresh, self.fresh, self.busy = self.fresh, False, True
        self.asked = request.get("first", 0)
        self._until, self._next = time.monotonic() + seconds, then
        left = self.job.deadline - time.monotonic()
        used, after = (processor(min(each, left)) for each in (seconds, then))
        self.child.send({**request, "fresh": fresh, "processor": used, "then": after})

    def answer(self) -> dict[str, Any] | None:
        """Return the answer that has arrived, None if there are only signs of life yet.

        Raises EOFError if the process died, or does nothing but give signs.
        """
        for _ in range(_MOST_SIGNS):
            answer = self.child.answer()
            if answer is None or "on" not in answer:
                return answer
            self._until = time.monotonic() + self._next
        raise EOFError

    @property
    def until(self) -> float:
        """When it must have answered or given a sign; when its document must be done at last."""
        return min(self._until, self.job.deadline) if self.job else self._until

    def _start(self) -> None:
        if not self.child.running:
            self.child.start()
            self._documents = 0

    def release(self) -> None:
        """Let the job go and take away what is left of it."""
        self.job, self.busy = None, False
        self._clear()

    def close(self) -> None:
        """End the process and take its folder away."""
        self.job = None
        self.child.kill()
        sweep.remove(self.child.folder)


def _lend_all(order: Order, folder: Path) -> None:
    if order.binding is None:
        _lend(order.original, folder / _ORIGINAL)
        return
    for number, (path, _media_type) in order.binding.originals.items():
        _lend(path, folder / f"{_ORIGINAL}-{number}")


def _lend(original: Path, target: Path) -> None:
    """Give a file a second name, or copy it: from another disk, one that knows no second names, or
    where nothing would stop the process from writing to it.

    It is a new name; what a process may have put there, a link for instance, is not used.
    """
    if _is_out_of_reach(original):
        try:
            os.link(original.resolve(), target)
            return
        except OSError as trouble:
            if trouble.errno not in _NO_LINK:
                raise
    with original.open("rb") as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)


def _is_out_of_reach(original: Path) -> bool:
    """Tell whether a process that may read a file cannot change it, nor its mode.

    An older Landlock lets it empty what it may read, if the mode of the file does.
    """
    version = sandbox.landlock_version()
    if not version or not syscalls.known():
        return False
    return version >= _NEVER_EMPTIED or not original.stat().st_mode & _WRITABLE
