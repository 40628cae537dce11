"""What the campaigns on odd input are made of is as odd as they say."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given

from torture import naming, odd, screen, writers
from torture.leaves import leaf


def test_there_are_120_names_that_a_file_system_takes() -> None:
    names = naming.names()
    assert len(names) == len(set(names)) >= 120
    assert all(0 < len(name) <= 255 and not set(name) & {0, 47} for name in names)
    assert any(len(name) == 255 for name in names)


@pytest.mark.parametrize("text", [text for text in naming.TERMINAL if text[:5] != "\x1b[31m"])
def test_what_a_terminal_obeys_is_noticed(text: str) -> None:
    assert screen.obeyed(f"archived: {text}.pdf\r\n")


def test_what_the_program_itself_needs_is_not_taken_for_that() -> None:
    assert not screen.obeyed("\x1b[2K\x1b[1A\x1b[?25l\x1b[1;31mMẪU\x1b[0m\r\ntừ\t1\r\n\x1b[?25h")


def test_a_leaf_is_whole_and_no_part_of_it_is() -> None:
    data = leaf(7, 4000)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1 and not pdf.get_warnings()
    assert leaf(8, 4000) != data and len(writers.before(data)) == len(data)
    for part in (len(data) // 3, len(data) // 2, len(data) - 8):
        assert b"%%EOF" not in data[:part]


SAMPLE = {"a": [1, {"b": "x"}], "c": None}


@given(odd.almost(SAMPLE))
def test_what_is_almost_like_a_sample_leaves_the_sample_alone(drawn: object) -> None:
    assert SAMPLE == {"a": [1, {"b": "x"}], "c": None} and drawn is not SAMPLE


@given(odd.lines_like(b'{"a": 1}\n{"b": 2}\n'))
def test_lines_are_bytes_whatever_stands_in_them(drawn: bytes) -> None:
    assert isinstance(drawn, bytes)
