"""Invented documents for the tests of the index."""

from partydoc.document import Searchable


def paper(id_: str, *pages: str, change: int = 1, **fields: str) -> Searchable:
    return Searchable(id_, change, fields, pages)


RESOLUTION = paper(
    "resolution",
    "ĐẢNG BỘ HUYỆN BÃI NẮNG\nSố 12-NQ/ĐU\nNghị quyết về chuyển đổi số trong các cơ quan",
    "Điều 2. Ngân sách huyện bảo đảm kinh phí.\nChi bộ thôn Gò Mây thực hiện.",
    type="Nghị quyết", number="12", symbol="NQ/ĐU", code="12-NQ/ĐU", date="2021-05-09",
    issuer="Đảng ủy xã Đông Hoà", subject="về chuyển đổi số trong các cơ quan Đảng",
    signer="Lê Văn Mẫu", status="described", folder="A29-01-0003", place="Đông Hoà",
)  # fmt: skip
DECISION = paper(
    "decision",
    "Số: 05/QĐ-UBND\nQuyết định giao dự toán ngân sách",
    "Nơi nhận: lưu văn thư",
    type="Quyết định", number="05", symbol="QĐ-UBND", code="05/QĐ-UBND", date="2010-06",
    issuer="Ủy ban nhân dân huyện Bãi Nắng", subject="giao dự toán ngân sách năm 2010",
    signer="Trần Thị Thử", status="review",
)  # fmt: skip
REPORT = paper(
    "report",
    "bao cao tong ket chuyen doi so\nchi bo thon Go May",
    type="Báo cáo", date="1998", status="review",
)  # fmt: skip
LETTER = paper("letter", "Kính gửi các đồng chí. Quý cơ quan xem xét việc số hoá và đổi mới.")

#: A value for each field, in words that no other field has.
RECORD = {
    "type": "Thông tri", "number": "83", "symbol": "TT/ĐU", "code": "83-TT/ĐU",
    "date": "2009-11-30", "place": "Gò Mây", "superior": "Tỉnh bộ", "issuer": "Xã đoàn",
    "subject": "về mùa màng", "signer": "Hồ Thử", "position": "Phó phòng", "authority": "K/T",
    "recipients": "Lưu trữ\nVăn thư", "secrecy": "Mật", "urgency": "Hỏa tốc",
    "copy_type": "Sao lục", "language": "Tiếng Việt", "term": "2005-2008",
    "arrival_number": "417", "arrival_date": "2010-12-31", "sheets": "21-26",
    "keywords": "gặt hái", "topic": "nông nghiệp", "autograph": "bút phê ông Ví",
    "note": "rách góc", "access": "hạn chế", "physical_state": "ố vàng",
    "reliability": "chưa rõ", "information_sign": "zq5", "process": "đã quét",
    "page_numbers": "61-72", "period": "chống lũ", "genre": "giấy tờ", "same_paper": "0a" * 32,
    "folder": "A41-05-0006", "reference": "A41-05-0006-014", "box": "38", "status": "review",
}  # fmt: skip

PAPERS = (RESOLUTION, DECISION, REPORT, LETTER)
