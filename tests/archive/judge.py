"""What must be true of an archive at any time, as assertions: the campaigns' oracle judges."""

from __future__ import annotations

import hashlib
from pathlib import Path

from torture import objects, oracle

_SECRET_PLACES = ("store", "staging", "index", "index.next", "audit", "quarantine")


def originals(root: Path) -> dict[str, list[Path]]:
    """Return sha-256 -> the places where the bytes of an original stand, in any version."""
    found: dict[str, list[Path]] = {}
    for path in root.glob("**/v1/content/original/*"):
        if "staging" not in path.parts:
            found.setdefault(_sha256(path), []).append(path)
    return found


def nothing_lost_nothing_doubled(root: Path, inputs: dict[str, bytes]) -> None:
    """Each input is there, bit for bit, no original twice, and none that nobody brought."""
    digests = [oracle.sha256(data) for data in inputs.values()]
    found = [*oracle.lost(root, digests), *oracle.doubled(root), *oracle.uninvited(root, digests)]
    assert found == []


def objects_are_valid(root: Path) -> int:
    """Every object, in the store and in hold, is whole to us and ocfl-py; return how many."""
    assert oracle.broken(root) == []
    return sum(len(objects.objects(root / part)) for part in ("store", "hold/objects"))


def catalogue_agrees(root: Path) -> None:
    """The catalogue says what the objects say; SQLite finds it sound."""
    assert oracle.disagreeing(root) == []


def staging_is_empty(root: Path) -> None:
    """No job was left behind."""
    assert oracle.left_over(root) == []


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
    """Every line of the audit log bears its hash, and that of the line before; return how many."""
    assert oracle.unchained(root) == []
    return sum(path.read_bytes().count(b"\n") for path in (root / "audit").glob("*.jsonl"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
