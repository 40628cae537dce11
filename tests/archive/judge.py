"""What must be true of an archive at any time, judged from outside: nothing here is partydoc's."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

from ocfl.validator import Validator

_SECRET_PLACES = ("store", "staging", "index", "index.next", "audit", "quarantine")


def originals(root: Path) -> dict[str, list[Path]]:
    """Return sha-256 -> the places where the bytes of an original stand, in any version."""
    found: dict[str, list[Path]] = {}
    for path in root.glob("**/v1/content/original/*"):
        if "staging" not in path.parts:
            found.setdefault(_sha256(path), []).append(path)
    return found


def nothing_lost_nothing_doubled(root: Path, inputs: dict[str, bytes]) -> None:
    """Each input is in the inbox, or exactly once in the store or hold; its bytes are whole."""
    kept = originals(root)
    waiting = {_sha256(path) for path in (root / "inbox").iterdir()}
    for name, data in inputs.items():
        digest = hashlib.sha256(data).hexdigest()
        assert digest in waiting or digest in kept, f"{name} is lost"
        assert len(kept.get(digest, [])) <= 1, f"{name} is there twice"
    assert set(kept) <= {hashlib.sha256(data).hexdigest() for data in inputs.values()}


def objects_are_valid(root: Path) -> int:
    """Every object, in the store and in hold, is valid to ocfl-py; return how many there are."""
    count = 0
    for inventory in root.glob("**/0=ocfl_object_1.1"):
        if "staging" in inventory.parts:
            continue
        validator = Validator()
        assert validator.validate_object(str(inventory.parent)), str(validator)
        count += 1
    return count


def catalogue_agrees(root: Path) -> None:
    """The catalogue has a row for each object and none without; SQLite finds it sound."""
    db = sqlite3.connect(root / "catalogue.sqlite")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = {id_: bool(held) for id_, held in db.execute("SELECT id, held FROM documents")}
    db.close()
    there = {path.name.removeprefix("urn%3asha256%3a"): path for path in _documents(root)}
    assert rows == {id_: "hold" in path.parts for id_, path in there.items()}


def _documents(root: Path) -> list[Path]:
    pattern = "??/??/urn%3asha256%3a*"
    return [*(root / "store").glob(pattern), *(root / "hold" / "objects").glob(pattern)]


def staging_is_empty(root: Path) -> None:
    """No job was left behind."""
    left = [*(root / "staging").iterdir(), *(root / "hold" / "staging").iterdir()]
    assert not [path for path in left if path.name.startswith("job-")]


def no_trace(root: Path, words: list[str]) -> None:
    """None of the words stands anywhere outside hold, in any file or file name."""
    for place in (*_SECRET_PLACES, "catalogue.sqlite", "partydoc.toml"):
        top = root / place
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            for word in words:
                assert word not in path.name
                if path.is_file():
                    data = path.read_bytes()
                    assert word.encode() not in data, f"{word} stands in {path}"
                    assert word.encode("utf-16-le") not in data


def audit_chain_holds(root: Path) -> int:
    """Every line of the audit log names the digest of the line before; return how many."""
    prev, count = "0" * 64, 0
    for path in sorted((root / "audit").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            assert json.loads(line)["prev"] == prev
            prev, count = hashlib.sha256(line).hexdigest(), count + 1
    return count


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
