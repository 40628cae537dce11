"""Fonts whose shapes are contents themselves (Type 3, ISO 32000-1, 9.6.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

_SHOW = "Tj TJ ' \""
_CODES = range(256)


def fonts(resources: Any) -> Iterator[Dictionary]:
    """Yield those that resources name."""
    named = resources.get("/Font") if isinstance(resources, Dictionary) else None
    for font in named.values() if isinstance(named, Dictionary) else ():
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type3:
            yield font


def shapes(font: Dictionary) -> Iterator[tuple[Stream, list[int]]]:
    """Yield the content of each shape with the codes that may stand for it.

    A shape that the font gives no code may have any that is left, by an encoding with a name.
    """
    given = _codes_by_name(font.get("/Encoding"))
    taken = {code for codes in given.values() for code in codes}
    left = [code for code in _CODES if code not in taken]
    contents = font.get("/CharProcs")
    for name, content in contents.items() if isinstance(contents, Dictionary) else ():
        if isinstance(content, Stream):
            yield content, given.get(name, left)


def _codes_by_name(encoding: Any) -> dict[str, list[int]]:
    listed = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    found: dict[str, list[int]] = {}
    code = 0
    for entry in listed if isinstance(listed, Array) else ():
        if isinstance(entry, Name):
            found.setdefault(str(entry), []).append(code)
            code += 1
        else:
            code = int(entry)
    return found


def written(content: Stream) -> Counter[int]:
    """Count the codes that a content writes; where it is broken each of its bytes may be one."""
    try:
        orders = pikepdf.parse_content_stream(content, _SHOW)
        strings = [string for order in orders for string in _strings(order.operands)]
    except (pikepdf.PdfError, ValueError, TypeError):
        return Counter(content.read_bytes())
    return Counter(b"".join(strings))


def _strings(operands: Any) -> Iterator[bytes]:
    for operand in operands:
        if isinstance(operand, Array):
            yield from _strings(operand)
        elif isinstance(operand, String):
            yield bytes(operand)
