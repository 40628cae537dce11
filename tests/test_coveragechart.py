"""The chart of papers by year and type."""

from __future__ import annotations

import re

from partydoc.coveragechart import drawn
from partydoc.report import Cell


def text(*cells: Cell) -> str:
    return "".join(drawn(cells))


def columns(*cells: Cell) -> list[str]:
    """Return the names of the columns, their two lines as one."""
    found = re.findall(r'<text class="head" x="([\d.]+)"[^>]*>([^<]*)<', text(*cells))
    names: dict[str, str] = {}
    for at, line in found:
        names[at] = names.get(at, "") + line
    return list(names.values())


def paper(
    year: int | None, type_: str | None = "Báo cáo", scanned: int = 1, papers: int = 1
) -> Cell:
    return Cell(str(year) if year else None, type_, scanned, papers)


def test_years_without_papers_have_their_column_too() -> None:
    assert columns(paper(2019), paper(2022)) == ["2019", "2020", "2021", "2022"]
    assert columns(paper(2019), paper(None)) == ["2019", "nodate"]


def test_many_years_share_columns() -> None:
    assert columns(paper(1987), paper(2026))[:2] == ["1985–89", "1990–94"]
    assert len(columns(paper(1930), paper(2026))) <= 19
    assert "2025–29: 2 documents" in text(paper(1987), paper(2025), paper(2026))


def test_the_types_with_the_most_papers_have_rows_and_the_others_share_one() -> None:
    cells = [paper(2020, f"Loại {n:02}", n, n) for n in range(1, 19)] + [paper(2020, None)]
    found = re.findall(r'<text class="name"[^>]*>([^<]*)<', text(*cells))
    assert found[0] == "Loại 18" and found[-2:] == ["4 others", "not known"] and len(found) == 16
    assert "4 others, 2020: 10 documents" in text(*cells)


def test_paper_without_a_scan_is_told() -> None:
    found = text(paper(2020, scanned=3, papers=5), paper(2021, scanned=0, papers=2))
    assert "Báo cáo, 2020: 3 of 5 papers have a scan" in found and ">3/5<" in found
    assert found.count('class="lacking"') == 2


def test_of_nothing_there_is_no_chart() -> None:
    assert "<svg" not in text()
