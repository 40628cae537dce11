"""Nothing is taken from a child that is not what was asked for, in a plain file of its own."""

from __future__ import annotations

import errno
import json
import os

import pytest

from partydoc.document import Look, Refusal
from partydoc.ocr import parcel
from partydoc.page import Page, Reading

PAGE = Page(1, 210, 297)


def packed(folder, pages=()):
    folder.mkdir()
    (folder / "access.pdf").write_bytes(b"%PDF-1.7")
    (folder / "pages.json").write_text(json.dumps(Reading("e", ("vie",), pages).to_dict()))
    return folder


@pytest.fixture
def job(tmp_path):
    return packed(tmp_path / "job")


@pytest.fixture
def into(tmp_path):
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


def test_a_parcel_that_fits_is_taken_whole(job, into):
    assert parcel.take(job, into, 0) == Reading("e", ("vie",), ())
    assert sorted(path.name for path in into.iterdir()) == ["access.pdf", "pages.json"]


def test_a_large_parcel_is_moved_block_by_block(job, into, monkeypatch):
    content = b"%PDF-" + bytes(range(256)) * 40
    (job / "access.pdf").write_bytes(content)
    monkeypatch.setattr(parcel, "_BLOCK", 1000)
    together: list[int] = []
    cut = os.ftruncate

    def seen(handle: int, size: int) -> None:
        cut(handle, size)
        stored = len((into / "access.pdf").read_bytes().lstrip(b"\0"))
        together.append((job / "access.pdf").stat().st_size + stored)

    monkeypatch.setattr(parcel.os, "ftruncate", seen)
    parcel.take(job, into, 0)
    assert (into / "access.pdf").read_bytes() == content
    assert len(together) == 11 and max(together) <= len(content)


def test_what_was_taken_cannot_be_changed_any_more(job, into):
    with (job / "access.pdf").open("r+b") as held, (job / "pages.json").open("r+b") as words:
        parcel.take(job, into, 0)
        for file in (held, words):
            file.write(b"other")
    assert (into / "access.pdf").read_bytes() == b"%PDF-1.7"
    assert json.loads((into / "pages.json").read_bytes())["engine"] == "e"


def test_of_a_parcel_for_which_there_is_no_room_nothing_stays(job, into, monkeypatch):
    def half(made, into):
        into.write_bytes(made.read(3))
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(parcel, "_move", half)
    with pytest.raises(OSError, match="full"):
        parcel.take(job, into, 0)
    assert not list(into.iterdir())


@pytest.mark.parametrize("name", ["access.pdf", "pages.json"])
def test_a_parcel_with_a_link_in_it_is_not_taken(job, into, tmp_path, name):
    secret = tmp_path / "elsewhere"
    secret.write_bytes((job / name).read_bytes())
    (job / name).unlink()
    (job / name).symlink_to(secret)
    assert parcel.take(job, into, 0) == Refusal("ocr-failed", f"{name} is no plain file")
    assert secret.exists() and not (into / name).exists()


@pytest.mark.parametrize("name", ["access.pdf", "pages.json"])
def test_a_file_that_has_another_name_elsewhere_is_not_taken(job, into, tmp_path, name):
    os.link(job / name, tmp_path / "kept")
    assert parcel.take(job, into, 0).reason == "ocr-failed"


@pytest.mark.parametrize("name", ["access.pdf", "pages.json"])
def test_a_pipe_holds_nobody_up(job, into, name):
    (job / name).unlink()
    os.mkfifo(job / name)
    assert parcel.take(job, into, 0) == Refusal("ocr-failed", f"{name} is no plain file")


def test_a_folder_in_the_place_of_a_file_is_not_taken(job, into):
    (job / "access.pdf").unlink()
    (job / "access.pdf").mkdir()
    assert parcel.take(job, into, 0).detail == "access.pdf is no plain file"


def test_a_copy_that_is_no_pdf_is_not_taken(job, into):
    (job / "access.pdf").write_bytes(b"MZ")
    assert parcel.take(job, into, 0).detail == "access.pdf is no PDF"


