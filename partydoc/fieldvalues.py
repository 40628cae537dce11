"""What a person typed, as the value of a field, and back: 02/9/2026 is 2026-09-02."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from partydoc import fieldnames, text
from partydoc.errors import UsageProblem
from partydoc.index import dates
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.metadata.rules import Local

_NUMBER = re.compile(r"\d[\w.]{0,11}")
_ID = re.compile("[0-9a-f]{64}")
_ABOUT = re.compile(r"[Vv]\s*/\s*[Vv]\s*[:.]?\s*")


def read(field: str, typed: str, local: Local | None = None) -> str | list[str]:
    """Return typed text, NFC and not empty, as a value; raises UsageProblem if it cannot be one.

    `local`: what the archive adds to the tables.
    """
    if field == "recipients":
        return _recipients(typed)
    line = fieldnames.TABLE.line(field, typed)
    if fieldnames.TABLE.values(field):
        return line
    if field == "type":
        return _type(line, _types(local))
    return _READERS.get(field, str)(line)


def written(field: str, value: str | list[str]) -> str:
    """Return a value as people write it."""
    if isinstance(value, list):
        return "; ".join(value)
    if field in ("date", "arrival_date"):
        return "/".join(reversed(value.split("-")))
    return value


def day(line: str) -> str:
    """Return a day, a month or a year in ISO: the form that people use, or ISO itself."""
    try:
        first, last = dates.parse(line)
    except ValueError:
        raise _no_day(line) from None
    if not 1800 <= int(first[:4]) < 2200:
        raise _no_day(line)
    if first == last:
        return first
    return first[:7] if first[:7] == last[:7] else first[:4]


def _no_day(line: str) -> UsageProblem:
    message = _("{text} is no date.").format(text=line)
    return UsageProblem(message, _("Write 02/9/2026, or 9/2026 or 2026 if no more is known."))


def _number(line: str) -> str:
    if _NUMBER.fullmatch(line):
        return line
    message = _("{text} is no number of a document.").format(text=line)
    if line[:1].isdigit() and re.search(r"[-/]", line):
        raise UsageProblem(
            message, _("With its symbol it is the code: code={text}").format(text=line)
        )
    raise UsageProblem(message, _("Write it as printed: number=07; if there is none: number=-"))


def _tight(line: str) -> str:
    """Return a symbol or code without spaces about its dashes and slashes."""
    return re.sub(r"\s*([-/])\s*", r"\1", re.sub(r"[–—‐−]", "-", line))


def _code(line: str) -> str:
    line = _tight(line)
    if line[0].isdigit():
        return line
    message = _("{text} is no code: it does not begin with a number.").format(text=line)
    hint = _("Write 12-NQ/ĐU; if the document has no number: number=- symbol={text}")
    raise UsageProblem(message, hint.format(text=line.lstrip("-/")))


def _id(line: str) -> str:
    if _ID.fullmatch(line):
        return line
    message = _("{text} is no id of a document.").format(text=line)
    hint = _("Write the whole id, as it stands in: partydoc show REF; if it is no such paper: -")
    raise UsageProblem(message, hint)


def _subject(line: str) -> str:
    bare = _ABOUT.sub("", line, count=1) if _ABOUT.match(line) else line
    return bare or line


@cache
def _types(local: Local | None) -> dict[str, tuple[str, ...]]:
    """Return the names of types by themselves and by their abbreviations, folded."""
    from partydoc.metadata.rules import GENERAL, rules_with

    found: dict[str, tuple[str, ...]] = {}
    for each in (rules_with(local) if local else GENERAL).all_types:
        for form in filter(None, (each.name, each.abbreviation)):
            known = found.get(text.fold(form), ())
            if each.name not in known:
                found[text.fold(form)] = (*known, each.name)
    return found


def _type(line: str, types: Mapping[str, tuple[str, ...]]) -> str:
    """Return a type in sentence case: from its name in any case, or from its abbreviation."""
    exact = [name for name in sum(types.values(), ()) if text.exact(name) == text.exact(line)]
    named = exact[:1] or types.get(text.fold(line), ())
    if len(named) > 1:
        message = _("{text} may be: {names}.").format(text=line, names=", ".join(named))
        raise UsageProblem(message, _("Write the name of the type."))
    if named:
        return named[0]
    return line.capitalize() if line.isupper() or line.islower() else line


def _recipients(typed: str) -> list[str]:
    """Return the recipients, one a line or with semicolons between them, without the marks."""
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]", typed))
    found = [part.lstrip("-–+• ").rstrip(".; ") for part in parts]
    found = [part for part in found if part]
    if found and all(part.isprintable() for part in found):
        return found
    message = _("{text} names no recipient.").format(text=typed)
    raise UsageProblem(message, _("Write them with semicolons between them; if none: recipients=-"))


_READERS: dict[str, Callable[[str], str]] = {
    "date": day,
    "arrival_date": day,
    "number": _number,
    "symbol": _tight,
    "code": _code,
    "subject": _subject,
    "same_paper": _id,
}
