"""The page of a report, as a parser sees it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import counted
import desk
import pytest
from conftest import Run
from counted import document, known, unit
from pages import Page

from partydoc import reportpage
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem
from partydoc.numerals import grouped, percent
from partydoc.pagestyle import STYLE

NASTY = '<script>alert("1")</script>'


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a little of everything."""
    archive = counted.empty(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for number in (1, 2, 3, 5, 8):
            more = {"term": "2020-2025", "date": f"20{10 + number}-05"}
            document(opened, f"a{number}", known(number, **more), pages=3)
        for number in range(1, 1301):
            fields = known(number, type="Báo cáo", code=f"{number}-BC/ĐU")
            document(opened, f"b{number}", counted.by_person(fields, "date"), pages=1)
        nasty = document(
            opened, "x", known(9, type=NASTY, issuer=f"\u202e{NASTY}", code=f"9-{NASTY}")
        )
        for number in (1, 2, 3, 5, 6):
            named = {"issuer": NASTY, "code": f"{number}-{NASTY}", "subject": NASTY}
            document(opened, f"n{number}", known(number, **named))
        document(opened, "w", {}, days=40)
        document(opened, "p", status="pending", days=3)
        folder = unit(opened, "folder", "A29-01-0001", nasty, None)
        unit(opened, "inventory", "A29-01", term=NASTY)
    counted.typed(archive, folder, "002", type=NASTY, date="2014")
    return archive


def made(archive: Archive) -> Page:
    """Return the page of the archive, read back."""
    page = Page(reportpage.page(counted.report(archive)))
    page.stays_at_home()
    return page


def test_it_is_well_put_together_and_loads_nothing(archive: Archive) -> None:
    page = made(archive)
    tags = [tag for tag, _named in page.tags]
    assert tags[:2] == ["html", "head"] and tags.count("h1") == tags.count("main") == 1
    assert page.tags[0][1] == {"lang": "en"}
    assert {"title", "meta", "style", "svg", "table"} <= set(tags)


def test_its_policy_allows_its_own_style_and_nothing_else(archive: Archive) -> None:
    policy = next(named["content"] for tag, named in made(archive).tags if named.get("http-equiv"))
    own = re.search(r"<style>(.*?)</style>", reportpage.page(counted.report(archive)), re.S)
    assert own and own[1] == STYLE and policy
    digest = base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "@import" not in STYLE and "url(" not in STYLE and "unsafe" not in policy


def test_what_looks_like_markup_in_a_title_stays_text(archive: Archive) -> None:
    text = reportpage.page(counted.report(archive))
    assert "<script" not in text and "\u202e" not in text
    assert text.count("&lt;script&gt;") >= 4
    assert NASTY in "".join(made(archive).texts)


def test_its_figures_are_those_of_the_report(archive: Archive) -> None:
    found, page = counted.report(archive), made(archive)
    for one in found.figures:
        part = "".join(page.parts[one.name])
        assert f"{grouped(one.numerator)} / {grouped(one.denominator)}" in part
        assert percent(one.share) in part and one.label in part and one.definition in part
    assert "1,311 / 1,313" in "".join(page.parts["described"])


def test_its_counts_are_those_of_the_report(archive: Archive) -> None:
    found, page = counted.report(archive), made(archive)
    for tally in found.tallies:
        if tally.kind == "year":
            titles = "".join(page.texts)
            assert all(f"{year}: {grouped(n)}" in titles for year, n in tally.values)
            continue
        part = page.parts[f"by-{tally.kind}"]
        for value, count in tally.values[:12]:
            at = next(
                i for i, text in enumerate(part) if text in (value, value.replace("\u202e", " "))
            )
            assert part[at + 1] == grouped(count)
        assert "not known" in part


def test_gaps_coverage_and_the_queue_are_drawn(archive: Archive) -> None:
    text = "".join(made(archive).texts)
    assert "3 of 8 are missing: 4, 6-7" in text
    assert "Nghị quyết, 2011: 1 document" in text
    assert "30 to 89 days" in text and "partydoc ocr" in text


def test_a_page_without_anything_is_a_page_too(fast_disk: Path) -> None:
    made(counted.empty(fast_disk / "b"))


@pytest.mark.parametrize("name", ["report.pdf", "no/such/folder/report.html", "a/report.html"])
def test_a_page_is_written_only_where_a_page_belongs(
    archive: Archive, fast_disk: Path, name: str
) -> None:
    before = sorted(archive.root.iterdir())
    with pytest.raises(UsageProblem):
        reportpage.require_place(fast_disk / name, archive.root)
    assert sorted(archive.root.iterdir()) == before


def test_the_page_takes_the_place_of_the_last_one_whole(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text("the last one")
    ran = run("-a", archive.root, "report", "--html", path)
    assert ran.out == "" and str(path) in ran.err
    Page(path.read_text("utf-8")).stays_at_home()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["report.html"]


def test_a_year_without_documents_is_seen_unless_a_date_must_be_wrong(fast_disk: Path) -> None:
    archive = counted.empty(fast_disk / "b")
    with desk.at_work(archive) as opened:
        for year in (1999, 2002):
            document(opened, str(year), known(date=str(year)))
    assert {"1999: 1", "2000: 0", "2001: 0", "2002: 1"} <= set(made(archive).texts)
    with desk.at_work(archive) as opened:
        document(opened, "wrong", known(date="1002"))
    texts = set(made(archive).texts)
    assert "1002: 1" in texts and "2000: 0" not in texts
