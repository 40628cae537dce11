"""Purge: destroying a document that stands in hold. It takes two people.

The first one asks: a request, durable in hold/requests/, of the object as it stands. The second
one, from another account, types the same; then the object leaves hold by one rename into a job
folder whose intent says what it is there for, and goes with that. What a crash interrupts after
the intent is finished by recovery; before it nothing has happened.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.archive import disk, jobs, ocfl
from partydoc.archive.aside import set_aside_of
from partydoc.archive.audit import account, actor
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import stamp
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.errors import PartydocError
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.recovery import Opened


@dataclass(frozen=True)
class Request:
    """Who asked that a document be destroyed, from which account and when; `state` is the digest
    of its inventory then: a document that has changed since must be asked for again.
    """

    id: str
    account: str
    who: str
    when: str
    state: str

    def to_json(self) -> bytes:
        """Return the file of the request (docs/request.schema.json)."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False, indent=1).encode()


def request_of(archive: Archive, document: str) -> Request | None:
    """Return the request that stands for a document as it is now; None when there is none."""
    try:
        raw = json.loads(_path(archive, document).read_bytes())
        raw.pop("version")
        request = Request(**raw)
        return request if request.state == _state(archive, document) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def ask(archive: Archive, document: str, now: datetime) -> Request:
    """Write down, durably, that the person at work wants a document destroyed."""
    request = Request(document, account(), actor(), stamp(now), _state(archive, document))
    path = _path(archive, document)
    disk.make_folder(path.parent, 0o700)
    disk.replace(path, request.to_json())
    return request


def withdraw(archive: Archive, document: str) -> None:
    """Take back what was asked for, if anything was."""
    path = _path(archive, document)
    if path.exists():
        disk.remove(path)


def purge(opened: Opened, document: str, now: datetime) -> None:
    """Destroy a document in hold, all its versions; the caller has made sure of two people."""
    urn = DOCUMENT_PREFIX + document
    job = jobs.begin(opened.archive.hold_staging)
    jobs.intend(job, Intent(urn, purge=True))
    finish(opened, urn, job, now)
    jobs.end_for_good(job)  # one that came back would destroy what is taken in anew
    if job.exists():
        message = _("{id} was taken out of hold, but some of its files could not be removed.")
        hint = _("Remove them as the archive's own account: rm -r {folder}").format(folder=job)
        raise PartydocError(message.format(id=document[:12]), hint)


def finish(opened: Opened, urn: str, job: Path, now: datetime) -> None:
    """Do what is left of a purge that was begun; the job folder goes last."""
    document = urn.removeprefix(DOCUMENT_PREFIX)
    if opened.store.in_hold(urn):
        opened.store.withhold(urn)  # where a copy of it stands in the store as well
        opened.store.take_out(urn, job)
    for aside in set_aside_of(opened.archive, ocfl.folder_name(urn)):
        disk.remove_tree(aside)
    if opened.catalogue.row(document):
        opened.audit.add("purged", now, [document])
        opened.catalogue.forget(document)
    withdraw(opened.archive, document)


def _path(archive: Archive, document: str) -> Path:
    return archive.root / "hold" / "requests" / f"{document}.json"


def _state(archive: Archive, document: str) -> str:
    folder = ocfl.object_path(archive.hold, DOCUMENT_PREFIX + document)
    with suppress(OSError):  # also what is damaged can be purged
        return (folder / "inventory.json.sha512").read_text("ascii").split()[0]
    return ""
