"""Fonds, inventories and folders: the archive's order, each an object of its own in the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from partydoc.archive.kept import Place
from partydoc.archive.references import number_of

#: What stands under a name in a unit: see `Unit.value`.
Value = Any
#: Where a unit stands, beside its title, its box and its fields.
PLACES = ("reference", "within", "closed")
_ENTRY, _MOVED = "entry ", "moved "


@dataclass(frozen=True)
class Entry:
    """One line of a folder's contents; `document` is None for paper that was not scanned.

    `ordinal` is three digits or more, perhaps with a letter (005a); sheets are counted from 1.
    `fields`: what a person typed of the paper, named as the fields of a document; what its document
    says stands over it. `supplement`: it came when the folder had been closed.
    """

    ordinal: str
    first_sheet: int | None
    last_sheet: int | None
    document: str | None
    note: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    supplement: bool = False

    @property
    def sheets(self) -> int:
        """How many sheets it has, as far as they are numbered."""
        if self.first_sheet is None:
            return 0
        return (self.last_sheet or self.first_sheet) - self.first_sheet + 1


@dataclass(frozen=True)
class Unit:
    """A fonds, an inventory or a folder with its entries; or an organisation, which forms fonds.

    `fields`: what else is known of it, name -> value (metadata/units.toml). `within`: of a folder
    that has no archival number yet, the reference of the unit that it stands in. `closed`: the day
    (ISO) on which it was closed. `former`: references that it had before; `moved`: ordinal of an
    entry that stands elsewhere now -> where; of one that stands there, and is empty, it tells to
    which other its sheets belong. Both lead there for ever. `disposed`: the URN of the
    disposal that destroyed what stood in it.
    """

    urn: str
    kind: str
    reference: str
    title: str
    box: str | None = None
    entries: tuple[Entry, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    within: str | None = None
    closed: str | None = None
    former: tuple[str, ...] = ()
    moved: Mapping[str, Place] = field(default_factory=dict)
    disposed: str | None = None

    def to_json(self) -> bytes:
        """Return record.json (docs/unit.schema.json)."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1).encode()

    def to_dict(self) -> dict[str, Any]:
        """Return what record.json holds."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        entries = [{**vars(entry), "fields": dict(entry.fields)} for entry in self.entries]
        moved = {each: vars(place) for each, place in self.moved.items()}
        values = {"entries": entries, "fields": dict(self.fields), "moved": moved}
        return {"version": 1, **own, **values, "former": list(self.former)}

    @classmethod
    def from_json(cls, data: bytes | str) -> Unit:
        """Read record.json back; one of version 0.1 has neither fields nor what follows them."""
        raw: dict[str, Any] = json.loads(data if isinstance(data, str) else data.decode())
        return cls(
            urn=raw["urn"],
            kind=raw["kind"],
            reference=raw["reference"],
            title=raw["title"],
            box=raw["box"],
            entries=tuple(Entry(**entry) for entry in raw["entries"]),
            fields=raw.get("fields", {}),
            within=raw.get("within"),
            closed=raw.get("closed"),
            former=tuple(raw.get("former", ())),
            moved={each: Place(**place) for each, place in raw.get("moved", {}).items()},
            disposed=raw.get("disposed"),
        )

    @property
    def parent(self) -> str | None:
        """The reference of the unit that this one stands in."""
        return self.within or self.reference.rpartition("-")[0] or None

    @property
    def path(self) -> str:
        """Its reference below that of the unit that it stands in."""
        return f"{self.within}-{self.reference}" if self.within else self.reference

    def value(self, name: str) -> Value:
        """Return what stands under a name: a field, `reference`, `within`, `closed`, `entry 005`
        (an Entry) or `moved 005` (the Place where that entry went); None for nothing.
        """
        if name.startswith(_ENTRY):
            return self.entry(name.removeprefix(_ENTRY))
        if name.startswith(_MOVED):
            return self.moved.get(name.removeprefix(_MOVED))
        own = {each: getattr(self, each) for each in ("title", "box", *PLACES)}
        return {**own, **self.fields}.get(name)

    def with_value(self, name: str, value: Value) -> Unit:
        """Return it with something else, or nothing, under a name; a former reference is kept."""
        if name.startswith(_ENTRY):
            return self._with_line(name.removeprefix(_ENTRY), value)
        if name.startswith(_MOVED):
            return replace(self, moved=_with(self.moved, name.removeprefix(_MOVED), value))
        if name == "reference":
            return self._renamed(value)
        if name == "title":
            return replace(self, title=value or self.title)
        if name in ("box", "within", "closed"):
            return replace(self, **{name: value})
        return replace(self, fields=_with(self.fields, name, value))

    def _renamed(self, reference: str) -> Unit:
        known = dict.fromkeys((*self.former, self.reference))
        former = tuple(one for one in known if one != reference)
        return replace(self, reference=reference, former=former)

    def _with_line(self, ordinal: str, entry: Entry | None) -> Unit:
        rest = [one for one in self.entries if one.ordinal != ordinal]
        lines = sorted([*rest, entry] if entry else rest, key=lambda one: number_of(one.ordinal))
        return replace(self, entries=tuple(lines))

    def entry(self, ordinal: str) -> Entry | None:
        """Return the entry of an ordinal."""
        return next((entry for entry in self.entries if entry.ordinal == ordinal), None)

    def entry_of(self, document: str) -> Entry | None:
        """Return the entry that a document fills."""
        return next((entry for entry in self.entries if entry.document == document), None)

    @property
    def next_ordinal(self) -> str:
        """The ordinal of the next entry; none is ever given to another paper."""
        given = (*(entry.ordinal for entry in self.entries), *self.moved)
        return f"{max((number_of(one)[0] for one in given), default=0) + 1:03d}"

    @property
    def next_sheet(self) -> int:
        """The number of the next sheet."""
        return max((entry.last_sheet or 0 for entry in self.entries), default=0) + 1

    def with_next(self, document: str | None, sheets: int) -> Unit:
        """Return the folder with one more entry behind the last, its sheets counted on."""
        return self.with_entry(self.next_ordinal, document, sheets)

    def with_entry(self, ordinal: str, document: str | None, sheets: int) -> Unit:
        """Return the folder with an entry for a document; a new one counts the sheets on."""
        if self.entry(ordinal):
            return self.with_document(ordinal, document)
        first, late = self.next_sheet, self.closed is not None
        entry = Entry(ordinal, first, first + sheets - 1, document, supplement=late)
        return replace(self, entries=(*self.entries, entry))

    def with_document(self, ordinal: str, document: str | None) -> Unit:
        """Return the folder with the document of one entry set.

        None takes it out, and all that was typed of it: it stands in hold.
        """
        said: dict[str, Any] = {} if document else {"fields": {}, "note": None}
        entries = tuple(
            replace(entry, document=document, **said) if entry.ordinal == ordinal else entry
            for entry in self.entries
        )
        return replace(self, entries=entries)

    def emptied(self, disposal: str) -> Unit:
        """Return the folder as a disposal leaves it: of its entries ordinals and sheets remain."""
        entries = tuple(replace(one, document=None, note=None, fields={}) for one in self.entries)
        return replace(self, entries=entries, disposed=disposal)

    def has_hidden(self, before: Unit) -> bool:
        """Whether something was typed before of a document that was taken out of its entry."""
        told = [one for one in before.entries if one.document and (one.fields or one.note)]
        now = {one.ordinal: one for one in self.entries}
        return any(
            (entry := now.get(one.ordinal)) and not (entry.document or entry.fields or entry.note)
            for one in told
        )


def names_of(*units: Unit) -> tuple[str, ...]:
    """Return every name under which something may stand in some units."""
    names = dict.fromkeys(PLACES)
    for unit in units:
        names |= dict.fromkeys(("title", "box", *unit.fields))
        names |= dict.fromkeys(f"{_ENTRY}{entry.ordinal}" for entry in unit.entries)
        names |= dict.fromkeys(f"{_MOVED}{ordinal}" for ordinal in unit.moved)
    return tuple(names)


def entry_name(ordinal: str) -> str:
    """Return the name under which an entry stands."""
    return f"{_ENTRY}{ordinal}"


def entry_in(name: str) -> str | None:
    """Return the ordinal of the entry that stands under a name; None under any other."""
    return name.removeprefix(_ENTRY) if name.startswith(_ENTRY) else None


def moved_name(ordinal: str) -> str:
    """Return the name under which it stands where an entry went."""
    return f"{_MOVED}{ordinal}"


def leads(name: str) -> bool:
    """Tell whether it stands under a name where an entry went."""
    return name.startswith(_MOVED)


def _with(known: Mapping[str, Value], name: str, value: Value) -> dict[str, Value]:
    rest = {each: one for each, one in known.items() if each != name}
    return rest if value is None else {**rest, name: value}
