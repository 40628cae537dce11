"""Of what a search finds only the texts are read that are shown."""

import tracemalloc

import pytest
from corpus import paper

from partydoc.index import Order, parse

COUNT, LETTERS = 150, 20_000


@pytest.fixture
def thick(desk):
    """An index of long texts of few words."""
    desk.hold(*(paper(f"d{n:03}", "giống " + "x" * LETTERS, change=n) for n in range(COUNT)))
    desk.ask("giong")  # what is imported and opened is not counted
    return desk.index


def peak(ask, *arguments) -> int:
    """Return how many bytes more were in use at once while something was asked."""
    tracemalloc.start()
    try:
        ask(*arguments)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ids_are_listed_without_holding_the_texts(thick):
    query = parse(["giong"])
    for order in Order:
        assert len(thick.ids(query, order)[0]) == COUNT
        assert peak(thick.ids, query, order) < COUNT * LETTERS // 4


def test_hits_that_are_skipped_are_not_read(thick):
    query = parse(["giong"])
    for order in Order:
        assert len(thick.search(query, 5, COUNT - 1, order).hits) == 1
        assert peak(thick.search, query, 5, COUNT - 1, order) < COUNT * LETTERS // 4
