"""The loop of `review` in a terminal, on an archive that was filled without OCR."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import desk
import pytest
import waiting
from conftest import Run
from forms import judge
from terminal import ENTER, TAB, UP, Terminal
from waiting import KNOWN, sure, unsure

from partydoc.archive.root import Archive
from partydoc.document import Field

BY_HAND = KNOWN | {"number": unsure("11"), "code": unsure("11-TTr/ĐU"), "date": unsure("2010-07")}
NAMELESS = {name: one for name, one in KNOWN.items() if name not in ("issuer", "superior")}


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive: one document is known, of two number and day are unsure, one has no issuer."""
    return waiting.archive_of(fast_disk / "a", [KNOWN, BY_HAND, BY_HAND, NAMELESS])


def review(archive: Archive, *arguments: object, stdout: int | None = None) -> Terminal:
    """Begin a loop over the folder."""
    at = ("-a", archive.root, "review", waiting.FOLDER, *arguments)
    return Terminal(at, archive.root.parent, stdout)


def values(archive: Archive) -> list[dict[str, object]]:
    """Return the values of all documents."""
    found = waiting.records(archive)
    return [{name: one.value if one else None for name, one in kept.fields.items()}
            for kept in found]  # fmt: skip


def test_enter_accepts_typing_corrects_and_nothing_that_is_sure_is_asked(archive: Archive) -> None:
    with review(archive) as terminal:
        shown = terminal.answer("number [11]: ", "")
        assert "1 of 3" in shown and "A29-01-0003-002" in shown and "62 %" in shown
        terminal.answer("date [07/2010]: ", "5")
        assert "number [11]: " in terminal.until("number [11]: ")
        terminal.type("q" + ENTER)
        assert terminal.end() == 0
    first, second, third, _ = values(archive)
    assert (second["number"], second["code"], second["date"]) == ("11", "11-TTr/ĐU", "2010-07-05")
    assert third["date"] == "2010-07"
    fields = waiting.records(archive)[1].fields
    assert all(one and one.accepted for one in fields.values())
    assert fields["number"] and fields["number"].source == "person"
    assert fields["type"] and fields["type"].source == "machine"


def test_what_cannot_be_a_value_is_said_at_once(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "")
        terminal.answer("date [07/2010]: ", "31/02/2010")
        assert "is no date" in terminal.answer("date [07/2010]: ", "5/7/2010")
        terminal.answer("number [11]: ", "q")
        assert terminal.end() == 0
    assert values(archive)[1]["date"] == "2010-07-05"


def test_tab_brings_what_the_neighbours_have_and_the_arrow_what_was_read(archive: Archive) -> None:
    with review(archive) as terminal:
        for _document in range(2):
            terminal.answer("number [11]: ", "s")
        terminal.until("superior body (Tab: ĐẢNG BỘ HUYỆN MẪU SƠN): ")
        terminal.type(TAB)
        terminal.until("MẪU SƠN")
        terminal.type(ENTER)
        terminal.until("issuer (Tab: ĐẢNG UỶ XÃ ĐỒNG MẪU): ")
        terminal.type("dang uy" + TAB)
        terminal.until("ĐỒNG MẪU")
        terminal.type(" HAI" + ENTER)
        assert terminal.end() == 0
    assert values(archive)[3]["superior"] == "ĐẢNG BỘ HUYỆN MẪU SƠN"
    assert values(archive)[3]["issuer"] == "ĐẢNG UỶ XÃ ĐỒNG MẪU HAI"
    with review(archive) as terminal:
        terminal.until("number [11]: ")
        terminal.type(UP + "7" + ENTER)
        terminal.answer("date [07/2010]: ", "")
        terminal.answer("number [11]: ", "q")
        terminal.end()
    assert values(archive)[1]["number"] == "117"


def test_a_dash_says_that_there_is_none_and_it_does_not_wait_any_more(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "-")
        terminal.answer("date [07/2010]: ", "5")
        terminal.answer("number [11]: ", "q")
        terminal.end()
    kept = waiting.records(archive)[1]
    absent = Field(None, source="person", accepted=True)
    assert kept.fields["number"] == kept.fields["code"] == absent
    assert kept.status == "described"


