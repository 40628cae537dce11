"""Pages that are no official document: nothing may be read off them."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.metadata.kinds import file_of
from benchmarks.metadata.texts import Texts
from benchmarks.ocr import drafts
from samples.drawing import scan
from samples.drawing.ink import sign
from samples.drawing.paint import paint
from samples.drawing.sheet import MM, WIDTH, Piece, Rule, Sheet, words, wrap

_LEFT, _RIGHT = 25 * MM, WIDTH - 20 * MM
_ENGLISH = (
    "Thank you for your letter of last month and for the kind welcome given to our delegation.",
    "We should be glad to send you the remaining volumes once the customs papers are complete.",
    "Please note that the exhibition will be open daily except on Mondays, from nine until four.",
    "The committee of the library has considered your proposal and agreed to it as it stands.",
    "Enclosed you will find the list of books, the invoice and a description of each collection.",
)
_LETTERS = (
    ("Ms. Hartley", "Riverside Library, 12 Mill Lane"),
    ("Dr. Coleman", "Northgate Museum, 4 Quay Street"),
)


def _photo(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    """Return a photograph of nothing in particular, on photographic paper."""
    image = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    size = (round(6.6 * dpi), round(4.8 * dpi))
    cells = Image.frombytes("RGB", (9, 7), chance.randbytes(189)).resize(
        size, Image.Resampling.BICUBIC
    )
    draw = ImageDraw.Draw(cells)
    for _ in range(14):
        x, y, r = chance.randrange(size[0]), chance.randrange(size[1]), chance.randint(20, dpi)
        draw.ellipse((x, y, x + r, y + r * 2), fill=tuple(chance.randbytes(3)))
    image.paste(cells.filter(ImageFilter.GaussianBlur(3)), (round(0.8 * dpi), round(1.2 * dpi)))
    return image


def _blank(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    return paint(Sheet(), dpi)


def _table(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    """Return a list of names with sums, without any head of a document."""
    sheet, y = Sheet(), 40 * MM
    sheet.centre(words("BẢNG CHẤM CÔNG", "bold"), WIDTH / 2, 30 * MM, 14)
    for row in range(24):
        cells = (str(row + 1), texts.person(chance), str(chance.randint(8, 26)),
                 f"{chance.randint(100, 9000)}.000")  # fmt: skip
        for x, cell in zip((27, 40, 110, 150), cells, strict=True):
            sheet.put([Piece(cell)], x * MM, y, 12)
        sheet.rules.append(Rule(_LEFT, _RIGHT, y + 5))
        y += 9 * MM
    return paint(sheet, dpi)


def _english(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    sheet, (who, where) = Sheet(), chance.choice(_LETTERS)
    sheet.put(words(where, "bold"), _LEFT, 25 * MM, 13)
    sheet.put(
        words(f"{chance.randint(1, 28)} March {chance.randint(1996, 2024)}"), 140 * MM, 40 * MM, 12
    )
    y = 60 * MM
    for paragraph in (f"Dear {who},", *chance.sample(_ENGLISH, 4), "Yours sincerely,"):
        for line in wrap(words(paragraph), 12, _RIGHT - _LEFT):
            sheet.put(line, _LEFT, y, 12)
            y += 17
        y += 8
    image = sign(paint(sheet, dpi), who, (60, y / MM + 10))
    return image


def _newspaper(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    """Return a page of a newspaper in three columns."""
    sheet, wide = Sheet(), 52 * MM
    paragraphs = drafts.load(texts.name).paragraphs
    headline = chance.choice(texts.named).format(year=2012, term="2010 - 2015")
    sheet.centre(words(headline[0].upper() + headline[1:], "bold"), WIDTH / 2, 28 * MM, 17)
    for column in range(3):
        x, y = _LEFT + column * (wide + 5 * MM), 40 * MM
        for paragraph in chance.sample(paragraphs, 6):
            for line in wrap(words(paragraph), 9.5, wide, 4 * MM):
                if y < 270 * MM:
                    sheet.justify(line, x, y, 9.5, wide)
                y += 12
    return paint(sheet, dpi)


def _receipt(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    sheet, y = Sheet(), 46 * MM
    sheet.centre(
        words(f"CỬA HÀNG VĂN PHÒNG PHẨM {texts.place(chance).upper()}", "bold"),
        70 * MM,
        25 * MM,
        12,
    )
    sheet.centre(words("HÓA ĐƠN BÁN LẺ", "bold"), 70 * MM, 34 * MM, 14)
    for item in ("Giấy A4", "Bìa hồ sơ", "Mực dấu", "Ghim kẹp", "Sổ tay"):
        sheet.put(words(item), 32 * MM, y, 11)
        sheet.put([Piece(f"{chance.randint(1, 9)} x {chance.randint(5, 90)}.000")], 80 * MM, y, 11)
        y += 7 * MM
    sheet.put(
        words(f"Ngày {chance.randint(1, 28)}/{chance.randint(1, 12)}/2016", "italic"),
        70 * MM,
        y + 20,
        11,
    )
    return paint(sheet, dpi)


def _prose(texts: Texts, chance: random.Random, dpi: int) -> Image.Image:
    """Return a page out of the middle of something: prose and a page number."""
    sheet, y = Sheet(), 30 * MM
    sheet.centre([Piece(str(chance.randint(2, 40)))], WIDTH / 2, 14 * MM, 13)
    for paragraph in chance.sample(drafts.load(texts.name).paragraphs, 9):
        for line in wrap(words(paragraph), 13.5, _RIGHT - _LEFT, 10 * MM):
            sheet.put(line, _LEFT, y, 13.5)
            y += 19
    return paint(sheet, dpi)


OTHERS: dict[str, Callable[[Texts, random.Random, int], Image.Image]] = {
    "photo": _photo, "blank": _blank, "table": _table, "english": _english,
    "newspaper": _newspaper, "receipt": _receipt, "prose": _prose,
}  # fmt: skip


def make(name: str, texts: Texts, number: int) -> tuple[bytes, str]:
    """Draw page `number` of a sort: the bytes of its file and its extension."""
    chance = random.Random(f"{texts.name} {name} {number} other")
    dpi, grey = chance.choice((200, 300)), chance.random() < 0.4
    with drafts.typeface(getattr(texts, chance.choice(("serif", "serif", "sans")))):
        image = scan.scanned(OTHERS[name](texts, chance, dpi), number, grey=grey)
    return file_of([scan.skew(image, chance.uniform(-0.8, 0.8))], dpi, 80)
