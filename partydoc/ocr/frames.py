"""Drawn frames of the size of a secrecy mark, whatever stands in them.

A frame stays where its text is lost: stamped over print and scanned in black, under a seal, worn.
Its long sides are looked for, one above the other; a ruled table has more of them and is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from partydoc.ocr.patch import Patch, together

#: A side is at least so long, without a gap, in inches; on a mark that leans it is seen in steps.
_RUN = 0.2
#: What a frame is at least, in inches, and that of a mark at most, and of a stamp of arrival
#: (35 x 50 mm, Nghị định 30/2020/NĐ-CP, Phụ lục IV): width, height.
_LEAST, MARK, ARRIVAL = (0.45, 0.2), (2.6, 0.75), (2.6, 1.8)
#: So much of the longer side both have in common.
_SHARED = 0.75
#: More sides than this, one above the other, are a table; a double frame has four.
_TABLE = 5
_MOST_FRAMES = 4
#: A short side is inked on so much of its height, within so many inches of the ends.
_CLOSED, _REACH = 0.8, 0.06


def find(
    grey: Image.Image, dpi: float, limit: int, most: tuple[float, float] = MARK
) -> list[Patch]:
    """Return the frames on a picture on which ink is darker than a limit, the widest first.

    `most` is how wide and high they are at most, in inches.
    """
    mask = grey.point([255 if level < limit else 0 for level in range(256)], "1")
    inked = mask.getbbox()
    if not inked:
        return []
    inside = _inside(mask.crop(inked), dpi, most)  # ink of one colour covers little of a page
    return [each.moved(inked[0], inked[1]) for each in inside]


def _inside(mask: Image.Image, dpi: float, most: tuple[float, float]) -> list[Patch]:
    sides = list(_sides(mask, dpi))
    found: list[Patch] = []
    for frame, closed in _pairs(sides):
        if any(_overlap(frame, each) for each in found) or not _fits(frame, dpi, most):
            continue
        if _closed_sides(mask, frame, dpi) >= closed:
            found.append(frame)
    found.sort(key=lambda each: -each.width)
    return found[:_MOST_FRAMES]


def _pairs(sides: list[Patch]) -> Iterator[tuple[Patch, int]]:
    """Yield what may be frames, each with how many of its short sides must be seen.

    Those of which one side has run into a rule come last, and must be closed at both ends.
    """
    for upper in sides:
        stack = [each for each in sides if _shared(upper, each) >= _SHARED]
        if len(stack) <= _TABLE:
            yield from ((_around(upper, lower), 1) for lower in stack)
    for upper in sides:
        ruled = [frame for each in sides if (frame := _on_a_rule(upper, each))]
        if len(ruled) <= _TABLE:
            yield from ((frame, 2) for frame in ruled)


def _sides(mask: Image.Image, dpi: float) -> Iterator[Patch]:
    """Yield the long level strokes."""
    length = max(2, round(_RUN * dpi))
    runs, above = _runs(mask, length)
    box = runs.getbbox() if runs else None
    if not runs or not box:
        return
    for each in together(runs.crop(box).convert("L")):
        left, top = each.left + box[0], each.top + box[1] + above
        right, bottom = each.right + box[0] + length, each.bottom + box[1] + above
        side = Patch(left, top, min(mask.width, right), bottom, each.ink)
        if side.width >= _LEAST[0] * dpi and side.height < _LEAST[1] * dpi:
            yield side


def _runs(mask: Image.Image, length: int) -> tuple[Image.Image | None, int]:
    """Return where so many dots in a row are inked, and how many rows without any stand above.

    The dots of the page are counted on as one great number.
    """
    wide = Image.new("1", (mask.width + length, mask.height))  # no run goes on in the next row
    wide.paste(mask)
    row = (wide.width + 7) // 8
    dots = int.from_bytes(wide.tobytes())
    done = 1
    while done < length and dots:
        step = min(done, length - done)
        dots &= dots << step
        done += step
    if not dots:
        return None, 0
    above = wide.height - (dots.bit_length() + row * 8 - 1) // (row * 8)
    rows = (wide.height - above) * row
    return Image.frombytes("1", (wide.width, wide.height - above), dots.to_bytes(rows)), above


def _shared(one: Patch, other: Patch) -> float:
    both = min(one.right, other.right) - max(one.left, other.left)
    return both / max(one.width, other.width)


def _around(upper: Patch, lower: Patch) -> Patch:
    return Patch(
        min(upper.left, lower.left), upper.top, max(upper.right, lower.right), lower.bottom,
        upper.ink + lower.ink,
    )  # fmt: skip


def _fits(frame: Patch, dpi: float, most: tuple[float, float]) -> bool:
    size = frame.width / dpi, frame.height / dpi
    return all(low <= side <= high for low, side, high in zip(_LEAST, size, most, strict=True))


def _on_a_rule(upper: Patch, lower: Patch) -> Patch | None:
    """Return a frame of which one side has run into a longer rule, as that under a letterhead."""
    short, long = sorted((upper, lower), key=lambda side: side.width)
    both = min(short.right, long.right) - max(short.left, long.left)
    if lower.top < upper.bottom or both < _SHARED * short.width or both >= _SHARED * long.width:
        return None
    return Patch(short.left, upper.top, short.right, lower.bottom, upper.ink + lower.ink)


def _closed_sides(mask: Image.Image, frame: Patch, dpi: float) -> int:
    """Return how many short sides stand at its ends: lines to write on have none."""
    reach = max(2, round(_REACH * dpi))
    closed = 0
    for x in (frame.left, frame.right):
        strip = mask.crop((max(0, x - reach), frame.top, x + reach, frame.bottom))
        rows = strip.convert("L").resize((1, strip.height), Image.Resampling.BOX).tobytes()
        closed += sum(map(bool, rows)) >= _CLOSED * strip.height
    return closed


def _overlap(one: Patch, other: Patch) -> bool:
    return (
        one.left < other.right and other.left < one.right
        and one.top < other.bottom and other.top < one.bottom
    )  # fmt: skip