def test_undo_goes_back_a_field_and_then_to_the_document_before(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "13")
        terminal.answer("date [07/2010]: ", "u")
        terminal.answer("number [11]: ", "14")
        terminal.answer("date [07/2010]: ", "5")
        assert "2 of 3" in terminal.answer("number [11]: ", "u")
        shown = terminal.answer("number [11]: ", "15")
        assert "Undone" in shown and "A29-01-0003-002" in shown
        terminal.answer("date [07/2010]: ", "6")
        assert "A29-01-0003-003" in terminal.answer("number [11]: ", "q")
        terminal.end()
    assert values(archive)[1]["number"] == "15" and values(archive)[1]["date"] == "2010-07-06"


def test_with_nothing_done_there_is_nothing_to_undo(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "u")
        assert "nothing to undo" in terminal.answer("number [11]: ", "q")
        assert terminal.end() == 0


def test_undo_at_the_first_field_takes_corrections_back_before_it_leaves(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "s")
        terminal.answer("number [11]: ", "người ký=Trần Thị Bình")
        terminal.answer("number [11]: ", "u")
        terminal.until("The last correction is taken back")
        terminal.answer("number [11]: ", "u")
        assert "A29-01-0003-002" in terminal.answer("number [11]: ", "q")
        terminal.end()
    assert {one["signer"] for one in values(archive)} == {"Nguyễn Văn An"}


def test_two_at_once_get_different_documents_and_a_killed_one_gives_its_own_back(
    archive: Archive,
) -> None:
    with review(archive) as first, review(archive) as second:
        one = first.until("number [11]: ")
        other = second.until("number [11]: ")
        seen = {part for part in ("003-002", "003-003") if part in one}
        assert len(seen) == 1 and not any(part in other for part in seen)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        with review(archive) as third:
            assert seen.pop() in third.until("number [11]: ")


def test_the_lock_is_free_while_a_person_thinks(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.until("number [11]: ")
        with archive.writing(wait=0):
            pass


def test_somebody_elses_value_is_not_overwritten_but_shown(archive: Archive) -> None:
    document = waiting.records(archive)[1].id
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "13")
        terminal.until("date [07/2010]: ")
        waiting.change(archive, document, {"number": "19"})
        terminal.type("5" + ENTER)
        told = terminal.until("number [11]: ")
        assert "Somebody has changed this meanwhile: number" in told
    kept = waiting.records(archive)[1]
    assert kept.fields["number"] and kept.fields["number"].value == "19"
    assert kept.fields["date"] and kept.fields["date"].value == "2010-07-05"


def test_another_writer_is_told_of_and_what_was_typed_is_not_lost(archive: Archive) -> None:
    with review(archive, "--wait", "0") as terminal:
        terminal.answer("number [11]: ", "13")
        terminal.until("date [07/2010]: ")
        with archive.writing(wait=5):
            terminal.type("5" + ENTER)
            terminal.until("Enter: try again")
        terminal.type(ENTER)
        terminal.answer("number [11]: ", "q")
        assert terminal.end() == 0
    assert values(archive)[1]["number"] == "13"


def test_what_was_typed_is_saved_as_soon_as_another_writer_is_done(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "13")
        terminal.until("date [07/2010]: ")
        with archive.writing(wait=5):
            terminal.type("5" + ENTER)
            terminal.until("is saved as soon as that is done")
        assert "2 of 3" in terminal.until("number [11]: ")
    assert values(archive)[1]["number"] == "13"


