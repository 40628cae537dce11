"""Pages set by hand: words with boxes where the standards put them, in millimetres on A4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from partydoc.box import Box
from partydoc.page import Line, Page, Word

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, MIDDLE = 60.0, 148.0, 105.0


def line(text: str, top: float, centre: float = MIDDLE, sure: float = 0.95, **at: float) -> Line:
    """Set a line around a centre, or from `left=`, at 14 pt; `¦` in the text is a gap of 20 mm.

    A word may carry its own confidence: `57@0.4`.
    """
    em = 2.3
    words: list[tuple[str, float, float, float]] = []
    x = 0.0
    for token in text.split():
        if token == "¦":
            x += 20
            continue
        shown, _, own = token.partition("@")
        words.append((shown, x, x + em * len(shown), float(own) if own else sure))
        x += em * len(shown) + 1.2
    start = at.get("left", centre - (x - 1.2) / 2)
    return Line(
        tuple(
            Word(
                shown,
                Box((start + a) / WIDTH, top / HEIGHT, (start + b) / WIDTH, (top + 3.6) / HEIGHT),
                own,
            )
            for shown, a, b, own in words
        )
    )


def page(*lines: Line, number: int = 1, stamps: Iterable[Line] = ()) -> Page:
    """Lay lines on an A4 page, each a block of its own."""
    blocks = tuple(replace(each, block=i) for i, each in enumerate(lines))
    return Page(number, WIDTH, HEIGHT, blocks, tuple(stamps))


def party(
    number: str = "Số 12-NQ/ĐU",
    date: str = "Mẫu Sơn, ngày 05 tháng 6 năm 2023",
    title: str = "NGHỊ QUYẾT",
    subject: tuple[str, ...] = ("về công tác xây dựng Đảng", "và hệ thống chính trị"),
    issuer: tuple[str, ...] = ("ĐẢNG BỘ HUYỆN MẪU SƠN", "ĐẢNG ỦY XÃ VÍ DỤ"),
) -> tuple[Line, ...]:
    """Return the head of a Party document (Hướng dẫn 36-HD/VPTW): star, no colon."""
    lines = [line("ĐẢNG CỘNG SẢN VIỆT NAM", 20, RIGHT)]
    top = 20.0
    for each in issuer:
        lines.append(line(each, top, LEFT))
        top += 6.5
    lines += [line("*", top, LEFT), line(number, top + 6, LEFT), line(date, top + 6, RIGHT)]
    top += 18
    for i, each in enumerate((title, *subject)):
        lines.append(line(each, top + 7 * i))
    return tuple(each for each in lines if each.words)


def state(
    number: str = "Số: 15/QĐ-SNV",
    date: str = "Mẫu Sơn, ngày 24 tháng 11 năm 2021",
    title: str = "QUYẾT ĐỊNH",
    subject: tuple[str, ...] = ("Về việc ban hành quy chế tiếp công dân",),
    issuer: tuple[str, ...] = ("UBND TỈNH ĐỒNG NAI", "SỞ NỘI VỤ"),
) -> tuple[Line, ...]:
    """Return the head of a state document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    lines = [
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 20, RIGHT),
        line("Độc lập - Tự do - Hạnh phúc", 26, RIGHT),
    ]
    lines += [line(each, 20.2 + 6 * i, LEFT - 10) for i, each in enumerate(issuer)]
    lines += [line(number, 41, LEFT - 10), line(date, 41, RIGHT)]
    for i, each in enumerate((title, *subject)):
        lines.append(line(each, 54 + 7 * i))
    return tuple(each for each in lines if each.words)


def body(top: float = 95) -> tuple[Line, ...]:
    """Return a paragraph and a half of ordinary text, indented as it is printed."""
    return (
        line("Căn cứ Quy chế làm việc và chương trình công tác của năm,", top, left=40),
        line("tập thể đã thảo luận và thống nhất những nội dung sau đây để các", top + 7, left=30),
        line("đơn vị có liên quan biết và phối hợp thực hiện.", top + 14, left=30),
    )


def signature(
    top: float = 200, block: tuple[str, ...] = ("T/M ĐẢNG ỦY", "BÍ THƯ")
) -> tuple[Line, ...]:
    """Return recipients on the left, authority, position and name on the right."""
    lines = [
        line("Nơi nhận:", top, left=30),
        line("- Như trên;", top + 6, left=30),
        line("- Lưu Văn phòng.", top + 12, left=30),
    ]
    lines += [line(each, top + 6.5 * i, 155) for i, each in enumerate(block)]
    return (*lines, line("Nguyễn Văn Mẫu", top + 38, 155))


def copied(top: float = 250, code: str = "Số 24-BS/HU", said: str = "Sao lục") -> tuple[Line, ...]:
    """Return the block of a copier below the signature: letterhead, number, kind, date, signer."""
    return (
        line("HUYỆN ỦY MẪU SƠN", top, LEFT),
        line("ĐẢNG CỘNG SẢN VIỆT NAM", top, RIGHT),
        line(code, top + 6, LEFT),
        line("Mẫu Sơn, ngày 19 tháng 7 năm 2023", top + 6, RIGHT),
        line(said, top + 12),
        line("CHÁNH VĂN PHÒNG", top + 18, 155),
        line("Hoàng Thị Sao", top + 32, 155),
    )


def arrived(
    number: str = "Số: 318", day: str = "Ngày: 14/6/2023", top: float = 48
) -> tuple[Line, ...]:
    """Return the lines of a stamp of arrival."""
    return (
        line("ĐẾN", top + 6, left=20),
        line(number, top + 6, left=36),
        line(day, top + 12, left=36),
        line("Chuyển:", top + 18, left=20),
    )
