"""The gate's benchmark: pages that repeat, sets that share nothing, counts with honest bounds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.gate import marked, press, shelf, sorts, table, texts
from benchmarks.ocr import drafts
from benchmarks.ocr import shelf as ocr_shelf
from partydoc.document import Verdict

SOME = ("red", "printed", "under-seal", "onebit-over", "lifted", "newspaper", "handwritten", "back")


def judged(name: str, number: int, kind: str, level: str | None = None) -> table.Judged:
    sort = shelf.SORTS[name]
    mark = "Mật" if sort.marked else None
    sample = shelf.Sample(sort, number, Path("page.jpg"), mark)
    return table.Judged(sample, Verdict(kind, level))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 300, 0.0, 0.0126), (5, 10, 0.2366, 0.7634), (0, 0, 0, 1)]
)
def test_bounds_are_those_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert table.Share(hits, of).bounds == pytest.approx((low, high), abs=0.0001)


def test_the_two_sets_share_nothing() -> None:
    tune, test = map(texts.words, drafts.SETS)
    assert set(tune.stamp_faces).isdisjoint(test.stamp_faces)
    assert set(tune.paragraphs + tune.headings).isdisjoint(test.paragraphs + test.headings)
    assert set(tune.foreign["paragraphs"]).isdisjoint(test.foreign["paragraphs"])
    assert {head["signer"] for head in tune.heads}.isdisjoint(head["signer"] for head in test.heads)
    assert abs(texts.FIRST["tune"] - texts.FIRST["test"]) > 10_000


def test_half_of_the_pages_are_marked() -> None:
    marks = [sort for sort in shelf.SORTS.values() if sort.marked]
    clear = [sort for sort in marks if sort.group == "clear marks"]
    assert len(clear) >= 12 <= len(marks) - len(clear)
    assert len(shelf.SORTS) - len(marks) >= 25


@pytest.mark.slow
@pytest.mark.parametrize("name", SOME)
def test_pages_of_a_sort_repeat_and_differ(name: str) -> None:
    sort = shelf.SORTS[name]
    first = sorts.make(sort, "tune", 0)
    assert first == sorts.make(sort, "tune", 0)
    assert first.data != sorts.make(sort, "tune", 1).data


def test_a_stamp_is_pressed_where_it_belongs() -> None:
    page = Image.new("RGB", (827, 1169), "white")
    die = press.Die(("MẬT",), texts.words("tune").stamp_faces[0])
    inked = press.stamp(page, die, (60, 100), 0, random.Random(1))
    left, top, right, bottom = inked.convert("L").point(lambda v: 255 * (v < 200)).getbbox() or ()
    unit = 1169 / 297
    assert (left + right) / 2 / unit == pytest.approx(60, abs=1)
    assert (bottom - top) / unit == pytest.approx(die.size[1], abs=1)


def test_a_free_place_bears_no_print_and_an_occupied_one_does() -> None:
    page = Image.new("RGB", (827, 1169), "white")
    page.paste((0, 0, 0), (0, 180, 827, 300))
    dot = 1169 / 297
    _, free = press.free(page, (30, 9), random.Random(2))
    assert not 180 / dot - 4 < free < 300 / dot + 4
    _, over = press.over_text(page, (30, 30), random.Random(2))
    assert 180 / dot - 15 < over < 300 / dot + 15


def test_levels_come_by_turns() -> None:
    told = [sorts.Told("tune", number, random.Random(0)) for number in range(3)]
    assert [marked.die(each).lines[0] for each in told] == list(sorts.LEVELS)


def test_a_missed_aim_is_marked_and_the_page_named() -> None:
    found = [judged("red", i, "marked", "Mật") for i in range(19)] + [judged("red", 19, "clear")]
    shown = "\n".join(table.lines(found))
    assert "19/20 = 95.0%" in shown
    assert "!" in shown
    assert "| 19 clear |" in shown


def test_an_unsure_blank_page_is_no_miss_but_a_held_one_is() -> None:
    assert not table.is_miss(judged("blank", 0, "unsure"))
    assert table.is_miss(judged("blank", 0, "marked", "Mật"))
    assert table.is_miss(judged("letter", 0, "unsure"))


def test_a_wrong_level_shows_although_it_is_held() -> None:
    found = [judged("red", 0, "marked", "Tối mật")]
    assert table.lines(found)[-1].split("|")[7].strip() == "1"
    assert not table.is_miss(found[0])


@pytest.mark.slow
def test_two_documents_go_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_shelf.tempfile, "gettempdir", lambda: str(tmp_path))
    every = shelf.samples(["red", "back"], "tune", range(1))
    kinds = [each.verdict.kind for each in table.judged(every, shelf.readings(every))]
    assert kinds == ["marked", "clear"]
    assert shelf.readings(every) == shelf.readings(every)
    assert [each["verdict"] for each in table.figures(
        table.judged(every, shelf.readings(every)))["documents"]] == kinds  # fmt: skip
