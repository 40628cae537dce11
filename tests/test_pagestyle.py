"""The colours of a page: what is written can be read by day, by night and on paper."""

from __future__ import annotations

import re

import pytest

from partydoc.pagestyle import STYLE

PALETTES = re.findall(r":root \{([^}]*)\}", STYLE)


def colours(palette: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]+)", palette))


def light(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.1 has it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_there_is_a_palette_for_the_day_the_night_and_paper() -> None:
    assert len(PALETTES) == 3
    assert len({frozenset(colours(palette)) for palette in PALETTES}) == 1
    used = set(re.findall(r"var\(--(\w+)\)", STYLE))
    assert used == set(colours(PALETTES[0]))


@pytest.mark.parametrize("palette", PALETTES, ids=["day", "night", "paper"])
def test_text_stands_out_from_what_it_stands_on(palette: str) -> None:
    found = colours(palette)
    for text, ground in (("text", "page"), ("soft", "page"), ("soft", "card"), ("on", "fill")):
        assert contrast(found[text], found[ground]) >= 4.5, (text, ground)
    for shape in ("fill", "wait", "gap"):
        assert contrast(found[shape], found["page"]) >= 3, shape
