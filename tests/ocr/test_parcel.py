"""Nothing is taken from a child that is not a plain file of its own."""

from __future__ import annotations

import json
import os

from partydoc.ocr import parcel
from partydoc.page import Reading


def packed(folder, pages=()):
    folder.mkdir()
    (folder / "access.pdf").write_bytes(b"%PDF-")
    (folder / "pages.json").write_text(json.dumps(Reading("e", ("vie",), pages).to_dict()))
    return folder


def test_a_parcel_that_fits_is_taken_whole(tmp_path):
    job, into = packed(tmp_path / "job"), tmp_path / "into"
    into.mkdir()
    assert parcel.take(job, into, 0) == Reading("e", ("vie",), ())
    assert sorted(path.name for path in into.iterdir()) == ["access.pdf", "pages.json"]


def test_a_parcel_with_a_link_in_it_is_not_taken(tmp_path):
    job = packed(tmp_path / "job")
    secret = tmp_path / "elsewhere"
    secret.write_text("{}")
    (job / "access.pdf").unlink()
    (job / "access.pdf").symlink_to(secret)
    assert parcel.take(job, tmp_path, 0).reason == "ocr-failed"
    assert secret.read_text() == "{}"


def test_a_file_that_has_another_name_elsewhere_is_not_taken(tmp_path):
    job = packed(tmp_path / "job")
    os.link(job / "access.pdf", tmp_path / "kept")
    assert parcel.take(job, tmp_path, 0).reason == "ocr-failed"


def test_words_that_do_not_fit_are_not_taken(tmp_path):
    job = packed(tmp_path / "job")
    assert parcel.take(job, tmp_path, 1).reason == "ocr-failed"
    (job / "pages.json").write_text("[1")
    assert parcel.take(job, tmp_path, 0).reason == "ocr-failed"
    (job / "pages.json").unlink()
    assert parcel.take(job, tmp_path, 0).detail == "pages.json is missing"
