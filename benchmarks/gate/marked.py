"""Marked pages: a secrecy mark on a letter, clear, or damaged in the ways of paper and scanners.

Forms: Thông tư 24/2020/TT-BCA, mẫu 02; printed as cover sheets and old papers print it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PIL import Image

from benchmarks.gate import press, texts
from benchmarks.gate.press import BLUE, VIOLET, Die
from benchmarks.gate.sorts import Made, Sort, Told, bound, letter
from benchmarks.ocr import damage
from benchmarks.ocr.kinds import Paper
from samples.drawing import scan, stamps

COLOUR: Mapping[str, Any] = {"colour": True}
GREY: Mapping[str, Any] = {}
COARSE: Mapping[str, Any] = {"colour": True, "dpi": 150, "quality": 45}
BILEVEL: Mapping[str, Any] = {
    "quality": None,
    "after": lambda image, paper: scan.bilevel(damage.dirt(image, paper.chance), 165),
}


def die(told: Told, **about: Any) -> Die:
    """Return a stamp of the page's level; the two higher ones mostly have a double frame."""
    face = told.chance.choice(texts.words(told.set_name).stamp_faces)
    frames = 1 if told.level == "MẬT" else told.chance.choice((1, 2, 2))
    usual = Die((told.level,), face, capital=told.chance.uniform(3.2, 4.6), frames=frames)
    return replace(usual, **about)


def _free(image: Image.Image, form: Die, told: Told) -> press.Point:
    return press.free(image, form.size, told.chance)


def _over(image: Image.Image, form: Die, told: Told) -> press.Point:
    return press.over_text(image, form.size, told.chance)


def stamped(
    told: Told, scanning: Mapping[str, Any], tilt: tuple[float, float] = (0, 3),
    place: Callable[[Image.Image, Die, Told], press.Point] = _free, **about: Any,
) -> Made:  # fmt: skip
    """Draw a letter with a stamp; `about` are fields of Die."""
    form = die(told, **about)
    angle = told.chance.uniform(*tilt) * told.chance.choice((-1, 1))

    def before(paper: Paper) -> Image.Image:
        aged = (
            scan.yellow(paper.image, paper.number) if scanning.get("quality") == 45 else paper.image
        )
        return press.stamp(aged, form, place(paper.image, form, told), angle, told.chance)

    return letter(told, before, **scanning)


def _printed(told: Told, text: str, points: float, scanning: Mapping[str, Any]) -> Made:
    face = texts.words(told.set_name).stamp_faces[0]
    wide = press.font(face, 100).getlength(text) / 100 * points * 0.353

    def before(paper: Paper) -> Image.Image:
        where = press.free(paper.image, (wide + 4, points * 0.353 + 2), told.chance, (10, 80))
        return press.printed(paper.image, text, face, where, points)

    return letter(told, before, **scanning)


def _capitals(told: Told) -> Made:
    return _printed(
        told, told.level, told.chance.choice((12, 13, 14)), (GREY, COLOUR)[told.number % 2]
    )


def _labelled(told: Told) -> Made:
    value = told.level if told.chance.random() < 0.5 else told.level.capitalize()
    label = told.chance.choice(("ĐỘ MẬT:", "Độ mật:", "ĐỘ MẬT :"))
    return _printed(told, f"{label} {value}", 13, (GREY, COLOUR)[told.number % 2])


def _later(told: Told) -> Made:
    return bound(letter(told, **COLOUR), stamped(told, COLOUR))


def _under_seal(told: Told) -> Made:
    """A mark of which a round seal covers about half."""
    form = die(told)

    def before(paper: Paper) -> Image.Image:
        x, y = press.free(paper.image, (form.size[0], 24), told.chance, (20, 110))
        side = told.chance.choice((-1, 1))
        image = press.stamp(paper.image, form, (x, y), told.chance.uniform(-4, 4), told.chance)
        seal = (
            min(190.0, max(20.0, x + side * (form.size[0] / 2 + 7))),
            y + told.chance.uniform(-5, 5),
        )
        return stamps.seal(
            image, seal, (paper.draft.place.upper(), "T. THỬ NGHIỆM"), ("VĂN PHÒNG",)
        )

    return letter(told, before, **COLOUR)


def _worst(told: Told) -> Made:
    yellowed = {"colour": True, "quality": 45, "after": _leaning}
    return stamped(told, yellowed, (2, 9), fade=0.25, wear=0.45)


def _leaning(image: Image.Image, paper: Paper) -> Image.Image:
    return scan.skew(image, paper.chance.uniform(-1.8, 1.8))


def _clear(name: str, draw: Callable[[Told], Made]) -> Sort:
    return Sort(name, "clear marks", draw)


def _degraded(name: str, draw: Callable[[Told], Made]) -> Sort:
    return Sort(name, "degraded marks", draw)


SORTS = (
    _clear("red", partial(stamped, scanning=COLOUR)),
    _clear("red300", partial(stamped, scanning={"colour": True, "dpi": 300})),
    _clear("tilted", partial(stamped, scanning=COLOUR, tilt=(4, 10))),
    _clear("violet", partial(stamped, scanning=COLOUR, colour=VIOLET)),
    _clear("blue", partial(stamped, scanning=COLOUR, colour=BLUE)),
    _clear("unframed", partial(stamped, scanning=COLOUR, frames=0)),
    _clear("grey", partial(stamped, scanning=GREY)),
    _clear("grey300", partial(stamped, scanning={"dpi": 300}, tilt=(0, 6))),
    _clear("onebit", partial(stamped, scanning=BILEVEL)),
    _clear("printed", _capitals),
    _clear("labelled", _labelled),
    _clear("later", _later),
    _degraded("faded", partial(stamped, scanning=COLOUR, fade=0.5, wear=0.3)),
    _degraded("pale", partial(stamped, scanning=COLOUR, fade=0.62, tilt=(0, 6))),
    _degraded("slanting", partial(stamped, scanning=COLOUR, tilt=(10, 20))),
    _degraded("over-text", partial(stamped, scanning=COLOUR, place=_over, tilt=(0, 6))),
    _degraded("violet-over", partial(stamped, scanning=COLOUR, place=_over, colour=VIOLET)),
    _degraded("under-seal", _under_seal),
    _degraded("worn", partial(stamped, scanning=COLOUR, wear=0.62, tilt=(0, 5))),
    _degraded("grey-faded", partial(stamped, scanning=GREY, fade=0.35, wear=0.35)),
    _degraded("grey-over", partial(stamped, scanning=GREY, place=_over)),
    _degraded("grey-slanting", partial(stamped, scanning=GREY, tilt=(8, 20))),
    _degraded("onebit-over", partial(stamped, scanning=BILEVEL, place=_over)),
    _degraded("d150", partial(stamped, scanning=COARSE, tilt=(0, 6))),
    _degraded("worst", _worst),
)  # fmt: skip
