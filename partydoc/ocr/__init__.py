"""Paper to words: the only place that knows OCR engines, PDF libraries and image libraries.

Nothing heavy is loaded here: what opens other people's files runs in confined processes.
"""

from __future__ import annotations

from partydoc.ocr.inspector import Inspector
from partydoc.ocr.job import Binding
from partydoc.ocr.protection import Protection, protection
from partydoc.ocr.readers import Finished, Readers
from partydoc.ocr.sandbox import sandbox_available
from partydoc.ocr.tools import Tool, engine_version, require, survey

__all__ = [
    "Binding",
    "Finished",
    "Inspector",
    "Protection",
    "Readers",
    "Tool",
    "engine_version",
    "protection",
    "require",
    "sandbox_available",
    "survey",
]
