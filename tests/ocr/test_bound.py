"""A working copy put together of several originals."""

from __future__ import annotations

import shutil
from pathlib import Path

import drawn
import pikepdf
import pypdfium2
import pytest
from test_readers import share_read

from partydoc.document import Bound, Look
from partydoc.ocr import Binding, Readers, bound

PDF = "application/pdf"


def pdf(path: Path, *widths: int) -> Path:
    """Write a PDF with a page of each width, which also stands in its contents."""
    with pikepdf.new() as made:
        for width in widths:
            page = made.add_blank_page(page_size=(width, 400))
            page.obj.Contents = made.make_stream(f"% page {width}".encode())
        made.save(path)
    return path


def put_together(folder: Path, pages: list[list[int | None]], *media_types: str) -> Path:
    signs: list[None] = []
    types = list(enumerate(media_types, 1))
    bound.make(folder, types, pages, folder / "working.pdf", lambda: signs.append(None))
    assert len(signs) == len(types)
    left = {path.name for path in folder.iterdir()} - {f"original-{n}" for n, _ in types}
    assert left == {"working.pdf"}
    return folder / "working.pdf"


def sizes(path: Path) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(path) as made:
        return [(round(page.get_width()), round(page.get_height())) for page in made]


def test_pages_stand_in_the_order_of_the_list_whichever_original_they_are_of(tmp_path):
    pdf(tmp_path / "original-1", 101, 102, 103)
    pdf(tmp_path / "original-2", 201, 202)
    pages = [[2, 2, None], [1, 3, None], [2, 1, None], [1, 1, None]]
    made = put_together(tmp_path, pages, PDF, PDF)
    assert [width for width, _ in sizes(made)] == [202, 103, 201, 101]


def test_what_is_left_out_stands_nowhere_in_the_file(tmp_path):
    pdf(tmp_path / "original-1", 101, 102, 103)
    with pikepdf.open(tmp_path / "original-1", allow_overwriting_input=True) as one:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
            Dest=pikepdf.Array([one.pages[1].obj, pikepdf.Name.Fit]),
        )  # fmt: skip
        one.pages[0].obj.Annots = pikepdf.Array([one.make_indirect(link)])
        one.save(tmp_path / "original-1")
    made = put_together(tmp_path, [[1, 3, None], [1, 1, None]], PDF)
    with pikepdf.open(made) as read:
        contents = [one.read_bytes() for one in read.objects if isinstance(one, pikepdf.Stream)]
    assert sorted(contents) == [b"% page 101", b"% page 103"]


def test_a_turn_comes_on_top_of_that_of_the_page_itself(tmp_path):
    pdf(tmp_path / "original-1", 100, 200)
    with pikepdf.open(tmp_path / "original-1", allow_overwriting_input=True) as one:
        one.pages[1].obj.Rotate = 90
        one.save(tmp_path / "original-1")
    made = put_together(tmp_path, [[1, 1, 90], [1, 2, 180], [1, 2, None]][:2], PDF)
    with pikepdf.open(made) as read:
        assert [int(page.obj.Rotate) for page in read.pages] == [90, 270]
    assert sizes(made) == [(400, 100), (400, 200)]


def test_pictures_and_pdfs_are_put_together(tmp_path):
    pdf(tmp_path / "original-1", 100)
    (tmp_path / "original-2").write_bytes(drawn.jpeg(drawn.sheet(100), 100))
    drawn.sheet(100).save(tmp_path / "scan.png", dpi=(100, 100))
    shutil.move(tmp_path / "scan.png", tmp_path / "original-3")
    pages = [[3, 1, None], [1, 1, None], [2, 1, 90]]
    found = sizes(put_together(tmp_path, pages, PDF, "image/jpeg", "image/png"))
    near = [(595, 842), (100, 400), (842, 595)]
    assert all(abs(a - b) < 2 for one, two in zip(found, near, strict=True)
               for a, b in zip(one, two, strict=True))  # fmt: skip


def test_a_page_that_an_original_does_not_have_is_an_error(tmp_path):
    pdf(tmp_path / "original-1", 100)
    with pytest.raises(IndexError):
        put_together(tmp_path, [[1, 2, None]], PDF)


def test_the_pages_that_somebody_turned_are_known_by_their_numbers():
    assert bound.turned([[1, 1, None], [1, 2, 0], [2, 1, 90]]) == {2, 3}


@pytest.mark.slow
def test_it_is_read_like_any_other_and_a_page_stands_as_a_person_turned_it(tmp_path):
    first = drawn.scan(tmp_path / "1.pdf", drawn.sheet(), drawn.sheet().rotate(180))
    second = drawn.scan(tmp_path / "2.pdf", drawn.sheet())
    into = tmp_path / "out"
    into.mkdir()
    # The second page lies on its head, the fourth was put on its head by somebody.
    pages = (Bound(2, 1), Bound(1, 2), Bound(1, 1, 0), Bound(1, 1, 180))
    binding = Binding(pages, {1: (first, PDF), 2: (second, PDF)})
    with Readers(tmp_path, 1, ["vie"]) as readers:
        readers.submit("t", first, Look(PDF, "pdf", 2), into, binding)
        (finished,) = readers.finished()
    assert finished.reading, finished.refusal
    read = finished.reading.pages
    assert [page.rotation for page in read] == [0, 180, 0, 0]
    assert all(share_read(page) > 0.95 for page in read[:3]) and share_read(read[3]) < 0.3
    with pikepdf.open(into / "access.pdf") as copy:
        assert [int(page.obj.get("/Rotate", 0)) % 360 for page in copy.pages] == [0, 180, 0, 180]
    assert not list(tmp_path.glob("reader-*"))


@pytest.mark.slow
def test_a_page_that_somebody_laid_on_its_side_is_shown_so_and_no_nonsense_is_read(tmp_path):
    path = drawn.scan(tmp_path / "1.pdf", drawn.sheet(), drawn.sheet())
    into = tmp_path / "out"
    into.mkdir()
    binding = Binding((Bound(1, 1, 90), Bound(1, 2)), {1: (path, PDF)})
    with Readers(tmp_path, 1, ["vie"]) as readers:
        readers.submit("t", path, Look(PDF, "pdf", 2), into, binding)
        (finished,) = readers.finished()
    assert finished.reading and not finished.refusal
    lying, upright = finished.reading.pages
    assert lying.rotation == 0 and share_read(lying) < 0.3 and share_read(upright) > 0.95
    with pypdfium2.PdfDocument(into / "access.pdf") as copy:
        (width, height), _ = (page.get_size() for page in copy)
    assert width > height


@pytest.mark.slow
def test_what_is_cut_out_is_handed_on_and_read_as_it_is(tmp_path):
    path = drawn.scan(tmp_path / "1.pdf", drawn.sheet(), drawn.sheet(), drawn.sheet())
    into = tmp_path / "out"
    into.mkdir()
    binding = Binding((Bound(1, 2), Bound(1, 3)), {1: (path, PDF)}, cut=True)
    with Readers(tmp_path, 1, ["vie"]) as readers:
        readers.submit("t", path, Look(PDF, "pdf", 3), into, binding)
        (finished,) = readers.finished()
        assert finished.reading and not finished.refusal
        again = tmp_path / "again"
        again.mkdir()
        readers.submit("u", into / "cut.pdf", Look(PDF, "pdf", 2), again)
        (second,) = readers.finished()
    assert sorted(one.name for one in into.iterdir()) == ["access.pdf", "cut.pdf", "pages.json"]
    assert second.reading and second.reading.pages == finished.reading.pages
