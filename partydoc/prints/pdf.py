"""A form as PDF/A-2b: text that can be searched, its fonts in the file."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from partydoc import __version__
from partydoc.prints.fonts import FAMILY, faces, require
from partydoc.prints.form import Form
from partydoc.prints.marks import Text
from partydoc.prints.setting import Setter

_STROKE = 0.2  # millimetres


def write(form: Form, path: Path, made: datetime) -> frozenset[str]:
    """Draw a form; return the signs that the font does not have, of which □ is shown.

    Raises MissingTool where the font is not installed.
    """
    from fpdf import FPDF
    from fpdf.prefs import ViewerPreferences

    setter = Setter(form, faces())
    pages = setter.pages()
    size = (form.paper.width, form.paper.height)
    pdf = FPDF(unit="mm", format=size, enforce_compliance="PDF/A-2b")
    pdf.alias_nb_pages("")  # "{nb}" is text like any other
    pdf.set_auto_page_break(False)
    pdf.set_title(form.title)
    pdf.set_lang("vi")
    pdf.set_creator(f"partydoc {__version__}")
    pdf.set_creation_date(made)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    for style, file in require().items():
        pdf.add_font(FAMILY, style, file)  # type: ignore[arg-type]
    for marks in pages:
        pdf.add_page()
        pdf.set_line_width(_STROKE)
        for mark in marks:
            if isinstance(mark, Text):
                pdf.set_font(FAMILY, mark.style, mark.size)  # type: ignore[arg-type]
                pdf.text(mark.x, mark.y, mark.text)
            else:
                pdf.line(mark.x, mark.y, mark.to_x, mark.to_y)
    _save(pdf.output(), path)
    return setter.unknown


def _save(drawn: bytes | bytearray, path: Path) -> None:
    """Write it as it is to be kept: checked, and without the one thing that fpdf2 adds and a
    strict reader may refuse, a place where it opens.
    """
    import pikepdf
    from pikepdf import pdfa

    with pikepdf.open(io.BytesIO(drawn)) as document:
        del document.Root.OpenAction
        pdfa.save(document, path, "2b", output_intent="sRGB")
