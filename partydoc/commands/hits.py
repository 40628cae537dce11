"""Printing what a search found: hits, counts, and the line that ends a search."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from partydoc.commands import trouble
from partydoc.commands.session import notice, print_json
from partydoc.commands.terminal import printable
from partydoc.errors import Exit
from partydoc.index import Facets
from partydoc.language import _, ngettext
from partydoc.results import Result, Results

#: Stands beside a hit that has not the words as they were typed.
NEAR = "≈"
_INDENT = "   "
_NARROWEST = 30
_VALUES = 10

Marks = Sequence[tuple[int, int]]


def show(found: Results, offset: int) -> None:
    """Print hits, and the counts if they were asked for."""
    named = len(found.archives) > 1
    for number, result in enumerate(found.results, offset + 1):
        click.echo(_lines(number, result, named))
    if found.facets is not None and found.total:
        click.echo(_counts(found.facets))


def tell(found: Results, offset: int, as_json: bool, quiet: bool) -> int:
    """Say what is no hit: which archives could not be searched, and the last lines.

    Return the exit code.
    """
    codes = [Exit.DONE]
    for archive in found.archives:
        if archive.trouble:
            trouble.tell(archive.trouble, as_json)
            codes.append(archive.trouble.exit_code)
        elif archive.mended:
            several = f"{archive.root}: " if len(found.archives) > 1 else ""
            notice(several + archive.mended, quiet)
    if as_json and not quiet:
        print_json(found.to_dict(), err=True)
    else:
        notice(last_lines(found, offset), quiet)
    return max(codes)


def _lines(number: int, result: Result, named: bool) -> str:
    """Return a hit for people; `named`: with its archive, where several were searched."""
    parts = [_title(result), _value(result, "date"), _value(result, "issuer")]
    head = " · ".join(filter(None, parts)) or result.hit.id[:12]
    found = [click.style(_folded(head, f"{number}. "), bold=True)]
    subject, hit = _value(result, "subject"), result.hit
    snippet = _snippet(hit.snippet, hit.marks) if hit.snippet else ""
    if subject == hit.snippet:
        found += [snippet, _folded(_place(result, named))]
    else:
        found += [_folded(subject) if subject else "", _folded(_place(result, named)), snippet]
    return "\n".join(filter(None, found))


def _title(result: Result) -> str:
    return " ".join(filter(None, [_value(result, "type"), _value(result, "code")]))


def _value(result: Result, name: str) -> str:
    """Return a value; a question mark behind one that nobody has confirmed."""
    sure = result.value(name)
    if sure is not None:
        return printable(sure)
    unsure = result.value(name, accepted=False)
    return printable(f"{unsure}?") if unsure else ""


def _place(result: Result, named: bool) -> str:
    where, also = result.where, ", ".join(result.also)
    parts = [
        where.reference if where else result.hit.id[:12],
        _("box {box}").format(box=where.box) if where and where.box else "",
        _("sheet {sheet}").format(sheet=result.sheet) if result.sheet else "",
        _("page {page}").format(page=result.hit.page) if result.hit.page else "",
        _("also {references}").format(references=also) if also else "",
        str(result.archive) if named else "",
        f"{NEAR} " + _("similar spelling") if result.hit.near else "",
    ]
    return printable(" · ".join(filter(None, parts)))


def _snippet(snippet: str, marks: Marks) -> str:
    text = re.sub(r"\s", " ", snippet)
    return "\n".join(
        _INDENT + _marked(text[start:end], [(left - start, right - start) for left, right in marks])
        for start, end in _rows(text)
    )


def _marked(text: str, marks: Marks) -> str:
    """Return text with what was found made to stand out; marks may reach beyond it."""
    colour = None if os.environ.get("NO_COLOR") else "red"
    parts, last = [], 0
    for start, end in marks:
        start, end = max(start, last), min(end, len(text))
        if start < end:
            found = click.style(printable(text[start:end]), bold=True, fg=colour)
            parts += [printable(text[last:start]), found]
            last = end
    return "".join([*parts, printable(text[last:])])


def _folded(text: str, begin: str = _INDENT) -> str:
    rows = (text[start:end] for start, end in _rows(text))
    return begin + f"\n{_INDENT}".join(rows)


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where each row goes, so that a terminal cuts no word in two."""
    width, start = _width(), 0
    while len(text) - start > width:
        space = text.rfind(" ", start + 1, start + width + 1)
        end = space if space > 0 else start + width
        yield start, end
        start = end + (space > 0)
    yield start, len(text)