def test_words_of_other_pages_are_not_taken(job, into, tmp_path):
    assert parcel.take(job, into, 1).detail == "pages.json does not fit"
    twice = packed(tmp_path / "twice", (PAGE, PAGE))
    assert parcel.take(twice, into, 2).detail == "pages.json does not fit"
    assert parcel.take(twice, into, 1).detail == "pages.json does not fit"


@pytest.mark.parametrize(
    "content",
    [b"", b"[1", b"\xff\xfe", b"null", b"[" * 100_000, b'{"pages": []}', b"1" * 5_000],
)
def test_words_that_are_none_are_not_taken(job, into, content):
    (job / "pages.json").write_bytes(content)
    assert parcel.take(job, into, 0).detail == "pages.json does not fit"
    assert parcel.words(job, 0) is None


def test_more_words_than_memory_holds_are_not_even_read(job, into):
    with (job / "pages.json").open("r+b") as file:
        file.truncate(10 << 30)
    assert parcel.take(job, into, 0).detail == "pages.json does not fit"


def test_missing_words_are_named(job, into):
    (job / "pages.json").unlink()
    assert parcel.take(job, into, 0).detail == "pages.json is missing"
    assert parcel.words(job, 0) is None


def test_a_part_is_handed_on_and_a_link_is_not(job, into):
    (job / "part").write_text("[]")
    assert parcel.handed_on(job, into, "part") is None
    assert (into / "part").read_text() == "[]"
    (job / "part").symlink_to(into / "part")
    assert parcel.handed_on(job, into, "part").reason == "ocr-failed"
    (job / "part").unlink()
    assert parcel.handed_on(job, into, "part").detail == "part is missing"


def test_a_look_is_what_a_file_can_be():
    said = {"look": ["application/pdf", "pdf", 3, ["signed"]]}
    assert parcel.look(said) == Look("application/pdf", "pdf", 3, ("signed",))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"look": None},
        {"look": ["application/pdf", "../../evil", 1, []]},
        {"look": ["text/html", "html", 1, []]},
        {"look": ["application/pdf", "pdf", 0, []]},
        {"look": ["application/pdf", "pdf", 10**9, []]},
        {"look": ["application/pdf", "pdf", "1", []]},
        {"look": ["application/pdf", "pdf", 1, ["../x"]]},
        {"look": ["application/pdf", "pdf", 1, ["word"] * 1_000]},
        {"look": ["application/pdf", "pdf", 1, [[]]]},
        {"look": ["application/pdf", "pdf", 1, "signed"]},
        {"look": ["application/pdf", "pdf", 1]},
    ],
)
def test_a_look_that_cannot_be_is_none(said):
    assert parcel.look(said) is None


def test_only_known_reasons_are_believed():
    assert parcel.refusal({"refusal": "truncated", "detail": "x"}, "o") == Refusal("truncated", "x")
    assert parcel.refusal({"refusal": "archived", "detail": 7}, "other") == Refusal("other", "")
    assert parcel.refusal({"refusal": ["truncated"]}, "other") == Refusal("other", "")


def test_a_detail_is_one_short_line_that_moves_no_cursor():
    said = parcel.refusal({"refusal": "truncated", "detail": "\x1b[2J\n" + "x" * 1_000}, "o")
    assert said.detail.startswith(" [2J x") and len(said.detail) == 200


def test_what_was_cut_out_is_taken_with_it(job, into):
    assert parcel.take(job, into, 0, cut=True).detail == "cut.pdf is missing"
    (job / "cut.pdf").write_bytes(b"no PDF")
    assert parcel.take(job, into, 0, cut=True).detail == "cut.pdf is no PDF"
    (job / "cut.pdf").write_bytes(b"%PDF-1.7 cut")
    assert parcel.take(job, into, 0, cut=True) == Reading("e", ("vie",), ())
    assert (into / "cut.pdf").read_bytes() == b"%PDF-1.7 cut"
