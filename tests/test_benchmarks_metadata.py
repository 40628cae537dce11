"""The benchmark of fields: papers say what their labels say, figures count what they say."""

from __future__ import annotations

import ast
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metadata import (
    calibrate,
    hand,
    kinds,
    layout,
    others,
    papers,
    reading,
    scoring,
    tables,
    tally,
    texts,
)
from benchmarks.metadata.invent import Inventor
from benchmarks.metadata.plan import Plan
from benchmarks.ocr import drafts
from partydoc.document import Field
from partydoc.metadata import sureness
from partydoc.text import exact, fold
from samples.drawing.sheet import Sheet

_HERE = Path(kinds.__file__).parent
_READING = {"reading", "calibrate", "real", "__main__", "tally", "tables"}


def paper(set_name: str, number: int) -> tuple[Plan, list[Sheet]]:
    """Return an invented paper and its sheets."""
    words = texts.load(set_name)
    plan = Inventor(words, random.Random(number)).paper()
    with drafts.typeface(getattr(words, plan.style.face)):
        return plan, layout.Setter(plan).set()


def printed(sheets: list[Sheet]) -> str:
    """Return all that is typed or written, its spaces made one."""
    return " ".join(" ".join(line.split()) for sheet in sheets for line in sheet.lines)


def test_what_draws_knows_nothing_of_the_rules() -> None:
    for path in _HERE.glob("*.py"):
        if path.stem in _READING:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith("partydoc.metadata")], path


def test_the_sets_share_nothing() -> None:
    tune, test = map(texts.load, texts.SETS)
    parts = (
        "provinces", "firsts", "seconds", "hamlets", "givens", "named", "letters", "meetings",
        "invitations", "openings", "addressees", "recipients", "hands",
    )  # fmt: skip
    for part in parts:
        assert set(getattr(tune, part)).isdisjoint(getattr(test, part)), part
    assert {tune.serif, tune.sans, tune.mono}.isdisjoint({test.serif, test.sans, test.mono})
    bodies = [{row["issuer"] for row in each.bodies if "{" not in row["issuer"]}
              for each in (tune, test)]  # fmt: skip
    assert bodies[0].isdisjoint(bodies[1])


@pytest.mark.parametrize("number", range(30))
@pytest.mark.parametrize("set_name", texts.SETS)
def test_what_is_true_of_a_paper_stands_on_it(set_name: str, number: int) -> None:
    plan, sheets = paper(set_name, number)
    text = exact(printed(sheets))
    for name in ("superior", "issuer", "place", "subject", "position", "authority", "number"):
        value = plan.truth[name]
        assert not value or exact(str(value)) in text, name
    assert plan.name_stamped or exact(plan.signer) in text
    for recipient in plan.truth["recipients"]:
        assert f"- {exact(recipient)}" in text
    symbol = plan.truth["symbol"]
    letters = fold(text).replace(" ", "").replace(".", "-").replace("–", "-")
    assert not symbol or fold(symbol).replace(".", "-") in letters
    if plan.truth["date"]:
        assert plan.truth["date"][:4] in text


def test_papers_of_every_era_family_and_form_are_drawn() -> None:
    words = texts.load("test")
    plans = [Inventor(words, random.Random(number)).paper() for number in range(160)]
    assert {plan.era for plan in plans} == {row["name"] for row in texts.table("eras")["era"]}
    assert {plan.form for plan in plans} == set(texts.table("eras")["forms"]["party"])
    assert any(plan.copied for plan in plans) and any(plan.signed_copy for plan in plans)
    assert any(plan.appendix for plan in plans) and any(plan.urgency for plan in plans)
    assert any(plan.truth["number"] is None and plan.truth["symbol"] for plan in plans)
    assert not any("secrecy" in plan.truth for plan in plans)


def test_tones_are_placed_as_before_on_open_syllables_only() -> None:
    assert texts.old_tones("HÒA ủy khóa Huỳnh hoàn quý") == "HOÀ uỷ khoá Huỳnh hoàn quý"


def test_the_same_number_gives_the_same_paper() -> None:
    words = texts.load("test")
    first, again = (kinds.make("d150", words, 1) for _ in range(2))
    assert (first.data, first.plan) == (again.data, again.plan)
    assert kinds.make("d150", words, 2).data != first.data


def test_every_hand_writes_every_figure() -> None:
    for number in range(10):
        assert set(hand.hand(number).forms) >= set("0123456789/-")


def test_fields_are_worth_what_they_say() -> None:
    def became(name: str, truth: object, value: str | None, sure: bool = True, by: str = "") -> str:
        got = Field(value, accepted=sure) if value else None
        return scoring.outcome(name, truth, got, by.split())

    assert became("issuer", "HUYỆN UỶ PHÚ SƠN", "Huyện ủy Phú Sơn") == "accepted"
    assert became("issuer", "HUYỆN ỦY PHÚ SƠN", "HUYỆN ỦY PHÙ SƠN") == "wrong"
    assert became("issuer", "HUYỆN ỦY", "HUYỆN ỦY PHÚ", sure=False) == "unsure"
    assert became("symbol", "QĐ-UB", "QĐ.UB", sure=False) == "review"
    assert became("number", None, "12") == "invented"
    assert became("number", None, "12", sure=False) == "proposed"
    assert became("number", None, None) == "absent"
    assert became("number", "12", None) == "missing"
    assert became("copy_type", None, "Bản chính") == "absent"


