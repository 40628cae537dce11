"""The bad inputs are as bad as they say, and no worse."""

from __future__ import annotations

import stat
from pathlib import Path

import bad_inputs
import pikepdf
import pytest
from PIL import Image


@pytest.mark.parametrize("write", bad_inputs.ODD_NAMES, ids=lambda write: write.__name__)
def test_document_with_an_odd_name_is_a_good_one(write: bad_inputs.Writer, tmp_path: Path) -> None:
    with write(tmp_path).open("rb") as file, pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1


def test_long_name_has_250_bytes(tmp_path: Path) -> None:
    assert len(bad_inputs.long_name(tmp_path).name.encode()) == 250


@pytest.mark.parametrize(
    ("write", "mode"),
    [
        (bad_inputs.rgba_png, "RGBA"),
        (bad_inputs.sixteen_bit_tiff, "I;16"),
        (bad_inputs.cmyk_jpeg, "CMYK"),
    ],
)
def test_unusual_picture_has_its_mode(write: bad_inputs.Writer, mode: str, tmp_path: Path) -> None:
    with Image.open(write(tmp_path)) as image:
        image.load()
        assert image.mode == mode


def test_password_is_needed_only_where_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(bad_inputs.password_pdf(tmp_path))
    with pikepdf.open(bad_inputs.password_pdf(tmp_path), password=bad_inputs.PASSWORD) as pdf:
        assert len(pdf.pages) == 1
    with pikepdf.open(bad_inputs.owner_password_pdf(tmp_path)) as pdf:
        assert pdf.is_encrypted
        assert len(pdf.pages) == 1


def test_corrupt_page_tree_cannot_be_walked(tmp_path: Path) -> None:
    with (
        pytest.raises(pikepdf.PdfError, match="Loop"),
        pikepdf.open(bad_inputs.corrupt_page_tree_pdf(tmp_path)) as pdf,
    ):
        len(pdf.pages)


def test_truncated_picture_cannot_be_loaded(tmp_path: Path) -> None:
    with (
        Image.open(bad_inputs.truncated_jpeg(tmp_path)) as image,
        pytest.raises(OSError, match="truncated"),
    ):
        image.load()


def test_bomb_is_small_on_disk_and_refused_when_opened(tmp_path: Path) -> None:
    path = bad_inputs.bomb_png(tmp_path)
    assert path.stat().st_size < 200
    with pytest.raises(Image.DecompressionBombError):
        Image.open(path)


def test_fifo_and_symlink_are_no_files(tmp_path: Path) -> None:
    assert stat.S_ISFIFO(bad_inputs.fifo(tmp_path).lstat().st_mode)
    assert bad_inputs.symlink(tmp_path).is_symlink()
