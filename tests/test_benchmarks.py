"""The benchmark measures what it says: texts, pages, metric and engines."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from benchmarks.ocr import (
    accuracy,
    batches,
    copies,
    damage,
    drafts,
    engines,
    kinds,
    memory,
    metric,
    shelf,
    speed,
)

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_LETTERS = {
    unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in _TONES
} | {"đ"}


def edits(line: str, text: str) -> int:
    """Return the same as `metric.distance`, by the table of the textbook."""
    row = [0] * (len(text) + 1)
    for i, char in enumerate(line, 1):
        below = [i]
        for j, other in enumerate(text):
            below.append(min(row[j] + (char != other), row[j + 1] + 1, below[j] + 1))
        row = below
    return min(row)


@given(st.text("abă ", max_size=80), st.text("abăc ", max_size=120))
def test_distance_is_the_least_number_of_edits(line: str, text: str) -> None:
    assert metric.distance(line, text) == edits(line, text)


def test_a_line_may_stand_anywhere() -> None:
    lines = ["ĐẢNG UỶ XÃ", "Số 12-NQ/ĐU", "*", "Nguyễn Văn Mẫu"]
    perfect = metric.score(lines, "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu\n\nSố 12-NQ/ĐU ĐẢNG UỶ\nXÃ")
    assert (perfect.errors, perfect.error, perfect.ratio) == (0, 0, 1)
    assert (perfect.signer, perfect.signer_folded) == (1, 1)


def test_each_wrong_letter_counts_once() -> None:
    read = metric.score(["Kế hoạch “năm” 2019 – 2020"], "Trần Ví Dụ", 'Kê hoạch "năm" 2019 - 202O')
    assert (read.errors, read.printed) == (2, 24)
    lost = metric.score(["Kế hoạch"], "Trần Ví Dụ", "")
    assert (lost.errors, lost.error, lost.ratio) == (8, 100, 0)


def test_a_signer_without_marks_is_right_only_when_folded() -> None:
    read = metric.score(["Trần Ví Dụ"], "Trần Ví Dụ", "TRAN VÍ DỤ")
    assert (read.signer, read.signer_folded) == (0, 1)


def test_what_is_put_out_beyond_the_print_shows() -> None:
    assert metric.score(["abcd"], "abcd", "abcd efgh").ratio == 2


def test_totals_weigh_pages_by_their_length() -> None:
    pages = [metric.score(["a" * 90], "x", "a" * 90), metric.score(["b" * 10], "x", "")]
    assert metric.total(pages).error == 10
    assert metric.total(pages).pages == 2


@pytest.mark.parametrize("face", ["LiberationSerif", "LiberationMono", "FreeSerif", "FreeMono"])
def test_faces_have_every_letter(face: str) -> None:
    for path in drafts.font_files(face).values():
        font = ImageFont.truetype(path, 40)
        missing = bytes(font.getmask("\uffff"))
        every = _LETTERS | {char.upper() for char in _LETTERS}
        assert not [char for char in every if bytes(font.getmask(char)) == missing]


def test_the_two_sets_share_nothing() -> None:
    tune, test = map(drafts.load, drafts.SETS)
    assert {tune.serif, tune.mono}.isdisjoint({test.serif, test.mono})
    assert set(tune.paragraphs).isdisjoint(test.paragraphs)
    assert {head["signer"] for head in tune.heads}.isdisjoint(head["signer"] for head in test.heads)
    assert len(tune.heads) >= 12 <= len(test.heads)


def test_there_are_ten_ordinary_kinds_and_seven_others() -> None:
    assert (len(kinds.ORDINARY), len(kinds.KINDS)) == (10, 17)


@pytest.mark.slow
@pytest.mark.parametrize("name", kinds.KINDS)
def test_pages_of_a_kind_repeat_and_differ(name: str) -> None:
    texts, small = drafts.load("tune"), replace(kinds.KINDS[name], dpi=60)
    first = kinds.make(name, texts, 0, small)
    assert first == kinds.make(name, texts, 0, small)
    assert first.data != kinds.make(name, texts, 1, small).data
    assert first.signer in first.lines
    assert sum(map(len, first.lines)) > 700


def test_noise_has_the_spread_that_is_asked_for() -> None:
    grey = Image.new("L", (400, 400), 128)
    noisy = damage.gaussian_noise(grey, 28, random.Random(1)).tobytes()
    mean = sum(noisy) / len(noisy)
    spread = (sum((level - mean) ** 2 for level in noisy) / len(noisy)) ** 0.5
    assert abs(spread - 28) < 1


def test_a_reading_is_taken_from_the_shelf_only_for_the_same_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf.tempfile, "gettempdir", lambda: str(tmp_path))
    page = tmp_path / "page.jpg"
    page.write_bytes(b"one")
    shelf.Readings("bare", "1").keep(page, "Đảng uỷ")
    assert shelf.Readings("bare", "1").known([page]) == {page: "Đảng uỷ"}
    assert shelf.Readings("bare", "2").known([page]) == {}
    page.write_bytes(b"two")
    assert shelf.Readings("bare", "1").known([page]) == {}


def test_ratios_are_medians_of_rounds() -> None:
    times = {"5 pages": {"partydoc": [1, 9, 1], "tesseract": [2, 10, 1], "ocrmypdf": [3, 9, 2]}}
    found = {one.name: one for one in speed.ratios(times)}
    assert found["partydoc : tesseract"].value == 0.9
    assert not found["partydoc : tesseract"].aim.is_met(0.9)
    assert found["ocrmypdf : partydoc"].value == 2
    assert not found["ocrmypdf : partydoc"].aim.is_met(2)


@pytest.mark.parametrize("kind", batches.SCANS)
def test_a_one_page_document_may_take_longer_however_it_is_scanned(kind: str) -> None:
    times = {
        f"{size}, {kind}": {"partydoc": [9], "tesseract": [10]} for size in ("1 page", "5 pages")
    }
    single, several = speed.ratios(times)
    assert (single.aim.most, several.aim.most) == (0.95, 0.85)


@pytest.mark.parametrize(("kind", "mode"), [("colour", "RGB"), ("grey", "L"), ("one-bit", "1")])
def test_pages_are_scanned_as_they_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, mode: str
) -> None:
    coarse = replace(batches.SCANS[kind], dpi=50)
    monkeypatch.setitem(batches.SCANS, kind, coarse)
    with Image.open(batches._draw(tmp_path, kind, 0)) as image:
        assert image.mode == mode


def test_photographs_of_real_pages_have_an_aim_and_miss_it() -> None:
    bad = metric.Score(30, 1000, 900, 900, 0, 0)
    table = {
        "real 4_1": {"partydoc": bad},
        "real 4_2": {"partydoc": bad},
        "real x": {"partydoc": bad},
    }
    rows = accuracy.lines(table)[2:]
    assert ["3.00 !" in row for row in rows] == [True, False, False]
    assert [by["target"] for by in accuracy.figures(table).values()] == [2.4, 4.0, None]


def test_scans_and_photographs_are_taken_with_their_transcripts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("one.pdf", "two.png", "deep/three.pdf", "photo.jpg", "notes.txt")
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        path.with_name(path.stem + "_gt.txt").write_text("Một dòng\nHai dòng\n", "utf-8")
    found = accuracy.real(tmp_path)
    assert {(sample.kind, sample.path.name) for sample in found} == {
        ("real scan: one", "one.pdf"), ("real scan: two", "two.png"),
        ("real scan: three", "three.pdf"), ("real photo", "photo.jpg"),
    }  # fmt: skip
    assert {sample.lines for sample in found} == {("Một dòng", "Hai dòng")}
    assert "notes_gt.txt" in capsys.readouterr().out


def test_real_scans_count_together_and_photographs_do_not() -> None:
    good, bad = (metric.Score(errors, 1000, 900, 900, 0, 0) for errors in (0, 17))
    table = {
        "real scan: a": {"partydoc": good, "tesseract": bad},
        "real x": {"partydoc": metric.Score(500, 1000, 900, 900, 0, 0), "tesseract": bad},
        "real scan: b": {"partydoc": bad, "tesseract": bad},
    }
    rows = accuracy.lines(accuracy.with_totals(table))[2:]
    assert rows[-1].startswith("| real scans, all | 2 | 0.8 | 0.85 ! |")
    assert rows[-1].split("|")[7].strip() == "1.70"
    del table["real scan: b"]
    assert "| real scans, all | 1 | 0.8 | 0.00 |" in accuracy.lines(accuracy.with_totals(table))[-1]
    assert accuracy.with_totals({"real x": table["real x"]}) == {"real x": table["real x"]}


@pytest.mark.slow
@pytest.mark.parametrize("engine", [engines.Partydoc, engines.Bare])
def test_a_pdf_is_read_from_its_first_page_to_its_last(
    tmp_path: Path, engine: type[engines.Engine]
) -> None:
    face = ImageFont.truetype(drafts.font_files("LiberationSerif")["regular"], 40)
    pages = [Image.new("L", (1240, 1754), 255) for _ in range(2)]
    for page, text in zip(pages, ("Thư viện của xã", "mở cửa buổi tối"), strict=True):
        ImageDraw.Draw(page).text((200, 300), text, 0, face)
    path = tmp_path / "two.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    ((_, read),) = engine().read([path])
    assert " ".join(read.split()) == "Thư viện của xã mở cửa buổi tối"


def test_copies_of_odd_files_are_counted_beside_those_of_stock(tmp_path: Path) -> None:
    page = Image.new("L", (300, 400), 255)
    page.save(tmp_path / "no-resolution.png")
    page.convert("RGBA").save(tmp_path / "alpha.png", dpi=(200, 200))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    found = copies.measure(tmp_path)
    outcomes = {name: (one["outcome"], one["stock"]) for name, one in found.items()}
    assert outcomes == {
        "alpha.png": ("archived", False),  # stock refuses transparency
        "broken.pdf": ("quarantined", False),
        "no-resolution.png": ("archived", True),
    }
    assert "| 3 | 2 | 1 |" in copies.lines(found)


def test_a_copy_that_stock_alone_makes_is_named() -> None:
    lost = {"outcome": "original-only", "reason": "text-differs", "stock": True}
    shown = copies.lines({"a.pdf": lost, "b.pdf": {**lost, "outcome": "archived"}})
    assert "| 2 | 1 | 2 ! |" in shown
    assert shown[-1] == "- a.pdf: original-only, text-differs (ocrmypdf makes a copy)"


def seen(folder: Path, **sizes: int) -> memory.Peak:
    """Look at a folder twice: with files of so many kB, and when there is the result alone."""
    peak = memory.Peak("d", memory._A4, document=1, pages=10)
    kinds = {"copy": "into/access.pdf", "made": "job/.pikepdf.access.pdf.x", "rest": "job/x.pdf"}
    for name in {**sizes, "copy": 0}:
        (folder / kinds[name]).parent.mkdir(exist_ok=True)
        (folder / kinds[name]).write_bytes(b"%" * sizes.get(name, 0) * 1000)
    peak.see(folder)
    (folder / kinds["copy"]).write_bytes(b"%" * 1_000_000)
    for name in set(sizes) - {"copy"}:
        (folder / kinds[name]).unlink()
    peak.see(folder)
    return peak


@pytest.mark.parametrize(
    ("sizes", "temporary"),
    [
        ({"rest": 300}, 300),
        ({"rest": 100, "made": 1000}, 100),
        ({"rest": 100, "made": 500, "copy": 500}, 100),
        ({"made": 1000, "copy": 800}, 800),
    ],
)
def test_what_is_temporary_is_all_but_the_result_once(tmp_path, sizes, temporary) -> None:
    peak = seen(tmp_path, **sizes)
    assert peak.temporary == pytest.approx(temporary / 1000, abs=0.02)
    assert peak.disk == pytest.approx(max(1000, sum(sizes.values())) / 1000, abs=0.02)
    assert peak.result == pytest.approx(1, abs=0.02)


def test_another_name_of_a_file_takes_no_room(tmp_path) -> None:
    (tmp_path / "original.pdf").write_bytes(b"%" * 100_000)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "original").hardlink_to(tmp_path / "original.pdf")
    peak = memory.Peak("d", memory._A4, document=0.1, pages=1)
    peak.see(tmp_path / "desk")
    assert peak.disk == peak.temporary == 0


def test_a_second_copy_of_a_long_document_is_too_much() -> None:
    peak = memory.Peak("d", memory._A4, document=100, pages=100)
    assert peak.most_temporary.is_met(4) and not peak.most_temporary.is_met(100)


@pytest.mark.slow
def test_two_kinds_go_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf.tempfile, "gettempdir", lambda: str(tmp_path))
    every = [shelf.page(kind, "tune", 0) for kind in ("d150", "jpegq40")]
    names = [engines.Partydoc.name, engines.Bare.name]
    table, rows = accuracy.measure(names, every)
    assert len(rows) == 4
    for kind in ("d150", "jpegq40"):
        assert 0 < table[kind]["partydoc"].printed == table[kind]["tesseract"].printed
        assert table[kind]["partydoc"].error < 5
    shown = "\n".join(accuracy.lines(accuracy.with_totals(table)))
    assert "| ordinary | 2 | 0.6 |" in shown