def _width() -> int:
    if not sys.stdout.isatty():
        return sys.maxsize
    import shutil

    return max(shutil.get_terminal_size().columns - 2 * len(_INDENT), _NARROWEST)


def _counts(facets: Facets) -> str:
    """Return how many hits there are of each type, year and issuer; of many values the first."""
    blocks = []
    for name, title in _titles().items():
        rows = facets[name]
        unknown = _("unknown")
        shown = [f"{n:>7}  {printable(value or unknown)}" for value, n in rows[:_VALUES]]
        if more := len(rows) - len(shown):
            shown.append(" " * 9 + ngettext("and {n} more", "and {n} more", more).format(n=more))
        if rows:
            blocks.append("\n".join([click.style(title, bold=True), *shown]))
    return "\n".join(blocks)


def _titles() -> Mapping[str, str]:
    return {"type": _("By type"), "year": _("By year"), "issuer": _("By issuer")}


def last_lines(found: Results, offset: int) -> str:
    """Return what could have been meant, how many hits there are, and what was not searched."""
    line = ngettext("{n} document found", "{n} documents found", found.total).format(n=found.total)
    shown = len(found.results)
    if 0 < shown < found.total:
        line += _(", {first} to {last} shown").format(first=offset + 1, last=offset + shown)
    if found.near:
        text = _(", {n} of them by a similar spelling ({sign})")
        if found.near == found.total:
            text = _(", by a similar spelling ({sign}) only")
        line += text.format(n=found.near, sign=NEAR)
    several = len(found.archives) > 1
    parts = []
    for archive in found.archives:
        if what := _waiting(archive.not_searched):
            parts.append(f"{archive.root}: {what}" if several else what)
        elif archive.trouble:
            parts.append(str(archive.root))
    if parts:
        line += ". " + _("Not searched: {what}").format(what="; ".join(parts))
    if not found.suggestion:
        return line + "."
    return _("Did you mean: {query}").format(query=found.suggestion) + f"\n{line}."


def left_out(near: int) -> str:
    """Say how many documents are not among ids because only a similar spelling finds them."""
    text = ngettext("{n} document is left out: only a similar spelling ({sign}) finds it.",
                    "{n} documents are left out: only a similar spelling ({sign}) finds them.",
                    near)  # fmt: skip
    return text.format(n=near, sign=NEAR)


def not_searched(counts: Mapping[str, int]) -> str:
    """Say which documents were not searched."""
    return _("Not searched: {what}").format(what=_waiting(counts)) + "."


def saved(name: str, replaced: bool) -> str:
    """Say that a search was saved under a name, maybe in the place of another."""
    text = _("Saved as {name}, in the place of another.") if replaced else _("Saved as {name}.")
    return text.format(name="@" + name.removeprefix("@"))


def _waiting(counts: Mapping[str, int]) -> str:
    parts = []
    if n := counts.get("pending"):
        parts.append(ngettext("{n} waits for OCR", "{n} wait for OCR", n).format(n=n))
    if n := counts.get("awaiting-class"):
        text = ngettext("{n} waits for classification", "{n} wait for classification", n)
        parts.append(text.format(n=n))
    if n := counts.get("unseen"):
        text = ngettext("{n} changed since the last partydoc index",
                        "{n} changed since the last partydoc index", n)  # fmt: skip
        parts.append(text.format(n=n))
    return ", ".join(parts)
