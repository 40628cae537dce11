"""What the operations of `scenes` owe when they are done; each yields what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from torture import objects, oracle, stock
from torture.ready import WORD, paper
from torture.stock import CANARIES, FOLDER, Stock, ident

#: What comes into the inbox of the scenes that take papers in.
NEW = {
    "four": paper("CÔNG VĂN\nvề y tế"),
    "marked": paper(f"TỐI MẬT\nvề {CANARIES['marked']}"),
    "fails": paper("không đọc được", "fails"),
    "refused": paper("không mở được", "refused"),
    "again": stock.PAPERS["two"],
    "now-read": stock.PAPERS["unread"],
}
_NAMES = {name: oracle.sha256(data) for name, data in {**NEW, **stock.PAPERS}.items()}


def unfindable(now: Stock) -> Iterator[str]:
    """Tell where a search finds anything else than the documents of the store that were read."""
    wanted = {
        one for one, (folder, *_) in oracle.documents(now.root).items()
        if not _held(now, folder) and "text/0001.txt" in objects.head(folder)
    }  # fmt: skip
    ran = now.run("search", "--json", "--limit", "10000", WORD)
    found = {json.loads(line)["id"] for line in ran.out.splitlines()}
    if ran.code or found != wanted:
        yield f"search: exit {ran.code}, {len(found)} found of {len(wanted)}: {ran.err[-200:]}"


def traces(now: Stock) -> Iterator[str]:
    """Tell where what only a paper in hold says, or one that is gone, stands outside hold."""
    there = oracle.documents(now.root)
    held = {name: all(_held(now, one) for one in there.get(_NAMES[name], ())) for name in CANARIES}
    words = [word.encode() for name, word in CANARIES.items() if held[name]]
    for path in now.root.rglob("*"):
        if path.is_file() and not _in(now, path, "hold", "inbox"):
            data = path.read_bytes()
            if any(word in data for word in words):
                yield f"secret words in {path.relative_to(now.root)}"


def _held(now: Stock, path: Path) -> bool:
    return _in(now, path, "hold")


def _in(now: Stock, path: Path, *parts: str) -> bool:
    return path.relative_to(now.root).parts[0] in parts


def nothing(now: Stock) -> Iterator[str]:
    """Owe nothing but what people were told."""
    return iter(())


def all_in(now: Stock) -> Iterator[str]:
    """The inbox is empty, each paper where it belongs, each entered once."""
    if left := [path.name for path in (now.root / "inbox").iterdir()]:
        yield f"the inbox still has {', '.join(sorted(left))}"
    yield from set_aside(now)
    yield from entered_once(now)
    yield from stands(now, "marked", "held")
    yield from stands(now, "unread", "review")


def set_aside(now: Stock) -> Iterator[str]:
    """What cannot be opened stands in quarantine once, whole, with its reason."""
    there = {path.name: path.read_bytes() for path in (now.root / "quarantine").iterdir()}
    note = json.loads(there.pop("refused.pdf.json", b"{}"))
    if there != {"refused.pdf": NEW["refused"]} or note.get("reason") != "damaged-pdf":
        yield f"what cannot be opened is not in quarantine once, whole: {sorted(there)}, {note}"


def entered_once(now: Stock) -> Iterator[str]:
    """No document and no ordinal stands twice in the folder."""
    entries = _entries(now)
    filled = [one for _, one in entries if one]
    if len(filled) != len(set(filled)):
        yield "a document is entered twice"
    if len(entries) != len({ordinal for ordinal, _ in entries}):
        yield "an ordinal is given twice"


def _entries(now: Stock) -> list[tuple[str, str | None]]:
    for record in map(_record, _units(now)):
        if record["reference"] == FOLDER:
            return [(one["ordinal"], one["document"]) for one in record["entries"]]
    return []


def _units(now: Stock) -> list[Path]:
    folders = objects.objects(now.root / "store")
    return [folder for folder in folders if not folder.name.startswith("urn%3asha256")]


def _record(folder: Path) -> dict[str, Any]:
    return json.loads(objects.head(folder)["record.json"].read_bytes())


def stands(now: Stock, name: str, status: str) -> Iterator[str]:
    """Tell where a paper is anything else than its status says, in its place or its entry."""
    secret = status in ("held", "awaiting-class")
    folders = oracle.documents(now.root).get(_NAMES[name], [])
    if [(_record(one)["status"], _held(now, one)) for one in folders] != [(status, secret)]:
        yield f"{name} is not {status}: {folders}"
    if secret == (_NAMES[name] in [document for _, document in _entries(now)]):
        yield f"{name} is {status}, and its entry says something else"


def machine_again(now: Stock) -> Iterator[str]:
    """What was undone is gone from the records."""
    for name in ("one", "two", "three"):
        (folder,) = oracle.documents(now.root)[ident(name)]
        field = _record(folder)["fields"].get("signer")
        if field and field["source"] == "person":
            yield f"the signer of {name} still is what was undone"


def replaced(now: Stock) -> Iterator[str]:
    """A page scanned again stands where the old one stood, which is kept."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    if "về y tế" not in objects.head(folder)["text/0001.txt"].read_text("utf-8"):
        yield "the new page is not what is searched"
    if _record(folder)["bound"][0][0] < 2 or "original/0001.pdf" not in objects.head(folder):
        yield "the pages are not those of the new file, or the old one is gone"


