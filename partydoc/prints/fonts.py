"""The letters that prints are set in: Liberation Serif, as wide as Times New Roman, with every
Vietnamese letter; and how wide words run in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from partydoc.errors import MissingTool
from partydoc.language import _

FAMILY = "Liberation Serif"
INSTALL = "sudo apt install fonts-liberation2"
#: Stands for a sign that the font does not have.
UNKNOWN = "□"
#: Millimetres in a point.
POINT = 25.4 / 72
#: Debian 12 keeps them in the first, later releases in the second.
_FOLDERS = ("liberation2", "liberation", "liberation-fonts")
_ROOT = Path("/usr/share/fonts/truetype")
_FILES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}


def installed() -> Mapping[str, Path] | None:
    """Return style -> file of the four faces, or None where one is missing."""
    for folder in _FOLDERS:
        found = {
            style: _ROOT / folder / f"LiberationSerif-{name}.ttf" for style, name in _FILES.items()
        }
        if all(path.is_file() and _is_complete(path) for path in found.values()):
            return found
    return None


@cache
def _is_complete(path: Path) -> bool:
    """Tell whether a face has Vietnamese letters: Debian 12's `liberation`, of 2012, has not."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return ord("ế") in font.getBestCmap()


def require() -> Mapping[str, Path]:
    """Return the files; raises MissingTool with the package that brings them."""
    found = installed()
    if found is None:
        message = _("The font {name} is missing; a PDF cannot be made without it.")
        text = message.format(name=FAMILY)
        raise MissingTool(text, _("Install it: {command}").format(command=INSTALL))
    return found


class Face:
    """One face of the font, as far as setting needs it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _advances(self) -> Mapping[str, float]:
        from fontTools.ttLib import TTFont

        with TTFont(self._path, lazy=True) as font:
            widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
            return {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}

    def width(self, text: str, size: float) -> float:
        """Return how wide a text of drawable signs runs, in millimetres."""
        advances = self._advances
        return sum(advances[sign] for sign in text) * size * POINT

    def lacks(self, text: str) -> set[str]:
        """Return the signs of a text that the font does not have."""
        return set(text) - self._advances.keys()


@cache
def faces() -> Mapping[str, Face]:
    """Return style -> face; raises MissingTool."""
    return {style: Face(path) for style, path in require().items()}
