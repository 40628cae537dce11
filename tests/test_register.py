"""`partydoc register`, in a terminal and in scripts."""

from __future__ import annotations

from pathlib import Path

import desk
import pytest
import rows
from conftest import Run
from forms import judge, written
from terminal import ENTER, TAB, UP, Terminal

from partydoc.archive.registerrow import RegisterRow
from partydoc.archive.root import Archive

WORDS = (
    "tác giả=Huyện uỷ Mẫu Sơn", "số, ký hiệu=45-CV/HU", "ngày=27/02/2026", "loại=CV",
    "trích yếu=về việc chỉnh lý", "ngày đến=02/3/2026",
)  # fmt: skip


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return rows.new_archive(fast_disk / "a")


def every(archive: Archive, kind: str = "arrival") -> list[RegisterRow]:
    with desk.at_work(archive) as opened:
        condition = "WHERE kind = ? ORDER BY series, number, letter"
        return list(opened.catalogue.register_rows(condition, kind))


# in scripts


def test_words_register_one_row_and_print_its_stamp(run: Run, archive: Archive) -> None:
    done = run("-a", archive.root, "register", "in", *WORDS)
    assert done.out == "ĐẾN  Số: 1  Ngày: 02/03/2026\n"
    assert "in 1/2026. To take it back: partydoc undo" in done.err
    out = run("-a", archive.root, "register", "out", "loại=Nghị quyết", "ký hiệu=NQ/ĐU",
              "ngày=02/3/2026", "trả lời=1/2026")  # fmt: skip
    assert out.out == "Số: 01-NQ/ĐU  Ngày: 02/03/2026\n"
    assert every(archive, "departure")[0].answers == (every(archive)[0].urn,)


def test_each_line_has_its_form(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "register")
    lines = run(*at, "in", *WORDS, "--json").lines + run(*at, "in", *WORDS, "--json").lines
    assert [one["kind"] for one in lines[1]["doubts"]][:1] == ["arrived-before"]
    lines += run(*at, "gap", "in", "5-7/2026", "--reason", "giữ chỗ", "--json").lines
    lines += run(*at, "out", "loại=NQ", "ký hiệu=NQ/ĐU", "ngày=02/3/2026", "trả lời=1/2026",
                 "--json").lines  # fmt: skip
    lines += run(*at, "edit", "in", "1/2026", "trích yếu=khác", "hạn=05/3/2026", "--json").lines
    lines += run(*at, "void", "in", "2/2026", "--reason", "hai lần", "--json").lines
    number = lines[-1]["operation"]
    lines += run("-a", archive.root, "undo", number, "--json").lines
    lines += run(*at, "list", "in", "--json").lines + run(*at, "list", "out", "--json").lines
    lines += run(*at, "show", "in", "1/2026", "out", "01-NQ/ĐU", "--json").lines
    run(*at, "gap", "in", "1-3/2025", "--reason", "sổ giấy")
    run(*at, "in", *WORDS[:2], "ngày đến=30/12/2025")
    lines += run(*at, "close", "in", "2025", "--json").lines
    assert len(lines) == 4 + 3 + 4 + 2 + 1
    for line in lines:
        judge("json/register", line)
    assert (lines[-1]["documents"], lines[-1]["gaps"], lines[-1]["open"]) == (1, 3, 1)
    for line in run("-a", archive.root, "log", "--json").lines:
        judge("json/log", line)
    found = list(written(archive))
    assert {name for name, _data in found} == {"register", "audit"}
    for name, data in found:
        judge(name, data)


def test_a_list_shows_what_is_void_corrected_overdue_and_missing(
    run: Run, archive: Archive
) -> None:
    at = ("-a", archive.root, "register")
    run(*at, "in", *WORDS, "hạn=03/3/2026", "chuyển cho=Văn phòng")
    run(*at, "in", *WORDS, "--number", "4")
    run(*at, "edit", "in", "1/2026", "trích yếu=khác")
    run(*at, "void", "in", "4/2026", "--reason", "hai lần")
    listed = run(*at, "list", "in")
    head, first, second = listed.out.splitlines()
    assert head == "2026:"
    assert first.startswith(
        "      1  02/03/2026  Huyện uỷ Mẫu Sơn · 45-CV/HU · 27/02/2026 · Công văn"
    )
    assert "→ Văn phòng · OVERDUE since 03/03/2026 · corrected" in first
    assert second.endswith(" · void: hai lần")
    assert "missing without a reason: 2-3" in listed.err
    assert run(*at, "list", "in", "--from", "3/3/2026").out == ""
    assert len(run(*at, "list", "in", "--to", "3/2026").out.splitlines()) == 1 + 2
    assert len(run(*at, "list", "in", "--overdue").out.splitlines()) == 1 + 1
    assert len(run(*at, "list", "in", "--unscanned").out.splitlines()) == 1 + 1
    run(*at, "list", "out", "--open", code=2)