def bound_again(now: Stock) -> Iterator[str]:
    """A page that was turned stands as it came."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    if _record(folder)["bound"]:
        yield "the page still is turned"


def attached(now: Stock) -> Iterator[str]:
    """A file stands beside the document, bit for bit."""
    (folder,) = oracle.documents(now.root)[ident("one")]
    digests = {oracle.sha256(path.read_bytes()) for path in folder.glob("v*/content/attached/*")}
    if digests != {_NAMES["four"]} or not _record(folder)["attached"]:
        yield "nothing is attached"


def handed_over(now: Stock) -> Iterator[str]:
    """All that stands in hold was copied, listed, and nothing else."""
    folder = now.work
    lines = (folder / "manifest-sha256.txt").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.name: objects.digest(path, "sha256") for path in folder.glob("*.pdf")}
    held = {ident(name) for name in ("secret", "unsure", "unread")}
    if listed != there or {*there.values()} != held:
        yield "what was handed over is not what stands in hold"
    if more := sorted(
        path.name for path in folder.iterdir() if path.suffix not in (".pdf", ".txt")
    ):
        yield f"left over where it was handed over: {', '.join(more)}"


def purged(now: Stock) -> Iterator[str]:
    """The document is gone, its request too, and the log says so."""
    if ident("secret") in oracle.documents(now.root):
        yield "what was purged is there"
    if list((now.root / "hold" / "requests").iterdir()):
        yield "its request is there"
    log = "".join(_log(now))
    if f'"purged", "ids": ["{ident("secret")}"]' not in log:
        yield "nobody wrote down that it was purged"


def _log(now: Stock) -> list[str]:
    return [path.read_text("utf-8") for path in (now.root / "audit").iterdir()]


def listed(now: Stock) -> Iterator[str]:
    """The new folder is there, once."""
    references = sorted(_record(folder)["reference"] for folder in _units(now))
    if references != ["A29", "A29-01", FOLDER, "A29-01-0004"]:
        yield f"the catalogue has {references}"


def noted(now: Stock, note: str | None = "Mới") -> Iterator[str]:
    """Inventory and folder bear the note, the fonds none."""
    for record in map(_record, _units(now)):
        expected = note if record["reference"] in ("A29-01", FOLDER) else None
        if record.get("fields", {}).get("note") != expected:
            yield f"{record['reference']} has other fields: {record.get('fields')}"


def not_noted(now: Stock) -> Iterator[str]:
    """No unit bears a note."""
    yield from noted(now, None)


def _folder(now: Stock, reference: str) -> Mapping[str, Any]:
    found = (record for record in map(_record, _units(now)) if record["reference"] == reference)
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
    former = {record["reference"]: record["former"] for record in map(_record, _units(now))}
    if former != {"A29": [], "A29-02": ["A29-01"], "A29-02-0003": [FOLDER]}:
        yield f"the catalogue has {former}"


def closed(now: Stock) -> Iterator[str]:
    """The folder is closed, its sheets counted."""
    folder = _folder(now, FOLDER)
    sheets = str(len(folder["entries"]))
    if not folder["closed"] or folder["fields"].get("sheets") != sheets:
        yield f"the folder is {folder['closed']} with {folder['fields']}"


def _rows(now: Stock) -> list[Mapping[str, Any]]:
    records = map(_record, _units(now))
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


def indexed(now: Stock) -> Iterator[str]:
    """The index is sound to its own check."""
    ran = now.run("index", "--check")
    if ran.code or ran.out:
        yield f"index --check: exit {ran.code}: {ran.out}{ran.err}"


def by_tantivy(now: Stock) -> Iterator[str]:
    """The archive has the other engine, and an index of it that is sound."""
    if 'engine = "tantivy"' not in (now.root / "partydoc.toml").read_text("utf-8"):
        yield "the settings do not name the new engine"
    yield from indexed(now)


def begun(now: Stock) -> Iterator[str]:
    """There is an archive that works."""
    for words in (("index",), ("verify", "--deep")):
        ran = now.at(now.work).run(*words)
        if ran.code:
            yield f"{' '.join(words)} in the new archive: exit {ran.code}: {ran.out}{ran.err}"


def brought(now: Stock) -> Iterator[str]:
    """What lay in the folder lies there still, and stands in the archive, each entered once."""
    there = {path.name: path.read_bytes() for path in now.outside.iterdir()}
    if there != {f"{name}.pdf": NEW[name] for name in ("four", "marked", "again")}:
        yield f"the folder has changed: {sorted(there)}"
    yield from entered_once(now)
    yield from stands(now, "four", "review")
    yield from stands(now, "marked", "held")


def asked(now: Stock) -> Iterator[str]:
    """It is written down who asked; nothing is destroyed."""
    requests = [path.name for path in (now.root / "hold" / "requests").iterdir()]
    if requests != [f"{ident('secret')}.json"]:
        yield f"the requests are {requests}"
    if "purge-asked" not in "".join(_log(now)):
        yield "nobody wrote down that it was asked for"
    yield from stands(now, "secret", "held")


def withdrawn(now: Stock) -> Iterator[str]:
    """Nothing is asked for any more, the log says so, and nothing is destroyed."""
    if list((now.root / "hold" / "requests").iterdir()):
        yield "the request is there"
    if "purge-withdrawn" not in "".join(_log(now)):
        yield "nobody wrote down that it was withdrawn"
    yield from stands(now, "secret", "held")


#: By which a proposal is approved, without its scan.
DECISION = ("--decision", "12-QĐ/ĐU", "--date", "2026-01-05")


def approve(now: Stock) -> None:
    """Let somebody else approve the first proposal."""
    another = replace(now, person="another")
    another.must("dispose", "approve", "1", *DECISION, "--scan", ident("two"))


def proposed(now: Stock) -> Iterator[str]:
    """The folder is proposed, once, and nothing is destroyed."""
    yield from _disposals(now, "proposed")
    yield from _still_there(now)


def approved(now: Stock) -> Iterator[str]:
    """The decision is noted, and nothing is destroyed."""
    yield from _disposals(now, "approved")
    yield from _still_there(now)


def taken_back(now: Stock) -> Iterator[str]:
    """The proposal is withdrawn, and nothing is destroyed."""
    yield from _disposals(now, "withdrawn")
    yield from _still_there(now)


def destroyed(now: Stock) -> Iterator[str]:
    """The document is gone with all that it said; its row, its reference and the log tell of it."""
    yield from _disposals(now, "executed")
    if ident("one") in oracle.documents(now.root):
        yield "what was destroyed is there"
    for path in now.root.rglob("*"):
        if path.is_file() and "nước sạch".encode() in path.read_bytes():
            yield f"what it said stands in {path.relative_to(now.root)}"
    if f'"destroyed", "ids": ["{ident("one")}"]' not in "".join(_log(now)):
        yield "nobody wrote down that it was destroyed"
    for words in (("register", "show", "in", "1"), ("catalogue", "show", "A29-01-0004-001")):
        if "by decision 12-QĐ/ĐU" not in now.run(*words).out:
            yield f"{' '.join(words)} does not tell of it"


def _disposals(now: Stock, state: str) -> Iterator[str]:
    ran = now.run("dispose", "list", "--proposals", "--json")
    found = [json.loads(line)["state"] for line in ran.out.splitlines()]
    if found != [state]:
        yield f"the proposals are {found}: {ran.err[-200:]}"


def _still_there(now: Stock) -> Iterator[str]:
    if ident("one") not in oracle.documents(now.root):
        yield "what was only proposed is gone"


def whole(now: Stock) -> Iterator[str]:
    """Nothing is damaged any more."""
    ran = now.run("verify", "--deep")
    if ran.code:
        yield f"verify --deep: exit {ran.code}: {ran.out}{ran.err}"
