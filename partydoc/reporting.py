"""A report of an archive: how far digitisation has come, what is missing, what waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median

from partydoc import worklog
from partydoc.archive import census
from partydoc.archive.audit import Audit
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.counting import Count
from partydoc.errors import UsageProblem
from partydoc.figures import Figure
from partydoc.index import Index
from partydoc.language import _
from partydoc.numberruns import Run
from partydoc.report import Report, Time, Waiting
from partydoc.verifying import NIGHTS
from partydoc.worklog import Worklog


def look(archive: Archive, now: datetime, with_secret: bool = False) -> Report:
    """Count an archive; reading it is enough.

    Raises UsageProblem where documents with a secrecy mark are asked for on a connected machine:
    they stand in hold there, of which nothing is counted.
    """
    if with_secret and archive.settings.connected:
        message = _("On a connected machine documents with a secrecy mark stand in hold.")
        raise UsageProblem(message, _("Report without --with-secret."))
    done = worklog.read(Audit(archive.audit))
    with open_for_reading(archive) as catalogue:
        withheld = census.withheld(archive)
        terms = census.terms(catalogue)
        count = Count(now, done.checked, _seen_by_index(archive, catalogue), terms, with_secret)
        count.add_documents(census.documents(catalogue))
        count.add_arrivals(census.arrivals(catalogue))
        count.add_folders(census.folders(catalogue), withheld or ())
    runs = count.numbers.runs()
    return Report(
        name=archive.settings.name or archive.settings.organisation or archive.root.name,
        when=now,
        with_secret=with_secret,
        hold_seen=withheld is not None,
        figures=_figures(count, runs, done, now),
        states=dict(count.states),
        time=_time(count, done),
        tallies=count.tallies(),
        coverage=count.coverage(),
        runs=runs,
        waiting=_waiting(count, done),
    )


def _seen_by_index(archive: Archive, catalogue: Catalogue) -> int:
    """Return the last change that the index knows; -1 where it must be made anew."""
    with Index(archive.index, archive.settings.engine) as index:
        state = index.state()
    return state.mark if state and state.generation == catalogue.generation else -1


def _figures(
    count: Count, runs: tuple[Run, ...], done: Worklog, now: datetime
) -> tuple[Figure, ...]:
    """Return every figure in the order in which they are shown."""
    documents, states = count.documents, count.states
    spanned = sum(run.spanned for run in runs)
    return (
        Figure("arrivals", count.scanned_arrivals, count.arrivals),
        Figure("finding-aids", count.finding_aids, count.folders),
        Figure("scanned", count.scanned, count.entries),
        Figure("read", documents - states["pending"] - states["original-only"], documents),
        Figure("described", states["reviewed"] + states["by-machine"], documents),
        Figure("reviewed", states["reviewed"], documents),
        Figure("text-pages", count.text_pages, count.pages),
        Figure("numbers", sum(len(run.numbers) for run in runs), spanned),
        *(Figure(kind, number, documents) for kind, number in count.oversight.items()),
        Figure("verified", _verified(done, now), NIGHTS),
    )


def _verified(done: Worklog, now: datetime) -> int:
    """Return how many of the slices of the archive the last nights have read whole."""
    since = now - timedelta(days=NIGHTS)
    return len({night.slice for night in done.nights if night.when > since} - {None})


def _time(count: Count, done: Worklog) -> Time:
    spent = [seconds for id_, seconds in done.seconds.items() if id_ in count.known]
    return Time(len(spent), sum(spent), median(spent) if spent else None)


def _waiting(count: Count, done: Worklog) -> Waiting:
    return Waiting(
        pending=count.states["pending"],
        review=count.states["review"],
        unscanned=count.entries - count.scanned,
        unseen=count.unseen,
        nightly=done.nights[-1].when if done.nights else None,
        ages=count.ages(),
    )
