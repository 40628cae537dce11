"""The papers as scans: drawn, damaged and read by partydoc's own reader, each once.

A reading is kept in the temporary folder by the code and the texts that draw the page and by the
code that reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.ocr import kinds
from benchmarks.ocr.engines import LANGUAGES, library, look
from benchmarks.ocr.shelf import code_digest, folder
from benchmarks.search.papers import Paper
from partydoc.ocr import Readers, engine_version
from partydoc.page import Page

#: So many pages wait on disk to be read; a page of 300 dpi is some megabytes.
_AHEAD = 6


@dataclass(frozen=True)
class Scan:
    """A paper that went through the scanner: its printed lines, and the pages that were read."""

    paper: Paper
    lines: tuple[str, ...]
    pages: tuple[Page, ...]


def scans(papers: Sequence[Paper], jobs: int) -> list[Scan]:
    """Return the scan of every paper; only what was never read is drawn and read."""
    here = folder("readings-recall-" + _version())
    places = {here / f"{_key(paper)}.json": paper for paper in papers}
    missing = {place: paper for place, paper in places.items() if not place.exists()}
    if missing:
        print(f"{len(missing)} pages to draw and read", flush=True)
        _read(missing, jobs)
    return [_kept(place, paper) for place, paper in places.items()]


def _key(paper: Paper) -> str:
    told = repr((paper.texts, paper.kind, paper.number))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _kept(place: Path, paper: Paper) -> Scan:
    said = json.loads(place.read_text("utf-8"))
    return Scan(paper, tuple(said["lines"]), tuple(map(Page.from_dict, said["pages"])))


def _read(missing: dict[Path, Paper], jobs: int) -> None:
    with TemporaryDirectory() as name, Readers(Path(name, "desk"), jobs, LANGUAGES) as readers:
        drawn: dict[str, list[str]] = {}
        for i, (place, paper) in enumerate(missing.items()):
            path, lines = _draw(paper, Path(name))
            drawn[place.name] = lines
            into = Path(name, str(i))
            into.mkdir()
            readers.submit(str(place), path, look(path), into)
            if readers.pending >= _AHEAD:
                _keep_finished(readers, drawn)
        while readers.pending:
            _keep_finished(readers, drawn)


def _draw(paper: Paper, scratch: Path) -> tuple[Path, list[str]]:
    made = kinds.make(paper.kind, paper.texts, paper.number)
    path = scratch / f"{paper.number}.{made.extension}"
    path.write_bytes(made.data)
    return path, list(made.lines)


def _keep_finished(readers: Readers, drawn: dict[str, list[str]]) -> None:
    for done in readers.finished():
        place = Path(done.ticket)
        if done.refusal or not done.reading:
            print(f"  {place.name}: {done.refusal}")
        pages = [page.to_dict() for page in done.reading.pages] if done.reading else []
        draft = place.with_suffix(".new")
        said = {"lines": drawn.pop(place.name), "pages": pages}
        draft.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        draft.rename(place)


@cache
def _version() -> str:
    drawing = Path(kinds.__file__).parent
    parts = (
        code_digest("partydoc/ocr"), code_digest("samples/drawing"),
        *((drawing / name).read_text("utf-8") for name in ("kinds.py", "drafts.py", "damage.py")),
        engine_version(None), library("pillow"), library("pypdfium2"),
    )  # fmt: skip
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
