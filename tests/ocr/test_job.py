"""A document is read a few pages at a time; only a long one is worth a second process."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.document import Look
from partydoc.ocr.job import Job, Order

WHERE = {"folder": "job", "lent": "lent"}


def job(pages: int, media_type: str = "application/pdf") -> Job:
    return Job(Order("t", Path("o"), Look(media_type, "pdf", pages), Path("i")), 0.0, 1e12)


@given(st.integers(1, 60), st.sampled_from(["application/pdf", "image/tiff"]))
def test_each_page_is_asked_for_once_and_then_the_end(pages, media_type):
    work, read = job(pages, media_type), []
    while "first" in (asked := work.request(**WHERE)):
        read += range(asked["first"], asked["last"] + 1)
        work.reading -= 1
    assert read == list(range(1, pages + 1))
    assert asked == {**WHERE, "media_type": media_type, "pages": pages}


def test_the_end_waits_for_those_who_still_read():
    work = job(2)
    assert work.request(**WHERE)["first"] == 1
    assert work.request(**WHERE) is None and not work.all_read
    work.reading -= 1
    assert work.all_read and "first" not in work.request(**WHERE)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/tiff"])
def test_help_is_wanted_only_where_it_pays(media_type):
    assert job(20, media_type).spare == 20
    assert not job(3, media_type).spare
