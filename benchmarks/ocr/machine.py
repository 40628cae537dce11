"""What was measured on: without machine and versions a figure says nothing."""

from __future__ import annotations

import hashlib
import os
import platform
from pathlib import Path

from benchmarks.ocr.engines import CORES, LANGUAGES, library
from benchmarks.ocr.shelf import code_digest
from partydoc import __version__
from partydoc.ocr import engine_version
from partydoc.ocr.tools import fast, tessdata_folder

_LIBRARIES = ("ocrmypdf", "tesserocr", "pillow", "pypdfium2", "pikepdf", "pytesseract")
#: More than this much of a core is busy with something else: times are not to be believed.
_IDLE = 0.3


def describe() -> dict[str, str]:
    """Return processor, system, programs, libraries and models, each with its version."""
    return {
        **computer(),
        "partydoc": f"{__version__}, reader {code_digest('partydoc/ocr')}",
        "program": engine_version(False),
        "in process": engine_version(True) if fast() else "tesserocr is not installed",
        "libraries": ", ".join(map(library, _LIBRARIES)),
        "models": ", ".join(map(_model, LANGUAGES)),
    }


def computer() -> dict[str, str]:
    """Return processor, memory, system and Python, and how busy the machine is."""
    return {
        "processor": f"{_first('/proc/cpuinfo', 'model name')}, {CORES} cores",
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.release()}",
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def warning() -> str | None:
    """Return a sentence if the machine is not idle, None if it is."""
    load = os.getloadavg()[0]
    if load <= _IDLE:
        return None
    return f"The machine is busy (load {load:.1f}): only ratios say something, and little."


def _first(path: str, key: str) -> str:
    for line in Path(path).read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return " ".join(value.split())
    return "?"


def _model(language: str) -> str:
    folder = tessdata_folder()
    assert folder
    data = (folder / f"{language}.traineddata").read_bytes()
    return f"{language} {hashlib.sha256(data).hexdigest()[:12]} ({len(data)} bytes)"
