"""The page of a report: one file that a browser shows anywhere, and that nothing can be put into.

It has no script and loads nothing; its content security policy forbids both, and any style but its
own, so that not even an error in here could let a title do more than be read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from partydoc import charts, coveragechart, outfile, reportwords
from partydoc.errors import UsageProblem
from partydoc.figures import Figure
from partydoc.language import _, chosen
from partydoc.markup import Markup, element
from partydoc.numberruns import Run
from partydoc.numerals import duration, grouped, percent
from partydoc.pagestyle import STYLE
from partydoc.report import Report, Tally

#: So many series of numbers with gaps are drawn.
_GAPS = 12
_VALUES = 12
#: In more years a date must be wrong: then only those that occur are drawn.
_YEARS = 150


def require_place(path: Path, archive: Path) -> None:
    """Raise UsageProblem for a name that is no page's, or a place where none may be written."""
    hint = _("Name another file: partydoc report --html FILE.html")
    if path.suffix.lower() not in (".html", ".htm"):
        message = _("{path} is not the name of a page; nothing was written.")
        raise UsageProblem(message.format(path=path), hint)
    outfile.require_place(path, archive, hint)


def write(report: Report, path: Path) -> None:
    """Write the page; one that is there is replaced as a whole."""
    with outfile.arriving(path) as part:
        part.write_text(page(report), "utf-8")


def page(report: Report) -> str:
    """Return the whole page."""
    own = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", reportwords.title(report)),
        element("style", Markup(STYLE)),
    )
    html = element("html", head, element("body", element("main", _parts(report))), lang=chosen())
    return f"<!DOCTYPE html>\n{html}\n"


def _parts(report: Report) -> Iterator[Markup]:
    yield element("h1", reportwords.title(report))
    yield element("p", " ".join(reportwords.said(report)), class_="soft")
    cards = [*map(_figure, report.figures), _time(report)]
    yield _section(_("Figures"), element("ul", cards, class_="figures"))
    yield _section(_("What has become of the documents"), *_states(report))
    yield _section(_("Coverage by year and type"), *coveragechart.drawn(report.coverage))
    yield _section(_("How many of which kind"), *_counts(report))
    yield _section(_("Missing numbers"), *_gaps(report))
    yield _section(_("What waits"), *_waiting(report))


def _section(title: str, *content: Markup) -> Markup:
    return element("section", element("h2", title), content)


def _figure(one: Figure) -> Markup:
    parts = f"{grouped(one.numerator)} / {grouped(one.denominator)}"
    return element(
        "li",
        element("b", percent(one.share)),
        element("span", parts),
        charts.bar(one.share or 0.0),
        element("div", one.label),
        element("p", one.definition),
        class_="figure",
        id=one.name,
    )


def _time(report: Report) -> Markup:
    median = report.time.median
    return element(
        "li",
        element("b", "–" if median is None else duration(median)),
        element("div", _("Time a person spent on a document:"), " ", reportwords.time(report.time)),
        element("p", reportwords.time_definition()),
        class_="figure",
        id="seconds",
    )


def _states(report: Report) -> Iterator[Markup]:
    whole = report.documents
    names = reportwords.states()
    yield charts.segments([(name, report.states[name] / whole) for name in names] if whole else [])
    yield element(
        "ul",
        (
            element("li", charts.swatch(name), f"{text}: {grouped(report.states[name])}")
            for name, text in names.items()
        ),
        class_="legend",
    )
    yield element("p", _("Documents: {n}").format(n=grouped(whole)), class_="about")


def _counts(report: Report) -> Iterator[Markup]:
    year = report.tally("year")
    said = reportwords.kinds()["year"]
    yield element("h3", said)
    if year.values:
        yield element("div", charts.columns(_every(year), said), class_="wide")
    text = _("{known} of {all} documents have a date.")
    known, all_ = grouped(year.known), grouped(year.documents)
    yield element("p", text.format(known=known, all=all_), class_="about")
    tallies = (_tally(report.tally(kind)) for kind in ("type", "term", "issuer"))
    yield element("div", tallies, class_="counts")


def _every(year: Tally) -> list[tuple[str, int]]:
    """Return all years from the first to the last, also those without a document."""
    found = {int(value): count for value, count in year.values}
    years = range(min(found), max(found) + 1)
    return [(str(one), found.get(one, 0)) for one in (years if len(years) <= _YEARS else found)]


def _tally(tally: Tally) -> Markup:
    whole = tally.documents or 1
    rows = (
        element(
            "tr",
            element("th", value, scope="row"),
            element("td", charts.bar(count / whole), class_="b"),
            element("td", grouped(count), class_="n"),
            element("td", percent(count / whole), class_="n"),
        )
        for value, count in reportwords.shown(tally, _VALUES)
    )
    about = reportwords.definition(tally.kind)
    return element(
        "div",
        element(
            "table", element("caption", reportwords.kinds()[tally.kind]), element("tbody", rows)
        ),
        element("p", about, class_="about") if about else "",
        class_="whole" if tally.kind == "issuer" else None,
        id=f"by-{tally.kind}",
    )


def _gaps(report: Report) -> Iterator[Markup]:
    figure = report.figure("numbers")
    yield element("p", figure.definition, class_="about")
    if not report.gaps:
        yield element("p", _("No number is missing in any series."))
        return
    yield element("ul", map(_gap, report.gaps[:_GAPS]), class_="gaps")
    if (more := len(report.gaps) - _GAPS) > 0:
        yield element("p", reportwords.more_gaps(more), class_="about")


def _gap(run: Run) -> Markup:
    said = reportwords.gap(run)
    name = element("b", f"{run.symbol} · {run.period}")
    strip = charts.strip(run.first, run.last, run.gaps, said)
    ends = f"{run.first}–{run.last}"
    head = element("p", name, f" · {run.issuer} · {ends}")
    return element("li", head, strip, element("p", said, class_="about"))


def _waiting(report: Report) -> Iterator[Markup]:
    rows = (
        element(
            "tr",
            element("td", grouped(number), class_="n"),
            element("th", name, scope="row"),
            element("td", element("code", step) if number else ""),
        )
        for number, name, step in reportwords.waiting(report)
    )
    yield element("table", element("tbody", rows))
    yield element("p", reportwords.night(report))
    yield element("h3", _("How long documents have been waiting"))
    states = reportwords.states()
    heads = (element("th", states[one], class_="n") for one in ("review", "pending"))
    head = element("tr", element("td"), element("td"), heads)
    yield element("table", element("thead", head), element("tbody", _ages(report)))
    yield _legend(("review", "pending"))


def _ages(report: Report) -> Iterator[Markup]:
    ages = report.waiting.ages
    most = max((age.pending + age.review for age in ages), default=0) or 1
    for age, name in zip(ages, reportwords.ages(ages), strict=True):
        parts = [("review", age.review / most), ("pending", age.pending / most)]
        yield element(
            "tr",
            element("th", name, scope="row"),
            element("td", charts.segments(parts), class_="b"),
            element("td", grouped(age.review), class_="n"),
            element("td", grouped(age.pending), class_="n"),
        )


def _legend(states: Sequence[str]) -> Markup:
    names = reportwords.states()
    items = (element("li", charts.swatch(state), names[state]) for state in states)
    return element("ul", items, class_="legend")
