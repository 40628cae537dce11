"""The prompt of `partydoc search` in a terminal, on an archive that was filled without OCR."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import waiting
from terminal import ENTER, STOP_KEY, TAB, UP, Terminal
from waiting import KNOWN, sure

from partydoc.archive.root import Archive, open_archive

REPORT = KNOWN | {
    "type": sure("Báo cáo"),
    "code": sure("7-BC/ĐU"),
    "date": sure("2012"),
    "subject": sure("về chuyển đổi số"),
}
PROMPT = "search> "
END_OF_INPUT = "\x04"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three documents."""
    root = tmp_path_factory.mktemp("made")
    return waiting.archive_of(root / "a", [KNOWN, REPORT, KNOWN]).root


@pytest.fixture
def archive(made: Path, fast_disk: Path) -> Archive:
    """That archive, for one test alone."""
    shutil.copytree(made, fast_disk / "a")
    return open_archive(fast_disk / "a")


def prompt(archive: Archive, *arguments: object, **environment: str) -> Terminal:
    """Open the prompt."""
    at = ("-a", archive.root, "search", *arguments)
    return Terminal(at, archive.root.parent, columns=100, **environment)


def test_hits_are_shown_page_by_page_and_counted(archive: Archive) -> None:
    with prompt(archive, "--limit", 2) as terminal:
        terminal.answer(PROMPT, "dong mau")
        shown = terminal.answer(PROMPT, "")
        assert "1. " in shown and "2. " in shown and "3. " not in shown
        assert "3 documents found, 1 to 2 shown." in shown
        shown = terminal.answer(PROMPT, "more")
        assert "3. " in shown and "2. " not in shown and "3 to 3 shown" in shown
        assert "no more hits" in terminal.answer(PROMPT, "facets")
        assert "2  Tờ trình\n      1  Báo cáo" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_a_number_opens_that_hit_and_quotes_search_for_it(archive: Archive) -> None:
    with prompt(archive) as terminal:
        terminal.answer(PROMPT, "so:12 type:bao")
        terminal.answer(PROMPT, "1")
        assert "Báo cáo" in terminal.answer(PROMPT, "1 text")
        assert "theo dõi việc thực hiện" in terminal.answer(PROMPT, "1 chữ")
        assert "theo dõi việc thực hiện" in terminal.answer(PROMPT, "1 open")
        shown = terminal.answer(PROMPT, "9")
        path = shown.partition("The file: ")[2].splitlines()[0]
        assert path.endswith("access.pdf") and Path(path).is_file()
        assert "no hit 9" in terminal.answer(PROMPT, '"9"')
        assert "0 documents found" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_the_hits_can_be_named_afterwards_by_their_numbers(archive: Archive) -> None:
    with prompt(archive, "--limit", 1, "--sort", "shelf") as terminal:
        terminal.answer(PROMPT, "dong mau")
        terminal.answer(PROMPT, "")
        terminal.answer(PROMPT, "q")
        assert terminal.end() == 0
    for number, reference in ((1, "A29-01-0003-001"), (2, "A29-01-0003-002")):
        with Terminal(("-a", archive.root, "show", number), archive.root.parent) as terminal:
            assert terminal.end() == 0
        assert reference in terminal.seen


def test_quotes_and_brackets_mean_what_they_say(archive: Archive) -> None:
    with prompt(archive) as terminal:
        terminal.answer(PROMPT, '"chuyển đổi số"')
        assert "1 document found" in terminal.answer(PROMPT, "(type:bao OR type:to) dong")
        assert "3 documents found" in terminal.answer(PROMPT, "type:(bao")
        shown = terminal.answer(PROMPT, "q")
        caret = shown.splitlines()[-3:]
        assert any(line.strip() == "^" for line in caret), shown
        assert terminal.end() == 0


def test_an_error_shows_the_spot_and_the_prompt_goes_on(archive: Archive) -> None:
    with prompt(archive) as terminal:
        terminal.answer(PROMPT, "nghị loại:")
        lines = terminal.answer(PROMPT, "type:bao").splitlines()
        at = next(i for i, line in enumerate(lines) if line.strip() == "^")
        assert lines[at].index("^") == lines[at - 1].index("loại:") + len("loại:")
        assert "1 document found" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_ctrl_c_clears_the_line_and_ctrl_d_leaves(archive: Archive) -> None:
    with prompt(archive) as terminal:
        terminal.until(PROMPT)
        terminal.type("khong tim")
        terminal.until("khong tim")
        time.sleep(0.5)  # Python sleeps through a signal that comes just behind a key
        terminal.type(STOP_KEY)
        assert "documents" not in terminal.answer(PROMPT, "type:bao")
        assert "1 document found" in terminal.until(PROMPT)
        terminal.type(END_OF_INPUT)
        assert terminal.end() == 0


