"""HTML and SVG put together so that text stays text: only what is made here is markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

#: Elements that have no end tag.
_VOID = frozenset({"meta", "br"})


class Markup(str):
    """Markup, as opposed to text that has to be escaped."""


def element(tag: str, *content: str | Iterable[str], **attributes: object) -> Markup:
    """Return an element. Text in it is escaped, Markup is not; lists are taken one by one.

    Attributes: `class_` and `http_equiv` stand for class and http-equiv; one of None is left out.
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{said}>")
    return Markup(f"<{tag}{said}>{_inside(content)}</{tag}>")


def joined(*content: str | Iterable[str]) -> Markup:
    """Return several pieces as one."""
    return Markup(_inside(content))


def _inside(content: Iterable[str | Iterable[str]]) -> str:
    parts = (each for part in content for each in ([part] if isinstance(part, str) else part))
    return "".join(part if isinstance(part, Markup) else _escaped(part) for part in parts)


def _escaped(text: str) -> str:
    """Return text for any place in HTML; what cannot be printed or turns its reading is dropped."""
    return escape("".join(char if char.isprintable() else " " for char in text))
