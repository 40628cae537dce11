"""Job folders: where an object is being made, and the note by which recovery finishes it.

A job folder stands in staging/ or hold/staging/. Its `intent.json` is durable before the object
gets its final name and goes away only when catalogue and folder know of it; what is left over
after a crash therefore tells recovery all it must look at.

A job that lasts longer than one hold of the archive's lock stands in the desk of its process: a
folder that is locked as long as the process lives. Any other job is left over as soon as somebody
else has the lock.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from partydoc.archive import disk, scratch
from partydoc.archive.kept import Kept, Place

_INTENT = "intent.json"
_ORIGINAL = "original"
_DESK = "desk-"


@dataclass(frozen=True)
class Ready:
    """An object that lies ready in a job, to take its place among others at once (`bundles`).

    `held`: that is in hold; `before` and `after`: the digests of its inventory as it stands, None
    where there is none yet, and as it lies ready.
    """

    urn: str
    held: bool
    before: str | None
    after: str


@dataclass(frozen=True)
class Intent:
    """What a job is about to make: the object, and the folder's entry it will fill; or that it
    is about to destroy the object; or the objects that lie ready in it, the first of them `urn`.
    """

    urn: str
    place: Place | None = None
    pages: int = 0
    purge: bool = False
    bundle: tuple[Ready, ...] = ()

    @property
    def urns(self) -> frozenset[str]:
        """The ids of all its objects."""
        return frozenset({self.urn, *(one.urn for one in self.bundle)})


@contextmanager
def desk(staging: Path) -> Iterator[Path]:
    """Give a folder for the jobs of this process, which no recovery touches while it lives.

    Enter it with the archive's lock held. What is unfinished at the end is left to recovery.
    """
    made = staging / f"{_DESK}{secrets.token_hex(8)}"
    disk.draft_folder(made, 0o700)
    descriptor = os.open(made, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        disk.sync_file(staging)
        yield made
        disk.remove_empty(made)
    finally:
        os.close(descriptor)


def begin(staging: Path, name: str = "") -> Path:
    """Make a new job folder."""
    job = staging / f"job-{name}{secrets.token_hex(8)}"
    disk.draft_folder(job, 0o700)
    return job


def intend(job: Path, intent: Intent) -> None:
    """Write down, durably, what the job is about to make."""
    disk.write(job / _INTENT, json.dumps(asdict(intent)).encode())
    disk.sync_tree(job)
    disk.sync_file(job.parent)


def begin_for(kept: Kept, staging: Path, place: Place | None = None) -> Path:
    """Make a job folder for a document, and for the entry it gets, its intent written down."""
    job = begin(staging, f"{kept.id}-")
    intend(job, Intent(kept.urn, place, kept.pages))
    return job


def elsewhere(document: str, staging: Path, mine: Path) -> bool:
    """Whether another process that lives has a job for a document; `mine` is our own desk.

    The caller holds the lock, and recovery has been there.
    """
    desks = (path for path in _inside(staging) if path.name.startswith(_DESK) and path != mine)
    return any(job.name.startswith(f"job-{document}-") for desk in desks for job in _inside(desk))


def lend(job: Path, original: Path, number: int = 1) -> None:
    """Give a job the bytes of an original: there they stay, wherever the object goes."""
    disk.link(original, lent(job, number))


def lent(job: Path, number: int = 1) -> Path:
    """Return where the bytes of an original stand that were lent to a job."""
    return job / (_ORIGINAL if number == 1 else f"{_ORIGINAL}-{number}")


def size_lent(job: Path) -> int:
    """Return how many bytes were lent to a job."""
    return sum(path.stat().st_size for path in job.glob(f"{_ORIGINAL}*"))


@contextmanager
def doing(kept: Kept, desk: Path, staging: Path, place: Place | None = None) -> Iterator[Path]:
    """Give a job folder for a document; one that goes wrong is left to recovery."""
    job = begin_for(kept, desk, place)
    with left_if_wrong(job, staging):
        yield job


@contextmanager
def left_if_wrong(job: Path, staging: Path) -> Iterator[None]:
    """Leave a job that goes wrong in staging, for the next turn to recover, as if this process had
    died of it. Where not even that can be done it stays at the desk; nobody may end it.
    """
    try:
        yield
    except BaseException:
        with suppress(OSError):
            disk.place(job, staging / job.name)
        raise


def end(job: Path) -> None:
    """Remove the job folder: everything knows of what was made."""
    disk.remove_tree(job)


def end_for_good(job: Path) -> None:
    """Remove a job folder that must not come back as a job: its intent goes first, durably."""
    disk.remove(job / _INTENT, missing_ok=True)
    disk.remove_tree(job)
    disk.sync_file(job.parent)


def left_over(staging: Path) -> Iterator[tuple[Path, Intent | None]]:
    """Yield the job folders that a crash left, each with its intent if it came that far.

    What else was left is yielded without one, a folder behind what stands in it.
    """
    for path in sorted(staging.iterdir()) if staging.is_dir() else ():
        if path.name.startswith(scratch.PREFIX):
            continue  # somebody may have it open
        if path.name.startswith(_DESK):
            if _is_taken(path):
                continue
            yield from ((job, _intent(job)) for job in _inside(path))
        yield path, _intent(path)


def intents(staging: Path) -> Iterator[Intent]:
    """Yield what all jobs are about to make, also those of processes that live."""
    for path in _inside(staging):
        jobs = _inside(path) if path.name.startswith(_DESK) else [path]
        yield from filter(None, map(_intent, jobs))


def in_order(found: Iterable[Intent]) -> list[Intent]:
    """Return jobs in the order in which their entries were made."""
    return sorted(found, key=lambda one: one.place.ordinal if one.place else "")


def _inside(folder: Path) -> list[Path]:
    """Return what stands in a folder; nothing of one that has just gone, or is not for us."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_taken(desk: Path) -> bool:
    """Whether somebody sits at a desk, or has just left it as it should be."""
    try:
        descriptor = os.open(desk, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return not desk.exists()


def _intent(job: Path) -> Intent | None:
    try:
        data = json.loads((job / _INTENT).read_bytes())
        place = Place(**data["place"]) if data["place"] else None
        bundle = tuple(Ready(**one) for one in data.get("bundle", ()))
        intent = Intent(data["urn"], place, data["pages"], data.get("purge", False), bundle)
        return intent if isinstance(intent.urn, str) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
