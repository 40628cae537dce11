"""The page of a report in a real browser: by day and by night, on a phone, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browser
import counted
import desk
import pypdfium2
import pytest
from counted import document, known, unit

from partydoc import reportpage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        browser.CHROMIUM is None, reason="no chromium here; tools/install.sh test installs it"
    ),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an archive of thirty years."""
    folder = tmp_path_factory.mktemp("page")
    archive = counted.empty(folder / "a")
    types = (
        "Nghị quyết",
        "Báo cáo",
        "Giấy chứng nhận đăng ký",
        "<script>document.title=1</script>",
    )
    with desk.at_work(archive) as opened:
        for number in range(1, 301):
            year, type_ = 1990 + number % 30, types[number % 4]
            fields = known(number // 30 * 2, type=type_, date=str(year), code=f"{number % 40}-X/ĐU")
            document(opened, str(number), fields)
        document(opened, "waits", {}, days=40)
        unit(opened, "folder", "A29-01-0001", None)
    path = folder / "report.html"
    reportpage.write(counted.report(archive), path)
    return path


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    """A browser."""
    with browser.Browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def test_nothing_else_is_asked_for_and_nothing_is_complained_of(
    window: browser.Browser, page: Path
) -> None:
    window.open(page)
    asked = [
        event["params"]["request"]["url"] for event in window.said
        if event.get("method") == "Network.requestWillBeSent"
    ]  # fmt: skip
    assert asked == [page.as_uri()]
    assert not [event for event in window.said if event.get("method") == "Log.entryAdded"]
    assert "digitisation" in window.value("document.title")
    assert window.value("document.scripts.length") == 0


def test_its_own_style_counts_by_day_and_by_night(window: browser.Browser, page: Path) -> None:
    colours = []
    for dark in (False, True):
        window.open(page, dark=dark)
        colours.append(window.value("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_only_wide_charts_are_moved_sideways_never_the_page(
    window: browser.Browser, page: Path, width: int
) -> None:
    window.open(page, width)
    assert window.value("document.documentElement.scrollWidth") <= width
    hidden = window.value(
        "[...document.querySelectorAll('p, li, th, td, h1, h2')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert hidden == []


def test_it_is_printed_on_a4_with_its_charts(window: browser.Browser, page: Path) -> None:
    window.open(page)
    paper = pypdfium2.PdfDocument(window.printed())
    assert 2 <= len(paper) <= 6
    assert all(abs(side - a4) < 2 for side, a4 in zip(paper[0].get_size(), (595, 842), strict=True))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "Coverage by year and type" in text and "<script>" in text
