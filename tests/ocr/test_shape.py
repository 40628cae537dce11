"""Only what has the form of a reading is taken for one."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.box import Box
from partydoc.ocr import shape
from partydoc.page import FRAME, Line, Page, Reading, Word

_WORD = Word("Số", Box(0.1, 0.1, 0.2, 0.2), 0.9, "S6")
_FRAME = Line((Word(FRAME, Box(0.1, 0.1, 0.2, 0.2), 1.0),), -1)
_PAGE = Page(1, 210, 297, (Line((_WORD,)),), (Line((_WORD,), 1), _FRAME))
READING = json.loads(json.dumps(Reading("e", ("vie",), (_PAGE,), ("flag",)).to_dict()))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        parts = dict(enumerate(value))
    return [path, *(one for key, part in parts.items() for one in places(part, (*path, key)))]


def changed(path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    content = copy.deepcopy(READING)
    at = content
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other
    return content


def test_a_reading_has_the_form_of_one():
    assert shape.is_reading(READING)


@given(st.sampled_from(places(READING)), json_values)
def test_what_passes_can_be_read_used_and_written(path, other):
    content = changed(path, other)
    if shape.is_reading(content):
        reading = Reading.from_dict(content)
        assert reading.confidence is None or reading.confidence < 1e7
        assert all(page.text.encode() is not None for page in reading.pages)
        assert all(line.box for page in reading.pages for line in (*page.lines, *page.stamps))
        assert json.loads(json.dumps(reading.to_dict(), allow_nan=False))


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ((), []),
        (("version",), 2),
        (("version",), True),
        (("pages",), {}),
        (("engine",), None),
        (("pages", 0, "number"), "1"),
        (("pages", 0, "rotation"), 45),
        (("pages", 0, "origin"), "elsewhere"),
        (("pages", 0, "blank"), 1),
        (("pages", 0, "width_mm"), float("nan")),
        (("pages", 0, "width_mm"), float("inf")),
        (("pages", 0, "height_mm"), -1),
        (("pages", 0, "width_mm"), 0),
        (("pages", 0, "extra"), 1),
        (("pages", 0, "lines", 0, "words"), []),
        (("pages", 0, "lines", 0, "block"), -2),
        (("pages", 0, "lines", 0, "words", 0, 1), 1000),
        (("pages", 0, "lines", 0, "words", 0), ["Số", 0, 0, 1, 1]),
        (("pages", 0, "lines", 0, "words", 0, 0), 7),
        (("pages", 0, "lines", 0, "words", 0, 0), "\ud800"),
        (("pages", 0, "lines", 0, "words", 0, 1), "0.1"),
        (("pages", 0, "lines", 0, "words", 0, 5), 10**400),
    ],
)
def test_what_has_another_form_is_none(path, other):
    assert not shape.is_reading(changed(path, other))
