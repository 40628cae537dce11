"""What comes onto printed sheets afterwards: handwriting, signature, seal, stamps, pencil."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw

from benchmarks.metadata import hand
from benchmarks.metadata.plan import Plan
from samples.drawing import stamps
from samples.drawing.ink import sign
from samples.drawing.paint import paint
from samples.drawing.sheet import MM, Sheet, font

_STAMP_INKS = (stamps.VIOLET, stamps.RED, (52, 60, 150))
Point = tuple[float, float]


def executed(
    plan: Plan, sheets: Sequence[Sheet], dpi: int, chance: random.Random
) -> list[Image.Image]:
    """Paint the sheets, write in what is by hand, sign, seal and stamp them."""
    images = [_written(plan, sheet, dpi, chance) for sheet in sheets]
    for i, sheet in enumerate(sheets):
        if "signature" in sheet.places:
            images[i] = _signed(plan, images[i], sheet, chance)
    images[0] = _registered(plan, images[0], sheets[0], chance)
    return images


def _written(plan: Plan, sheet: Sheet, dpi: int, chance: random.Random) -> Image.Image:
    """Return the sheet in type, and what is by hand on it."""
    by_hand = [run for run in sheet.runs if run.style == "hand"]
    typed = Sheet([run for run in sheet.runs if run.style != "hand"], sheet.rules)
    image = paint(typed, dpi)
    scale, writer = dpi / 72, hand.hand(plan.style.hand)
    for run in by_hand:
        x = run.x + chance.uniform(-1, 2.5) + run.size * 0.25
        y = run.y + chance.uniform(-2.5, 1.5)
        place = (x * scale, y * scale)
        image = hand.write(image, run.text.strip(), place, run.size * scale, writer, chance)
    return image


def _signed(plan: Plan, image: Image.Image, sheet: Sheet, chance: random.Random) -> Image.Image:
    x, y = (side / MM for side in sheet.places["signature"])
    image = sign(image, plan.signer, (x + chance.uniform(-4, 4), y + chance.uniform(-2, 2)))
    if plan.fellow:
        other = plan.style.axes[0] + plan.style.shift[0]
        image = sign(image, plan.fellow[1], (other, y + chance.uniform(-2, 2)))
    if plan.name_stamped:
        below = (x + chance.uniform(-3, 6), y + 15)
        image = _named(image, plan.degree + plan.signer, below, chance.uniform(-4, 4))
    if plan.sealed and not (plan.fellow and plan.family == "party"):
        centre = (x - chance.uniform(17, 26), y - chance.uniform(0, 6))
        image = _seal(plan.header[0], plan.issuer, image, centre, chance)
    if plan.copied:
        x, y = (side / MM for side in sheet.places.get("copy signature", (0, 0)))
        if y:
            image = sign(image, plan.copied[-1], (x, y))
            image = _seal("BẢN SAO", plan.copied[0], image, (x - 21, y), chance)
    return image


def _seal(
    ring: str, office: str, image: Image.Image, centre: Point, chance: random.Random
) -> Image.Image:
    middle = tuple(textwrap.wrap(office, 12)[:3])
    ring = ring if len(ring) < 24 else "C.H.X.H.C.N. VIỆT NAM"
    return stamps.seal(image, centre, (ring, "T. GIẢ ĐỊNH"), middle, chance.choice((33, 35, 36)))


def _registered(plan: Plan, image: Image.Image, sheet: Sheet, chance: random.Random) -> Image.Image:
    """Put the marks of the registry on the first page."""
    x, y = (side / MM for side in sheet.places["number"])
    if plan.arrival:
        image = _arrival(plan, image, (x, y), chance)
    if plan.urgency and plan.urgency_stamped:
        across, down = (-8, 10) if plan.title else (0, 30)
        centre = (x + across + chance.uniform(-8, 4), y + down + chance.uniform(-2, 2))
        text = [(plan.urgency, 0.5, 6.2, 5.4, True)]
        wide = 10 + 4.2 * len(plan.urgency)
        image = _stamped(image, text, (wide, 8.5), centre, stamps.RED, chance.uniform(-6, 6))
    if plan.pencil:
        dot = max(image.size) / 297
        place = ((193 + chance.uniform(-4, 5)) * dot, (11 + chance.uniform(-4, 4)) * dot)
        writer = hand.hand((plan.style.hand + 1) % 5 + plan.style.hand // 5 * 5)
        ink = hand.PENCIL if chance.random() < 0.7 else None
        image = hand.write(image, plan.pencil, place, 5 * dot, writer, chance, ink)
    return image


def _arrival(plan: Plan, image: Image.Image, number: Point, chance: random.Random) -> Image.Image:
    """Stamp ĐẾN below the number, or over what stands there, and fill it in."""
    stamp = plan.arrival
    assert stamp
    left, down = number
    if plan.title is None:  # the subject stands below the number: the stamp goes to the right
        left, down = 150 + chance.uniform(-12, 8), down + 3
    above = 11 if stamp.overlapping else 20
    centre = (left + chance.uniform(-10, -2), down + above + chance.uniform(-2, 3))
    lines = [
        (stamp.office, 0.5, 5.5, 3.2, True), ("ĐẾN", 0.2, 17, 5.4, True),
        ("Số: " + (stamp.number if stamp.printed else "..............."), -0.42, 14, 3.7, False),
        ("Ngày: " + (stamp.date if stamp.printed else "............"), -0.42, 21, 3.7, False),
        ("Chuyển: .....................................", -0.05, 28, 3.5, False),
    ]  # fmt: skip
    angle = chance.uniform(-3, 3)
    image = _stamped(image, lines, (52, 32), centre, chance.choice(_STAMP_INKS), angle)
    if stamp.printed:
        return image
    dot = max(image.size) / 297
    writer = hand.hand((plan.style.hand + 2) % 5 + plan.style.hand // 5 * 5)
    edge = (centre[0] - 26 + 32, centre[1] - 16)
    for text, y, size in ((stamp.number, 13.2, 4.6), (stamp.date, 20.2, 2.7)):
        place = ((edge[0] + chance.uniform(0, 1.5)) * dot, (edge[1] + y) * dot)
        image = hand.write(image, text, place, size * dot, writer, chance)
    return image


def _stamped(
    image: Image.Image, lines: Sequence[tuple[str, float, float, float, bool]], size_mm: Point,
    centre_mm: Point, colour: tuple[int, int, int], angle: float,
) -> Image.Image:  # fmt: skip
    """Press a frame with lines: text, place across (below 0: its start), down, height, bold."""
    unit = max(image.size) / 297 * 2
    patch = Image.new("RGB", (round(size_mm[0] * unit), round(size_mm[1] * unit)), "white")
    draw = ImageDraw.Draw(patch)
    edge = 0.4 * unit
    frame = (edge, edge, patch.width - edge, patch.height - edge)
    draw.rectangle(frame, outline=colour, width=round(0.45 * unit))
    for text, across, down, height, bold in lines:
        face = font("bold" if bold else "regular", height * unit)
        anchor = "ls" if across < 0 else "ms"
        draw.text((abs(across) * patch.width, down * unit), text, colour, face, anchor=anchor)
    return stamps.press(image, patch, centre_mm, angle, level=0)


def _named(image: Image.Image, name: str, centre_mm: Point, angle: float) -> Image.Image:
    """Press the name of a signer from a rubber stamp, in red."""
    unit = max(image.size) / 297 * 2
    face = font("bold-italic", 4.6 * unit)
    size = (round(face.getlength(name)) + 8, round(7 * unit))
    patch = Image.new("RGB", size, "white")
    middle = (size[0] / 2, size[1] / 2)
    ImageDraw.Draw(patch).text(middle, name, stamps.RED, face, anchor="mm")
    return stamps.press(image, patch, centre_mm, angle, level=0)
