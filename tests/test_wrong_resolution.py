"""A secrecy mark on a page that bears a wrong resolution is kept in hold all the same."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from conftest import Run
from paper import party_page, save_scan_pdf, stamp

pytestmark = pytest.mark.slow
LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")


def test_no_marked_page_is_archived_whatever_resolution_it_bears(run: Run, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for level, dpi in itertools.product(LEVELS, (600, 1200, 2400)):
        marked = stamp(party_page(dpi=200), level, (160, 45))
        save_scan_pdf([marked], papers / f"{level}-{dpi}.pdf", dpi=dpi)
        if level == "MẬT":
            marked.save(papers / f"{level}-{dpi}.png", dpi=(dpi, dpi))
    run("init", tmp_path / "archive", "--network", "connected", "--quiet")
    lines = run("-a", tmp_path / "archive", "scan", papers, "--json").lines
    assert len(lines) == 12
    assert {line["outcome"] for line in lines} <= {"held", "awaiting-class"}
    assert sum(line["outcome"] == "held" for line in lines) >= 11


def test_a_page_without_a_mark_is_archived_under_a_wrong_resolution(
    run: Run, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for dpi in (600, 1200):
        save_scan_pdf([party_page(dpi=200)], papers / f"{dpi}.pdf", dpi=dpi)
    run("init", tmp_path / "archive", "--network", "connected", "--quiet")
    lines = run("-a", tmp_path / "archive", "scan", papers, "--json").lines
    assert [line["outcome"] for line in lines] == ["archived"] * 2
