"""Pages drawn by poppler."""

from __future__ import annotations

from pathlib import Path

import paper
import pikepdf
import pytest

from partydoc.ocr import pictures
from partydoc.ocr.pictures import page_image


def test_a_page_is_drawn_as_it_is_displayed(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    paper.save_scan_pdf([paper.party_page(dpi=50)] * 2, path, 50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].rotate(90, relative=True)
        pdf.save(path)
    upright, turned = page_image(path, 1, 40), page_image(path, 2, 40)
    assert upright and turned
    assert upright.size == turned.size[::-1]
    assert abs(upright.height - 297 / 25.4 * 40) < 3


def test_what_poppler_cannot_draw_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\nnothing")
    assert page_image(tmp_path / "bad.pdf", 1, 40) is None


def test_a_page_that_takes_too_long_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.pdf"
    paper.save_scan_pdf([paper.party_page(dpi=50)], path, 50)
    monkeypatch.setattr(pictures, "_PATIENCE", 0.001)
    assert page_image(path, 1, 300) is None
