"""Text for a terminal: what would command it, or turn its reading around, is shown as an escape.

Names of files, texts of pages and messages about both come from outside; an escape sequence in one
could clear the screen, rename the window or type for the person.
"""

from __future__ import annotations

import json
import re
from typing import Any

#: Controls but tab and the ends of lines and pages; line ends of Unicode; marks of direction.
_COMMANDS = re.compile(
    "[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """Return text on one line: what cannot be printed as escapes."""
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def lines(text: str) -> str:
    """Return text of several lines without anything that a terminal obeys."""
    return _COMMANDS.sub(lambda found: _escaped(found[0]), text)


def as_json(data: Any) -> str:
    """Return data as one line of JSON, letters as they are, everything else as escapes."""
    text = json.dumps(data, ensure_ascii=False)
    return _COMMANDS.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()
