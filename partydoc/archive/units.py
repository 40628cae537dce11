"""Fonds, inventories and folders: the archive's order, each an object of its own in the store."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.text import clean

#: kind -> how many parts its reference has: A29, A29-01, A29-01-0003.
KINDS = {"fonds": 1, "inventory": 2, "folder": 3}
_LETTERS = "abcdefghijklmnopqrstuvwxyzđ"
_PART = re.compile(r"[0-9A-Za-zĐđ.]{1,20}")


@dataclass(frozen=True)
class Entry:
    """One line of a folder's contents; `document` is None for paper that was not scanned.

    `ordinal` is three digits or more, perhaps with a letter (005a); sheets are counted from 1.
    """

    ordinal: str
    first_sheet: int | None
    last_sheet: int | None
    document: str | None
    note: str | None = None


@dataclass(frozen=True)
class Unit:
    """A fonds, an inventory or a folder, with the folder's entries.

    `fields`: what else is known of it, name -> value (metadata/units.toml).
    """

    urn: str
    kind: str
    reference: str
    title: str
    box: str | None = None
    entries: tuple[Entry, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Return record.json (docs/unit.schema.json)."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, data: bytes | str) -> Unit:
        """Read record.json back."""
        raw: dict[str, Any] = json.loads(data if isinstance(data, str) else data.decode())
        entries = tuple(Entry(**entry) for entry in raw["entries"])
        urn, kind, reference = raw["urn"], raw["kind"], raw["reference"]
        return cls(urn, kind, reference, raw["title"], raw["box"], entries, raw.get("fields", {}))

    @property
    def parent(self) -> str | None:
        """The reference of the unit that this one stands in."""
        return self.reference.rpartition("-")[0] or None

    def value(self, name: str) -> str | None:
        """Return what is known of it: its title, its box, or another field."""
        return {"title": self.title, "box": self.box, **self.fields}.get(name)

    def with_value(self, name: str, value: str | None) -> Unit:
        """Return it with one field changed, or taken out."""
        if name == "title" and value:
            return replace(self, title=value)
        if name == "box":
            return replace(self, box=value)
        rest = {known: one for known, one in self.fields.items() if known != name}
        return replace(self, fields=rest if value is None else {**rest, name: value})

    def entry_of(self, document: str) -> Entry | None:
        """Return the entry that a document fills."""
        return next((entry for entry in self.entries if entry.document == document), None)

    @property
    def next_ordinal(self) -> str:
        """The ordinal of the next entry."""
        last = max((int(entry.ordinal.rstrip(_LETTERS)) for entry in self.entries), default=0)
        return f"{last + 1:03d}"

    def with_next(self, document: str | None, sheets: int) -> Unit:
        """Return the folder with one more entry behind the last, its sheets counted on."""
        return self.with_entry(self.next_ordinal, document, sheets)

    def with_entry(self, ordinal: str, document: str | None, sheets: int) -> Unit:
        """Return the folder with an entry for a document; a new one counts the sheets on."""
        if all(entry.ordinal != ordinal for entry in self.entries):
            used = max((entry.last_sheet or 0 for entry in self.entries), default=0)
            entry = Entry(ordinal, used + 1, used + sheets, document)
            return replace(self, entries=(*self.entries, entry))
        return self.with_document(ordinal, document)

    def with_document(self, ordinal: str, document: str | None) -> Unit:
        """Return the folder with the document of one entry set, or taken out."""
        entries = tuple(
            replace(entry, document=document) if entry.ordinal == ordinal else entry
            for entry in self.entries
        )
        return replace(self, entries=entries)


def check_reference(kind: str, reference: str) -> str:
    """Return the reference in NFC; raises UsageProblem when it does not fit the kind."""
    reference = clean(reference)
    parts: Sequence[str] = reference.split("-")
    if len(parts) != KINDS[kind] or not all(map(_PART.fullmatch, parts)):
        message = _("{reference} is not the reference of a {kind}.")
        hint = _("Write a fonds as A29, an inventory as A29-01, a folder as A29-01-0003.")
        raise UsageProblem(message.format(reference=reference, kind=kind), hint)
    return reference
