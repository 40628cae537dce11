"""Paints a sheet: black type on white paper, and figures written in by hand."""

from __future__ import annotations

from PIL import Image, ImageDraw

from .ink import handwrite
from .sheet import HEIGHT, WIDTH, Run, Sheet, font

BLACK = (22, 22, 24)


def paint(sheet: Sheet, dpi: int = 200) -> Image.Image:
    """Return the sheet as a clean RGB picture of `dpi` dots an inch."""
    scale = dpi / 72
    image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    draw = ImageDraw.Draw(image)
    for run in sheet.runs:
        if run.style != "hand":
            type_face = font(run.style, run.size * scale)
            draw.text((run.x * scale, run.y * scale), run.text, BLACK, type_face, anchor="ls")
    for rule in sheet.rules:
        box = [rule.left * scale, rule.y * scale, rule.right * scale]
        draw.rectangle([*box, (rule.y + rule.thickness) * scale], fill=BLACK)
    for run in sheet.runs:
        if run.style == "hand":
            image = _by_hand(image, run, scale)
    return image


def _by_hand(image: Image.Image, run: Run, scale: float) -> Image.Image:
    place = (run.x * scale, run.y * scale)
    return handwrite(image, run.text.strip(), place, run.size * scale)
