"""Job folders: where an object is being made, and the note by which recovery finishes it.

A job folder stands in staging/ or hold/staging/. Its `intent.json` is durable before the object
gets its final name and goes away only when catalogue and folder know of it; what is left over
after a crash therefore tells recovery all it must look at.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from partydoc.archive import disk, scratch
from partydoc.archive.kept import Kept, Place

_INTENT = "intent.json"


@dataclass(frozen=True)
class Intent:
    """What a job is about to make: the object, and the folder's entry it will fill; or that it
    is about to destroy the object.
    """

    urn: str
    place: Place | None = None
    pages: int = 0
    purge: bool = False


def begin(staging: Path) -> Path:
    """Make a new job folder."""
    job = staging / f"job-{secrets.token_hex(8)}"
    job.mkdir(mode=0o700)
    return job


def intend(job: Path, intent: Intent) -> None:
    """Write down, durably, what the job is about to make."""
    disk.write(job / _INTENT, json.dumps(asdict(intent)).encode())
    disk.sync_tree(job)
    disk.sync_file(job.parent)


def begin_for(kept: Kept, staging: Path, place: Place | None = None) -> Path:
    """Make a job folder for a document, and for the entry it gets, its intent written down."""
    job = begin(staging)
    intend(job, Intent(kept.urn, place, kept.pages))
    return job


def end(job: Path) -> None:
    """Remove the job folder: everything knows of what was made."""
    disk.remove_tree(job)


def left_over(staging: Path) -> Iterator[tuple[Path, Intent | None]]:
    """Yield the job folders that a crash left, each with its intent if it came that far."""
    for job in sorted(staging.iterdir()) if staging.is_dir() else ():
        if job.name.startswith(scratch.PREFIX):
            continue  # somebody may have it open
        try:
            data = json.loads((job / _INTENT).read_bytes())
        except (OSError, ValueError):
            yield job, None
            continue
        place = Place(**data["place"]) if data["place"] else None
        yield job, Intent(data["urn"], place, data["pages"], data.get("purge", False))
