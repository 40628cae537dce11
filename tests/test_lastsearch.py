"""The hits of the last search, by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from partydoc import lastsearch
from partydoc.errors import UsageProblem

A, B = Path("/srv/a"), Path("/srv/b")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "partydoc"


def test_a_number_is_the_hit_that_was_shown_under_it() -> None:
    lastsearch.remember([A], [(A, "one"), (A, "two")], 10)
    assert lastsearch.recall(11, A) == (A, "one")
    assert lastsearch.recall(12, A) == (A, "two")
    for number in (0, 1, 10, 13):
        with pytest.raises(UsageProblem, match="no hit"):
            lastsearch.recall(number, A)


def test_each_archive_remembers_its_own_search() -> None:
    lastsearch.remember([A], [(A, "one")], 0)
    lastsearch.remember([B], [(B, "other")], 0)
    assert lastsearch.recall(1, A) == (A, "one")
    assert lastsearch.recall(1, B) == lastsearch.recall(1, None) == (B, "other")


def test_a_search_of_several_is_remembered_in_each() -> None:
    lastsearch.remember([A, B], [(B, "other"), (A, "one")], 0)
    for root in (A, B, None):
        assert lastsearch.recall(1, root) == (B, "other")
        assert lastsearch.recall(2, root) == (A, "one")


def test_archives_whose_names_look_alike_are_not_mixed_up() -> None:
    lastsearch.remember([Path("/srv/a/b")], [(A, "one")], 0)
    with pytest.raises(UsageProblem):
        lastsearch.recall(1, Path("/srv/a-b"))


@pytest.mark.parametrize(
    "content",
    [
        "", "{}", "[]", '{"offset": 0, "hits": [], "archive": 1}',
        f'{{"offset": 0, "hits": [["{A}", []]], "archive": "{A}"}}',
    ],
)  # fmt: skip
def test_a_damaged_memory_is_no_memory(state: Path, content: str) -> None:
    lastsearch.remember([A], [(A, "one")], 0)
    (path,) = state.glob("*.json")
    path.write_text(content)
    with pytest.raises(UsageProblem):
        lastsearch.recall(1, A)


def test_what_is_remembered_is_for_that_person_alone(state: Path) -> None:
    lastsearch.remember([A], [(A, "one")], 0)
    assert state.stat().st_mode & 0o077 == 0


def test_a_search_goes_well_where_nothing_can_be_remembered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    lastsearch.remember([A], [(A, "one")], 0)
