"""Pictures with a mask are found wherever a page keeps them."""

from __future__ import annotations

import drawn
import mixed
import pikepdf
import pypdfium2
import pytest

from partydoc.ocr import contents, painted


@pytest.mark.parametrize("in_form", [False, True])
@pytest.mark.parametrize("masked", [False, True])
def test_text_below_a_picture_that_lets_it_shine_through_shows(tmp_path, masked, in_form):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    mixed.watermarked(path, masked=masked, in_form=in_form)
    with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as pages:
        sizes = painted.masked(painted.drawn(pdf.pages[0]))
        found = contents.read(pages[0], sizes)
    assert sizes == ({(8, 11)} if masked else set())
    assert drawn.BODY[0] in found.text and not found.hidden


def test_a_form_that_draws_itself_ends():
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"", Subtype=pikepdf.Name.Form)
        again = pikepdf.Dictionary({f"/A{i}": form for i in range(100)})
        form.Resources = pikepdf.Dictionary(XObject=again)
        assert painted.masked([form]) == frozenset()
