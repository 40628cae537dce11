"""A few pages of a PDF are a PDF of their own for a while, and the PDF stays as it was."""

from __future__ import annotations

from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from partydoc.ocr import excerpt, working

PAGES = 6


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Pages of different widths, of which the first leads to all."""
    path = drawn.scan(tmp_path / "scan.pdf", *[drawn.sheet(50)] * PAGES, dpi=50)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            page.mediabox = [0, 0, 300 + number, 400]
        pdf.pages[0].Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=[0, 0, 9, 9],
                        F=4,
                        Dest=Array([other.obj, Name.Fit]),
                    )  # fmt: skip
                )
                for other in pdf.pages
            ]
        )
        pdf.save(path)
    return path


def widths(path: Path) -> list[float]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_width() for page in pdf]


def test_an_excerpt_has_its_pages_and_no_others(path, tmp_path):
    small = tmp_path / "excerpt.pdf"
    with working.opened(path, small) as pdf:
        for indexes in ([0], [2, 3], [5], [0, 1]):
            with excerpt.of(pdf, indexes, small) as made:
                assert widths(made) == [301 + index for index in indexes]
                assert made.stat().st_size < path.stat().st_size * (len(indexes) + 0.5) / PAGES
            assert not small.exists()


def test_the_whole_stays_as_it_was(path, tmp_path):
    with working.opened(path, tmp_path / "scratch.pdf") as pdf:
        pdf.save(tmp_path / "before.pdf", static_id=True)
        for index in range(PAGES):
            with excerpt.of(pdf, [index], tmp_path / "excerpt.pdf"):
                pass
        pdf.save(tmp_path / "after.pdf", static_id=True)
        assert len(pdf.pages) == PAGES and len(pdf.pages[0].Annots) == PAGES
    assert widths(tmp_path / "after.pdf") == widths(path)
    before, after = (tmp_path / f"{name}.pdf" for name in ("before", "after"))
    assert after.stat().st_size == pytest.approx(before.stat().st_size, rel=0.01)
    assert drawn.raw_pictures(after) == drawn.raw_pictures(before)


def test_what_pages_inherit_from_their_tree_comes_along(path, tmp_path):
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Resources = pdf.pages[0].Resources
        for page in pdf.pages:
            del page["/Resources"]
        pdf.save(path)
    with (
        working.opened(path, tmp_path / "scratch.pdf") as pdf,
        excerpt.of(pdf, [1], tmp_path / "excerpt.pdf") as made,
    ):
        assert drawn.raw_pictures(made) == drawn.raw_pictures(path)[1:2]


def test_an_excerpt_goes_also_where_reading_it_fails(path, tmp_path):
    with pikepdf.open(path) as pdf:
        with pytest.raises(ValueError), excerpt.of(pdf, [0], tmp_path / "excerpt.pdf"):
            raise ValueError
        assert len(pdf.pages) == PAGES
    assert not (tmp_path / "excerpt.pdf").exists()


def test_notes_come_along_and_lead_nowhere(path, tmp_path):
    """What a viewer draws of a note that brings no look of its own is on the page as well."""
    with (
        working.opened(path, tmp_path / "scratch.pdf") as pdf,
        excerpt.of(pdf, [0], tmp_path / "excerpt.pdf") as made,
        pikepdf.open(made) as alone,
    ):
        notes = list(alone.pages[0].Annots)
        assert [note.Subtype for note in notes] == [Name.Link] * PAGES
        assert not any("/Dest" in note for note in notes)
