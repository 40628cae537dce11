"""What the archive knows of one document: the contents of its record.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from partydoc.archive.lineage import PASSED_ON, Heir
from partydoc.archive.originals import Attached, Original, logical
from partydoc.document import REQUIRED_FIELDS, Bound, Field, Record

#: Degrees by which a page may be turned; None: nobody said.
_TURNS = (None, 0, 90, 180, 270)


@dataclass(frozen=True)
class Place:
    """The entry of a folder that a document fills: the folder's URN and the ordinal in it."""

    folder: str
    ordinal: str


@dataclass(frozen=True)
class Kept:
    """One document as it stands in the store or in hold.

    `id`: sha-256 of the original, of a document that was cut from a scan `lineage.part_id`;
    `status`: pending, described, review, original-only, in hold also awaiting-class and held, and
    divided or merged where others have its pages now; `names`: the file's own names, NFC; `open`:
    an archivist declared it unclassified; `cleared`: a person let it out of hold although a mark
    was seen, so none holds it again; `attempts`: how often reading it failed; `reason`: why it has
    no access copy, or waits; `places`: the entries that were reserved for it when it came in, of
    one that was put into hold later all it stood in; `batch` and `position`: when the command began
    that took it in, and its place in that stack, counted from 1.

    `media_type`, `extension` and `flags` are those of its first original; `originals`: the files
    that came later, the first of them number 2; `bound`: its pages, where they are not those of the
    first original as they came; `attached`: files beside it that are no pages.

    `sha256`: the digest of its first original where the id is another; `heirs`: of one that was
    divided or merged, who has which of its pages now; `sources`: the ids of those that have pages
    of it among their bytes: the scan that it was cut from, what was merged into it.
    """

    id: str
    added_at: datetime
    media_type: str
    extension: str
    pages: int
    names: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    status: str = "pending"
    reason: str | None = None
    open: bool = False
    cleared: bool = False
    attempts: int = 0
    places: tuple[Place, ...] = ()
    batch: datetime | None = None
    position: int | None = None
    originals: tuple[Original, ...] = ()
    bound: tuple[Bound, ...] = ()
    attached: tuple[Attached, ...] = ()
    sha256: str | None = None
    heirs: tuple[Heir, ...] = ()
    sources: tuple[str, ...] = ()
    ocr: Mapping[str, Any] | None = None
    fields: Record = field(default_factory=dict)

    @property
    def urn(self) -> str:
        """The OCFL id."""
        return f"urn:sha256:{self.id}"

    @property
    def passed_on(self) -> bool:
        """Whether others have its pages now: it is neither searched nor counted."""
        return self.status in PASSED_ON

    @property
    def awaited(self) -> tuple[Place, ...]:
        """The entries that are its own, or are kept free for it."""
        return () if self.passed_on else self.places

    @property
    def secret(self) -> bool:
        """Whether it belongs into hold as secret, wherever it stands."""
        return self.status == "held" or (self.passed_on and self.reason is not None)

    @property
    def original(self) -> str:
        """The logical path of the first original."""
        return logical(1, self.extension)

    @property
    def leaves(self) -> tuple[Bound, ...]:
        """Its pages, in their order."""
        return self.bound or tuple(Bound(1, page) for page in range(1, self.pages + 1))

    @property
    def in_use(self) -> tuple[int, ...]:
        """The numbers of the originals that have pages of it, lowest first."""
        return tuple(sorted({one.original for one in self.bound})) or (1,)

    def path_of(self, number: int) -> str:
        """Return the logical path of an original."""
        return logical(number, self.extension if number == 1 else self._later(number).extension)

    def type_of(self, number: int) -> str:
        """Return the media type of an original."""
        return self.media_type if number == 1 else self._later(number).media_type

    def digest_of(self, number: int) -> str:
        """Return the sha-256 of an original."""
        return (self.sha256 or self.id) if number == 1 else self._later(number).sha256

    def original_of(self, number: int) -> Original:
        """Return what is known of an original, as one that comes to another document."""
        if number > 1:
            return self._later(number)
        pages = max((one.page for one in self.leaves if one.original == 1), default=1)
        return Original(
            self.digest_of(1), self.media_type, self.extension, pages, self.names[0], self.flags
        )

    def _later(self, number: int) -> Original:
        return self.originals[number - 2]

    @property
    def particulars(self) -> tuple[str, ...]:
        """The flags of the originals in use."""
        if not self.bound:
            return self.flags
        own = {1: self.flags} | {n: one.flags for n, one in enumerate(self.originals, 2)}
        return tuple(sorted({flag for number in self.in_use for flag in own[number]}))

    def to_json(self) -> bytes:
        """Return record.json (docs/record.schema.json)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1).encode() + b"\n"

    def to_dict(self) -> dict[str, Any]:
        """Return what record.json holds."""
        return {
            "version": 1,
            "id": self.id,
            "added_at": stamp(self.added_at),
            "media_type": self.media_type,
            "extension": self.extension,
            "pages": self.pages,
            "names": list(self.names),
            "flags": list(self.flags),
            "status": self.status,
            "reason": self.reason,
            "open": self.open,
            "cleared": self.cleared,
            "attempts": self.attempts,
            "places": [{"folder": one.folder, "ordinal": one.ordinal} for one in self.places],
            "batch": stamp(self.batch) if self.batch else None,
            "position": self.position,
            "originals": [one.to_dict() for one in self.originals],
            "bound": [[one.original, one.page, one.turn] for one in self.bound],
            "attached": [one.to_dict() for one in self.attached],
            "sha256": self.sha256,
            "heirs": [[one.id, one.first, one.last] for one in self.heirs],
            "sources": list(self.sources),
            "ocr": self.ocr,
            "fields": {
                name: value.to_dict() if value else None for name, value in self.fields.items()
            },
        }

    @classmethod
    def from_json(cls, data: bytes | str) -> Kept:
        """Read record.json back."""
        text = data if isinstance(data, str) else data.decode()  # half a letter is none
        raw = _JSON.decode(text)
        # Records of 0.1 have neither this nor `position`, `cleared` and what stands behind it.
        batch = raw.get("batch")
        return cls(
            id=raw["id"],
            added_at=datetime.fromisoformat(raw["added_at"]),
            media_type=raw["media_type"],
            extension=raw["extension"],
            pages=raw["pages"],
            names=tuple(raw["names"]),
            flags=tuple(raw["flags"]),
            status=raw["status"],
            reason=raw["reason"],
            open=raw["open"],
            cleared=raw.get("cleared", False),
            attempts=raw["attempts"],
            places=tuple(map(_place, raw["places"])),
            batch=datetime.fromisoformat(batch) if batch else None,
            position=raw.get("position"),
            originals=tuple(map(Original.from_dict, raw.get("originals", ()))),
            bound=_bound(raw),
            attached=tuple(map(Attached.from_dict, raw.get("attached", ()))),
            sha256=raw.get("sha256"),
            heirs=tuple(Heir(*one) for one in raw.get("heirs", ())),
            sources=tuple(raw.get("sources", ())),
            ocr=raw["ocr"],
            fields={
                name: Field.from_dict(value) if value else None
                for name, value in raw["fields"].items()
            },
        )


def _no_number(said: str) -> None:
    raise ValueError(f"{said} is no JSON")


#: Python would take NaN and Infinity, which the catalogue cannot.
_JSON = json.JSONDecoder(parse_constant=_no_number)


def _place(said: Mapping[str, str]) -> Place:
    place = Place(**said)
    if not (isinstance(place.folder, str) and isinstance(place.ordinal, str)):
        raise TypeError(f"no place: {said}")
    return place


def _bound(raw: Mapping[str, Any]) -> tuple[Bound, ...]:
    bound = tuple(Bound(*one) for one in raw.get("bound", ()))
    last = 1 + len(raw.get("originals", ()))
    for one in bound:
        numbers = isinstance(one.original, int) and isinstance(one.page, int)
        if not (numbers and 1 <= one.original <= last and one.page >= 1 and one.turn in _TURNS):
            raise ValueError(f"no page: {one}")
    return bound


def status_of(fields: Record) -> str:
    """Return `described`, or `review` when a required field is missing or not accepted."""
    for name in REQUIRED_FIELDS:
        value = fields.get(name)
        if value is None or not value.accepted:
            return "review"
    return "described"


def stamp(when: datetime) -> str:
    """Return an aware time as `2026-11-21T03:00:00Z`."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def event(kind: str, when: datetime, agent: str, **detail: Any) -> bytes:
    """Return one line of events.jsonl; `kind` is a PREMIS event type (ingestion, transcription)."""
    data = {"version": 1, "type": kind, "when": stamp(when), "agent": agent, **detail}
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"
