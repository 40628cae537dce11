"""`partydoc search`: find documents by words and fields."""

from __future__ import annotations

import re

import click

from partydoc.commands.outcomes import printable
from partydoc.commands.session import Session, epilog, json_option, notice, print_json, quiet_option
from partydoc.language import _, ngettext
from partydoc.searching import Result, Results, search


@click.command(
    name="search",
    help=_(
        "Find documents by any word, with or without diacritics. Words are all wanted; one"
        " argument with spaces is a phrase; fields: type: code: number: symbol: issuer: signer:"
        " subject: place: folder: date:2020..2022; also OR, not:WORD, WORD*."
    ),
    epilog=epilog(
        "partydoc search luu tru symbol:NQ date:2020..2022",
        _("0 done, also without hits; 2 a query that cannot be understood."),
    ),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=10,
    show_default=True,
    metavar="N",
    help=_("At most that many hits."),
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help=_("Skip that many hits.")
)
@json_option
@quiet_option
@click.pass_obj
def command(
    session: Session, words: tuple[str, ...], limit: int, offset: int, as_json: bool, quiet: bool
) -> None:
    """Search and print the hits."""
    found = search(session.archive, words, limit, offset)
    for number, result in enumerate(found.results, offset + 1):
        if as_json:
            print_json(result.to_dict())
        else:
            click.echo(_lines(number, result))
    notice(_last_line(found, offset), quiet or as_json)


def _lines(number: int, result: Result) -> str:
    head = " · ".join(
        filter(None, [_title(result), _value(result, "date"), _value(result, "issuer")])
    )
    lines = [click.style(f"{number}. {head or result.hit.id[:12]}", bold=True)]
    if subject := _value(result, "subject"):
        lines.append(f"   {subject}")
    lines.append(f"   {_place(result)}")
    if result.hit.snippet:
        lines.append(f"   {_marked(result.hit.snippet, result.hit.marks)}")
    return "\n".join(lines)


def _title(result: Result) -> str:
    return " ".join(filter(None, [_value(result, "type"), _value(result, "code")]))


def _value(result: Result, name: str) -> str:
    """Return a value; a question mark behind one that nobody has confirmed."""
    sure = result.value(name)
    if sure is not None:
        return sure
    unsure = result.value(name, accepted=False)
    return f"{unsure}?" if unsure else ""


def _place(result: Result) -> str:
    data = result.to_dict()
    parts = [
        data["reference"] or result.hit.id[:12],
        _("box {box}").format(box=data["box"]) if data["box"] else "",
        _("sheet {sheet}").format(sheet=data["sheet"]) if data["sheet"] else "",
        _("page {page}").format(page=data["page"]) if data["page"] else "",
    ]
    return " · ".join(filter(None, parts))


def _marked(snippet: str, marks: tuple[tuple[int, int], ...]) -> str:
    parts, last = [], 0
    for start, end in marks:
        parts += [_shown(snippet[last:start]), click.style(snippet[start:end], bold=True)]
        last = end
    return "".join([*parts, _shown(snippet[last:])])


def _shown(text: str) -> str:
    return printable(re.sub(r"\s+", " ", text))


def _last_line(found: Results, offset: int) -> str:
    line = ngettext("{n} document found", "{n} documents found", found.total).format(n=found.total)
    shown = len(found.results)
    if shown < found.total:
        line += _(", {first} to {last} shown").format(first=offset + 1, last=offset + shown)
    waiting = found.not_searched
    parts = []
    if n := waiting.get("pending"):
        parts.append(ngettext("{n} waits for OCR", "{n} wait for OCR", n).format(n=n))
    if n := waiting.get("awaiting-class"):
        text = ngettext("{n} waits for classification", "{n} wait for classification", n)
        parts.append(text.format(n=n))
    if parts:
        line += ". " + _("Not searched: {what}").format(what=", ".join(parts))
    return line + "."
