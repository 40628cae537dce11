"""The objects of an archive, read shard by shard: a shard is those whose place begins with the
same two digits.

A large archive is read by as many processes as there are processors. Each is a run of this module
that writes what it has read into a pipe, which keeps it from running far ahead; what one does not
deliver is read here.
"""

from __future__ import annotations

import json
import marshal
import os
import subprocess  # nosec B404
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from partydoc.archive import ocfl
from partydoc.archive.catalogue_rows import DocumentRow, row
from partydoc.archive.objects import record_in
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.errors import Unreadable

#: With so many documents in its first shard an archive is worth the start of other processes.
_MANY = 20
_DOCUMENT = ocfl.folder_name(DOCUMENT_PREFIX)
_PACKAGE_ROOT = Path(__file__).parents[2]
#: A storage root, the two digits of a shard in it, and whether it is that of hold.
_Place = tuple[str, str, bool]


class Shard(NamedTuple):
    """What stands in a shard: the documents as rows of the catalogue, the folders of documents that
    cannot be read, and those of what is no document.
    """

    rows: list[DocumentRow]
    broken: list[str]
    others: list[str]


def _read(root: str, first: str, held: bool) -> Shard:
    shard = Shard([], [], [])
    for folder in ocfl.object_folders(Path(root), first):
        if not folder.name.startswith(_DOCUMENT):
            shard.others.append(str(folder))
            continue
        try:
            kept, record = record_in(folder)
        except Unreadable:
            shard.broken.append(str(folder))
        else:
            shard.rows.append(row(kept, held or kept.secret, record))
    return shard


def every(store: Path, hold: Path, processes: int | None = None) -> Iterator[Shard]:
    """Yield every shard of the store, then of hold, in a fixed order; `processes`: how many read,
    as many as are worth while without.
    """
    places = [
        (str(root), first, root == hold) for root in (store, hold) for first in ocfl.shards(root)
    ]
    if not places:
        return
    yield (begun := _read(*places[0]))
    if processes is None:
        processes = len(os.sched_getaffinity(0)) if len(begun.rows) >= _MANY else 1
    with ExitStack() as running:
        readers = [
            running.enter_context(_Reader(places[1 + number :: processes]))
            for number in range(processes if processes > 1 else 0)
        ]
        for number, place in enumerate(places[1:]):
            told = readers[number % processes].next() if readers else None
            yield told or _read(*place)


class _Reader:
    """A process that reads shards, one after the other; use it as a context manager."""

    def __init__(self, places: Sequence[_Place]) -> None:
        command = [sys.executable, "-P", "-m", __name__]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(_PACKAGE_ROOT)},
        )  # fmt: skip
        assert self._process.stdin
        with suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(json.dumps(places).encode())

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        with self._process:  # closes the pipe and waits
            pass

    def next(self) -> Shard | None:
        """Return the next shard; None when the process is gone."""
        assert self._process.stdout
        with suppress(EOFError, ValueError, TypeError):
            return Shard(*marshal.load(self._process.stdout))  # nosec B302: what we wrote ourselves
        return None


def _main() -> None:
    with suppress(BrokenPipeError):
        for place in json.load(sys.stdin):
            marshal.dump(tuple(_read(*place)), sys.stdout.buffer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main()
