"""One place in the pool of readers: a confined process and the job it works on."""

from __future__ import annotations

import shutil
from pathlib import Path

from partydoc.ocr import sweep
from partydoc.ocr.job import Job
from partydoc.ocr.process import JOB, TMP, Confined

#: A process is replaced after so many documents, or when it holds so many bytes.
_MOST_DOCUMENTS = 200
_MOST_MEMORY = 1 << 30
_ORIGINAL = "original"


class Slot:
    """`busy` while its process owes an answer; `asked` is the first of the pages it was asked for,
    0 where it was asked to finish.
    """

    def __init__(self, child: Confined) -> None:
        self.child = child
        self.job: Job | None = None
        self.busy = False
        self.asked = 0
        self._documents = 0

    @property
    def folder(self) -> Path:
        """Where the process finds the document and leaves what it read."""
        return self.child.folder / JOB

    def begin(self, job: Job) -> None:
        """Give the process a copy of the document; a new process, if this one has done enough."""
        if self.child.running and (
            self._documents >= _MOST_DOCUMENTS or self.child.memory() > _MOST_MEMORY
        ):
            self.child.kill()
        self._start()
        sweep.empty(self.folder)
        try:
            _copy(job.order.original, self.folder / _ORIGINAL)
        except FileExistsError:  # an honest process touches nothing between two documents
            self.child.kill()
            self._start()
            _copy(job.order.original, self.folder / _ORIGINAL)
        self.job = job
        self._documents += 1

    def _start(self) -> None:
        if not self.child.running:
            self.child.start()
            self._documents = 0

    def release(self) -> None:
        """Let the job go and take away what is left of it."""
        self.job, self.busy = None, False
        for name in (JOB, TMP):
            sweep.empty(self.child.folder / name)

    def close(self) -> None:
        """End the process and take its folder away."""
        self.job = None
        self.child.kill()
        sweep.remove(self.child.folder)


def _copy(original: Path, target: Path) -> None:
    """Copy to a new name; what a process may have put there, a link for instance, is not used."""
    with original.open("rb") as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
