"""The font has every letter, and its lack is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from partydoc.errors import Exit, MissingTool
from partydoc.prints import fonts

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def letters() -> str:
    """Return every letter of Vietnamese, small and capital, with every tone."""
    from unicodedata import normalize

    small = "".join(normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES))
    return small + small.upper() + "đĐ"


def test_every_face_has_every_vietnamese_letter_and_what_forms_use() -> None:
    assert len(letters()) == 2 * 12 * 6 + 2
    for face in fonts.faces().values():
        assert face.lacks(letters() + "…–- ()/;:.,\"'=+*0123456789" + fonts.UNKNOWN) == set()
        assert face.lacks("漢") == {"漢"}


def test_widths_are_those_of_times() -> None:
    face = fonts.faces()[""]
    assert face.width("a", 72) == pytest.approx(25.4 * 0.444, abs=0.02)
    assert face.width("ễ", 10) == face.width("e", 10)


def test_a_missing_font_is_told_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "_ROOT", tmp_path)
    assert fonts.installed() is None
    with pytest.raises(MissingTool, match="Liberation Serif") as caught:
        fonts.require()
    assert caught.value.exit_code == Exit.MISSING_TOOL
    assert "fonts-liberation2" in caught.value.hint


def test_a_font_of_that_name_without_vietnamese_letters_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    old = tmp_path / "liberation"
    old.mkdir()
    for path in fonts.require().values():
        with TTFont(path) as font:
            kept = subset.Subsetter()
            kept.populate(unicodes=range(0x20, 0x100))
            kept.subset(font)
            font.save(old / path.name)
    whole = fonts.require()
    monkeypatch.setattr(fonts, "_ROOT", tmp_path)
    assert fonts.installed() is None
    (tmp_path / "liberation2").symlink_to(whole[""].parent)
    assert fonts.installed() == {
        style: tmp_path / "liberation2" / path.name for style, path in whole.items()
    }
