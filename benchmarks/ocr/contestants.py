"""Those who race, each ready to go: a contestant reads a whole batch and then is done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from benchmarks.ocr import engines
from benchmarks.ocr.batches import Batch
from partydoc.metadata.secrecy import judge
from partydoc.ocr import Readers
from partydoc.ocr.picture import OCR_DPI
from partydoc.ocr.tools import tessdata_folder

Contestant = Callable[[Batch], None]


@contextmanager
def readers(folder: Path, warm: Batch, fast: bool | None = None) -> Iterator[Contestant]:
    """Partydoc's readers, started before: from input to access copy, text, words and gate."""
    folder.mkdir()
    with Readers(folder, engines.CORES, engines.LANGUAGES, fast=fast) as pool:
        read_all(pool, warm, folder)
        yield lambda batch: read_all(pool, batch, folder)


def read_all(pool: Readers, batch: Batch, folder: Path) -> None:
    """Read the documents of a batch; RuntimeError if one is refused."""
    with TemporaryDirectory(dir=folder) as results:
        for number, (path, pages) in enumerate(batch.documents):
            into = Path(results, str(number))
            into.mkdir()
            pool.submit(str(number), path, engines.look(path, pages), into)
        while pool.pending:
            for done in pool.finished():
                if done.refusal or done.reading is None:
                    raise RuntimeError(f"{batch.name}: {done.refusal}")
                judge(done.reading.pages)


def bare(batch: Batch) -> None:
    """The program, one process a page, as many at once as cores."""
    with ThreadPoolExecutor(engines.CORES) as pool:
        list(pool.map(engines.bare_text, batch.pictures))


def stock(batch: Batch) -> None:
    """Stock ocrmypdf, one process a document, as many at once as cores."""
    with ThreadPoolExecutor(engines.CORES) as pool:
        if not all(pool.map(engines.stock_text, [path for path, _ in batch.documents])):
            raise RuntimeError(f"{batch.name}: ocrmypdf failed")


@contextmanager
def engine_alone(every: Iterable[Path]) -> Iterator[Contestant]:
    """Tesseract in process on pictures made ready before, at the resolution partydoc uses."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pictures = {path: _ready(path) for path in dict.fromkeys(every)}
    with ProcessPoolExecutor(
        engines.CORES, mp_context=get_context("spawn"), initializer=_load
    ) as pool:
        list(pool.map(_recognise, [next(iter(pictures.values()))] * engines.CORES))
        yield lambda batch: _each(pool, [pictures[path] for path in batch.pictures])


def _each(pool: ProcessPoolExecutor, pictures: list[tuple[tuple[int, int], bytes]]) -> None:
    list(pool.map(_recognise, pictures))


def _ready(path: Path) -> tuple[tuple[int, int], bytes]:
    with Image.open(path) as image:
        scale = OCR_DPI / image.info["dpi"][0]
        size = (round(image.width * scale), round(image.height * scale))
        grey = image.convert("L").resize(size, Image.Resampling.BOX)
    return grey.size, grey.tobytes()


_engine: list[Any] = []


def _load() -> None:
    import tesserocr

    language = "+".join(engines.LANGUAGES)
    _engine.append(tesserocr.PyTessBaseAPI(path=str(tessdata_folder()), lang=language))


def _recognise(picture: tuple[tuple[int, int], bytes]) -> int:
    (width, height), data = picture
    _engine[0].SetImageBytes(data, width, height, 1, width)
    _engine[0].SetSourceResolution(OCR_DPI)
    return len(_engine[0].GetUTF8Text())


def whole_scan(batch: Batch) -> None:
    """The command `partydoc scan` on a new archive, its start and its index included."""
    with TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        _partydoc(folder, "init", archive, "--network", "connected")
        _partydoc(folder, "-a", archive, "scan", "--unclassified", *[p for p, _ in batch.documents])


def _partydoc(state: str, *arguments: object) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": state}
    command = [sys.executable, "-m", "partydoc", *map(str, arguments)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
