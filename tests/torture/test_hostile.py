"""The short form of the campaign of hostile and broken files."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from campaign import keeps_every_promise

from torture import hostile, mutants


@pytest.mark.slow
def test_hostile_files_end_and_leave_nothing(tmp_path) -> None:
    keeps_every_promise("hostile", "--short", "--json", str(tmp_path / "report.json"))
    bombs, changed = json.loads((tmp_path / "report.json").read_text())["results"]
    assert int(bombs["done"].split()[0]) >= 12 and changed["done"].startswith("20 ")


def test_the_same_seed_changes_the_same_bytes(tmp_path) -> None:
    for name in ("one", "two", "other"):
        (tmp_path / name).mkdir()
    one, two = (list(mutants.mutants(tmp_path / name, 12, seed=1)) for name in ("one", "two"))
    other = list(mutants.mutants(tmp_path / "other", 12, seed=2))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] != [path.read_bytes() for path in other]


def test_every_way_of_changing_is_used(tmp_path) -> None:
    ways = Counter(path.name.split("-")[1] for path in mutants.mutants(tmp_path, 200, seed=1))
    assert len(ways) == len(mutants._CHANGES)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ({"outcome": "lost"}, "no outcome"),
        ({"outcome": "quarantined", "reason": None}, "no reason"),
        ({"outcome": "failed", "reason": "unexpected", "message": "x"}, "not foreseen"),
        ({"outcome": "archived", "pages": 1, "seconds": 141}, "too long"),
        ({"outcome": "quarantined", "reason": "x", "message": "a\nb"}, "no sentence"),
        ({"outcome": "quarantined", "reason": "x", "message": "KeyError: 1"}, "no sentence"),
    ],
)
def test_an_outcome_that_breaks_the_promise_is_noticed(line, wrong) -> None:
    assert wrong in list(hostile._of_the_line(line))


def test_a_good_outcome_is_no_breach(tmp_path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"x")
    good = {"outcome": "archived", "reason": None, "message": None, "seconds": 1, "pages": 1,
            "source": str(path), "id": hostile._digest(path)}  # fmt: skip
    assert list(hostile._of_the_line(good)) == []
    assert list(hostile._of_the_line({**good, "id": "0" * 64})) == ["another document"]
