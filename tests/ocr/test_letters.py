"""Letters become words and lines, and shapes that have no name stay what they are."""

from __future__ import annotations

from pathlib import Path

import drawn
import mixed
import pypdfium2
import pytest

from partydoc.ocr import contents


def found(path: Path) -> contents.Contents:
    with pypdfium2.PdfDocument(path) as pdf:
        return contents.read(pdf[0])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_a_shape_ends_no_line_even_if_it_is_that_of_a_line_end(tmp_path, count):
    """Of thirty shapes and more two have the numbers 10 and 13."""
    read = found(mixed.mapless(tmp_path / "typed.pdf", drawn.BODY[:count]))
    assert len(read.lines) == count
    assert read.doubted == {word for line in read.lines for word in line.words}


def test_each_word_knows_whether_its_font_names_its_letters(tmp_path):
    typed = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    read = found(mixed.over(typed, mixed.mapless(tmp_path / "top.pdf", drawn.BODY[:2]), down=400))
    assert [line.text for line in read.lines[: len(drawn.BODY)]] == list(drawn.BODY)
    assert read.doubted == {word for line in read.lines[len(drawn.BODY) :] for word in line.words}
