"""Pages that are cut out bring nothing of the others along."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from test_bound import PDF

from partydoc.ocr import bound

GREY = bytes(range(64))


def picture(pdf: pikepdf.Pdf, mark: bytes) -> pikepdf.Object:
    """Return a small picture that is known by its bytes."""
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            mark + GREY[len(mark) :],
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=8,
            Height=8,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )  # fmt: skip
    )


def form(pdf: pikepdf.Pdf, orders: bytes, **more: object) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf, orders, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **more
        )
    )


def cut(folder: Path, pdf: pikepdf.Pdf, *pages: int) -> bytes:
    """Return all that stands in a file of some pages, unpacked."""
    pdf.save(folder / "original-1")
    into = folder / "working.pdf"
    bound.make(folder, [(1, PDF)], [[1, page, None] for page in pages], into, lambda: None, True)
    with pikepdf.open(into) as made:
        assert len(made.pages) == len(pages)
        streams = [one.read_bytes() for one in made.objects if isinstance(one, pikepdf.Stream)]
        return b"".join([*streams, *(repr(one).encode() for one in made.objects)])


@pytest.fixture
def sharing():
    """A file of three pages that share all they may draw; the third draws by a form."""
    with pikepdf.new() as pdf:
        shared = Dictionary(
            A=picture(pdf, b"ONE"), B=picture(pdf, b"TWO"), C=picture(pdf, b"THREE"),
            Bare=form(pdf, b"/B Do"), Own=form(pdf, b"/X Do"),
        )  # fmt: skip
        inner = pdf.make_indirect(Dictionary(XObject=Dictionary(X=shared.C, Y=shared.A)))
        shared.Own.Resources = inner
        words = Dictionary(MC0=Dictionary(ActualText="SAID"), MC1=Dictionary(ActualText="OTHER"))
        resources = pdf.make_indirect(Dictionary(XObject=shared, Properties=words))
        for orders in (b"/A Do /T /MC0 BDC EMC", b"/Bare Do", b"/Own Do"):
            page = pdf.add_blank_page()
            page.obj.Contents, page.obj.Resources = pdf.make_stream(orders), resources
        yield pdf


@pytest.mark.parametrize(
    ("page", "brought"), [(1, {b"ONE", b"SAID"}), (2, {b"TWO"}), (3, {b"THREE"})]
)
def test_a_page_brings_what_it_draws_and_nothing_else(tmp_path, sharing, page, brought):
    found = cut(tmp_path, sharing, page)
    every = {b"ONE", b"TWO", b"THREE", b"SAID", b"OTHER"}
    assert {one for one in every if one in found} == brought


def test_pages_that_stay_together_keep_what_each_draws(tmp_path, sharing):
    found = cut(tmp_path, sharing, 1, 3)
    assert b"ONE" in found and b"THREE" in found and b"TWO" not in found


def test_a_page_whose_orders_are_none_becomes_a_picture(tmp_path, sharing):
    sharing.pages[0].obj.Contents = sharing.make_stream(b"/A Do << (")
    found = cut(tmp_path, sharing, 1)
    assert b"TWO" not in found and b"THREE" not in found
