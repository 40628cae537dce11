"""Drawn pages and what was read on them, kept in a temporary folder and never taken when stale.

A reading is known by the code that reads and not by that which judges, so that a changed rule of
the gate costs no recognition.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.gate import marked, unmarked
from benchmarks.gate.sorts import LEVELS, VALUES, Sort, make
from benchmarks.ocr import engines, shelf
from partydoc.document import Look
from partydoc.ocr import draft, engine_version, reading, tools
from partydoc.ocr.parts import Parts
from partydoc.page import Page

SORTS = {sort.name: sort for sort in (*marked.SORTS, *unmarked.SORTS)}
_ROOT = Path(__file__).resolve().parents[2]
_SEAMS = ("partydoc/box.py", "partydoc/page.py", "partydoc/document.py", "partydoc/text.py")
#: Sorts of more than one page.
_PAGES = {"later": 2, "table": 2, "back": 2}


@dataclass(frozen=True)
class Sample:
    """One drawn document: its sort, its number in the sort, its file, and its mark's level."""

    sort: Sort
    number: int
    path: Path
    level: str | None


def samples(names: Sequence[str], set_name: str, numbers: Iterable[int]) -> list[Sample]:
    """Return documents of each sort; what was drawn before is not drawn again."""
    wanted = [(name, set_name, number) for name in names for number in numbers]
    with ProcessPoolExecutor(engines.CORES) as pool:
        paths = list(pool.map(_drawn, *zip(*wanted, strict=True)))
    return [
        Sample(SORTS[name], number, path, _level(SORTS[name], number))
        for (name, _, number), path in zip(wanted, paths, strict=True)
    ]


def _level(sort: Sort, number: int) -> str | None:
    return VALUES[LEVELS[number % len(LEVELS)]] if sort.marked else None


def _drawn(name: str, set_name: str, number: int) -> Path:
    here = shelf.folder("gate-" + _drawing())
    stem = f"{set_name}-{name}-{number:03}"
    known = sorted(here.glob(f"{stem}.*g")) + sorted(here.glob(f"{stem}.tif"))
    known += sorted(here.glob(f"{stem}.pdf"))
    if known:
        return known[0]
    made = make(SORTS[name], set_name, number)
    draft, path = here / f"{stem}.draft", here / f"{stem}.{made.extension}"
    draft.write_bytes(made.data)
    return draft.rename(path)


@cache
def _drawing() -> str:
    digest = hashlib.sha256(shelf.code_digest("samples/drawing").encode())
    own = (path for path in Path(__file__).parent.glob("*") if path.suffix in (".py", ".toml"))
    drawing = [path for path in own if path.stem not in ("shelf", "table", "__main__")]
    ocr = Path(shelf.__file__).parent
    names = ("drafts.py", "damage.py", "kinds.py", "tune.toml", "test.toml")
    for path in (*sorted(drawing), *(ocr / name for name in names)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def readings(every: Sequence[Sample]) -> dict[Path, tuple[Page, ...]]:
    """Return the pages of each document as the product reads them; none if it could not."""
    kept = shelf.Readings("gate", _version())
    known = kept.known(sample.path for sample in every)
    fresh = [sample for sample in every if sample.path not in known]
    for path, pages in _read(fresh):
        known[path] = json.dumps(pages, ensure_ascii=False)
        kept.keep(path, known[path])
    return {path: tuple(map(Page.from_dict, json.loads(text))) for path, text in known.items()}


def _read(every: Sequence[Sample]) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Read as the product does, but for the access copy, which the gate does not look at."""
    with ProcessPoolExecutor(engines.CORES) as pool:
        wanted = {pool.submit(_pages, sample.path, _look(sample)): sample for sample in every}
        for done in as_completed(wanted):
            yield wanted[done].path, done.result()


def _pages(path: Path, look: Look) -> list[dict[str, Any]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(path, folder / draft.ORIGINAL)
        where = {"folder": name, "lent": name}
        request = {**where, "media_type": look.media_type, "pages": look.pages}
        _reader().handle({**request, "first": 1, "last": look.pages})
        return [leaf.page.to_dict() for leaf in Parts(folder)]


@cache
def _reader() -> reading.Reader:
    tools.require(engines.LANGUAGES, None)
    models = tools.tessdata_folder() or Path()
    return reading.Reader(engines.LANGUAGES, models, "fast" if tools.fast() else "program")


def _look(sample: Sample) -> Look:
    return engines.look(sample.path, _PAGES.get(sample.sort.name, 1))


@cache
def _version() -> str:
    digest = hashlib.sha256(shelf.code_digest("partydoc/ocr").encode())
    for name in _SEAMS:
        digest.update((_ROOT / name).read_bytes())
    parts = (digest.hexdigest(), engine_version(), *map(engines.library, ("pillow", "pypdfium2")))
    return " ".join(map(str, parts))
