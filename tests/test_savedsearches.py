"""Searches with a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from partydoc import savedsearches, searching
from partydoc.errors import PartydocError, QueryProblem, UsageProblem
from partydoc.index import parse, parse_line


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "partydoc" / "searches.json"


def test_a_saved_search_is_found_whatever_capitals_and_marks_its_name_has() -> None:
    assert not savedsearches.save("Nghị-quyết-2021", ["type:nghi", "chuyển đổi số"])
    assert savedsearches.words_of("nghi-quyet-2021") == ["type:nghi", "chuyển đổi số"]
    assert savedsearches.save("@NGHI-QUYET-2021", ["khác"])
    assert savedsearches.known() == {"NGHI-QUYET-2021": ["khác"]}
    savedsearches.remove("nghị-quyết-2021")
    assert savedsearches.known() == {}


@pytest.mark.parametrize("name", ["", "@", "a b", "../x", "a/b", "-x", "x" * 41, "a\nb"])
def test_a_name_that_could_not_be_typed_is_refused(name: str) -> None:
    with pytest.raises(UsageProblem):
        savedsearches.save(name, ["x"])
    assert savedsearches.known() == {}


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageProblem) as trouble:
        savedsearches.words_of("x")
    assert "--save" in trouble.value.hint
    savedsearches.save("mine", ["x"])
    with pytest.raises(UsageProblem) as trouble:
        savedsearches.remove("x")
    assert "@mine" in trouble.value.hint


def test_no_search_stands_within_another() -> None:
    savedsearches.save("one", ["x"])
    for words in (["@one"], ["(y @one)"], ["(@one OR y)"], ["not:@one"]):
        with pytest.raises(UsageProblem):
            savedsearches.save("two", words)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("@one", "a OR b"),
        ("@one (c OR d)", "(a OR b) (c OR d)"),
        ("c @ONE date:2020", "c (a OR b) date:2020"),
        ("@one OR c", None),
        ("c OR @one", None),
        ("(c @one d)", None),
        ("not:(c @one d)", None),
        ("not:@one", None),
        ("near:@one", None),
        ('"@one"', None),
        ("@", None),
    ],
)
def test_a_saved_search_is_one_more_condition_in_a_shell_and_at_the_prompt(
    line: str, expected: str | None
) -> None:
    savedsearches.save("one", ["a", "OR", "b"])
    for read in (searching.understood_line, lambda typed: searching.understood(typed.split())):
        if expected is None:
            with pytest.raises(QueryProblem) as caught:
                read(line)
            assert caught.value.query == line
        else:
            assert read(line) == parse_line(expected)


def test_a_file_that_cannot_be_read_is_not_written_over(data: Path) -> None:
    data.parent.mkdir()
    data.write_text("{")
    with pytest.raises(PartydocError, match="searches.json"):
        savedsearches.save("one", ["x"])
    assert data.read_text() == "{"


@pytest.mark.parametrize(
    "line", ['"chuyển đổi số" luu', "luu tru", "(a OR b) date:2020..", r"a\ b c", "not:(x y)"]
)
def test_a_line_of_the_prompt_means_the_same_as_its_words(line: str) -> None:
    words = savedsearches.words_in(line)
    assert parse(words) == parse_line(line)
