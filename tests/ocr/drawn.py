"""Pages drawn for these tests: print, seals, stamps, text layers. All names are invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageFont

#: The last, for `liberation` lacks letters where `liberation2` stands beside it (Debian 12).
_ALL = Path("/usr/share/fonts/truetype")
FONTS = max(_ALL.glob("liberation*/LiberationSerif-Regular.ttf")).parent
A4_MM = (210, 297)
RED = (200, 30, 40)

HEADER = ("ĐẢNG BỘ HUYỆN SAO MAI", "ĐẢNG ỦY XÃ HƯƠNG CAU", "*", "Số 12-NQ/ĐU")
TITLE = ("NGHỊ QUYẾT", "về xây dựng thư viện xã và phong trào đọc sách")
BODY = (
    "Thực hiện chương trình công tác năm, Ban Chấp hành Đảng bộ xã đã họp,",
    "thảo luận và thống nhất những nhiệm vụ chủ yếu sau đây về thư viện.",
    "Một là, mỗi thôn có một tủ sách dùng chung, mở cửa các buổi tối trong",
    "tuần; chi bộ phân công đảng viên trông coi và ghi sổ mượn đầy đủ.",
    "Hai là, nhà trường phối hợp với đoàn thanh niên tổ chức ngày đọc sách,",
    "vận động nhân dân quyên góp sách cũ còn tốt và đóng lại bìa sách rách.",
    "Ba là, kinh phí mua sách mới lấy từ nguồn đóng góp tự nguyện, công khai",
    "trước nhân dân và báo cáo với Đảng ủy vào cuối mỗi quý trong năm.",
)
SIGNATURE = ("T/M ĐẢNG ỦY", "BÍ THƯ", "", "Nguyễn Văn Lúa")


def font(points: float, dpi: int, name: str = "LiberationSerif-Regular") -> ImageFont.FreeTypeFont:
    """Return a font of a size in points at a resolution."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", round(points * dpi / 72))


def sheet(dpi: int = 200, body: Sequence[str] = BODY, paper: str = "white") -> Image.Image:
    """Draw a resolution on A4: header, title, body, signature."""
    width, height = (round(side / 25.4 * dpi) for side in A4_MM)
    image = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(image)
    left, line = round(width * 0.12), round(dpi * 0.27)
    y = round(height * 0.06)
    for text in HEADER:
        pen.text((left, y), text, "black", font(12, dpi))
        y += line
    for text in TITLE:
        y += line // 2
        pen.text((width // 2, y), text, "black", font(14, dpi), anchor="ma")
        y += line
    y += line
    for text in body:
        pen.text((left, y), text, "black", font(13, dpi))
        y += line
    y += line
    for text in SIGNATURE:
        pen.text((round(width * 0.68), y), text, "black", font(13, dpi), anchor="ma")
        y += line
    return image


def print_over(image: Image.Image, ink: Image.Image, centre: tuple[float, float]) -> Image.Image:
    """Print ink on white over a page as ink does: it darkens what is below. Centre in shares."""
    layer = Image.new("RGB", image.size, "white")
    x, y = round(centre[0] * image.width), round(centre[1] * image.height)
    layer.paste(ink, (x - ink.width // 2, y - ink.height // 2))
    return ImageChops.darker(image, layer)


def stamp(text: str, dpi: int = 200, *, tilt: float = 0, ink: tuple[int, int, int] = RED,
          framed: bool = True, points: float = 16) -> Image.Image:  # fmt: skip
    """Draw a rectangular stamp on white, turned by some degrees."""
    face = font(points, dpi, "LiberationSans-Bold")
    left, top, right, bottom = face.getbbox(text)
    pad = round(points * dpi / 72 * 0.45)
    size = (round(right - left) + 2 * pad, round(bottom - top) + 2 * pad)
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    pen.text((pad - left, pad - top), text, ink, face)
    if framed:
        pen.rectangle((1, 1, size[0] - 3, size[1] - 3), outline=ink, width=max(2, dpi // 60))
    return image.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def seal(dpi: int = 200, ink: tuple[int, int, int] = RED) -> Image.Image:
    """Draw a round seal of 36 mm with a star and two lines of text."""
    side = round(36 / 25.4 * dpi)
    image = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(image)
    for inset, width in ((0.02, 0.02), (0.2, 0.01)):
        box = (side * inset, side * inset, side * (1 - inset), side * (1 - inset))
        pen.ellipse(box, outline=ink, width=max(2, round(side * width)))
    pen.regular_polygon((side / 2, side / 2, side * 0.14), 5, fill=ink)
    for share, text in ((0.08, "ĐẢNG CỘNG SẢN VIỆT NAM"), (0.84, "XÃ HƯƠNG CAU")):
        pen.text((side / 2, side * share), text, ink, font(7, dpi), anchor="ma")
    return image


def noisy(image: Image.Image, sigma: float = 28) -> Image.Image:
    """Add the grain of a bad scan."""
    grain = Image.effect_noise(image.size, sigma).convert("RGB")
    return Image.blend(image, grain, 0.35)


def speckled(image: Image.Image, count: int = 3000, seed: int = 7) -> Image.Image:
    """Sprinkle dust."""
    chance = random.Random(seed)
    out = image.copy()
    pen = ImageDraw.Draw(out)
    for _ in range(count):
        pen.point((chance.randrange(out.width), chance.randrange(out.height)), "black")
    return out


def jpeg(image: Image.Image, dpi: int = 200, quality: int = 75) -> bytes:
    """Return the page as a scanner's JPEG."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", dpi=(dpi, dpi), quality=quality)
    return buffer.getvalue()


def scan(into: Path, *images: Image.Image, dpi: int = 200) -> Path:
    """Write pages as the PDF of a scanner: pictures only."""
    into.write_bytes(img2pdf.convert([jpeg(image, dpi) for image in images]))
    return into


def add_text(path: Path, text: bytes, *, mode: int = 3, page: int = 0) -> Path:
    """Lay WinAnsi text over a page of a PDF: rendering mode 3 is invisible, 0 shows."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        leaf = pdf.pages[page]
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        leaf.add_resource(face, pikepdf.Name.Font, pikepdf.Name("/Layer"))
        lines = b" T* ".join(b"(" + line + b") Tj" for line in text.split(b"\n"))
        drawn = b"BT /Layer 11 Tf %d Tr 14 TL 70 700 Td %s ET" % (mode, lines)
        leaf.contents_add(drawn)
        pdf.save(path)
    return path


def born_digital(
    into: Path, lines: Sequence[str], *, shown: str = "LiberationSerif-Regular"
) -> Path:
    """Write a PDF of the kind a word processor makes: embedded font, Unicode text."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.add_font("Body", fname=FONTS / f"{shown}.ttf")
    pdf.set_font("Body", size=13)
    for line in lines:
        pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(into))
    return into


def raw_pictures(path: Path) -> list[bytes]:
    """Return the packed pictures of each page."""
    with pikepdf.open(path) as pdf:
        return [
            b"".join(
                one.read_raw_bytes()
                for one in page.Resources.get("/XObject", {}).values()
                if one.get("/Subtype") == "/Image"
            )
            for page in pdf.pages
        ]
