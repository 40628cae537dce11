"""What this machine has to read with: programs, languages, engines and the package of each."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partydoc.errors import MissingTool
from partydoc.language import _

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)


@dataclass(frozen=True)
class Tool:
    """One thing that OCR needs or can use: `version` is None where it is missing, empty where it
    has none; `install` is the command that brings it.
    """

    name: str
    version: str | None
    needed: bool
    install: str


_PROGRAMS = (
    # name, how it tells its version, needed, Debian package
    ("tesseract", "--version", True, "tesseract-ocr"),
    ("pdftoppm", "-v", True, "poppler-utils"),
    ("gs", "--version", False, "ghostscript"),
)
_LIBRARIES = ("ocrmypdf", "pytesseract", "pdf2image", "pillow", "pikepdf", "pypdfium2", "img2pdf")


def survey(languages: Sequence[str], tessdata: Path | None = None) -> list[Tool]:
    """Return what is there and what is missing, for the OCR languages of an archive."""
    found = [
        Tool(name, _program_version(name, option), needed, f"sudo apt install {package}")
        for name, option, needed, package in _PROGRAMS
    ]
    models = tessdata or tessdata_folder()
    for language in (*languages, "osd"):
        there = models is not None and (models / f"{language}.traineddata").is_file()
        install = f"sudo apt install tesseract-ocr-{language.replace('_', '-').lower()}"
        found.append(Tool(f"tesseract {language}", "" if there else None, True, install))
    for name in _LIBRARIES:
        found.append(Tool(name, _library_version(name), True, f"pip install {name}"))
    fast = 'pip install "partydoc[fast]"'
    return [*found, Tool("tesserocr", _library_version("tesserocr"), False, fast)]


def require(languages: Sequence[str], tessdata: Path | None = None) -> None:
    """Raise MissingTool for the first needed thing that is not installed."""
    for tool in survey(languages, tessdata):
        if tool.needed and tool.version is None:
            raise MissingTool(
                _("{name} is not installed.").format(name=tool.name),
                _("Install it: {command}").format(command=tool.install),
            )


@cache
def fast() -> bool:
    """Tell whether Tesseract can run inside our own processes (tesserocr is installed)."""
    return importlib.util.find_spec("tesserocr") is not None


def engine_version(in_process: bool | None = None) -> str:
    """Return for example `tesseract 5.5.4`: of tesserocr's own Tesseract, or of the program.

    Without an argument, that of the engine which will be used.
    """
    if fast() if in_process is None else in_process:
        import tesserocr

        return "tesseract " + tesserocr.tesseract_version().split()[1]
    return f"tesseract {_program_version('tesseract', '--version') or '?'}"


@cache
def tessdata_folder() -> Path | None:
    """Return the folder of the installed language models, None if there is none."""
    for folder in map(Path, _FOLDERS):
        if any(folder.glob("*.traineddata")):
            return folder
    listed = re.search(r'"(.+?)/?"', _output("tesseract", "--list-langs"))
    return Path(listed[1]) if listed and Path(listed[1]).is_dir() else None


def _library_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


@cache
def _program_version(name: str, option: str) -> str | None:
    number = re.search(r"\d+(\.\d+)+", _output(name, option))
    return number[0] if number else None


def _output(name: str, option: str) -> str:
    if not shutil.which(name):
        return ""
    run = subprocess.run(
        [name, option], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return run.stdout
