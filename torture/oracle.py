"""What must be true of an archive at any time, judged from outside.

It imports nothing of partydoc: what the product believes of itself does not count here. Every
function returns sentences, one for each breach; none means that all is well.

    lost         every file that was ever complete in the inbox is, bit for bit, in the inbox, the
                 store, hold or quarantine: at any instant, also in the middle of a crash
    doubled      no two objects have the same original
    broken       every object is whole by OCFL 1.1, and to ocfl-py
    disagreeing  the catalogue is sound and says what the store says
    left_over    no job, no half-written file remains
    unlogged     no correction stands in a document, and no document on its side of the gate, of
                 which the audit log has no line
    unchained    every line of the audit log names the one before it
    forgotten    what a person was told is saved stands in the newest version
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from torture import chronicle, objects
from torture.chronicle import unchained

_DOCUMENT = "urn%3asha256%3a"
#: How the journal of a SQLite file begins that is still to be played back.
_JOURNAL = bytes.fromhex("d9d505f920a163d7")


def sha256(data: bytes) -> str:
    """Return the digest by which an input is known."""
    return hashlib.sha256(data).hexdigest()


def instant(root: Path, inputs: Iterable[str]) -> list[str]:
    """Return what is wrong at the instant of a crash, nothing having been recovered yet.

    `inputs`: the sha-256 of each file that was ever complete in the inbox.
    """
    found = [*lost(root, inputs), *doubled(root), *broken(root, second_opinion=False)]
    return found + chronicle.uncorrected(root, documents(root))


def judge(
    root: Path, inputs: Iterable[str], said: Mapping[str, Mapping[str, Any]] | None = None,
    second_opinion: bool = True,
) -> list[str]:  # fmt: skip
    """Return all that is wrong with an archive after the next run has finished.

    `said`: id -> field -> value, what people were told is saved.
    """
    inputs = list(inputs)
    found = [*lost(root, inputs), *doubled(root), *uninvited(root, inputs)]
    found += [*broken(root, second_opinion), *disagreeing(root), *left_over(root)]
    there = documents(root)
    found += [*unchained(root), *chronicle.uncorrected(root, there)]
    return [*found, *chronicle.unplaced(root, there), *forgotten(root, said or {})]


def documents(root: Path) -> dict[str, list[Path]]:
    """Return id -> the folders of the objects of that name, in the store and in hold."""
    found: dict[str, list[Path]] = {}
    for part in ("store", "hold/objects"):
        for folder in objects.objects(root / part):
            if folder.name.startswith(_DOCUMENT):
                found.setdefault(folder.name.removeprefix(_DOCUMENT), []).append(folder)
    return found


def lost(root: Path, inputs: Iterable[str]) -> list[str]:
    """Return the inputs whose bytes stand nowhere."""
    there = {_digest(path) for part in ("inbox", "quarantine") for path in _files(root / part)}
    for folders in documents(root).values():
        for folder in folders:
            kept = [path for path in _files(folder) if {"original", "attached"} & {*path.parts}]
            there |= {_digest(path) for path in kept}
    return [f"lost: {one[:12]}" for one in inputs if one not in there]


def doubled(root: Path) -> list[str]:
    """Return the documents of which there are two objects, or whose original stands in two."""
    found = [f"twice: {one[:12]}" for one, folders in documents(root).items() if len(folders) > 1]
    owners: dict[str, set[str]] = {}
    for document, folders in documents(root).items():
        for folder in folders:
            for path in folder.glob("v1/content/original/*"):
                owners.setdefault(_digest(path), set()).add(document)
    return found + [f"twice: original {one[:12]}" for one, ids in owners.items() if len(ids) > 1]


def uninvited(root: Path, inputs: Iterable[str]) -> list[str]:
    """Return the documents that nobody brought, and that were not cut from such a one."""
    there = documents(root)
    strangers = there.keys() - {*inputs}
    return [f"uninvited: {one[:12]}" for one in strangers if not _is_part(one, there)]


def _is_part(document: str, there: Mapping[str, list[Path]]) -> bool:
    """Whether the pages of a document were cut from another, and its id says so."""
    with suppress(OSError, ValueError, KeyError, IndexError):
        events = objects.head(there[document][0])["events.jsonl"].read_bytes().splitlines()
        said = json.loads(events[0])
        name = f"{said['scan']}#{said['first']}-{said['last']}"
        return said["scan"] in there and sha256(name.encode()) == document
    return False


def broken(root: Path, second_opinion: bool = True) -> list[str]:
    """Return what is wrong with objects, in the store and in hold."""
    found = []
    for part in ("store", "hold/objects"):
        for folder in objects.objects(root / part):
            found += [f"broken: {fault}" for fault in objects.faults(folder)]
            if second_opinion:
                found += [f"broken to ocfl-py: {fault}" for fault in _second_opinion(folder)]
    return found


def _second_opinion(folder: Path) -> Iterator[str]:
    try:
        from ocfl.validator import Validator
    except ModuleNotFoundError:
        yield "NOT RUN: ocfl-py is not installed"
        return
    validator = Validator()
    if not validator.validate_object(str(folder)):
        yield f"{folder.name}: {validator}"


def disagreeing(root: Path) -> list[str]:
    """Return where the catalogue is unsound or says anything else than the objects."""
    path = root / "catalogue.sqlite"
    if not path.is_file():
        return ["catalogue: there is none"]
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return [f"catalogue: {fault}" for fault in _disagreeing(root, db)]
    except sqlite3.Error as trouble:
        return [f"catalogue: {trouble}"]


def _disagreeing(root: Path, db: sqlite3.Connection) -> Iterator[str]:
    check = db.execute("PRAGMA integrity_check").fetchone()[0]
    if check != "ok":
        yield check
    rows = {row[0]: row[1:] for row in db.execute("SELECT id, held, status, record FROM documents")}
    there = documents(root)
    for one in sorted(rows.keys() ^ there.keys()):
        yield f"{one[:12]} has {'no object' if one in rows else 'no row'}"
    for one in sorted(rows.keys() & there.keys()):
        held, status, record = rows[one]
        said = _record(there[one][0])
        if bool(held) != ("hold" in there[one][0].relative_to(root).parts):
            yield f"{one[:12]} stands elsewhere"
        if status != said.get("status"):
            yield f"{one[:12]} is {status} to it, but {said.get('status')}"
        if (json.loads(record) if record else None) != (None if held else said):
            yield f"{one[:12]} has another record"
    yield from _units(root, db, there)


def _units(
    root: Path, db: sqlite3.Connection, documents: Mapping[str, object]
) -> Iterator[str]:  # fmt: skip
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    rows: dict[str, Any] = {}
    # A catalogue of 0.1 has neither registers nor disposals.
    for table in {"units", "register_rows", "disposals"} & known:
        found = db.execute(f"SELECT urn, record FROM {table}")
        rows |= {urn: json.loads(record) for urn, record in found}
    entries = set(db.execute("SELECT folder, ordinal, document FROM entries"))
    wanted = set()
    for folder in objects.objects(root / "store"):
        if not folder.name.startswith(_DOCUMENT):
            urn = folder.name.replace("%3a", ":")
            said = _record(folder)
            if rows.pop(urn, None) != said:
                yield f"{urn} has another record"
            for entry in said.get("entries", ()):
                wanted.add((urn, entry["ordinal"], entry["document"]))
                if entry["document"] and entry["document"] not in documents:
                    yield f"{urn} has an entry for a document that is not there"
    yield from (f"{urn} has no object" for urn in rows)
    yield from (f"the entry {entry} differs" for entry in sorted(map(str, entries ^ wanted)))


def left_over(root: Path) -> list[str]:
    """Return the jobs and half-written files that remain."""
    found = [path for part in ("staging", "hold/staging") for path in (root / part).iterdir()]
    halves = ("*.new-*", "store/**/*.new-*", "hold/**/*.new-*", "quarantine/.partydoc-arriving-*")
    for half in halves:
        found += root.glob(half)
    # Without its mark a journal is none to SQLite, which takes it away when it writes again.
    found += [one for one in root.glob("*-journal") if one.read_bytes()[:8] == _JOURNAL]
    return [f"left over: {path.relative_to(root)}" for path in sorted(found)]


def forgotten(root: Path, said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what people said that does not stand in the newest version, or not as theirs."""
    found, there = [], documents(root)
    for one, values in said.items():
        if one not in there:
            found.append(f"forgotten: {one[:12]} is not there")
            continue
        fields = _record(there[one][0]).get("fields", {})
        for name, value in values.items():
            now = fields.get(name) or {}
            if (now.get("value"), now.get("source")) != (value, "person"):
                found.append(f"forgotten: {name} of {one[:12]} is {now.get('value')!r}")
    return found


def _record(folder: Path) -> dict[str, Any]:
    """Return an object's record; of one that cannot be read, of which `broken` tells, nothing."""
    with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
        return json.loads(objects.head(folder)["record.json"].read_bytes())
    return {}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _digest(path: Path) -> str:
    return objects.digest(path, "sha256")