def test_the_arrow_brings_back_what_was_typed_another_day(archive: Archive) -> None:
    for _day in range(2):
        with prompt(archive) as terminal:
            terminal.answer(PROMPT, "type:bao")
            terminal.answer(PROMPT, "q")
            assert terminal.end() == 0
    history = archive.root.parent / "partydoc" / "history"
    assert history.read_text("utf-8") == "type:bao\n"
    assert history.stat().st_mode & 0o077 == 0
    with prompt(archive) as terminal:
        terminal.until(PROMPT)
        terminal.type(UP)
        terminal.until("type:bao")
        terminal.type(ENTER)
        assert "1 document found" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("subj", "subject:"),
        ("begi", "begins:"),
        ("ngườ", "ngườiký:"),
        ("loại:Báo", "loại:báo-cáo"),
        ("type:b", "type:bao-cao"),
        ("in:des", "in:described"),
        ("not:type:b", "not:type:bao-cao"),
        ("chuy", "chuyen"),
        ("chuyể", "chuyển"),
        ("date:201", "date:201"),
        ("@bá", "@báo-cáo"),
    ],
)
def test_tab_completes_fields_values_words_and_saved_searches(
    archive: Archive, typed: str, completed: str
) -> None:
    with prompt(archive) as terminal:
        terminal.answer(PROMPT, "type:bao")
        terminal.answer(PROMPT, "save báo-cáo")
        terminal.answer(PROMPT, typed + TAB)
        terminal.answer(PROMPT, "q")
        assert terminal.end() == 0
    history = (archive.root.parent / "partydoc" / "history").read_text("utf-8")
    assert history.splitlines()[-1] == completed


def test_a_search_is_saved_and_sorted(archive: Archive) -> None:
    with prompt(archive) as terminal:
        terminal.answer(PROMPT, "save x")
        assert "Nothing has been searched" in terminal.answer(PROMPT, '"dong mau" (type:bao OR x)')
        terminal.answer(PROMPT, "save một")
        terminal.answer(PROMPT, "@mot")
        assert "Saved as @một" in terminal.seen
        assert "1 document found" in terminal.answer(PROMPT, "dong mau")
        terminal.answer(PROMPT, "sort oldest")
        shown = terminal.answer(PROMPT, "sort sideways")
        assert shown.index("2010-07-05") < shown.index("2012")
        assert "best, latest, oldest, shelf" in terminal.answer(PROMPT, "?")
        assert "sort latest" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_a_long_text_opens_in_the_pager(archive: Archive, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/seen: /'\n")
    pager.chmod(0o755)
    with prompt(archive, LINES="5", PAGER=str(pager)) as terminal:
        terminal.answer(PROMPT, "type:bao")
        terminal.answer(PROMPT, "1 text")
        assert "seen: Đảng uỷ xã Đồng Mẫu giao" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_several_archives_are_searched_at_one_prompt(
    archive: Archive, made: Path, fast_disk: Path
) -> None:
    shutil.copytree(made, fast_disk / "b")
    at = ("-a", archive.root, "-a", fast_disk / "b", "search", "--limit", 2)
    with Terminal(at, fast_disk) as terminal:
        terminal.answer(PROMPT, "type:bao")
        shown = terminal.answer(PROMPT, "2")
        assert f"{fast_disk}/a\n" in shown and f"{fast_disk}/b\n" in shown
        assert "Báo cáo" in terminal.answer(PROMPT, "type:b" + TAB)
        assert "2 documents found" in terminal.answer(PROMPT, "q")
        assert terminal.end() == 0


def test_lines_fit_a_narrow_terminal(archive: Archive) -> None:
    at = ("-a", archive.root, "search")
    with Terminal(at, archive.root.parent, columns=60) as terminal:
        terminal.answer(PROMPT, "theo doi viec thuc hien")
        shown = terminal.answer(PROMPT, "q")
        assert terminal.end() == 0
    assert "việc thực hiện" in shown and max(map(len, shown.splitlines())) <= 60
