"""What the operations of the order and the registers owe when they are done, as in `owed`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from torture import oracle, owed, stock
from torture.owed import NEW, record_of, units
from torture.ready import paper
from torture.stock import FOLDER, Stock, ident

#: Papers that stand in no folder, each with a type of its own; and where rules want them.
LOOSE = {"four": NEW["four"], "tree": paper("QUYẾT ĐỊNH\nvề cây xanh")}
_RULES = {"four": ("Công văn", FOLDER), "tree": ("Quyết định", "A29-01-0004")}
#: Other scans of two of the papers.
RESCANS = {f"{name}-again": stock.PAPERS[name] + b"\n" for name in ("one", "two")}
#: The numbers that no document has.
GAP = "2-4"


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


def write_rules(now: Stock) -> None:
    """Let the settings say where papers of two types go."""
    settings = now.root / "partydoc.toml"
    rules = [f'[[filing]]\nfolder = "{folder}"\ntype = "{type_}"\n'
             for type_, folder in _RULES.values()]  # fmt: skip
    settings.write_text("\n".join([settings.read_text("utf-8"), *rules]), "utf-8")


def file_by_rule(now: Stock) -> None:
    """Let the rules be followed."""
    write_rules(now)
    now.must("catalogue", "file")


def filed(now: Stock) -> Iterator[str]:
    """Each paper stands where its rule wants it, once, and nowhere else."""
    yield from _filed(now, {oracle.sha256(LOOSE[one]): _RULES[one][1] for one in LOOSE})


def not_filed(now: Stock) -> Iterator[str]:
    """The papers stand in no folder; both are kept."""
    yield from _filed(now, {})
    if missing := {*map(oracle.sha256, LOOSE.values())} - oracle.documents(now.root).keys():
        yield f"gone: {missing}"


def _filed(now: Stock, wanted: Mapping[str, str]) -> Iterator[str]:
    loose = {*map(oracle.sha256, LOOSE.values())}
    found = [
        (entry["document"], record["reference"]) for record in map(record_of, units(now))
        for entry in record.get("entries", ()) if entry["document"] in loose
    ]  # fmt: skip
    if sorted(found) != sorted(wanted.items()):
        yield f"the papers stand in {found}"


def same_papers(now: Stock, linked: bool = True) -> Iterator[str]:
    """Of two scans of a paper the later is linked to the first (of two that were taken in within
    one second either is), and all stand in their entries.
    """
    there = oracle.documents(now.root)
    for name in ("one", "two"):
        pair = ident(name), oracle.sha256(RESCANS[f"{name}-again"])
        said = [record_of(there[one][0])["fields"].get("same_paper") for one in pair]
        first = [field["value"] if field else None for field in said]
        if first not in ([[None, pair[0]], [pair[1], None]] if linked else [[None, None]]):
            yield f"the two scans of {name} are said to be those of {first}"
    if len(_folder(now, FOLDER)["entries"]) != len(stock.PAPERS) + len(RESCANS):
        yield "an entry is gone, or one too many"
    yield from owed.entered_once(now)


def other_papers(now: Stock) -> Iterator[str]:
    """No scan is linked to another."""
    yield from same_papers(now, linked=False)


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


def reopened(now: Stock) -> Iterator[str]:
    """Folder and inventory are open."""
    for record in map(record_of, units(now)):
        if record.get("closed"):
            yield f"{record['reference']} is closed"


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


def unlinked(now: Stock) -> Iterator[str]:
    """The one row has no scan, and knows which document is not its own, although all agrees."""
    if [(one["document"], one["apart"]) for one in _rows(now)] != [(None, [ident("one")])]:
        yield f"the register has {_rows(now)}"


def departed(now: Stock) -> Iterator[str]:
    """Every number was given once, and the first has its scan, which waited for it."""
    rows = _rows(now)
    numbers = [(one["number"], one["fields"].get("subject")) for one in rows]
    if not rows or numbers != [(number, "về Mới") for number in range(1, len(rows) + 1)]:
        yield f"the register has {numbers}"
    if [one["document"] for one in rows] != [ident("one"), *(None for _ in rows[1:])]:
        yield f"the scans are {[one['document'] for one in rows]}"


def without_document(now: Stock) -> Iterator[str]:
    """The numbers are noted as a gap, once, with the reason."""
    gaps = [one for one in _rows(now) if one["line"] == "gap"]
    found = [(f"{one['number']}-{one['last']}", one["reason"], one["void"]) for one in gaps]
    if found != [(GAP, "Mới", None)]:
        yield f"the gaps are {gaps}"


def ended(now: Stock, void: bool = False) -> Iterator[str]:
    """The register of the year is closed, once; its row is there."""
    rows = _rows(now)
    if [(one["line"], one["void"] is not None) for one in rows] != [
        ("closing", void), ("document", False)
    ]:  # fmt: skip
        yield f"the register has {rows}"


def begun_again(now: Stock) -> Iterator[str]:
    """The closing is void: a number can be given."""
    yield from ended(now, void=True)
