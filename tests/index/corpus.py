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

PAPERS = (RESOLUTION, DECISION, REPORT, LETTER)
