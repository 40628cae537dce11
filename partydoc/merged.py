"""What becomes of documents that are merged, and of the folders and rows that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from partydoc import folderlines, joint, paging, transcribing
from partydoc.archive import bundles
from partydoc.archive.bundles import Change
from partydoc.archive.kept import Kept, event
from partydoc.archive.lineage import MERGED, Heir
from partydoc.archive.ocfl import Files
from partydoc.archive.recovery import Opened
from partydoc.describing import with_said
from partydoc.document import Field, Record, Verdict
from partydoc.joint import Joint
from partydoc.operations import Operation
from partydoc.page import Reading

_LEVELS = ("Mật", "Tối mật", "Tuyệt mật")


def as_one(now: Sequence[Kept], was: Joint, reading: Reading, fields: Record) -> Kept:
    """Return the first document as it will stand: what people said of it, over what is read of all.

    On an independent LAN it is as secret as the most secret of them.
    """
    whole, first = joint.of(now).after, now[0]
    said = replace(first, fields=paging.placed(first.fields, first, whole))
    marked = (one for _document, one in was.verdicts(reading) if one.kind == "marked")
    verdict = next(marked, Verdict("clear"))
    known = transcribing.with_mark(with_said(said, fields), verdict)
    levels = (one.fields.get("secrecy") for one in now)
    secret = [one for one in levels if one and one.accepted and one.value in _LEVELS]
    if secret:
        known["secrecy"] = replace(max(secret, key=_level), page=None, box=None)
    return transcribing.described(whole, reading, known)


def _level(field: Field) -> int:
    return _LEVELS.index(str(field.value))


def changes(
    opened: Opened, operation: Operation, now: Sequence[Kept], after: Kept, reading: Reading,
    files: Files,
) -> list[Change]:  # fmt: skip
    """Return what becomes of all objects that are concerned; `files`: those that are new to the
    first document.
    """
    number, when, who = operation.number, operation.when, operation.who
    happened = event("modification", when, who, what="merge", operation=number)
    told = opened.store.told(after, transcribing.event_of(after, reading, when) + happened)
    new = {**transcribing.instead(opened.store, after.urn, files), **told}
    found, others = [Change(after.urn, new)], [one.id for one in now[1:]]
    for one in now[1:]:
        heirs = (Heir(after.id, 1, one.pages),)
        gone = replace(one, status=MERGED, reason=None, heirs=heirs)
        found.append(Change(gone.urn, opened.store.told(gone, happened)))
    for unit in folderlines.joined(opened.catalogue, after.id, others):
        found.append(Change(unit.urn, bundles.record(unit)))
    for other in others:
        for row in list(opened.catalogue.register_rows("WHERE document = ?", other)):
            then = replace(row, document=after.id, operation=number)
            found.append(Change(row.urn, bundles.record(then)))
    return found
