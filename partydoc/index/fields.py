"""The fields and signs that a query can name, in English and Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from partydoc import text

#: Stands before the name of a saved search.
SAVED = "@"

#: Field -> the names a person may type for it; the first is shown. Marks, capitals and the signs
#: between the words may be left out: `số hiệu` is `sohieu:`, `Số_hiệu:`, `số-hiệu:`.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "type": ("type", "loại", "tên loại", "loại văn bản", "tên loại văn bản"),
    "code": ("code", "số hiệu", "số ký hiệu", "số và ký hiệu"),
    "number": ("number", "số", "số văn bản", "số của văn bản"),
    "symbol": ("symbol", "ký hiệu", "ký hiệu văn bản"),
    "date": (
        "date", "ngày", "ngày văn bản", "ngày tháng", "ngày tháng năm", "ngày ban hành",
    ),
    "issuer": ("issuer", "cơ quan", "cơ quan ban hành", "tên cơ quan ban hành", "tác giả"),
    "superior": ("superior", "cấp trên", "cơ quan cấp trên", "cơ quan cấp trên trực tiếp"),
    "signer": ("signer", "người ký"),
    "subject": ("subject", "trích yếu", "nội dung", "trích yếu nội dung"),
    "place": ("place", "nơi", "địa danh", "nơi ban hành"),
    "folder": ("folder", "hồ sơ"),
    "reference": ("reference", "mã lưu trữ"),
    "box": ("box", "hộp"),
    "status": ("in", "trong", "status", "trạng thái"),
    "position": ("position", "chức vụ", "chức vụ người ký"),
    "authority": ("authority", "quyền hạn", "quyền hạn ký"),
    "recipients": ("recipients", "nơi nhận"),
    "secrecy": ("secrecy", "độ mật", "mức độ mật"),
    "urgency": ("urgency", "độ khẩn", "mức độ khẩn"),
    "copy_type": ("copy_type", "loại bản"),
    "language": ("language", "ngôn ngữ"),
    "term": ("term", "nhiệm kỳ"),
    "arrival_number": ("arrival_number", "số đến"),
    "arrival_date": ("arrival_date", "ngày đến"),
    "sheets": ("sheets", "tờ số", "số tờ"),
    "keywords": ("keywords", "từ khóa"),
    "topic": ("topic", "chuyên đề", "chủ đề"),
    "autograph": ("autograph", "bút tích"),
    "note": ("note", "ghi chú"),
    "access": ("access", "chế độ sử dụng"),
    "physical_state": ("physical_state", "tình trạng vật lý"),
    "reliability": ("reliability", "mức độ tin cậy"),
    "information_sign": ("information_sign", "ký hiệu thông tin"),
    "process": ("process", "quy trình xử lý"),
    "page_numbers": ("page_numbers", "trang số"),
    "period": ("period", "thời gian tài liệu"),
    "genre": ("genre", "loại tài liệu"),
    "same_paper": ("same_paper", "cùng bản giấy", "cùng bản giấy với", "bản quét trùng"),
}  # fmt: skip

#: What stands before a word or a field: leave out; also what is spelt nearly so; begins so.
SIGN_NAMES: Mapping[str, tuple[str, ...]] = {
    "not": ("not", "không"),
    "near": ("near", "gần"),
    "begins": ("begins", "đầu"),
}

#: What `in:` knows, with the names for it; documents in other states are not in the index.
STATUS_NAMES: Mapping[str, tuple[str, ...]] = {
    "described": ("described", "đã có biểu ghi", "đã mô tả"),
    "review": ("review", "cần người kiểm tra", "cần kiểm tra", "kiểm tra"),
    "original-only": ("original-only", "chỉ lưu tệp nhận vào", "tệp gốc"),
}

#: In these the words stand side by side, so `symbol:NQ/ĐU` is not `ĐU/NQ`.
ORDERED_FIELDS = frozenset(
    {
        "code", "number", "symbol", "folder", "reference", "box", "status", "arrival_number",
        "arrival_date",
    }
)  # fmt: skip

#: In these a range of numbers can be asked for.
NUMBER_FIELDS = frozenset({"number", "arrival_number"})


def _key(name: str) -> str:
    # ký and kí, kỳ and kì are one.
    return re.sub(r"[\W_]+", "", text.fold(name)).replace("y", "i")


def _by_key(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {_key(name): meant for meant, names in table.items() for name in names}


_FIELD_OF = _by_key(FIELD_NAMES)
_SIGN_OF = _by_key(SIGN_NAMES)
_STATUS_OF = _by_key(STATUS_NAMES)


def named(name: str) -> str | None:
    """Return the field that a name means, with or without marks (`sốhiệu`); None if none."""
    return _FIELD_OF.get(_key(name))


def sign(name: str) -> str | None:
    """Return the sign that a name means, such as the `not` of `not:word`; None if none."""
    return _SIGN_OF.get(_key(name))


def status(name: str) -> str | None:
    """Return the state that a name means; None if none."""
    return _STATUS_OF.get(_key(name))


def nearest(name: str) -> Iterator[str]:
    """Yield the fields whose names are spelt nearly like this one, as they are shown."""
    from difflib import get_close_matches

    found = get_close_matches(_key(name), _FIELD_OF, 3, 0.6)
    yield from map(shown, dict.fromkeys(_FIELD_OF[key] for key in found))


def shown(field: str) -> str:
    """Return a field for people, by its English and its Vietnamese name: `type (loại)`."""
    first, second, *_rest = FIELD_NAMES[field]
    return f"{first} ({second})"