def test_results_are_lines_apart_from_the_terminal(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "trial.jsonl"
    with path.open("w") as results, review(archive, "--json", stdout=results.fileno()) as terminal:
        terminal.until("number [11]: ")
        terminal.type(UP + ENTER)
        terminal.answer("date [07/2010]: ", "5")
        terminal.answer("number [11]: ", "s")
        terminal.answer("superior body (Tab", "q")
        assert terminal.end() == 0
    saved, skipped = map(json.loads, path.read_text("utf-8").splitlines())
    for line in (saved, skipped):
        judge("json/review", line)
    assert saved["typed"] == ["number", "date"] and saved["accepted"] == []
    assert skipped["outcome"] == "skipped" and skipped["operation"] is None
    assert saved["reference"] == "A29-01-0003-002" and saved["seconds"] > 0


def test_ctrl_c_is_exit_130_and_saves_nothing_of_the_document(archive: Archive) -> None:
    with review(archive) as terminal:
        terminal.answer("number [11]: ", "13")
        terminal.until("date [07/2010]: ")
        assert terminal.stop(signal.SIGINT) == 130
    assert values(archive)[1]["number"] == "11"
    assert not list(archive.root.parent.glob("partydoc-*"))  # the picture's folder


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_connection_that_breaks_off_leaves_no_picture(archive: Archive, number: int) -> None:
    with review(archive) as terminal:
        terminal.until("number [11]: ")
        assert list(archive.root.parent.glob("partydoc-*"))
        assert terminal.stop(number) == 130
    assert not list(archive.root.parent.glob("partydoc-*"))


def test_nothing_of_a_document_in_hold_comes_up(archive: Archive) -> None:
    documents = [kept.id for kept in waiting.records(archive)]
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(documents[1])
        assert kept is not None
        opened.store.withhold(kept.urn)
        opened.catalogue.note(kept, held=True)
    with review(archive) as terminal:
        assert "A29-01-0003-003" in terminal.answer("number [11]: ", "s")
        assert "issuer" in terminal.answer("superior body (Tab", "q")
        assert terminal.end() == 0
    assert documents[1][:12] not in terminal.seen


def test_without_a_terminal_answers_are_lines(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"12\n8\n")
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as typed:
        monkeypatch.setattr("sys.stdin", typed)
        ran = run("-a", archive.root, "review", waiting.FOLDER, "--json", "--no-pictures")
    judge("json/review", ran.lines[0])
    assert [line["outcome"] for line in ran.lines] == ["saved"]
    assert values(archive)[1]["date"] == "2010-07-08"


def test_a_folder_without_documents_that_wait_has_nothing_to_ask(fast_disk: Path, run: Run) -> None:
    archive = waiting.archive_of(fast_disk / "b", [KNOWN])
    assert "Nothing waits" in run("-a", archive.root, "review", waiting.FOLDER).err
    assert "no folder" in run("-a", archive.root, "review", "A29-01-0009", code=2).err


def test_a_second_check_is_written_down_with_what_differed(
    fast_disk: Path, run: Run, tmp_path: Path
) -> None:
    archive = waiting.archive_of(fast_disk / "c", [KNOWN] * 3)
    path = tmp_path / "checks.jsonl"
    at = ("--sample", "2", "--seed", "5", "--json")
    with path.open("w") as results, review(archive, *at, stdout=results.fileno()) as terminal:
        assert "2 of 3 described documents, drawn with --seed 5" in terminal.answer("VALUE: ", "")
        terminal.answer("VALUE: ", "người ký=Trần Thị Bình")
        assert "Trần Thị Bình" in terminal.answer("VALUE: ", "")
        assert terminal.end() == 0
    right, wrong = map(json.loads, path.read_text("utf-8").splitlines())
    assert (right["outcome"], right["typed"], wrong["typed"]) == ("checked", [], ["signer"])
    for line in (right, wrong):
        judge("json/review", line)
    history = run("-a", archive.root, "show", right["id"], "--history", "--json").lines
    for event in history:
        judge("events", event)
    assert history[-1]["type"] == "validation" and history[-1]["agent"]
    logged = run("-a", archive.root, "log", "--json").lines
    assert [line["what"] for line in logged[:2]] == ["check", "check"]
    signers = [one["signer"] for one in values(archive)]
    assert sorted(map(str, signers)) == ["Nguyễn Văn An"] * 2 + ["Trần Thị Bình"]


def test_what_was_typed_and_cannot_be_saved_is_shown_to_be_said_again(
    fast_disk: Path,
) -> None:
    archive = waiting.archive_of(fast_disk / "f", [KNOWN])
    with review(archive, "--sample", "1") as terminal:
        terminal.answer("VALUE: ", "place=Sông Mẫu")
        terminal.answer("VALUE: ", "secrecy=Mật")
        terminal.answer("VALUE: ", "")
        said = terminal.until("VALUE: ")
        assert "belongs into hold" in said and "partydoc edit" in said and "Sông Mẫu" in said
        terminal.type("q" + ENTER)
        terminal.end()


def test_a_check_holds_only_for_what_was_seen(fast_disk: Path, tmp_path: Path) -> None:
    archive = waiting.archive_of(fast_disk / "f", [KNOWN])
    document = waiting.records(archive)[0].id
    path = tmp_path / "checks.jsonl"
    at = ("--sample", "1", "--json")
    with path.open("w") as results, review(archive, *at, stdout=results.fileno()) as terminal:
        terminal.until("VALUE: ")
        waiting.change(archive, document, {"place": "Sông Mẫu"})
        terminal.type(ENTER)
        assert "changed this meanwhile: place" in terminal.until("Look again.")
        assert "Sông Mẫu" in terminal.answer("VALUE: ", "")
        assert terminal.end() == 0
    lines = list(map(json.loads, path.read_text("utf-8").splitlines()))
    assert [line["outcome"] for line in lines] == ["skipped", "checked"]
    with review(archive, "--sample", "1") as terminal:
        assert "It was checked on" in terminal.answer("VALUE: ", "q")
        terminal.end()


def test_the_archives_own_types_are_understood(archive: Archive) -> None:
    with (archive.root / "partydoc.toml").open("a", encoding="utf-8") as own:
        own.write('[[types]]\nname = "Phiếu trình"\nabbreviation = "PTr"\n')
    with review(archive, "--all") as terminal:
        terminal.answer("type [Tờ trình]: ", "PTr")
        terminal.answer("number [11]: ", "type=ptr")
        assert "type: Phiếu trình" in terminal.answer("number [11]: ", "q")
        terminal.end()


def test_the_same_seed_draws_the_same_sample(fast_disk: Path) -> None:
    archive = waiting.archive_of(fast_disk / "d", [KNOWN] * 4)
    drawn = []
    for _time in range(2):
        with review(archive, "--sample", "50%", "--seed", "1") as terminal:
            shown = terminal.answer("VALUE: ", "s") + terminal.answer("VALUE: ", "q")
            drawn.append([part for part in shown.split() if part.startswith("A29-")])
    assert drawn[0] == drawn[1] and len(drawn[0]) == 2


def test_everything_can_be_asked(archive: Archive) -> None:
    with review(archive, "--all") as terminal:
        for prompt in ("type [Tờ trình]: ", "number [11]: ", "symbol [TTr/ĐU]: "):
            terminal.answer(prompt, "")
        terminal.answer("date [07/2010]: ", "q")
        assert terminal.end() == 0


def test_a_code_alone_is_asked_where_number_and_symbol_stand(fast_disk: Path) -> None:
    record = {**KNOWN, "code": unsure("12/TTr/ĐU")}
    archive = waiting.archive_of(fast_disk / "e", [record | {"place": sure("Đồng Mẫu")}])
    with review(archive) as terminal:
        terminal.answer("code [12/TTr/ĐU]: ", "12-TTr/ĐU")
        assert "1 saved" in terminal.until("saved")
        assert terminal.end() == 0
    assert values(archive)[0]["code"] == "12-TTr/ĐU"


def test_any_other_field_can_be_corrected_on_the_way(archive: Archive) -> None:
    with review(archive) as terminal:
        assert "issuer: ĐẢNG UỶ XÃ" in (
            terminal.answer("number [11]: ", "cơ quan ban hành=ĐẢNG UỶ XÃ ĐỒNG MẪU MỚI")
            + terminal.answer("number [11]: ", "?")
        )
        assert "FIELD=VALUE" in terminal.answer("number [11]: ", "ngay=5")
        terminal.answer("number [11]: ", "12")
        terminal.answer("number [11]: ", "q")
        assert terminal.end() == 0
    second = values(archive)[1]
    assert (second["issuer"], second["date"]) == ("ĐẢNG UỶ XÃ ĐỒNG MẪU MỚI", "2010-07-05")
    assert second["number"] == "12"
