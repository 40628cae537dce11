"""Doctor learns what is there; nothing heavy is loaded to say so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partydoc import ocr
from partydoc.errors import Exit, MissingTool

ROOT = Path(__file__).resolve().parents[2]


def test_package_loads_no_library():
    code = (
        "import sys, partydoc.ocr; heavy = {'PIL', 'pikepdf', 'pypdfium2', 'pytesseract',"
        "'ocrmypdf', 'tesserocr', 'pdf2image', 'img2pdf'}; sys.exit(str(heavy & set(sys.modules))"
        " if heavy & set(sys.modules) else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert run.returncode == 0


def test_survey_names_what_is_there():
    found = {tool.name: tool for tool in ocr.survey(["vie"])}
    assert found["tesseract"].version[0].isdigit()
    assert found["tesseract vie"].version is not None
    assert found["ocrmypdf"].needed


def test_missing_language_names_its_package():
    with pytest.raises(MissingTool) as missing:
        ocr.require(["vie", "tlh"])
    assert "tesseract-ocr-tlh" in missing.value.hint
    assert missing.value.exit_code == Exit.MISSING_TOOL


def test_engine_tells_its_version():
    assert ocr.engine_version(False).startswith("tesseract 5")
