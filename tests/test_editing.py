"""What a person says of a document."""

from __future__ import annotations

import json
from pathlib import Path

import desk
import judge
import papers
import pytest
from conftest import Run
from papers import ALL, kept, said, say, value
from sheet import body, page, party

from partydoc import editing, lookup, searching
from partydoc.archive.audit import Audit
from partydoc.archive.root import Archive
from partydoc.codes import PARTS
from partydoc.document import Field
from partydoc.editing import Edit
from partydoc.errors import Unreadable, UsageProblem
from partydoc.fieldnames import ABSENT, EDITABLE
from partydoc.metadata.describe import describe
from partydoc.work import Work

SCANS = Path(__file__).parent.parent / "samples" / "scans"


@pytest.fixture
def filled(fast_disk: Path) -> tuple[Archive, list[str]]:
    return papers.filled(fast_disk)


def test_a_correction_is_a_new_version_with_an_event_and_a_line_in_the_log(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, second) = filled
    made = say(archive, first, {"subject": "về công tác lưu trữ"})
    assert value(archive, first, "subject") == "về công tác lưu trữ"
    assert [(one.document, one.changed) for one in made.edited] == [(first, ("subject",))]
    happened = lookup.history_of(archive, first)[-1]
    assert happened["type"] == "metadata modification"
    assert (happened["operation"], happened["fields"]) == (made.number, ["subject"])
    last, line = list(Audit(archive.audit).newest_first())[:2]
    assert (line["what"], line["ids"], line["fields"]) == ("edit", [first], ["subject"])
    assert (last["what"], last["operation"]) == ("finished", made.number)
    assert "lưu trữ" not in next(archive.audit.iterdir()).read_text("utf-8")
    assert judge.objects_are_valid(archive.root) == 5
    subject = kept(archive, second).fields["subject"]
    assert subject and subject.source == "machine"


