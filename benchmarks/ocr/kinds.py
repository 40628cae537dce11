"""The kinds of pages that are measured, each with what its errors may come to at most.

Every page is signed and sealed at its foot, as papers are; grey kinds are scanned in grey,
where a seal cannot be told from print.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from benchmarks.ocr import damage, drafts
from samples.drawing import scan, stamps
from samples.drawing.draft import Draft
from samples.drawing.ink import sign
from samples.drawing.paint import paint
from samples.drawing.sheet import MM, Sheet


@dataclass(frozen=True)
class Paper:
    """A signed and sealed page on its way through the scanner; `back` draws another page."""

    draft: Draft
    image: Image.Image
    chance: random.Random
    number: int
    back: Callable[[], Image.Image]


@dataclass(frozen=True)
class Kind:
    """How a kind of page is made: resolution, colour or grey, JPEG quality (None: one bit).

    `target` is the most that line errors may come to, in per cent; None: it counts with the
    other ordinary kinds. `before` befalls the paper, `after` the scanned picture.
    """

    dpi: int = 300
    colour: bool = False
    quality: int | None = 85
    target: float | None = None
    mono: bool = False
    before: Callable[[Paper], Image.Image] = lambda paper: paper.image
    after: Callable[[Image.Image, Paper], Image.Image] = lambda image, paper: image


@dataclass(frozen=True)
class Made:
    """A page to read: the bytes of its file, what is printed on it, and who signed."""

    data: bytes
    extension: str
    lines: tuple[str, ...]
    signer: str


def _body_seals(paper: Paper) -> Image.Image:
    image = paper.image
    for x in (66.0, 150.0):
        y = paper.chance.uniform(120, 175)
        image = _seal(paper.draft, image, (x + paper.chance.uniform(-12, 12), y))
    return image


def _office_stamps(paper: Paper) -> Image.Image:
    office = paper.draft.issuer.split("\n")[-1]
    left, down = paper.chance.uniform(-2, 3), paper.chance.uniform(-2, 4)
    image = stamps.arrival_stamp(
        paper.image, (45 + left, 65 + down), office, str(paper.chance.randint(10, 999)), "14/8/19"
    )
    return stamps.stamp(image, "MẬT", (104 + left, 40 + down), angle=paper.chance.uniform(-3, 3))


def _leaning(image: Image.Image, paper: Paper) -> Image.Image:
    degrees = paper.chance.uniform(1.2, 2.0)
    return scan.skew(image, degrees if paper.number % 2 else -degrees)


def _bled(paper: Paper) -> Image.Image:
    return damage.show_through(paper.image, paper.back())


def _worst_paper(paper: Paper) -> Image.Image:
    sealed = _seal(paper.draft, paper.image, (80 + paper.chance.uniform(-25, 60), 145))
    return scan.yellow(damage.show_through(sealed, paper.back()), paper.number)


def _noisy(image: Image.Image, paper: Paper) -> Image.Image:
    grainy = damage.gaussian_noise(image, 28, paper.chance)
    return damage.salt_and_pepper(grainy, paper.chance)


def _sideways(image: Image.Image, paper: Paper) -> Image.Image:
    turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
    return image.transpose(turns[paper.number % 2])


KINDS = {
    "clean300": Kind(),
    "clean200": Kind(200),
    "d150": Kind(150),
    "skew": Kind(after=_leaning),
    "yellow": Kind(colour=True, before=lambda paper: scan.yellow(paper.image, paper.number)),
    "bleed": Kind(colour=True, before=_bled),
    "jpegq40": Kind(200, colour=True, quality=40),
    "typewriter": Kind(mono=True, before=lambda paper: damage.typed(paper.image, paper.chance)),
    "stamps": Kind(colour=True, before=_office_stamps),
    "bw": Kind(
        200,
        quality=None,
        after=lambda image, paper: scan.bilevel(damage.dirt(image, paper.chance)),
    ),
    "seal": Kind(colour=True, target=0.5, before=_body_seals),
    "rot90": Kind(target=0.7, after=_sideways),
    "rot180": Kind(
        target=0.7, after=lambda image, paper: image.transpose(Image.Transpose.ROTATE_180)
    ),
    "noise": Kind(target=1.0, after=_noisy),
    "blur": Kind(target=2.0, after=lambda image, paper: scan.blur(image, 2.6)),
    "worst": Kind(200, colour=True, quality=50, target=1.2, before=_worst_paper, after=_leaning),
    "greyseal": Kind(target=4.0, before=_body_seals),
}
ORDINARY = tuple(name for name, kind in KINDS.items() if kind.target is None)
#: What the line errors of all ordinary kinds together may come to at most, in per cent.
ORDINARY_TARGET = 0.6
#: And those of whole paragraphs on photographs of real pages, 576 dots wide, by name.
PHOTOGRAPHS = {"4_1": 2.4, "4_2": 4.0}


def make(name: str, texts: drafts.Texts, number: int, kind: Kind | None = None) -> Made:
    """Draw page `number` of a kind; the same arguments give the same bytes."""
    kind = kind or KINDS[name]
    chance = random.Random(f"{texts.name} {name} {number}")
    shift = list(KINDS).index(name) * 5
    with drafts.typeface(texts.mono if kind.mono else texts.serif):
        sizes = (12,) if kind.mono else (13, 13.5, 14)
        draft, sheet = drafts.compose(texts, number + shift, chance, sizes)

        def back() -> Image.Image:
            return paint(drafts.compose(texts, number + shift + 3, chance)[1], kind.dpi)

        image = _executed(draft, sheet, kind.dpi, chance)
        paper = Paper(draft, image, chance, number, back)
        image = scan.scanned(kind.before(paper), number, grey=not kind.colour)
    image = kind.after(image, paper)
    data, extension = _file(image, kind)
    return Made(data, extension, tuple(sheet.lines), draft.signer)


def _executed(draft: Draft, sheet: Sheet, dpi: int, chance: random.Random) -> Image.Image:
    """Return the page with a signature, and a seal over its left third.

    There is less room than a seal needs: it stands on the position or on the name, or on both.
    """
    x, y = (side / MM for side in sheet.places["signature"])
    image = sign(paint(sheet, dpi), draft.signer, (x, y))
    centre = (x - chance.uniform(17, 25), y - chance.uniform(0, 6))
    return _seal(draft, image, centre, chance.choice((33, 34, 36)))


def _seal(
    draft: Draft, image: Image.Image, centre: tuple[float, float], diameter: float = 36
) -> Image.Image:
    top = "ĐẢNG CỘNG SẢN VIỆT NAM" if draft.layout == "party" else draft.place.upper()
    middle = tuple(textwrap.wrap(draft.issuer.replace("\n", " "), 12)[:3])
    return stamps.seal(image, centre, (top, "T. THỬ NGHIỆM"), middle, diameter)


def _file(image: Image.Image, kind: Kind) -> tuple[bytes, str]:
    if kind.quality is not None:
        return scan.jpeg(image, kind.dpi, kind.quality), "jpg"
    out = BytesIO()
    image.save(out, "TIFF", compression="group4", dpi=(kind.dpi, kind.dpi))
    return out.getvalue(), "tif"
