"""One page in one call, in the layout of the Party or of the state, for tests."""

from __future__ import annotations

import dataclasses
from typing import Any

from PIL import Image

from .draft import Draft
from .paint import paint
from .typeset import typeset

PARTY = Draft(
    layout="party",
    superior="ĐẢNG BỘ HUYỆN VÍ DỤ",
    issuer="ĐẢNG UỶ XÃ ĐỒNG MẪU",
    number="12",
    symbol="NQ/ĐU",
    place="Đồng Mẫu",
    date="2019-03-05",
    type="Nghị quyết",
    subject="về công tác lưu trữ năm 2019",
    body=(
        "Đảng uỷ giao Văn phòng Đảng uỷ thu thập, chỉnh lý và bảo quản tài liệu của các chi bộ, "
        "bảo đảm đầy đủ, an toàn và dễ tra tìm khi cần.",
    ),
    authority="T/M ĐẢNG UỶ\nBÍ THƯ",
    signer="Nguyễn Văn Mẫu",
    recipients=("- Các chi bộ trực thuộc,", "- Lưu Văn phòng Đảng uỷ."),
)

STATE = Draft(
    layout="state",
    issuer="ỦY BAN NHÂN DÂN\nXÃ ĐỒNG MẪU",
    number="15",
    symbol="QĐ-UBND",
    place="Đồng Mẫu",
    date="2021-08-17",
    type="Quyết định",
    subject="Về việc thành lập Tổ chỉnh lý tài liệu",
    body=(
        "/ Theo đề nghị của công chức Văn phòng - Thống kê xã.",
        "= QUYẾT ĐỊNH:",
        "**Điều 1.** Thành lập Tổ chỉnh lý tài liệu lưu trữ của Ủy ban nhân dân xã gồm ba thành "
        "viên, làm việc đến hết năm 2021.",
    ),
    authority="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    signer="Trần Thị Ví Dụ",
    recipients=("- Như Điều 1;", "- Lưu: VT."),
)


def party_page(dpi: int = 200, **changes: Any) -> Image.Image:
    """Return the first page of a Party document; `changes` are fields of Draft."""
    return paint(typeset(dataclasses.replace(PARTY, **changes))[0], dpi)


def state_page(dpi: int = 200, **changes: Any) -> Image.Image:
    """Return the first page of a state document; `changes` are fields of Draft."""
    return paint(typeset(dataclasses.replace(STATE, **changes))[0], dpi)


def pages(draft: Draft, dpi: int = 200) -> list[Image.Image]:
    """Return all pages of a draft."""
    return [paint(sheet, dpi) for sheet in typeset(draft)]


def text_lines(draft: Draft) -> list[list[str]]:
    """Return the printed lines of each page of a draft: left column before right column."""
    return [sheet.lines for sheet in typeset(draft)]
