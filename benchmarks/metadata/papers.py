"""The papers that are measured: drawn once, kept in a temporary folder with their labels."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.metadata import texts
from benchmarks.ocr.engines import CORES
from benchmarks.ocr.shelf import code_digest, folder

#: Ordinary papers of a set; a sixth as many are degraded, a tenth as many no document.
PAPERS = {"tune": 231, "test": 330}

_DRAWING = (
    "eras", "tune", "test", "hand", "ink", "invent", "kinds", "layout", "marking", "numbering",
    "others", "plan", "texts", "typist",
)  # fmt: skip
_OF_OCR = ("drafts.py", "damage.py", "kinds.py", "tune.toml", "test.toml")


@dataclass(frozen=True)
class Sample:
    """One file to read. `truth` holds each field that is known, empty for no document at all.

    `group` is `ordinary`, `degraded`, `other` or `real`; `hand` names the parts by hand.
    """

    group: str
    kind: str
    number: int
    path: Path
    pages: int
    truth: Mapping[str, Any]
    hand: frozenset[str] = frozenset()
    file_name: str = "scan.pdf"
    colour: bool = True
    about: str = ""


def samples(set_name: str, papers: int) -> list[Sample]:
    """Return the papers of a set, drawn as many at once as cores if they were not drawn before."""
    from benchmarks.metadata.kinds import DEGRADED, ORDINARY
    from benchmarks.metadata.others import OTHERS

    wanted = [
        *_spread("ordinary", tuple(ORDINARY), papers),
        *_spread("degraded", tuple(DEGRADED), papers // 6),
        *_spread("other", tuple(OTHERS), papers // 10),
    ]
    with ProcessPoolExecutor(CORES) as pool:
        return list(pool.map(_sample, *zip(*((set_name, *one) for one in wanted), strict=True)))


def _spread(group: str, kinds: tuple[str, ...], papers: int) -> list[tuple[str, str, int]]:
    """Return so many papers, the kinds by turns."""
    return [(group, kinds[i % len(kinds)], i // len(kinds)) for i in range(papers)]


def _sample(set_name: str, group: str, kind: str, number: int) -> Sample:
    here = folder("papers-" + _drawing_digest())
    told = here / f"{set_name}-{group}-{kind}-{number:03}.json"
    if not told.exists():
        keep(told, _drawn(told, set_name, group, kind, number))
    said = json.loads(told.read_text("utf-8"))
    return Sample(
        group, kind, number, here / said["file"], said["pages"], said["truth"],
        frozenset(said["hand"]), said["file_name"], said["colour"], said["about"],
    )  # fmt: skip


def _drawn(told: Path, set_name: str, group: str, kind: str, number: int) -> dict[str, Any]:
    """Draw a paper beside `told`; return what is true of it."""
    from benchmarks.metadata import kinds, others

    words = texts.load(set_name)
    if group == "other":
        data, extension = others.make(kind, words, number)
        said: dict[str, Any] = {"pages": 1, "truth": {}, "hand": [], "file_name": "scan.pdf",
                                "colour": True, "about": kind}  # fmt: skip
    else:
        made = kinds.make(kind, words, number)
        data, extension, plan = made.data, made.extension, made.plan
        said = {"pages": made.pages, "truth": plan.truth, "hand": sorted(plan.hand),
                "file_name": plan.file_name, "colour": kinds.KINDS[kind].colour,
                "about": f"{plan.era}, {plan.form}"}  # fmt: skip
    path = told.with_suffix(f".{extension}")
    path.write_bytes(data)
    return {"file": path.name, **said}


@cache
def _drawing_digest() -> str:
    digest = hashlib.sha256(code_digest("samples/drawing").encode())
    here = Path(__file__).parent
    for name in _DRAWING:
        digest.update(next(here.glob(f"{name}.*[yl]")).read_bytes())
    for name in _OF_OCR:
        digest.update((here.parent / "ocr" / name).read_bytes())
    return digest.hexdigest()[:16]


def keep(path: Path, content: object) -> None:
    """Write JSON whole or not at all: several processes may make the same."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.rename(path)
