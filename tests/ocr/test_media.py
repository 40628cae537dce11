"""Kinds of files are known by their first bytes."""

from __future__ import annotations

import pytest

from partydoc.ocr import media


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\xef\xbb\xbf%PDF-1.4", b"junk" * 100 + b"%PDF-"])
def test_a_pdf_may_have_something_before_it(head):
    assert media.is_pdf(head)


def test_a_pdf_must_say_so_in_its_first_kilobyte():
    assert not media.is_pdf(b" " * 1024 + b"%PDF-1.7")


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF\0\0\0\0WEBPVP8 "]
)
def test_images_are_known(head):
    assert media.is_image(head)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"PK\x03\x04rest", "zip"), (b"PK\x03\x04...word/document.xml", "docx"),
        (b"PK\x03\x04...xl/workbook.xml", "xlsx"), (b"\xd0\xcf\x11\xe0", "ole"),
        (b"{\\rtf1", "rtf"), (b"<!DOCTYPE html>", "html"), (b"<?xml version", "xml"),
        ("Kính gửi".encode(), "text"), ("chữ ủ".encode()[:-1], "text"), (b"a\0b", "unknown"),
        (b"\x80\x81\x82\x83\x84\x85", "unknown"),
    ],
)  # fmt: skip
def test_other_files_are_named(head, name):
    assert not media.is_pdf(head) and not media.is_image(head)
    assert media.name_of_other(head) == name
