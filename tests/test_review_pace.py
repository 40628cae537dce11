"""How fast a review goes: what is told of it in its last line."""

from __future__ import annotations

from partydoc.commands.pace import Answers, Pace

TYPED = Answers({"number": "13"}, [])
CONFIRMED = Answers({"number": "13"}, ["number"])


def test_a_document_that_was_taken_back_counts_once_with_all_its_time() -> None:
    pace = Pace()
    pace.add("checked", 20, TYPED)
    pace.take_back()
    assert pace.documents == 0 and not pace.so_far()
    pace.add("checked", 4, CONFIRMED)
    assert pace.summary("check", 0, 0) == "1 checked, of which 0 differed, about 24 s a document."


def test_what_was_skipped_costs_no_time_of_those_that_are_done() -> None:
    pace = Pace()
    pace.add("skipped", 60, Answers())
    pace.add("saved", 10, TYPED)
    assert pace.summary("review", 2, 0) == (
        "1 saved, 1 skipped, about 10 s a document, 2 still to come."
    )
