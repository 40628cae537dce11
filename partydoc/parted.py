"""What becomes of a scan that is divided, of its parts, and of folders and rows that name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from partydoc import folderlines, transcribing
from partydoc.archive import bundles, lineage, signs
from partydoc.archive.bundles import ANEW, Change
from partydoc.archive.kept import Kept, Place, event
from partydoc.archive.lineage import DIVIDED, Heir
from partydoc.archive.recovery import Opened
from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.store import Store
from partydoc.cutting import Cut
from partydoc.describing import by_people, with_said
from partydoc.document import Bound, Field, Record, Verdict
from partydoc.operations import Operation
from partydoc.partreading import Piece

#: What somebody says of a scan for each paper in it.
_OF_ALL = ("secrecy", "access")


@dataclass(frozen=True)
class Parting:
    """A scan as it stands, and its parts as they were read: each with what the machine read of it
    (`fields`), and the ids of those that go into hold (`held`).
    """

    scan: Kept
    pieces: tuple[Piece, ...]
    fields: Mapping[str, Record]
    held: tuple[str, ...]
    unclassified: bool
    operation: Operation

    @property
    def message(self) -> str:
        """What the versions that it makes are called."""
        return f"{self.operation.what} {self.operation.number}"

    def event(self, kind: str, **said: Any) -> bytes:
        """Return what its operation writes into the events of a document."""
        number = self.operation.number
        return event(kind, self.operation.when, self.operation.who, operation=number, **said)

    @property
    def cuts(self) -> list[Cut]:
        """Where it is cut."""
        return [piece.cut for piece in self.pieces]


def changes(opened: Opened, parting: Parting) -> tuple[list[Kept], list[Change]]:
    """Return the parts as they will stand, and what becomes of all objects that are concerned."""
    places: dict[str, list[Place]] = {}
    units = []
    cuts, known = parting.cuts, [opened.store.kept(one.id) for one in parting.cuts]
    former = {one.id: one.places for one in known if one}
    for unit, entry in folderlines.of_scan(opened.catalogue, parting.scan):
        after, ordinals = folderlines.shared(unit, entry, cuts, parting.held, former)
        for part, ordinal in zip(parting.cuts, ordinals, strict=True):
            places.setdefault(part.id, []).append(Place(unit.urn, ordinal))
        anew = ANEW if parting.held and (entry.note or entry.fields) else None
        units.append(Change(after.urn, bundles.record(after), behind=anew))
    parts = [
        _part(opened.store, parting, one, places.get(one.cut.id, ())) for one in parting.pieces
    ]
    documents = [
        Change(part.urn, _files(opened.store, parting, piece, part), held=part.secret)
        for piece, part in zip(parting.pieces, parts, strict=True)
    ]
    scan = _divided(parting)
    told = opened.store.told(scan, _happened(parting))
    rest = [*_sources(opened, parting, scan), *units, *_rows(opened, parting, parts)]
    return parts, [Change(scan.urn, told, held=scan.secret), *documents, *rest]


def _sources(opened: Opened, parting: Parting, scan: Kept) -> Iterator[Change]:
    """Yield what goes into hold with a scan that does: what has passed its pages on to it."""
    ids = {one.id for one in parting.cuts}
    for source in lineage.before(scan, opened.store.kept) if parting.held else ():
        if source.id not in ids and not source.secret:
            secret = replace(source, reason="secrecy-mark", open=False, cleared=False)
            yield Change(secret.urn, opened.store.told(secret, _happened(parting)), held=True)


def _divided(parting: Parting) -> Kept:
    """Return the scan as it stays."""
    heirs = tuple(Heir(one.id, one.first, one.last) for one in parting.cuts)
    ids = {one.id for one in heirs}
    scan = replace(
        parting.scan, status=DIVIDED, reason=None, heirs=heirs, places=(),
        sources=tuple(one for one in parting.scan.sources if one not in ids),
    )  # fmt: skip
    if parting.held:
        return replace(scan, reason="secrecy-mark", open=False, cleared=False)
    return scan


def _happened(parting: Parting) -> bytes:
    happened = parting.event("modification", what="split")
    first = next((piece for piece in parting.pieces if piece.cut.id in parting.held), None)
    return happened + (_classified(parting, first, first.cut.first - 1) if first else b"")


def _classified(parting: Parting, piece: Piece, before: int) -> bytes:
    """Return the event that a mark was seen; `before`: how many pages stand before the part."""
    said: dict[str, Any] = {"level": piece.verdict.level}
    if piece.verdict.page:
        said["page"] = before + piece.verdict.page
    return parting.event("classification", **said)


def _part(store: Store, parting: Parting, piece: Piece, places: Sequence[Place]) -> Kept:
    """Return a part as it will stand; one that was cut before, and put back, comes to life."""
    scan, cut, look = parting.scan, piece.cut, piece.look
    known = store.kept(cut.id)
    part = Kept(
        id=cut.id, added_at=scan.added_at, media_type=look.media_type, extension=look.extension,
        pages=look.pages, names=(f"{scan.id[:12]}-{cut.first}-{cut.last}.{look.extension}",),
        flags=look.flags, open=scan.open or parting.unclassified, cleared=scan.cleared,
        batch=scan.batch, position=scan.position, places=tuple(places),
        bound=_bound(scan.leaves[cut.first - 1 : cut.last]), sources=(scan.id,),
        sha256=piece.original.digests.sha256,
    )  # fmt: skip
    if known:
        sources = dict.fromkeys((scan.id, *known.sources))
        part = replace(
            part, originals=known.originals, attached=known.attached, sources=tuple(sources)
        )
    if cut.id in parting.held:
        return replace(part, status="held", reason="secrecy-mark", open=False, cleared=False)
    said = _said(parting, piece) | (by_people(known.fields) if known else {})
    fields = with_said(replace(part, fields=said), parting.fields[cut.id])
    verdict = Verdict("clear") if scan.cleared else piece.verdict
    return transcribing.described(part, piece.reading, transcribing.with_mark(fields, verdict))


def _bound(leaves: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return the pages of a part; as they are cut they have been turned as people want them."""
    turns = [None if leaf.turn is None else 0 for leaf in leaves]
    if not any(turn == 0 for turn in turns):
        return ()
    return tuple(Bound(1, page, turn) for page, turn in enumerate(turns, 1))


