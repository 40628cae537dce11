"""The parent's end of the inspecting child: a look at a file that nothing is known of yet."""

from __future__ import annotations

import signal
from pathlib import Path
from types import TracebackType

from partydoc.document import Look, Refusal
from partydoc.ocr import media, parcel, sweep
from partydoc.ocr.process import MEMORY, Confined

#: Wall clock and processor time for one file, in seconds; a busy machine is no fault of the file.
LIMIT = 60.0
PROCESSOR = 15

#: Signals and the limit that they speak of; libraries end themselves when they get no memory.
_LIMITS: dict[int, str] = {
    signal.SIGKILL: "memory",
    signal.SIGABRT: "memory",
    signal.SIGTRAP: "memory",
    signal.SIGXCPU: "processor",
}


class Inspector:
    """Looks at files in a confined process; put a copy into `folder`, then call `look`.

    A file that kills or hangs the process costs a refusal and a new process, nothing else.
    """

    def __init__(
        self,
        root: Path,
        *,
        seconds: float = LIMIT,
        processor: int = PROCESSOR,
        memory: int = MEMORY,
    ) -> None:
        options = {"processor": processor}
        self._child = Confined("inspect", root.absolute() / "inspector", options, memory)
        self._seconds = seconds
        self._child.start()

    @property
    def folder(self) -> Path:
        """Where the caller puts the copy; only the inspecting process sees it."""
        return self._child.folder

    def look(self, name: str, file_name: str) -> Look | Refusal:
        """Look at `folder/name`; `file_name` is what the user calls it.

        Reasons: `empty`, `not-a-document`, `damaged-pdf`, `damaged-image`, `truncated`,
        `needs-password`, `too-large`, `resource-limit`, `time-limit`.
        """
        try:
            answer = self._child.ask({"name": name, "file_name": file_name}, self._seconds)
        except TimeoutError:
            self._again()
            return Refusal("time-limit", f"{self._seconds:g} s")
        except EOFError:
            return refusal_of_death(self._again(), self._damage(name))
        return parcel.look(answer) or parcel.refusal(answer, self._damage(name))

    def _again(self) -> int | None:
        status = self._child.kill()
        self._child.start(clear=False)  # the caller's copy stays where it was put
        return status

    def _damage(self, name: str) -> str:
        with (self.folder / name).open("rb") as file:
            return "damaged-pdf" if media.is_pdf(file.read(1024)) else "damaged-image"

    def close(self) -> None:
        """End the process and take its folder away."""
        self._child.kill()
        sweep.remove(self.folder)

    def __enter__(self) -> Inspector:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def refusal_of_death(status: int | None, otherwise: str) -> Refusal:
    """Name the death of a child by its exit status: most die of asking for too much."""
    limit = _LIMITS.get(-(status or 0))
    return Refusal("resource-limit", limit) if limit else Refusal(otherwise, f"exit {status}")
