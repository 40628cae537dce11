"""How long a request may take does not depend on how long the document is."""

from __future__ import annotations

import pytest

from partydoc.ocr.patience import Patience, processor


def asked(pages: int, **more: int) -> dict[str, object]:
    return {"media_type": "application/pdf", "pages": pages, **more}


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("more", [{}, {"first": 3, "last": 4}])
def test_each_request_has_the_same_time_in_any_document(fresh, more):
    short, long = (Patience().allowed(asked(pages, **more), fresh) for pages in (4, 2000))
    assert short == long


def test_two_pages_have_a_minute_and_twice_the_time_of_a_page():
    assert Patience(60, 15).allowed(asked(2000, first=1, last=2), fresh=False) == (90, 90)
    assert Patience(60, 15).allowed(asked(2000, first=9, last=9), fresh=True)[1] == 75


def test_processor_time_ends_before_the_time_on_the_wall():
    assert all(1 <= processor(seconds) < seconds for seconds in (5, 75, 90, 600))
    assert processor(-3) == 1
