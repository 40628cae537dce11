"""Pages without a secrecy mark: what must not be held, and ought not to wait for a person."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PIL import Image

from benchmarks.gate import press, sheets, texts
from benchmarks.gate.marked import BILEVEL, COLOUR, GREY, die
from benchmarks.gate.press import RED, VIOLET
from benchmarks.gate.sorts import Group, Made, Sort, Told, bound, letter, picture
from benchmarks.ocr import damage
from benchmarks.ocr.kinds import KINDS, Paper
from samples.drawing import scan, stamps

_URGENT = ("KHẨN", "HỎA TỐC", "THƯỢNG KHẨN", "HỎA TỐC HẸN GIỜ")
_A4 = (1654, 2339)


def _letter(told: Told) -> Made:
    return letter(told, **(GREY, COLOUR, {"dpi": 300})[told.number % 3])


def _alike(told: Told) -> Made:
    return letter(told, texts=texts.alike, **(GREY, COLOUR)[told.number % 2])


def _other_stamp(told: Told, names: tuple[str, ...], **scanning: Any) -> Made:
    """A framed stamp that is no secrecy mark, where marks stand."""
    name = names[told.number % len(names)]
    form = die(told, lines=(name,), frames=1, colour=told.chance.choice((RED, RED, VIOLET)))

    def before(paper: Paper) -> Image.Image:
        where = press.free(paper.image, form.size, told.chance)
        return press.stamp(paper.image, form, where, told.chance.uniform(-5, 5), told.chance)

    return letter(told, before, **(scanning or (COLOUR, COLOUR, GREY)[told.number % 3]))


def _office(told: Told) -> Made:
    added = texts.words(told.set_name)
    return _other_stamp(told, added.marks_that_are_none + added.rooms)


def _arrival(told: Told, **scanning: Any) -> Made:
    """The ĐẾN stamp, partly over text."""

    def before(paper: Paper) -> Image.Image:
        place = (told.chance.uniform(34, 60), told.chance.uniform(50, 85))
        office = paper.draft.issuer.split("\n")[-1]
        day = _day(told).replace("/20", "/")
        return stamps.arrival_stamp(
            paper.image, place, office, str(told.chance.randint(9, 999)), day
        )

    return letter(told, before, **(scanning or COLOUR))


def _day(told: Told) -> str:
    day, month = told.chance.randint(1, 28), told.chance.randint(1, 12)
    return f"{day:02}/{month}/{told.chance.randint(2003, 2025)}"


def _sealed(told: Told, **scanning: Any) -> Made:
    """Two more seals on the text, one of them in the head."""

    def before(paper: Paper) -> Image.Image:
        image = paper.image
        middle = tuple(textwrap.wrap(paper.draft.issuer.replace("\n", " "), 12)[:3])
        for down in ((30, 80), (100, 200)):
            place = (told.chance.uniform(40, 170), told.chance.uniform(*down))
            ring = (paper.draft.place.upper(), "VIỆT NAM")
            image = stamps.seal(image, place, ring, middle, told.chance.uniform(30, 38))
        return image

    return letter(told, before, **scanning)


def _declassified(told: Told, beside: bool) -> Made:
    """GIẢI MẬT with the day under it (Thông tư 24/2020/TT-BCA, mẫu 05), perhaps under a mark."""
    mark = die(told)
    lifted = replace(mark, lines=("GIẢI MẬT", f"Từ: {_day(told)}"), capital=3.6, frames=2)
    wide, high = max(mark.size[0], lifted.size[0]), mark.size[1] + lifted.size[1] + 3

    def before(paper: Paper) -> Image.Image:
        image = paper.image
        size = (wide, high) if beside else lifted.size
        x, y = press.free(image, size, told.chance)
        if beside:
            image = press.stamp(image, mark, (x, y - high / 2 + mark.size[1] / 2), 1, told.chance)
            y += (mark.size[1] + 3) / 2
        return press.stamp(image, lifted, (x, y), told.chance.uniform(-3, 3), told.chance)

    return letter(told, before, **(COLOUR, COLOUR, GREY)[told.number % 3])


def _with_back(told: Told) -> Made:
    """A letter and the empty back of its sheet."""
    return bound(letter(told, **GREY), picture(Image.new("RGB", _A4, "white"), told))


def _with_table(told: Told) -> Made:
    return bound(letter(told, **GREY), picture(sheets.table(told), told))


def _as(name: str, told: Told) -> Made:
    """Draw a letter that is damaged as a kind of benchmarks/ocr is."""
    kind = KINDS[name]
    how = {key: getattr(kind, key) for key in ("dpi", "colour", "quality", "mono", "after")}
    return letter(told, kind.before, **how)


def _yellow(told: Told) -> Made:
    def before(paper: Paper) -> Image.Image:
        return scan.yellow(paper.image, paper.number)

    return letter(told, before, colour=True, dpi=150, quality=40)


def _grainy_office(told: Told) -> Made:
    """A stamp that is no mark, on a grainy grey scan."""
    added = texts.words(told.set_name)

    def after(image: Image.Image, paper: Paper) -> Image.Image:
        return damage.gaussian_noise(image, 16, paper.chance)

    return _other_stamp(told, added.marks_that_are_none + _URGENT, after=after)


def _sort(group: Group, name: str, draw: Callable[[Told], Made]) -> Sort:
    return Sort(name, group, draw)


_ordinary = partial(_sort, "ordinary")
_degraded = partial(_sort, "degraded")
_wordless = partial(_sort, "without words")

SORTS = (
    _ordinary("letter", _letter),
    _ordinary("words-alike", _alike),
    _ordinary("sealed", partial(_sealed, **COLOUR)),
    _ordinary("arrival", _arrival),
    _ordinary("urgent", partial(_other_stamp, names=_URGENT)),
    _ordinary("office-stamp", _office),
    _ordinary("declassified", partial(_declassified, beside=False)),
    _ordinary("lifted", partial(_declassified, beside=True)),
    _ordinary("table", _with_table),
    _ordinary("back", _with_back),
    _ordinary("typewriter", partial(_as, "typewriter")),
    _ordinary("foreign", lambda told: picture(sheets.foreign(told), told)),
    _ordinary("newspaper", lambda told: picture(sheets.newspaper(told), told)),
    _degraded("grey-seals", _sealed),
    _degraded("onebit-seals", partial(_sealed, **BILEVEL)),
    _degraded("onebit-arrival", partial(_arrival, **BILEVEL)),
    _degraded("grey-arrival", partial(_arrival, **GREY)),
    _degraded("worst-letter", partial(_as, "worst")),
    _degraded("noise", partial(_as, "noise")),
    _degraded("blur", partial(_as, "blur")),
    _degraded("bleed", partial(_as, "bleed")),
    _degraded("yellow150", _yellow),
    _degraded("grainy-stamp", _grainy_office),
    _wordless("blank", lambda told: picture(Image.new("RGB", _A4, "white"), told)),
    _wordless("photo", lambda told: picture(sheets.photo(told), told, grey=False)),
    _wordless("handwritten", lambda told: picture(sheets.handwritten(told), told, grey=False)),
)
