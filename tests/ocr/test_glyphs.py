"""Shapes are known by the names that PostScript gave them."""

from __future__ import annotations

import pytest

from partydoc.ocr import glyphs


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("A", "A"), ("z", "z"), ("zero", "0"), ("at", "@"), ("grave", "`"), ("asciitilde", "~"),
        ("endash", "–"), ("oe", "œ"), ("OE", "Œ"), ("exclamdown", "¡"), ("cedilla", "¸"),
        ("questiondown", "¿"), ("Eth", "Ð"), ("multiply", "×"), ("germandbls", "ß"),
        ("adieresis", "ä"), ("divide", "÷"), ("ydieresis", "ÿ"), ("uni00B5", "µ"),
    ],
)  # fmt: skip
def test_names_are_those_of_windows_1252(name, letter):
    assert glyphs.byte_of(name, 1) == letter.encode("cp1252")[0]


def test_the_hyphen_of_code_173_is_the_soft_one():
    assert glyphs.byte_of("hyphen", 0xAD) == 0xAD
    assert glyphs.byte_of("hyphen", 0x2D) == 0x2D


def test_other_names_say_nothing():
    assert glyphs.byte_of("g17", 1) is None
    assert glyphs.byte_of("uni1EA5", 1) is None
