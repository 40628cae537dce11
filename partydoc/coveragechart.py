"""The papers of an archive by year and type, as a table of darker and lighter cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from partydoc import charts
from partydoc.charts import Square
from partydoc.language import _, ngettext
from partydoc.markup import Markup, element
from partydoc.numerals import grouped
from partydoc.report import Cell

#: So many columns fit on A4; where there are more years, several share one.
_COLUMNS = 19
_STEPS = (1, 2, 5, 10, 20, 50, 100)
#: So many types have a row of their own.
_ROWS = 14
#: So many signs fit into a cell.
_FITTING = 6


def drawn(coverage: Sequence[Cell]) -> Iterator[Markup]:
    """Yield what the chart means, and the chart."""
    if not coverage:
        yield element("p", _("There is nothing to be counted yet."))
        return
    yield element("p", _about(), class_="about")
    names, columns = _columns(coverage)
    rows = _rows(coverage)
    scanned: Counter[tuple[str, str]] = Counter()
    papers: Counter[tuple[str, str]] = Counter()
    for cell in coverage:
        key = (rows[cell.type], columns[cell.year])
        scanned[key] += cell.scanned
        papers[key] += cell.papers
    # What is not known may be more than all else, which would be pale beside it.
    known = {(rows[cell.type], columns[cell.year]) for cell in coverage if cell.type and cell.year}
    most = max(papers[key] for key in known or papers)
    table = {
        row: [_square(row, name, scanned[row, name], papers[row, name], most) for name in names]
        for row in dict.fromkeys(rows.values())
    }
    heads = [name.replace("–", "\n–").replace(" ", "\n", 1) for name in names]
    yield element("div", charts.heat(heads, table, _("Coverage by year and type")), class_="wide")


def _about() -> str:
    return _(
        "How many documents there are of a type from a year; the darker, the more. A red line, and"
        " two numbers (scanned/all), show where paper is entered that has no scan yet."
    )


def _columns(coverage: Sequence[Cell]) -> tuple[list[str], dict[str | None, str]]:
    """Return the names of the columns, also of years without papers, and year -> column."""
    years = sorted({cell.year for cell in coverage if cell.year})
    names: list[str] = []
    found: dict[str | None, str] = {None: _("no date")}
    if years:
        first, last = int(years[0]), int(years[-1])
        step = next((n for n in _STEPS if last // n - first // n < _COLUMNS), _STEPS[-1])
        begins = range(first // step * step, last + 1, step)
        names = [_name(year, step) for year in begins]
        found |= {year: _name(int(year) // step * step, step) for year in years}
    if any(cell.year is None for cell in coverage):
        names.append(_("no date"))
    return names, found


def _name(begin: int, step: int) -> str:
    return str(begin) if step == 1 else f"{begin}–{(begin + step - 1) % 100:02}"


def _rows(coverage: Sequence[Cell]) -> dict[str | None, str]:
    """Return type -> row, the one with the most papers first."""
    sums: Counter[str | None] = Counter()
    for cell in coverage:
        sums[cell.type] += cell.papers
    types = [type_ for type_, _papers in sums.most_common() if type_]
    others = len(types) - _ROWS
    text = ngettext("{n} other", "{n} others", others).format(n=grouped(others))
    found: dict[str | None, str] = {type_: type_ for type_ in types[:_ROWS] if type_}
    found |= dict.fromkeys(types[_ROWS:], text)
    return found | ({None: _("not known")} if None in sums else {})


def _square(row: str, column: str, scanned: int, papers: int, most: int) -> Square | None:
    if not papers:
        return None
    where, text = f"{row}, {column}", grouped(scanned)
    if scanned == papers:
        said = ngettext("{where}: {n} document", "{where}: {n} documents", scanned)
        return Square(text, _shade(scanned, most), said.format(where=where, n=text))
    both = f"{text}/{grouped(papers)}"
    said = _("{where}: {n} of {all} papers have a scan").format(
        where=where, n=text, all=grouped(papers)
    )
    return Square(both if len(both) <= _FITTING else text, _shade(scanned, most), said, True)


def _shade(scanned: int, most: int) -> float:
    """Return how dark a cell is: so that a few documents are told from none, and from many."""
    return min(scanned / most, 1.0) ** 0.5
