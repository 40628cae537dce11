"""What waits for a person: which documents, in what order, who has which, what is asked of it."""

from __future__ import annotations

import fcntl
import math
import os
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from partydoc.archive import references, whereabouts
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.kept import Kept
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.document import FIELDS, Field, Record
from partydoc.errors import UsageProblem
from partydoc.language import _

#: What documents that lie side by side in a folder mostly have in common.
_SHARED = ("symbol", "place", "superior", "issuer", "signer")
_NEAR = 5
_WHOLE_DATE = len("2010-07-05")
_SHORT_DATE = re.compile(r"(\d{1,2})(?:[ /.-](\d{1,2}))?")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%")


@dataclass(frozen=True)
class Paper:
    """A document as it lies before a person: its record, where its paper lies, what is drawn of
    it, and what the documents beside it in the folder have (field -> value).
    """

    kept: Kept
    reference: str | None
    drawn: Path | None
    beside: Mapping[str, str]

    @property
    def name(self) -> str:
        """What people call it: its reference, else the start of its id."""
        return self.reference or self.kept.id[:12]


class Claims:
    """Who works on which document: two people on one machine get different ones.

    A claim is a lock on one byte of one file, at a place told by the id: the kernel takes it back
    when the process ends, however it ends. Use it as a context manager, once in a process.
    """

    def __init__(self, archive: Archive) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._descriptor = os.open(archive.root / ".review", flags, 0o660)

    def __enter__(self) -> Claims:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def take(self, document: str) -> bool:
        """Claim a document; return False where another process has it."""
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _place(document))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def drop(self, document: str) -> None:
        """Give a document back."""
        fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, _place(document))


def _place(document: str) -> int:
    return int(document[:15], 16)  # 60 bits: what a file offset holds


class Queue:
    """The documents of a list, one after the other; those that somebody else has are passed over.

    `status`: what a document must still be in when its turn comes; `folder`: where they stand.
    """

    def __init__(
        self, archive: Archive, claims: Claims, ids: Sequence[str], status: str,
        folder: str | None = None,
    ) -> None:  # fmt: skip
        self._archive = archive
        self._folder = folder
        self._claims = claims
        self._ids = list(ids)
        self._status = status
        self._again: set[str] = set()
        self.elsewhere = 0

    @property
    def left(self) -> int:
        """How many have not had their turn."""
        return len(self._ids)

    def next(self) -> Paper | None:
        """Claim the next document and return it; None at the end."""
        while self._ids:
            document = self._ids.pop(0)
            if not self._claims.take(document):
                self.elsewhere += 1
                continue
            paper = look_up(self._archive, document, self._folder)
            if paper and (paper.kept.status == self._status or document in self._again):
                return paper
            self._claims.drop(document)
        return None

    def again(self, *documents: str) -> None:
        """Put documents before all others, whatever status they must be in."""
        self._ids[:0] = documents
        self._again.update(documents)

    def done(self, paper: Paper) -> None:
        """Give a document back: somebody else may have it now."""
        self._claims.drop(paper.kept.id)


def look_up(archive: Archive, document: str, folder: str | None = None) -> Paper | None:
    """Return a document as it stands now; None for one that is gone or stands in hold.

    Of a document that stands in several folders the reference is that in `folder`.
    """
    with open_for_reading(archive) as catalogue:
        paper = _paper(archive, catalogue, document, folder)
        if paper is None or paper.reference is None:
            return paper
        unit = catalogue.unit(paper.reference.rpartition("-")[0])
        return replace(paper, beside=_beside(catalogue, unit, document) if unit else {})


def look_through(archive: Archive, ids: Sequence[str], folder: str | None) -> list[Paper]:
    """Return many documents as they stand now, without their neighbours."""
    with open_for_reading(archive) as catalogue:
        return [paper for one in ids if (paper := _paper(archive, catalogue, one, folder))]


