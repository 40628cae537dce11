"""What stands in hold, told so that the paper can be found in its stack and nothing else known."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from partydoc.archive import purging
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept, stamp
from partydoc.archive.purging import Request
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.errors import PartydocError, UsageProblem
from partydoc.language import _
from partydoc.lookup import resolve
from partydoc.outcome import in_hold
from partydoc.text import clean

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """One document in hold; no text and no name.

    `status` is held or awaiting-class, `reason` why; `batch` is when the command began that took
    it in, `position` its place in that stack, `references` are the entries of folders that are
    kept free for it; `request`: somebody has asked that it be destroyed.
    """

    id: str
    status: str
    reason: str
    pages: int
    added_at: datetime
    batch: datetime | None
    position: int | None
    references: tuple[str, ...]
    request: Request | None

    def to_dict(self) -> dict[str, Any]:
        """Return the line of `hold list --json`."""
        asked = self.request
        return {
            "version": 1,
            "id": self.id,
            "status": self.status,
            "reason": self.reason,
            "pages": self.pages,
            "added_at": stamp(self.added_at),
            "batch": stamp(self.batch) if self.batch else None,
            "position": self.position,
            "references": list(self.references),
            "purge": {"who": asked.who, "when": asked.when} if asked else None,
        }


def require_rights(archive: Archive) -> None:
    """Raise PartydocError unless this account may look into hold."""
    if not os.access(archive.hold, os.R_OK | os.X_OK):
        message = _("This account may not look into the hold of {archive}.")
        hint = _("Work as the archive's own account: sudo -u ACCOUNT partydoc hold list")
        raise PartydocError(message.format(archive=archive.root), hint)


def held(archive: Archive, catalogue: Catalogue) -> tuple[list[Held], list[Path]]:
    """Return what stands in hold, batch after batch as it lies in its stacks, and the folders of
    the objects that cannot be read.
    """
    require_rights(archive)
    found, damaged = [], []
    for kept in Store(archive).documents(held=True):
        if isinstance(kept, Kept):
            found.append(_held(archive, catalogue, kept))
        elif kept.exists():  # else it was released while we looked
            damaged.append(kept)
    found.sort(key=lambda one: (one.batch or _LONG_AGO, one.position or 0, one.added_at, one.id))
    return found, damaged


def _held(archive: Archive, catalogue: Catalogue, kept: Kept) -> Held:
    told = in_hold(kept, started=0.0)
    assert told.reason is not None
    folders = ((catalogue.unit_by_urn(place.folder), place.ordinal) for place in kept.awaited)
    references = tuple(f"{unit.reference}-{ordinal}" for unit, ordinal in folders if unit)
    return Held(
        kept.id, told.outcome, told.reason, kept.pages, kept.added_at, kept.batch, kept.position,
        references, purging.request_of(archive, kept.id),
    )  # fmt: skip


def reason_of(text: str) -> str:
    """Return a reason as a person typed it, NFC and on one line; raises UsageProblem for none."""
    reason = " ".join(clean(text).split())
    if not reason:
        message = _("The reason is empty; nothing was released.")
        raise UsageProblem(message, _("Say why it is open: --reason TEXT"))
    return reason


def find(archive: Archive, catalogue: Catalogue, references: Sequence[str]) -> list[str]:
    """Return the ids of the named documents; raises UsageProblem for one that is not in hold."""
    require_rights(archive)
    rows = {reference: resolve(archive, catalogue, reference) for reference in references}
    for reference, row in rows.items():
        if not row.held:
            message = _("{reference} does not stand in hold.").format(reference=reference)
            raise UsageProblem(message, _("See what does: partydoc hold list"))
    return list(dict.fromkeys(row.id for row in rows.values()))