def test_show_tells_what_stood_there_before_and_who_changed_it(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "register")
    run(*at, "in", *WORDS)
    run(*at, "edit", "in", "1/2026", "trích yếu=khác")
    shown = run(*at, "show", "in", "1/2026").out
    assert "subject: về việc chỉnh lý → khác" in shown and "@" in shown
    assert "register-edit  in 1/2026  subject" in run("-a", archive.root, "log").out


def test_numbers_of_departures_are_reserved_by_type_or_series(run: Run, archive: Archive) -> None:
    at, reason = ("-a", archive.root, "register"), ("--reason", "giữ chỗ")
    run(*at, "gap", "out", "1-2", "loại=Nghị quyết", "ngày=02/3/2026", *reason)
    run(*at, "out", "loại=Nghị quyết", "ký hiệu=NQ/ĐU", "ngày=02/3/2026")
    run(*at, "gap", "out", "4/nghi-quyet-2025-2030", *reason)
    listed = run(*at, "list", "out").out
    assert [line.split()[0] for line in listed.splitlines()] == [
        "nghi-quyet-2025-2030:", "1-2", "03", "04",
    ]  # fmt: skip
    assert "out 1-2/nghi-quyet-2025-2030" in run(*at, "show", "out", "1-2/nghi-quyet-2025-2030").out
    assert "1-2  no document: giữ chỗ · Nghị quyết" in listed


def test_secret_rows_are_left_out_unless_they_are_asked_for(run: Run, archive: Archive) -> None:
    at = ("-a", archive.root, "register")
    run(*at, "in", "tác giả=Nơi Kín", "độ mật=Mật", "ngày đến=30/12/2025")
    assert run(*at, "list", "in").out == ""
    run(*at, "in", *WORDS)
    head, row = run(*at, "list", "in", "--secret").out.splitlines()
    assert head == "mat-2025:" and row.startswith("      1  ") and "Nơi Kín" in row
    run(*at, "close", "in", "2025", code=2)
    assert "1  registered" in run(*at, "close", "in", "2025", "--secret").out


def test_what_arrives_without_a_number_is_registered_as_the_refusal_says(
    run: Run, archive: Archive
) -> None:
    at = ("-a", archive.root, "register", "in", "tác giả=Sở Ví Dụ")
    assert "code=- note=CV-SVD" in run(*at, "số, ký hiệu=CV-SVD", code=2).err
    run(*at, "code=-", "note=CV-SVD")
    (row,) = every(archive)
    assert "code" not in row.fields and row.fields["note"] == "CV-SVD"


def test_the_next_step_that_closing_names_can_be_taken(run: Run, archive: Archive) -> None:
    at, days = ("-a", archive.root, "register"), ("ngày=29/12/2025", "ngày đến=30/12/2025")
    for number in ("1", "5", "7"):
        run(*at, "in", "tác giả=Huyện uỷ Mẫu Sơn", *days, "--number", number)
    told = run(*at, "close", "in", "2025").err
    assert "missing without a reason: 2-4, 6." in told
    assert "partydoc register gap in 2-4/2025 --reason TEXT" in told
    run(*at, "gap", "in", "2-4/2025", "--reason", "sổ giấy")
    assert "gap in 6/2025" in run(*at, "list", "in").err