def _paper(
    archive: Archive, catalogue: Catalogue, document: str, folder: str | None
) -> Paper | None:
    row = catalogue.row(document)
    if row is None or row.kept is None:
        return None
    found = whereabouts.of(catalogue, document)
    where = min(found, key=lambda one: one.folder != folder, default=None)
    store, kept = Store(archive), row.kept
    drawn = store.file(kept.urn, "access.pdf")
    if drawn is None and kept.extension == "pdf":
        drawn = store.file(kept.urn, kept.original)
    return Paper(kept, where.reference if where else None, drawn, {})


def _beside(catalogue: Catalogue, folder: Unit, document: str) -> dict[str, str]:
    """Return what the nearest documents of a folder have, those before it first."""
    ids = [entry.document for entry in folder.entries]
    at = ids.index(document)
    found: dict[str, str] = {}
    for near in (*reversed(ids[max(0, at - _NEAR) : at]), *ids[at + 1 : at + 1 + _NEAR]):
        row = catalogue.row(near) if near else None
        record = row.kept.fields if row and row.kept else {}
        for name in _SHARED:
            if value := said(record, name):
                found.setdefault(name, value)
    return found


def said(record: Record, name: str) -> str | None:
    """Return the accepted text of a field."""
    field = record.get(name)
    return field.value if field and field.accepted and isinstance(field.value, str) else None


def is_marked(paper: Paper) -> bool:
    """Whether a document bears a secrecy mark (on an independent LAN such stand in the store)."""
    field = paper.kept.fields.get("secrecy")
    return field is not None and field.value is not None


def in_turn(archive: Archive, status: str, folder: str | None) -> list[str]:
    """Return the documents in a status: of a folder in the order of its entries, else oldest first.

    Raises UsageProblem where there is no such folder.
    """
    with open_for_reading(archive) as catalogue:
        if folder is None:
            return catalogue.in_status(status)
        unit = catalogue.unit(references.check("folder", folder))
        if unit is None or unit.kind != "folder":
            message = _("There is no folder {reference}.").format(reference=folder)
            raise UsageProblem(message, _("Name a folder of the catalogue, such as A29-01-0003."))
        ids = dict.fromkeys(entry.document for entry in unit.entries if entry.document)
        rows = ((id_, catalogue.row(id_)) for id_ in ids)
        return [id_ for id_, row in rows if row and not row.held and row.status == status]


def asked(record: Record, everything: bool = False) -> tuple[str, ...]:
    """Return what a person is asked for: what is missing or unsure, or everything.

    The code is made of number and symbol: it is asked for only where these stand already.
    """
    names = [*FIELDS, *(name for name in record if name not in FIELDS and record[name])]
    wanted = [name for name in names if everything or not _settled(name, record.get(name))]
    if "number" in wanted or "symbol" in wanted:
        wanted.remove("code") if "code" in wanted else None
    return tuple(wanted)


def _settled(name: str, field: Field | None) -> bool:
    """Whether nothing is left to say; a day that the machine could only date in part is not."""
    if field is None or not field.accepted:
        return False
    return name != "date" or field.source == "person" or len(str(field.value)) == _WHOLE_DATE


def completed(name: str, text: str, reading: Field | None) -> str:
    """Return a day, or a day and a month, with the rest of the date as it was read: 7/6 of 2010."""
    typed = _SHORT_DATE.fullmatch(text)
    if not (typed and name.endswith("date") and reading and isinstance(reading.value, str)):
        return text
    year, *rest = reading.value.split("-")
    month = typed[2] or (rest[0] if rest else None)
    return f"{typed[1]}/{month}/{year}" if month else text


def sample(ids: Sequence[str], wish: str, seed: int) -> list[str]:
    """Return a random part of a list, in its order; `wish` is a share (`10%`) or a number.

    Raises UsageProblem for anything else.
    """
    share = _SHARE.fullmatch(wish.strip())
    if share:
        count = math.ceil(len(ids) * float(share[1].replace(",", ".")) / 100)
    elif wish.strip().isdecimal():
        count = int(wish)
    else:
        message = _("{wish} is neither a share nor a number of documents.").format(wish=wish)
        raise UsageProblem(message, _("Type it as 10% or as 20."))
    chosen = random.Random(seed).sample(range(len(ids)), min(count, len(ids)))
    return [ids[i] for i in sorted(chosen)]
