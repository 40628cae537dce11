"""`partydoc report`: how far digitisation has come, what is missing, what waits."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from partydoc.commands.session import (
    Session,
    clock,
    epilog,
    json_option,
    notice,
    print_json,
    quiet_option,
)  # fmt: skip
from partydoc.commands.terminal import printable
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.report import Report

#: Where the words of a row begin, behind its numbers.
_INDENT = 32
#: So many runs of numbers with gaps are named.
_GAPS = 10


@click.command(
    name="report",
    help=_(
        "Count how far digitisation is, what is missing and what waits. Only accepted values count;"
        " secret documents are counted nowhere."
    ),
    epilog=epilog("partydoc report --html report.html", _("0 done, 2 usage.")),
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("Write it as one page for a browser, with charts; a page that is there is replaced."),
)
@click.option(
    "--with-secret",
    is_flag=True,
    help=_("Count documents with a secrecy mark too; on an independent LAN only."),
)
@json_option
@quiet_option
@click.pass_obj
def command(
    session: Session, html: Path | None, with_secret: bool, as_json: bool, quiet: bool
) -> None:
    """Count, and print it or write the page."""
    from partydoc import reporting

    archive = session.archive
    if html:
        from partydoc import reportpage

        reportpage.require_place(html, archive.root)
    report = reporting.look(archive, clock(), with_secret)
    if as_json:
        print_json(report.to_dict())
    if html:
        reportpage.write(report, html)
        notice(_("The report is in {path}.").format(path=html), quiet)
    elif not as_json:
        click.echo("\n".join(map(printable, _lines(report))))


def _lines(report: Report) -> Iterator[str]:
    from partydoc import reportwords
    from partydoc.numerals import grouped

    yield reportwords.title(report)
    yield " ".join(reportwords.said(report))
    yield ""
    yield from _figures(report)
    yield ""
    yield _("Time a person spent on a document:") + " " + reportwords.time(report.time)
    yield from _wrapped(reportwords.time_definition(), 2)
    yield ""
    yield _("Documents: {n}").format(n=grouped(report.documents))
    for state, name in reportwords.states().items():
        yield _row(report.states[state], report.documents, name)
    yield from _counts(report)
    yield from _gaps(report)
    yield ""
    yield _("What waits")
    for number, name, step in reportwords.waiting(report):
        yield f"{grouped(number):>10}  {name}" + (f": {step}" if number else "")
    yield f"{'':>10}  {reportwords.night(report)}"


def _figures(report: Report) -> Iterator[str]:
    from partydoc.numerals import grouped, percent

    for one in report.figures:
        parts = f"{grouped(one.numerator)} / {grouped(one.denominator)}"
        yield f"{percent(one.share):>8}  {parts:>{_INDENT - 12}}  {one.label}"
        yield from _wrapped(one.definition, _INDENT)


def _counts(report: Report) -> Iterator[str]:
    from partydoc import reportwords

    for tally in report.tallies:
        yield ""
        yield reportwords.kinds()[tally.kind]
        for value, count in reportwords.shown(tally):
            yield _row(count, tally.documents, value)


def _gaps(report: Report) -> Iterator[str]:
    from partydoc import reportwords

    if not report.gaps:
        return
    yield ""
    yield _("Missing numbers")
    for run in report.gaps[:_GAPS]:
        yield f"  {run.symbol} · {run.period} · {run.issuer}: {reportwords.gap(run)}"
    if (more := len(report.gaps) - _GAPS) > 0:
        yield f"  {reportwords.more_gaps(more)}"


def _row(count: int, whole: int, name: str) -> str:
    from partydoc.numerals import grouped, percent

    return f"{grouped(count):>10}  {percent(count / whole if whole else None):>8}  {name}"


def _wrapped(text: str, indent: int) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    return textwrap.wrap(
        text, max(width, indent + 40), initial_indent=" " * indent, subsequent_indent=" " * indent
    )