@pytest.mark.parametrize(
    "words",
    [
        ("in", "tác giả=A", "ngày=31/02/2026"), ("in", "tác giả=A", "hộ=7"), ("in", "Huyện uỷ"),
        ("in", "tác giả=A", "tác giả=B"), ("in", "số, ký hiệu=45-CV/HU"), ("in", "tác giả="),
        ("in", *WORDS, "--number", "1"), ("in", *WORDS, "--after", "9"),
        ("in", *WORDS, "--after", "1", "--number", "2"), ("in", *WORDS, "độ mật=Kín"),
        ("out", "loại=NQ", "trả lời=99/2026"), ("show", "in", "9/2026"), ("show", "1/2026"),
        ("edit", "in", "1/2026"), ("edit", "hạn=05/3/2026"), ("edit", "in", "1/2026", "hạn=3/2026"),
        ("edit", "in", "1/2026", "hạn=01/02/2026"), ("void", "in", "9/2026", "--reason", "x"),
        ("void", "in", "1/2026", "--reason", " "), ("link", "in", "1/2026", "A29-01-0001-001"),
        ("unlink", "in", "1/2026"), ("gap", "in", "9-7/2026", "--reason", "x"),
        ("gap", "in", "1/2026", "--reason", "x"), ("gap", "in", "a", "--reason", "x"),
        ("gap", "out", "3", "--reason", "x"), ("close", "in", "2024"),
        ("list", "in", "--from", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_changes_nothing(
    run: Run, archive: Archive, words: tuple[str, ...]
) -> None:
    run("-a", archive.root, "register", "in", *WORDS)
    before = every(archive)
    err = run("-a", archive.root, "register", *words, code=2).err
    assert err.startswith("partydoc: ") and len(err.splitlines()) == 2
    assert every(archive) == before


# in a terminal


def clerk(archive: Archive, *arguments: object, stdout: int | None = None) -> Terminal:
    return Terminal(("-a", archive.root, "register", *arguments), archive.root.parent, stdout)


def test_one_envelope_after_the_other_until_an_empty_answer(archive: Archive) -> None:
    with clerk(archive, "in") as terminal:
        terminal.answer("issuer: ", "Huyện uỷ Mẫu Sơn")
        terminal.answer("code: ", "45-CV/HU")
        terminal.answer("date: ", "31/02")
        assert "is no date" in terminal.answer("date: ", "27/02/2026")
        terminal.answer("type [Công văn]: ", "độ khẩn=Khẩn")
        terminal.answer("type [Công văn]: ", "")
        terminal.answer("subject: ", "về việc chỉnh lý")
        terminal.answer("forwarded to: ", "Văn phòng")
        terminal.answer("to be settled by: ", "")
        assert "ĐẾN  Số: 1  Ngày: " in terminal.until("issuer: ")
        terminal.type("huy" + TAB)
        terminal.until("Huyện uỷ Mẫu Sơn")
        terminal.type(ENTER)
        terminal.answer("code: ", "u")
        terminal.until("issuer [Huyện uỷ Mẫu Sơn]: ")
        terminal.type(UP + " Hai" + ENTER)
        terminal.answer("code: ", "46-QĐ/HU")
        for prompt in ("date: ", "type: ", "subject: ", "forwarded to: ", "to be settled by: "):
            terminal.answer(prompt, "")
        assert "Số: 2" in terminal.answer("issuer: ", "")
        assert terminal.end() == 0
    first, second = every(archive)
    assert first.fields["type"] == "Công văn" and first.fields["urgency"] == "Khẩn"
    assert (first.fields["date"], first.fields["forward"]) == ("2026-02-27", "Văn phòng")
    assert second.fields["issuer"] == "Huyện uỷ Mẫu Sơn Hai" and "type" not in second.fields


def test_what_arrived_before_is_asked_about(archive: Archive, run: Run) -> None:
    run("-a", archive.root, "register", "in", *WORDS)
    with clerk(archive, "in") as terminal:
        for _time, answer in enumerate(("n", "y")):
            terminal.answer("issuer: ", "Huyện uỷ Mẫu Sơn")
            terminal.answer("code: ", "45-CV/HU")
            terminal.answer("date: ", "27/02/2026")
            for prompt in ("type [Công văn]: ", "subject: ", "forwarded to: ", "settled by: "):
                terminal.answer(prompt, "")
            assert "registered already: in 1/2026" in terminal.answer("(y/N): ", answer)
        assert "registered already" not in terminal.answer("issuer: ", "q")
        assert terminal.end() == 0
    assert len(every(archive)) == 2


def test_departures_take_today_and_the_symbol_of_their_type(archive: Archive) -> None:
    with clerk(archive, "out") as terminal:
        terminal.answer("type: ", "NQ")
        terminal.answer("symbol: ", "NQ/ĐU")
        shown = terminal.answer("]: ", "")
        assert "date [" in shown
        for prompt in ("subject: ", "signer: ", "recipients: "):
            terminal.answer(prompt, "")
        assert "Số: 01-NQ/ĐU  Ngày: " in terminal.answer("type: ", "nghị quyết")
        terminal.answer("symbol [NQ/ĐU]: ", "")
        terminal.answer("]: ", "")
        for prompt in ("subject: ", "signer: ", "recipients: "):
            terminal.answer(prompt, "")
        assert "Số: 02-NQ/ĐU" in terminal.answer("type: ", "")
        assert terminal.end() == 0
    assert [row.fields["symbol"] for row in every(archive, "departure")] == ["NQ/ĐU"] * 2


def test_the_subject_of_a_secret_document_is_not_asked_for(archive: Archive) -> None:
    with clerk(archive, "in") as terminal:
        terminal.answer("issuer: ", "Nơi Kín")
        terminal.answer("code: ", "độ mật=mat")
        for prompt in ("code: ", "date: ", "type: "):
            terminal.answer(prompt, "")
        assert "subject" not in terminal.answer("forwarded to: ", "")
        terminal.answer("to be settled by: ", "")
        terminal.answer("issuer: ", "")
        assert terminal.end() == 0
    assert [row.series.secret for row in every(archive)] == [True]


def test_an_envelope_that_is_given_up_has_no_number(archive: Archive) -> None:
    with clerk(archive, "in") as terminal:
        terminal.answer("issuer: ", "Huyện uỷ Mẫu Sơn")
        terminal.answer("code: ", "q")
        assert terminal.end() == 0
    assert every(archive) == []


def test_what_cannot_be_registered_is_told_with_what_was_typed(archive: Archive) -> None:
    with clerk(archive, "in") as terminal:
        terminal.answer("issuer: ", "Huyện uỷ Mẫu Sơn")
        terminal.answer("code: ", "ngày đến=01/01/2199")
        terminal.answer("code: ", "")
        for prompt in ("date: ", "type: ", "subject: ", "forwarded to: ", "to be settled by: "):
            terminal.answer(prompt, "")
        shown = terminal.answer("issuer: ", "")
        assert "has not come yet" in shown and "partydoc register in 'issuer=Huyện uỷ" in shown
        assert terminal.end() == 0
    assert every(archive) == []
