"""The words of a report that its lines and its page share."""

from __future__ import annotations

from collections.abc import Sequence

from partydoc import ranges
from partydoc.language import _, ngettext
from partydoc.numberruns import Run
from partydoc.numerals import day_and_time, duration, grouped
from partydoc.report import Age, Report, Tally, Time

#: So many numbers of a gap are named; behind them stands how many more there are.
_NAMED = 12
#: So many values of a kind are named; the others are one line.
_MOST = 10
_PERIODS = ("year", "term")


def title(report: Report) -> str:
    """Return the heading."""
    return _("How far digitisation has come: {archive}").format(archive=report.name)


def said(report: Report) -> list[str]:
    """Return when it was made, and what is not counted in it."""
    if report.with_secret:
        secret = _("Documents with a secrecy mark are counted; those in hold are not.")
    else:
        secret = _("Secret documents are counted nowhere.")
    found = [_("As of {time}.").format(time=day_and_time(report.when)), secret]
    if not report.hold_seen:
        found.append(
            _(
                "This account may not look into hold: entries that are kept free for what stands"
                " there count as paper without a scan."
            )
        )
    return found


def states() -> dict[str, str]:
    """Return what has become of documents -> how it is called."""
    return {
        "reviewed": _("reviewed by a person"),
        "by-machine": _("described by the machine alone"),
        "review": _("waiting for a person"),
        "pending": _("waiting for OCR"),
        "original-only": _("only the original is kept"),
    }


def kinds() -> dict[str, str]:
    """Return the kinds by which documents are counted -> how they are called."""
    return {
        "type": _("By type"),
        "issuer": _("By issuer"),
        "year": _("By year"),
        "term": _("By term of office"),
    }


def definition(kind: str) -> str:
    """Return what counts as the value of a kind, "" where that is the field alone."""
    texts = {
        "year": _("The year of the document's date."),
        "term": _("Its own term; where none is known that of its folder or inventory."),
    }
    return texts.get(kind, "")


def shown(tally: Tally, most: int = _MOST) -> list[tuple[str, int]]:
    """Return the rows of a tally: the largest, or latest, the others as one, what is not known."""
    latest = tally.kind in _PERIODS
    named = tally.values[-most:] if latest else tally.values[:most]
    rows = list(named)
    if others := len(tally.values) - len(named):
        rest = tally.known - sum(count for _value, count in named)
        if latest:
            rows.insert(0, (_("earlier"), rest))
        else:
            more = ngettext("{n} other", "{n} others", others).format(n=grouped(others))
            rows.append((more, rest))
    return [*rows, (_("not known"), tally.unknown)] if tally.unknown else rows


def time(spent: Time) -> str:
    """Return how long a person sat over a document."""
    if spent.median is None or spent.mean is None:
        return _("It is not known yet: nobody has worked with partydoc review at a terminal.")
    text = ngettext(
        "median {median}, on average {mean} ({sum} for {n} document)",
        "median {median}, on average {mean} ({sum} for {n} documents)",
        spent.documents,
    )
    times = {"median": spent.median, "mean": spent.mean, "sum": spent.seconds}
    clocks = {name: duration(seconds) for name, seconds in times.items()}
    return text.format(n=grouped(spent.documents), **clocks)


def time_definition() -> str:
    """Return what counts as time, in one sentence."""
    return _(
        "From the moment when a document is shown in partydoc review until all is said (minutes"
        " and seconds), pauses of more than five minutes left out."
    )


def gap(run: Run) -> str:
    """Return which numbers a run misses."""
    named = ranges.written(run.gaps[:_NAMED])
    more = ", …" if len(run.gaps) > _NAMED else ""
    text = ngettext(
        "{n} of {all} is missing: {numbers}", "{n} of {all} are missing: {numbers}",
        len(run.missing),
    )  # fmt: skip
    count, all_ = grouped(len(run.missing)), grouped(run.spanned)
    return text.format(n=count, all=all_, numbers=named + more)


def more_gaps(more: int) -> str:
    """Return that there are more runs with gaps than are shown."""
    text = ngettext(
        "and in {n} more series; all of them: partydoc report --json",
        "and in {n} more series; all of them: partydoc report --json",
        more,
    )
    return text.format(n=grouped(more))


def waiting(report: Report) -> list[tuple[int, str, str]]:
    """Return how many of what wait, and what to type."""
    waits = report.waiting
    return [
        (waits.pending, _("documents wait for OCR"), "partydoc ocr"),
        (waits.review, _("documents wait for a person"), "partydoc review"),
        (waits.unscanned, _("entries of folders wait for a scan"), "partydoc scan --folder REF"),
        (waits.unseen, _("documents are not in the index as they stand"), "partydoc index"),
    ]


def ages(found: Sequence[Age]) -> list[str]:
    """Return how long documents of each age have been waiting."""
    names = [
        _("{a} to {b} days").format(a=one.days, b=next_.days - 1)
        for one, next_ in zip(found, found[1:], strict=False)
    ]
    return [*names, *(_("{n} days and more").format(n=one.days) for one in found[-1:])]


def night(report: Report) -> str:
    """Return when a night's work was done last."""
    if report.waiting.nightly is None:
        return _("No night's work was done yet: partydoc nightly")
    last = day_and_time(report.waiting.nightly)
    return _("The last night's work was done on {time}.").format(time=last)
