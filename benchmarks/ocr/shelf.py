"""What need not be done twice: drawn pages and readings, kept in a temporary folder.

A page is known by the code that draws it, a reading by engine, page and the code that reads, so
nothing stale is ever taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import partydoc

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Sample:
    """One page on disk: its file, what is printed on it, who signed (empty: not known)."""

    kind: str
    number: int
    path: Path
    lines: tuple[str, ...]
    signer: str


def folder(name: str) -> Path:
    """Return a folder for results of one sort that only its owner can open."""
    path = Path(tempfile.gettempdir(), f"partydoc-benchmarks-{os.getuid()}", name)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@cache
def code_digest(*folders: str) -> str:
    """Return one digest of all code and texts in folders of the project, partydoc as imported."""
    digest = hashlib.sha256()
    for name in folders:
        root = Path(partydoc.__file__).parents[1] if name.startswith("partydoc") else _ROOT
        for path in sorted((root / name).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def page(kind: str, set_name: str, number: int) -> Sample:
    """Return a page of a kind, drawn if it was not drawn before."""
    # Only what draws counts: measuring differently makes no other page.
    here = folder("pages-" + _drawing_digest())
    truth = here / f"{set_name}-{kind}-{number:02}.json"
    if not truth.exists():
        from benchmarks.ocr import drafts, kinds

        made = kinds.make(kind, drafts.load(set_name), number)
        path = truth.with_suffix("." + made.extension)
        path.write_bytes(made.data)
        said = {"file": path.name, "lines": made.lines, "signer": made.signer}
        _write(truth, said)
    told = json.loads(truth.read_text("utf-8"))
    return Sample(kind, number, here / told["file"], tuple(told["lines"]), told["signer"])


@cache
def _drawing_digest() -> str:
    digest = hashlib.sha256(code_digest("samples/drawing").encode())
    for name in ("drafts.py", "damage.py", "kinds.py", "tune.toml", "test.toml"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:16]


class Readings:
    """The texts that one engine in one version has put out before, by the bytes of the page."""

    def __init__(self, engine: str, version: str) -> None:
        key = hashlib.sha256(version.encode()).hexdigest()[:16]
        self._folder = folder(f"readings-{engine}-{key}")

    def known(self, paths: Iterable[Path]) -> dict[Path, str]:
        """Return the texts of those pages that were read before."""
        places = {path: self._place(path) for path in paths}
        return {path: json.loads(place.read_text("utf-8"))
                for path, place in places.items() if place.exists()}  # fmt: skip

    def keep(self, path: Path, text: str) -> None:
        """Remember what was read on a page."""
        _write(self._place(path), text)

    def _place(self, path: Path) -> Path:
        return self._folder / (hashlib.sha256(path.read_bytes()).hexdigest() + ".json")


def _write(path: Path, content: object) -> None:
    """Write whole or not at all: several processes may draw the same page."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.rename(path)
