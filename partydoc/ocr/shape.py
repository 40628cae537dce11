"""Whether what a child calls a reading has the form of one, down to the last number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partydoc.page import FAR

_ORIGINS = ("recognised", "text-layer", "hidden-layer")
_MOST = 1e6  # of any number

Check = Callable[[Any], bool]


def is_reading(content: Any) -> bool:
    """Tell whether it is the content of a `pages.json` (docs/pages.schema.json)."""
    return _has(
        content,
        version=lambda version: _is_count(version) and version == 1,
        engine=_is_text,
        languages=_list_of(_is_text),
        flags=_list_of(_is_text),
        pages=_list_of(_is_page),
    )


def _is_page(content: Any) -> bool:
    return _has(
        content,
        number=_is_count,
        width_mm=_is_side,
        height_mm=_is_side,
        rotation=lambda turn: turn in (0, 90, 180, 270) and _is_count(turn),
        origin=lambda origin: origin in _ORIGINS,
        blank=_is_yes_or_no,
        redrawn=_is_yes_or_no,
        lines=_list_of(_is_line),
        stamps=_list_of(_is_line),
    )


def _is_line(content: Any) -> bool:
    return _has(content, block=_is_block, words=_list_of(_is_word)) and bool(content["words"])


def _is_block(content: Any) -> bool:
    """Tell whether it is the number of a block; a frame belongs to none and has -1."""
    return _is_count(content) or (_is_number(content) and content == -1)


def _is_word(content: Any) -> bool:
    if not isinstance(content, list) or len(content) not in (6, 7):
        return False
    text, left, top, right, bottom, confidence, *recognised = content
    numbers = (left, top, right, bottom, confidence)
    return all(map(_is_text, (text, *recognised))) and all(map(_is_share, numbers))


def _has(content: Any, **checks: Check) -> bool:
    """Tell whether it is an object with just these entries, each of which passes its check."""
    if not isinstance(content, Mapping) or content.keys() != checks.keys():
        return False
    return all(check(content[name]) for name, check in checks.items())


def _list_of(check: Check) -> Check:
    return lambda content: isinstance(content, list) and all(map(check, content))


def _is_text(content: Any) -> bool:
    """Tell whether it is text that can be written: no halves of characters."""
    if not isinstance(content, str):
        return False
    try:
        return content.isascii() or bool(content.encode())
    except UnicodeEncodeError:
        return False


def _is_yes_or_no(content: Any) -> bool:
    return isinstance(content, bool)


def _is_count(content: Any) -> bool:
    return isinstance(content, int) and not isinstance(content, bool) and 0 <= content < 1 << 31


def _is_number(content: Any) -> bool:
    return isinstance(content, (int, float)) and abs(content) < _MOST


def _is_share(content: Any) -> bool:
    """Tell whether it is a share of the page, or a sureness, as `page` takes it."""
    return _is_number(content) and abs(content) < FAR


def _is_side(content: Any) -> bool:
    return _is_number(content) and content > 0