def test_the_catalogue_and_the_index_know_at_once(
    filled: tuple[Archive, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    archive, (first, _second) = filled
    say(archive, first, {"signer": "Nguyễn Văn Mẫu"})
    found = searching.search(archive, ["signer:mau"], 10, 0).results
    assert [one.hit.id for one in found] == [first]
    assert found[0].value("signer") == "Nguyễn Văn Mẫu"


def test_a_document_of_which_all_is_known_is_described(filled: tuple[Archive, list[str]]) -> None:
    archive, (first, second) = filled
    assert kept(archive, first).status == "review"
    say(archive, first, ALL)
    assert kept(archive, first).status == "described"
    assert value(archive, first, "number") == "12" and value(archive, first, "symbol") == "NQ/ĐU"
    say(archive, second, {**{k: v for k, v in ALL.items() if k != "code"}, "number": None})
    assert kept(archive, second).status == "described"
    assert kept(archive, second).fields["code"] == ABSENT


def test_what_a_person_confirms_is_the_persons_and_keeps_its_place(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, _second) = filled
    read = kept(archive, first).fields["place"]
    assert read and read.source == "machine" and read.box
    made = say(archive, first, {"place": read.value})
    assert made.edited[0].changed == ("place",)
    now = kept(archive, first).fields["place"]
    assert now and (now.value, now.box, now.source) == (read.value, read.box, "person")
    assert now.accepted and now.confidence == 1.0
    again = say(archive, first, {"place": read.value})
    assert again.number is None and not again.edited[0].changed


def test_a_person_beats_the_machine_when_it_reads_again(filled: tuple[Archive, list[str]]) -> None:
    archive, (first, _second) = filled
    say(archive, first, {**ALL, "place": "Đồng Mới", "signer": None})
    papers.read_again(archive, first, title="BÁO CÁO", subject=("về việc khác",))
    fields = kept(archive, first).fields
    for name, value_ in ALL.items():
        field = fields[name]
        assert field and (field.value, field.source, field.accepted) == (value_, "person", True)
    assert fields["place"] == said("Đồng Mới") and fields["signer"] == ABSENT
    assert kept(archive, first).status == "described"


@pytest.mark.slow
def test_ocr_of_a_named_document_leaves_what_a_person_said(run: Run, tmp_path: Path) -> None:
    archive = desk.new_archive(tmp_path / "a")
    at = ("-a", archive.root)
    line = run(*at, "scan", "--json", "--unclassified", SCANS / "party-invitation.png").lines[0]
    reference = line["id"][:10]
    run(*at, "edit", reference, "so=99", "trích yếu=về việc mời họp", "người ký=-")
    before = run(*at, "show", "--json", reference).lines[0]["record"]
    run(*at, "ocr", reference)
    after = run(*at, "show", "--json", reference).lines[0]["record"]
    assert {name: after[name]["value"] for name in ("number", "subject", "signer")} == {
        "number": "99", "subject": "về việc mời họp", "signer": None,
    }  # fmt: skip
    assert after["number"]["source"] == "person" and after["code"] == before["code"]


def test_a_forgotten_value_is_the_machines_again(filled: tuple[Archive, list[str]]) -> None:
    archive, (first, _second) = filled
    before = kept(archive, first).fields
    say(archive, first, {"place": "Đồng Mới", "code": "99-NQ/ĐU", "note": "rách góc"})
    with desk.at_work(archive) as opened:
        edit = Edit(first, forget=("place", "code", "note"))
        made = editing.apply(opened, [edit], desk.NOW)
    assert set(made.edited[0].changed) == {"place", "number", "symbol", "code", "note"}
    after = kept(archive, first).fields
    for name in ("number", "symbol", "code", "note"):
        assert after.get(name) == before.get(name)
    place = after["place"]
    assert place and (place.value, place.source) == ("Mẫu Sơn", "machine")


def test_what_is_not_named_is_not_forgotten_and_the_code_follows(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, _second) = filled
    read = kept(archive, first).fields
    say(archive, first, {"symbol": "QĐ/XYZ", "number": "77"})
    with desk.at_work(archive) as opened:
        editing.apply(opened, [Edit(first, forget=("number",))], desk.NOW)
    after = kept(archive, first).fields
    assert after["number"] == read["number"] and after["symbol"] == said("QĐ/XYZ")
    assert value(archive, first, "code") == "12-QĐ/XYZ"
    with desk.at_work(archive) as opened:
        editing.apply(opened, [Edit(first, forget=("symbol",))], desk.NOW)
    after = kept(archive, first).fields
    assert [after[name] for name in PARTS] == [read[name] for name in PARTS]


def test_what_is_forgotten_is_read_beside_its_neighbours(fast_disk: Path) -> None:
    archive, ids = papers.filled(fast_disk, 3)
    for document, number in ((ids[0], "11"), (ids[2], "13")):
        say(archive, document, {"code": f"{number}-NQ/ĐU", "date": "2023-06-05"})
    papers.read_again(archive, ids[1], number=(unsure := "Số 12@0.7 -NQ/ĐU"))
    read = kept(archive, ids[1]).fields["number"]
    pages = (page(*party(number=unsure), *body()),)
    alone = describe(pages, kept(archive, ids[1]).names)["number"]
    assert read and alone and read.confidence > alone.confidence
    say(archive, ids[1], {"number": "12"})
    with desk.at_work(archive) as opened:
        editing.apply(opened, [Edit(ids[1], forget=("number",))], desk.NOW)
    assert kept(archive, ids[1]).fields["number"] == read


def test_a_check_of_a_record_that_somebody_changed_meanwhile_is_not_written(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, _second) = filled
    seen = kept(archive, first).fields
    expected = {name: seen.get(name) for name in EDITABLE}
    say(archive, first, {"note": "rách góc"})
    before = lookup.history_of(archive, first)
    with desk.at_work(archive) as opened:
        edit = Edit(first, {"signer": "Lê Thị Mẫu"}, expected)
        made = editing.apply(opened, [edit], desk.NOW, "check")
    assert (made.number, made.edited[0].stale) == (None, ("note",))
    assert lookup.history_of(archive, first) == before
    now = kept(archive, first).fields
    with desk.at_work(archive) as opened:
        again = Edit(first, {}, {name: now.get(name) for name in EDITABLE})
        assert editing.apply(opened, [again], desk.NOW, "check").number


@pytest.mark.parametrize(
    ("expected", "stale"),
    [
        ("Mẫu Sơn", False), ("Đồng Mới", True), (None, True), (ABSENT, True),
        (Field("Mẫu Sơn"), False), (said("Mẫu Sơn"), True),
    ],
)  # fmt: skip
def test_what_was_changed_meanwhile_is_told_and_not_overwritten(
    filled: tuple[Archive, list[str]], expected: Field | str | None, stale: bool
) -> None:
    archive, (first, _second) = filled
    edit = Edit(first, {"place": "Hà Mẫu", "signer": "Lê Thị Mẫu"}, {"place": expected})
    with desk.at_work(archive) as opened:
        made = editing.apply(opened, [edit], desk.NOW)
    assert made.edited[0].stale == (("place",) if stale else ())
    assert value(archive, first, "place") == ("Mẫu Sơn" if stale else "Hà Mẫu")
    assert value(archive, first, "signer") == "Lê Thị Mẫu"


def test_unknown_and_absent_are_not_the_same_expectation(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, _second) = filled
    say(archive, first, {"signer": None})
    for expected, stale in ((None, ("signer",)), (ABSENT, ())):
        edit = Edit(first, {"signer": "Lê Thị Mẫu"}, {"signer": expected})
        assert editing.draft(archive, [edit])[0].edited.stale == stale


def test_the_same_edit_a_second_time_is_neither_stale_nor_a_change(
    filled: tuple[Archive, list[str]],
) -> None:
    archive, (first, _second) = filled
    edit = Edit(first, {"place": "Hà Mẫu"}, {"place": "Mẫu Sơn"})
    for changed in (("place",), ()):
        with desk.at_work(archive) as opened:
            made = editing.apply(opened, [edit], desk.NOW)
        assert (made.edited[0].changed, made.edited[0].stale) == (changed, ())


def test_two_edits_of_one_document_are_one_version(filled: tuple[Archive, list[str]]) -> None:
    archive, (first, _second) = filled
    versions = len(lookup.history_of(archive, first))
    with desk.at_work(archive) as opened:
        edits = [Edit(first, {"number": "7", "symbol": "KH/ĐU"}), Edit(first, {"number": "8"})]
        editing.apply(opened, edits, desk.NOW)
    assert len(lookup.history_of(archive, first)) == versions + 1
    assert value(archive, first, "code") == "8-KH/ĐU"


def nothing_changed(archive: Archive, ids: list[str], edits: list[Edit]) -> str:
    """See that edits are refused and leave no trace; return the sentence."""
    before = [kept(archive, document) for document in ids]
    lines = len(list(Audit(archive.audit).newest_first()))
    with (
        desk.at_work(archive) as opened,
        pytest.raises((UsageProblem, Unreadable)) as told,
    ):
        editing.apply(opened, edits, desk.NOW)
    assert [kept(archive, document) for document in ids] == before
    assert len(list(Audit(archive.audit).newest_first())) == lines
    return f"{told.value.message} {told.value.hint}"


def test_nothing_is_changed_before_all_is_known_to_be_good(
    filled: tuple[Archive, list[str]], fast_disk: Path
) -> None:
    archive, ids = filled
    good = Edit(ids[0], {"place": "Hà Mẫu"})
    with desk.at_work(archive) as opened:
        (fast_disk / "h.pdf").write_bytes(b"%PDF held")
        held = desk.keep(opened, fast_disk / "h.pdf")
        assert isinstance(held, Work)
    for bad, sentence in (
        (Edit("0" * 64, {"place": "Hà Mẫu"}), "no document"),
        (Edit(held.kept.id, {"place": "Hà Mẫu"}), "stands in hold"),
        (Edit(ids[1], {"plaec": "Hà Mẫu"}), "place (địa danh)"),
        (Edit(ids[1], {"code": "12-NQ/ĐU", "number": "13"}), "contradict"),
        (Edit(ids[1], {"secrecy": "Mật"}), "partydoc classify"),
    ):
        assert sentence in nothing_changed(archive, ids, [good, bad])


def test_on_an_independent_lan_a_mark_is_a_field_like_any_other(fast_disk: Path) -> None:
    archive, (first,) = papers.filled(fast_disk, 1, "independent-lan")
    say(archive, first, {"secrecy": "Mật"})
    assert value(archive, first, "secrecy") == "Mật"


def test_a_document_that_was_not_read_waits_for_it_still(fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "archive")
    (fast_disk / "1.pdf").write_bytes(b"%PDF 1")
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, fast_disk / "1.pdf", unclassified=True)
    assert isinstance(work, Work)
    say(archive, work.kept.id, ALL)
    assert kept(archive, work.kept.id).status == "pending"
    assert json.loads(kept(archive, work.kept.id).to_json())["fields"]["code"]["accepted"]