def _said(parting: Parting, piece: Piece) -> dict[str, Field]:
    """Return what people said of the scan that is said of a part: what stands on its pages, and of
    the first part what stands on none. Where something is secret nobody knows of what that is said.
    """
    found, first = {}, piece.cut.first
    for name, one in by_people(parting.scan.fields).items():
        if one.page and first <= one.page <= piece.cut.last:
            found[name] = replace(one, page=one.page - first + 1)
        elif not one.page and not parting.held and (first == 1 or name in _OF_ALL):
            found[name] = one
    return found


def _files(store: Store, parting: Parting, piece: Piece, part: Kept) -> dict[str, Any]:
    """Return the files of a part; of a secret one nothing that was read."""
    digests = piece.original.digests
    said: dict[str, Any] = {"sha256": digests.sha256, "bytes": digests.size}
    said |= {"scan": parting.scan.id, "first": piece.cut.first, "last": piece.cut.last}
    happened = parting.event("ingestion", **said)
    new: Mapping[str, Any] = {}
    if part.secret:
        happened += _classified(parting, piece, 0)
    else:
        happened += transcribing.event_of(part, piece.reading, parting.operation.when)
        new = transcribing.files_of(piece.reading, piece.job)
    read = transcribing.instead(store, part.urn, new)
    return {**read, part.original: piece.original, **store.told(part, happened)}


def _rows(opened: Opened, parting: Parting, parts: Sequence[Kept]) -> Iterator[Change]:
    """Yield what becomes of the rows of the scan: each is that of the part that it agrees with, or
    of the first. Where something is secret the words of no other row stay.
    """
    condition = "WHERE document = ?"
    for row in list(opened.catalogue.register_rows(condition, parting.scan.id)):
        agreeing = next((part for part in parts if not part.secret and _agrees(row, part)), None)
        after = replace(row, document=(agreeing or parts[0]).id, operation=parting.operation.number)
        hidden = parting.held and not agreeing
        after = after.without_words() if hidden else after
        yield Change(row.urn, bundles.record(after), behind=ANEW if hidden else None)


def _agrees(row: RegisterRow, part: Kept) -> bool:
    """Whether a row has the code or the arrival of a part."""
    known = signs.code_key(row.fields.get("code")), signs.arrival_key(row.figure, row.day)
    return any(one and one == other for one, other in zip(known, signs.of(part), strict=True))