def test_a_date_may_leave_out_what_is_by_hand_only() -> None:
    assert scoring.right("date", "2010-07-26", "2010-07", {"day"})
    assert not scoring.right("date", "2010-07-26", "2010", {"day"})
    assert scoring.right("date", "2010-07-26", "2010", {"day", "month"})
    assert not scoring.right("date", "2010-07-26", "2010-08", {"day", "month"})
    shortened = Field("2010-07", accepted=True)
    assert scoring.outcome("date", "2010-07-26", shortened, ()) == "missing"


def test_one_word_in_ten_of_a_subject_may_be_misread() -> None:
    subject = "về việc thành lập tổ công tác chuyển đổi số"
    assert scoring.right("subject", subject, subject.replace("tổ", "tố"), ())
    assert not scoring.right("subject", subject, "về việc thành lập", ())


def test_bounds_are_those_of_wilson() -> None:
    assert tally.wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert tally.wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert tally.wilson(0, 0) == (0, 1)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=200))
def test_more_evidence_never_means_less_probability(seen: list[tuple[float, bool]]) -> None:
    points = calibrate.curve(seen, least=5)
    places, shares = [x for x, _ in points], [y for _, y in points]
    assert places == sorted(places) and shares == sorted(shares)
    assert all(0 < share < 1 for share in shares)
    assert points and 0 <= points[0][0] <= points[-1][0] <= 1


def test_a_step_of_a_curve_stands_on_enough_values() -> None:
    seen = [(i / 100, i >= 50) for i in range(100)]
    points = calibrate.curve(seen, least=20)
    assert points[0][1] < 0.05 and points[-1][1] > 0.95
    assert len({share for _, share in points}) <= 5


def test_what_was_never_seen_is_not_believed() -> None:
    points = calibrate.curve([(0.9, True)] * 20)
    assert points[0][1] == pytest.approx(20.5 / 23, abs=1e-3)


def test_a_field_of_few_values_leans_on_all_fields() -> None:
    default = [(0.2, 0.1), (0.8, 0.9)]
    points = calibrate.curve([(0.8, False)] * 5, least=5, leaning=default)
    assert points == [(0.2, 0.1), (0.8, pytest.approx(8 * 0.9 / 13, abs=1e-4))]


def test_the_threshold_is_judged_on_the_other_half() -> None:
    good = {"type": [(i / 100, i >= 40) for i in range(100)] * 3, "code": []}
    text, lines = calibrate.table_of((good, good), 6)
    said = tomllib.loads(text)
    assert set(said["curves"]) == {"default", "type"}
    points = [tuple(point) for point in said["curves"]["type"]]
    assert sureness.along(points, 0.99) >= said["threshold"] > sureness.along(points, 0.2)
    assert len(lines) == len(calibrate.THRESHOLDS) and " 0 wrong" in lines[0]


def test_one_value_of_little_evidence_does_not_make_little_evidence_good() -> None:
    default = [(0.2, 0.3), (0.8, 0.9)]
    points = calibrate.curve([(0.25, False)] + [(0.95, True)] * 29, least=12, leaning=default)
    assert points[:2] == default and points[-1][1] > 0.95


def test_curves_are_written_as_they_are_read() -> None:
    said = tomllib.loads(calibrate.toml({"default": [(0.0, 0.1), (1.0, 0.9)]}, 0.95))
    assert said == {"threshold": 0.95, "curves": {"default": [[0.0, 0.1], [1.0, 0.9]]}}


def test_missed_aims_are_marked() -> None:
    def of(outcomes: dict[scoring.Outcome, int]) -> list[str]:
        one = tally.Tally(tally.Counter(outcomes), [1.0])
        return tables.lines({"type": one}) + tables.summary({"all": one, "subject": one})

    assert not [line for line in of({"accepted": 200}) if "!" in line]
    assert len([line for line in of({"accepted": 150, "wrong": 50}) if "!" in line]) == 3


@pytest.mark.slow
def test_papers_go_through_the_whole_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def folder(name: str) -> Path:
        path = tmp_path / name
        path.mkdir(exist_ok=True)
        return path

    monkeypatch.setattr(papers, "folder", folder)
    monkeypatch.setattr(reading, "folder", folder)
    drawn = papers._sample("tune", "ordinary", "colour200", 0)
    nothing = papers._sample("tune", "other", "blank", 0)
    reads = reading.described([drawn, nothing])
    every = tally.judged(reads)
    said = tally.tally(one for one in every if one.read.sample is drawn)
    assert said.right >= said.on_paper // 2
    assert {one.outcome for one in every if one.read.sample is nothing} == {"absent"}
    assert tables.lines(tables.rows(every))[2].startswith("| all |")


def test_pages_that_are_no_document_are_drawn() -> None:
    assert len(others.OTHERS) >= 6
    data, extension = others.make("blank", texts.load("tune"), 0)
    assert data[:2] == b"\xff\xd8" and extension == "jpg"
