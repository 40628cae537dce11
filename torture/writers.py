"""Those who are slow: programs that put a file into the inbox little by little, each in its way."""

from __future__ import annotations

import mmap
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: Long ago: what copying programs give a file that is copied with its date.
_LONG_AGO = 946_684_800

#: A pause that is shorter than any that the inbox waits for, in seconds.
_SHORT = 0.3
#: A pause ends at last, also where nobody scans any more, in seconds.
_LONGEST = 120.0

#: Waits longer than the inbox does, so that at least one whole scan falls into it.
Pause = Callable[[], None]
#: Writes the data to the path, pausing again and again.
Way = Callable[[Path, bytes, Pause], None]


def _parts(data: bytes, count: int = 3) -> Iterator[bytes]:
    size = len(data) // count + 1
    for start in range(0, len(data), size):
        yield data[start : start + size]


def appending(path: Path, data: bytes, pause: Pause) -> None:
    """Keep the file open and append: pauses are longer than the inbox waits."""
    with path.open("wb", buffering=0) as out:
        for part in _parts(data):
            out.write(part)
            pause()


def reopening(path: Path, data: bytes, pause: Pause) -> None:
    """Open the file for each part: pauses are shorter than the inbox waits."""
    path.write_bytes(b"")
    for part in _parts(data, 5):
        with path.open("ab") as out:
            out.write(part)
        time.sleep(_SHORT)


def renaming(path: Path, data: bytes, pause: Pause) -> None:
    """Write elsewhere in the inbox under a name that says so, then give it its own name."""
    beside = path.with_name(f"{path.name}.part")
    appending(beside, data, pause)
    beside.rename(path)


def hiding(path: Path, data: bytes, pause: Pause) -> None:
    """Write under a hidden name, closing it in between, then give it its own name."""
    beside = path.with_name(f".{path.name}")
    for part in _parts(data):
        with beside.open("ab") as out:
            out.write(part)
        pause()
    beside.rename(path)


def rewriting(path: Path, data: bytes, pause: Pause) -> None:
    """Write a first half, then begin anew in the same file, keeping it open."""
    with path.open("wb", buffering=0) as out:
        out.write(data[: len(data) // 2])
        pause()
        out.seek(0)
        out.truncate()
        out.write(data[: len(data) // 3])
        pause()
        out.write(data[len(data) // 3 :])


def backdating(path: Path, data: bytes, pause: Pause) -> None:
    """Append, and set the date back after each part, as some copying programs do."""
    path.write_bytes(b"")
    for part in _parts(data, 5):
        with path.open("ab") as out:
            out.write(part)
        os.utime(path, (_LONG_AGO, _LONG_AGO))
        time.sleep(_SHORT)


def reserving(path: Path, data: bytes, pause: Pause) -> None:
    """Reserve the whole size first, then fill it in from the front."""
    with path.open("wb", buffering=0) as out:
        out.truncate(len(data))
        for part in _parts(data):
            pause()
            out.write(part)


def mapping(path: Path, data: bytes, pause: Pause) -> None:
    """Reserve the whole size and fill it in through memory, the end first; the file is closed."""
    with path.open("wb+") as out:
        out.truncate(len(data))
        window = mmap.mmap(out.fileno(), len(data))
    half = len(data) // 2
    pause()
    window[half:] = data[half:]
    pause()
    window[:half] = data[:half]
    window.close()


def replacing(path: Path, data: bytes, pause: Pause) -> None:
    """Put an older, whole file in place first, and the new one over it."""
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_bytes(before(data))
    beside.rename(path)
    pause()
    appending(beside, data, pause)
    beside.rename(path)


def before(data: bytes) -> bytes:
    """Return the whole file that stood in the place of another before."""
    return data.replace(b"% leaf ", b"% Leaf ", 1)


WAYS: tuple[Way, ...] = (
    appending, reopening, renaming, hiding, rewriting, backdating, reserving, mapping, replacing,
)  # fmt: skip


class Scans:
    """Counts the scans that have ended, and lets writers wait for them."""

    def __init__(self, quiet: float) -> None:
        self.ended = 0
        self._quiet = quiet
        self._changed = threading.Condition()

    def end(self) -> None:
        """Note that a scan has ended."""
        with self._changed:
            self.ended += 1
            self._changed.notify_all()

    def pause(self) -> None:
        """Wait until the file counts as quiet, and a scan that began after that has ended."""
        time.sleep(self._quiet)
        with self._changed:
            begun = self.ended
            self._changed.wait_for(lambda: self.ended >= begun + 2, _LONGEST)


@contextmanager
def at_work(files: dict[Path, bytes], pause: Pause) -> Iterator[list[threading.Thread]]:
    """Write the files, each by its own thread and in its own way; yield the threads."""
    threads = []
    for count, (path, data) in enumerate(files.items()):
        way = WAYS[count % len(WAYS)]
        threads.append(threading.Thread(target=way, args=(path, data, pause)))
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.join()
