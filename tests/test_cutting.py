"""From the pages on which papers begin to the parts of a scan."""

from __future__ import annotations

import desk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc import cutting
from partydoc.archive.kept import Kept
from partydoc.errors import UsageProblem
from torture import oracle

KEPT = Kept("a" * 64, desk.NOW, "application/pdf", "pdf", 9)


def test_a_part_is_known_by_its_scan_and_its_pages_there() -> None:
    cuts = cutting.cuts(KEPT, (4, 9))
    assert [(one.first, one.last, one.pages) for one in cuts] == [(1, 3, 3), (4, 8, 5), (9, 9, 1)]
    assert cuts[1].id == oracle.sha256(f"{KEPT.id}#4-8".encode())


@given(st.sets(st.integers(2, 9), min_size=1))
def test_each_page_stands_in_one_part(at: set[int]) -> None:
    cuts = cutting.cuts(KEPT, sorted(at))
    pages = [page for one in cuts for page in range(one.first, one.last + 1)]
    assert pages == list(range(1, 10)) and len({one.id for one in cuts}) == len(at) + 1


@pytest.mark.parametrize("at", [(), (1,), (10,), (0,), (4, 4), (5, 4), (4, 11), (-3,)])
def test_any_other_pages_are_named(at: tuple[int, ...]) -> None:
    with pytest.raises(UsageProblem) as told:
        cutting.cuts(KEPT, at)
    assert str(at[-1] if at else "No page") in told.value.message
