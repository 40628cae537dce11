"""The three that are compared: partydoc, the bare program, and stock ocrmypdf."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pypdfium2
from pdf2image import convert_from_path

from benchmarks.ocr.shelf import code_digest
from partydoc.document import Look
from partydoc.ocr import Readers, engine_version

LANGUAGES = ("vie",)
CORES = os.cpu_count() or 1
MEDIA_TYPES = {
    "jpg": "image/jpeg", "tif": "image/tiff", "png": "image/png", "pdf": "application/pdf",
}  # fmt: skip
#: Two threads on a busy core are slower than one.
ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}
#: What a PDF is drawn at for who reads pictures only.
DRAWN_DPI = 300
TESSERACT = ("-l", "+".join(LANGUAGES))
OCRMYPDF = (sys.executable, "-m", "ocrmypdf", "-q")
STOCK = ("--output-type", "pdfa", "-O0", "-j1", *TESSERACT)


class Engine(Protocol):
    """Reads files; `version` changes with everything that may change a text."""

    name: str
    version: str

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
        """Yield each file with its text, empty where nothing could be read."""
        ...


class Partydoc:
    """The product's own readers, as many as cores."""

    name = "partydoc"

    def __init__(self, fast: bool | None = None) -> None:
        self._fast = fast
        code = code_digest("partydoc")
        self.version = f"{code} {engine_version(fast)} {library('pillow')} {library('pypdfium2')}"

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
        """Yield each file with its text."""
        with (
            TemporaryDirectory() as folder,
            Readers(Path(folder, "desk"), CORES, LANGUAGES, fast=self._fast) as readers,
        ):
            for i, path in enumerate(paths):
                into = Path(folder, str(i))
                into.mkdir()
                readers.submit(str(i), path, look(path, _pages(path)), into)
            while readers.pending:
                for done in readers.finished():
                    path = paths[int(done.ticket)]
                    if done.refusal or not done.reading:
                        print(f"  {path.name}: {done.refusal}")
                        yield path, ""
                    else:
                        yield path, "\n\n".join(page.text for page in done.reading.pages)


class Bare:
    """The program `tesseract`, one process a page, as many at once as cores."""

    name = "tesseract"

    def __init__(self) -> None:
        self.version = engine_version(False)

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
        """Yield each file with what the program prints."""
        yield from _side_by_side(bare_text, paths)


class Stock:
    """ocrmypdf as it comes, one process a file, as many at once as cores."""

    name = "ocrmypdf"

    def __init__(self) -> None:
        self.version = f"{library('ocrmypdf')} {engine_version(False)} {STOCK}"

    def read(self, paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
        """Yield each file with the text of its sidecar."""
        yield from _side_by_side(stock_text, paths)


ENGINES = {engine.name: engine for engine in (Partydoc, Bare, Stock)}


@cache
def library(name: str) -> str:
    """Return name and version of a Python package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} is not installed"


def look(path: Path, pages: int = 1) -> Look:
    """Return what is known of a file of ours without looking."""
    extension = path.suffix[1:]
    return Look(MEDIA_TYPES[extension], extension, pages)


def _pages(path: Path) -> int:
    if path.suffix != ".pdf":
        return 1
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def bare_text(path: Path) -> str:
    """Run `tesseract` on one file; return what it printed. It reads no PDF: pages are drawn."""
    if path.suffix == ".pdf":
        with TemporaryDirectory() as folder:
            pages = convert_from_path(
                path, DRAWN_DPI, output_folder=folder, fmt="png", paths_only=True
            )
            return "\n".join(bare_text(Path(page)) for page in pages)
    command = ["tesseract", str(path), "stdout", *TESSERACT]
    run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    return run.stdout.decode()


def stock_text(path: Path) -> str:
    """Run stock ocrmypdf on one file; return its sidecar, empty where it gives up."""
    with TemporaryDirectory() as folder:
        sidecar, made = Path(folder, "text"), Path(folder, "made.pdf")
        command = [*OCRMYPDF, *STOCK, "--sidecar", str(sidecar), str(path), str(made)]
        run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
        if run.returncode:
            print(f"  {path.name}: ocrmypdf ended with {run.returncode}")
            return ""
        return sidecar.read_text("utf-8").replace("\f", "\n")


def _side_by_side(
    function: Callable[[Path], str], paths: Iterable[Path]
) -> Iterator[tuple[Path, str]]:
    every = list(paths)
    with ThreadPoolExecutor(CORES) as pool:
        yield from zip(every, pool.map(function, every), strict=True)
