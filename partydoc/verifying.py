"""Checking an archive: the objects that are asked for, the storage roots, the audit log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partydoc.archive import verify as check
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.archive.verify import Finding
from partydoc.lookup import resolve


@dataclass(frozen=True)
class Checked:
    """How many objects are looked at, whether those in hold are among them, and what is found
    wrong, as it is found.
    """

    objects: int
    with_hold: bool
    findings: Iterator[Finding]


def verify(archive: Archive, references: Sequence[str] = (), deep: bool = False) -> Checked:
    """Check the named documents, or everything."""
    urns = []
    if references:
        with open_for_reading(archive) as catalogue:
            rows = [resolve(archive, catalogue, reference) for reference in references]
        urns = [DOCUMENT_PREFIX + row.id for row in rows]
    folders = check.folders(archive, urns)

    def findings() -> Iterator[Finding]:
        for folder in folders:
            yield from check.verify_object(folder, deep)
        if not urns:
            yield from check.verify_roots(archive)
            yield from check.verify_audit(archive)

    return Checked(len(folders), len(check.roots(archive)) == 2, findings())
