"""Checking an archive into which others may be writing just now.

No lock is taken: whoever checks may lack the right to, and a night is long. An object is replaced
as a whole, so one that was replaced or moved meanwhile is looked at again; what is being made, or
was left by a crash for recovery, is known from the job folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from partydoc.archive import jobs, verify
from partydoc.archive.audit import Audit
from partydoc.archive.disposal import Disposal
from partydoc.archive.finding import Finding, untrusted
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.errors import Unreadable
from partydoc.language import _


def urn_of(folder: Path) -> str:
    """Return the id of the object whose folder that is, by the folder's name."""
    return unquote(folder.name)


def at_work(archive: Archive) -> frozenset[str]:
    """Return the ids of the objects that are being changed, or that recovery will finish."""
    desks = (archive.staging, archive.hold_staging)
    begun = [intent for desk in desks for intent in jobs.intents(desk)]
    places = {intent.place.folder for intent in begun if intent.place}
    dying = {urn for one in begun if one.purge for urn in _dying(archive, one.urn)}
    return frozenset({urn for intent in begun for urn in intent.urns} | places | dying)


def _dying(archive: Archive, urn: str) -> list[str]:
    """Return the ids of the objects that a disposal destroys or empties."""
    if urn.startswith(DOCUMENT_PREFIX):
        return []
    try:
        found = Store(archive).other(urn)
    except Unreadable:
        return []
    if not isinstance(found, Disposal):
        return []
    return [*(DOCUMENT_PREFIX + one for one in found.documents), *(s.urn for s in found.sheaves)]


def sees_hold(archive: Archive) -> bool:
    """Whether this account may look into hold."""
    return len(verify.roots(archive)) == 2


def objects(archive: Archive, folders: Iterable[Path], deep: bool) -> Iterator[Finding]:
    """Yield what is wrong with objects."""
    for folder in folders:
        yield from _object(archive, folder, deep)


def _object(archive: Archive, folder: Path, deep: bool) -> list[Finding]:
    urn = urn_of(folder)
    while True:
        before = _number(folder)
        try:
            found = list(verify.verify_object(folder, deep))
        except OSError as trouble:
            found = [untrusted(folder, trouble)]
        if not found or (before and before == _number(folder)):
            return found
        moved = verify.folders(archive, [urn])
        if not moved:  # destroyed, or gone where we may not look; `comparing` misses what is lost
            return []
        folder = moved[0]


def _number(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def beside(archive: Archive) -> Iterator[Finding]:
    """Yield what is wrong with the storage roots, and with the audit log."""
    for root in verify.roots(archive):
        if found := _at_root(archive, root):  # a job may have begun since we asked who is at work
            again = _at_root(archive, root)
            yield from (one for one in found if one in again)
    for path, number in Audit(archive.audit).broken():
        message = _("{path}, line {number}: this line or the one before it was changed.")
        text = message.format(path=path, number=number)
        yield Finding("broken-audit", f"{path}:{number}", text)


def _at_root(archive: Archive, root: Path) -> list[Finding]:
    busy = at_work(archive) if sees_hold(archive) else None
    return list(verify.verify_root(root, busy))


def heads(archive: Archive, given: Iterable[str]) -> Iterator[Finding]:
    """Yield which of the hashes that a nightly report gave do not stand in the log any more."""
    audit = Audit(archive.audit)
    for head in given:
        if not audit.stands(head):
            message = _("The audit log has no line {head}: its end was cut off, or it was changed.")
            yield Finding("cut-audit", str(archive.audit), message.format(head=head))
