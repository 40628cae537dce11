"""What the operations of the order and the registers owe when they are done, as in `owed`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torture.owed import record_of, units
from torture.stock import FOLDER, Stock, ident


def listed(now: Stock) -> Iterator[str]:
    """The new folder is there, once."""
    references = sorted(record_of(folder)["reference"] for folder in units(now))
    if references != ["A29", "A29-01", FOLDER, "A29-01-0004"]:
        yield f"the catalogue has {references}"


def noted(now: Stock, note: str | None = "Mới") -> Iterator[str]:
    """Inventory and folder bear the note, the fonds none."""
    for record in map(record_of, units(now)):
        expected = note if record["reference"] in ("A29-01", FOLDER) else None
        if record.get("fields", {}).get("note") != expected:
            yield f"{record['reference']} has other fields: {record.get('fields')}"


def not_noted(now: Stock) -> Iterator[str]:
    """No unit bears a note."""
    yield from noted(now, None)


def _folder(now: Stock, reference: str) -> Mapping[str, Any]:
    found = (record for record in map(record_of, units(now)) if record["reference"] == reference)
    return next(found, {"entries": (), "moved": {}, "former": (), "closed": None})


def entered_anew(now: Stock) -> Iterator[str]:
    """The entry stands in its folder, once, with what was said of it."""
    found = [one for one in _folder(now, FOLDER)["entries"] if one["ordinal"] == "002a"]
    if [(one["first_sheet"], one["fields"]) for one in found] != [(9, {"subject": "về Mới"})]:
        yield f"the new entry is {found}"


def moved(now: Stock, back: bool = False) -> Iterator[str]:
    """The paper stands in one of two folders, and the other leads there."""
    here, there = _folder(now, FOLDER), _folder(now, "A29-01-0004")
    home, away = (here, "001"), (there, "001")
    (left, old), (come, new) = (away, home) if back else (home, away)
    if ident("one") not in [one["document"] for one in come["entries"] if one["ordinal"] == new]:
        yield f"{come.get('reference')} has the entries {come['entries']}"
    if ident("one") in [one["document"] for one in left["entries"]]:
        yield "the paper stands in both folders"
    if left["moved"].get(old) != {"folder": come.get("urn"), "ordinal": new}:
        yield f"{left.get('reference')} leads elsewhere: {left['moved']}"


def moved_back(now: Stock) -> Iterator[str]:
    """The paper stands where it stood, and where it was leads there."""
    yield from moved(now, back=True)


def renamed(now: Stock) -> Iterator[str]:
    """The inventory has its new name, its folder too, and both know the old ones."""
    former = {record["reference"]: record["former"] for record in map(record_of, units(now))}
    if former != {"A29": [], "A29-02": ["A29-01"], "A29-02-0003": [FOLDER]}:
        yield f"the catalogue has {former}"


def closed(now: Stock) -> Iterator[str]:
    """The folder is closed, its sheets counted."""
    folder = _folder(now, FOLDER)
    sheets = str(len(folder["entries"]))
    if not folder["closed"] or folder["fields"].get("sheets") != sheets:
        yield f"the folder is {folder['closed']} with {folder['fields']}"


def _rows(now: Stock) -> list[Mapping[str, Any]]:
    records = map(record_of, units(now))
    return sorted((one for one in records if "line" in one), key=lambda one: one["number"])


def registered(now: Stock) -> Iterator[str]:
    """Every number was given once, without a gap, and each row says what was typed.

    A run that died behind its row has registered it; the same command then registers another.
    """
    rows = _rows(now)
    numbers = [one["number"] for one in rows]
    if not rows or numbers != list(range(1, len(rows) + 1)):
        yield f"the numbers are {numbers}"
    for one in rows:
        if (one["fields"].get("issuer"), one["fields"].get("subject")) != ("Huyện uỷ", "về Mới"):
            yield f"row {one['number']} says {one['fields']}"


def forwarded(now: Stock, to: str | None = "Văn phòng") -> Iterator[str]:
    """The one row tells to whom it went."""
    rows = _rows(now)
    if [one["fields"].get("forward") for one in rows] != [to]:
        yield f"the register has {[one['fields'] for one in rows]}"


def not_forwarded(now: Stock) -> Iterator[str]:
    """The one row tells nothing of that."""
    yield from forwarded(now, None)


def voided(now: Stock) -> Iterator[str]:
    """The one row is there, and is void."""
    if [one["void"] for one in _rows(now)] != ["Mới"]:
        yield f"the register has {_rows(now)}"


def linked(now: Stock) -> Iterator[str]:
    """The one row has its scan."""
    if [one["document"] for one in _rows(now)] != [ident("one")]:
        yield f"the register has {_rows(now)}"
