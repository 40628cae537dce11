"""Invented documents of about 3 KB, the same for the same numbers, and what is asked of them.

The text is drawn from a fixed vocabulary of administrative Vietnamese, frequent words often, with
invented names for the rare; two words in a hundred are damaged as recognition damages them, so
that the index holds as many different words as one of real scans does.
"""

from __future__ import annotations

import hashlib
import random
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from partydoc import text
from partydoc.document import Searchable
from partydoc.index import schema

_TERMS = """
chuyển đổi số|ngân sách|cải cách hành chính|đảng viên|chi bộ|đảng bộ|đảng ủy|cấp ủy|ban chấp hành
|nông thôn mới|kiểm tra|giám sát|kỷ luật|công tác cán bộ|quy hoạch|bổ nhiệm|luân chuyển|tuyên giáo
|dân vận|mặt trận|đoàn thể|phụ nữ|thanh niên|nông dân|cựu chiến binh|thu ngân sách|đầu tư công
|giải phóng mặt bằng|môi trường|tài nguyên|đất đai|khoáng sản|thủy lợi|giao thông|y tế|giáo dục
|văn hóa|du lịch|quốc phòng|an ninh|trật tự|phòng cháy|thiên tai|dịch bệnh|tiêm chủng|bảo hiểm
|giảm nghèo|việc làm|lao động|tiền lương|khen thưởng|thi đua|học tập|nghị quyết|chỉ thị|quyết định
|kết luận|kế hoạch|chương trình|báo cáo|tờ trình|hướng dẫn|quy chế|quy định|nhiệm kỳ|đại hội
|hội nghị|thường vụ|thường trực|bí thư|chủ tịch|trưởng ban|văn phòng|lưu trữ|hồ sơ|tài liệu
|số hóa|công nghệ thông tin|cơ sở dữ liệu|dịch vụ công|một cửa|tiếp dân|khiếu nại|tố cáo
|tham nhũng|lãng phí|tiết kiệm|kê khai|tài sản|thanh tra|kiểm toán|doanh nghiệp|hợp tác xã|chợ
|cây trồng|vật nuôi|chăn nuôi|thủy sản|rừng|nước sạch|điện|đường|trường|trạm|nhà văn hóa|khu phố
""".replace("\n", "").split("|")
_JOINTS = """
của và các về trong theo cho với được là tại đến từ trên phải để không đã có những
một này khi sẽ cần tiếp tục tăng cường nâng cao chất lượng thực hiện tổ chức triển khai bảo đảm
phối hợp chủ động kịp thời hiệu quả năm tháng quý nhiệm vụ giải pháp trọng tâm
""".split()  # noqa: SIM905
_ONSETS = "b c ch d đ g gh h k kh l m n ng nh ph qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = "ãm ẽo ịch oằn uệch ướp ỡng iễu uỗi ẩy ịu ọng ẫm ũi ưỡi oắt uyện iếp ặng ởi".split()  # noqa: SIM905
_TYPES = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Kế hoạch": "KH",
    "Báo cáo": "BC",
    "Tờ trình": "TTr",
}
_UNITS = ("ĐU", "HU", "TU", "UBND", "BTG", "UBKT")
_ISSUERS = 300
FOLDER_HOLDS = 100
_DAMAGED = 0.02
#: What a letter is taken for.
_MISREAD = {
    "i": "lt", "l": "it", "o": "ca", "e": "co", "c": "eo", "h": "bn", "n": "um", "u": "nv",
    "m": "n", "t": "fl", "g": "qy", "b": "h", "v": "y", "a": "o", "s": "a", "đ": "d",
}  # fmt: skip

#: What is asked, by kind: the arguments behind `partydoc search`. Kinds hold several queries, of
#: frequent and of rare words, and are asked them by turns.
QUERIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "one word": (("nghi",), ("rung",), ("khoáng",), ("000017k",), ("chợ",)),
    "three words": (
        ("ngan", "sach", "huyen"), ("rừng", "nước", "điện"), ("kiem", "toan", "trạm"),
        ("cán", "bộ", "luân"), ("bao", "cao", "thang"),
    ),
    "phrase": (
        ("chuyen doi so",), ("ngân sách",), ("cai cach hanh chinh",), ("hợp tác xã",),
        ("co so du lieu",),
    ),
    "folded": (
        ("nghi", "quyet", "chuyen", "doi", "so", "2021"), ("ke", "hoach", "giam", "ngheo"),
        ("bao", "cao", "tiet", "kiem", "chong", "lang", "phi"), ("quy", "che", "thi", "dua"),
        ("cong", "nghe", "thong", "tin", "2019"),
    ),
    "with marks": (
        ("nghị", "quyết", "chuyển", "đổi", "số"), ("cải", "cách", "hành", "chính", "huyện"),
        ("quy", "chế", "thi", "đua"), ("tiết", "kiệm", "chống", "lãng", "phí"),
        ("vật", "nuôi", "cây", "trồng"),
    ),
    "near": (("near:chuyeen",), ("near:ngann", "sach"), ("near:khoáng",), ("near:giaop", "thong"),
             ("near:nghieen", "near:chuyenn")),
    "no hits": (
        ("ngan", "sachh", "huyen"), ("kiemm", "toan"), ("zzz",), ("cai", "cahc", "hanh", "chinh"),
        ("nghi quyt chuyen doi",),
    ),
    "fielded": (
        ("ngan", "type:nghị quyết", "date:2020..2022-06"), ("rung", "date:2010.."),
        ("chợ", "loai:báo cáo", "ngay:2015"), ("kiem", "toan", "symbol:NQ", "date:2004..2012"),
        ("doanh", "nghiep", "type:kế hoạch", "date:2008-03..2009"),
    ),
}  # fmt: skip


_MISSPELT = "chuyeen nghij quyết thôong giaam hành kieem khoáng tiếep doanh".split()  # noqa: SIM905
_BEGUN = [f"begins:{start}" for start in "ch th ng ph tr nh ki qu gi co".split()]  # noqa: SIM905
_UNKNOWN = [f"zw{one}{other}x" for one in "abcdefghik" for other in "lmnopqrstu"]
#: The largest queries that are allowed: with one word or number more they are refused.
LARGEST: Mapping[str, tuple[str, ...]] = {
    "near": tuple(f"near:{word}" for word in _MISSPELT),
    "begins": tuple(_BEGUN),
    "either begins": tuple(" OR ".join(_BEGUN).split()),
    "numbers": ("number:1..200",),
    "unknown words": tuple(" OR ".join(_UNKNOWN).split()),
    "frequent words": tuple(_JOINTS[:50] * 2),
    "phrase": (" ".join(" ".join(_TERMS).split()[:100]),),
}


def documents(count: int, first: int = 0) -> Iterator[Searchable]:
    """Yield invented documents as a scan left them."""
    for number in range(first, first + count):
        yield document(number)


def folder(number: int) -> str:
    """Return the reference of the folder in which a document stands, a hundred in each."""
    return f"A29-01-{number // FOLDER_HOLDS + 1:04}"


def reference(number: int) -> str:
    """Return the archival reference of a document."""
    return f"{folder(number)}-{number % FOLDER_HOLDS + 1:03}"


def original(number: int) -> bytes:
    """Return what stands for the scan of a document: the bytes that give it its id."""
    return f"partydoc benchmark, document {number}\n".encode()


def document(number: int, damaged: bool = True) -> Searchable:
    """Return one document, as the scan left it or as it was printed."""
    chance = random.Random(number)
    kind = chance.choice(list(_TYPES))
    serial, unit = chance.randint(1, 400), chance.choice(_UNITS)
    joint = "/" if unit.endswith("U") else "-"
    symbol = f"{_TYPES[kind]}{joint}{unit}"
    code = f"{serial:02}{'-' if joint == '/' else '/'}{symbol}"
    subject = "về " + " ".join(_sentence(chance, 6))
    fields = {
        "type": kind, "number": f"{serial:02}", "symbol": symbol, "code": code,
        "date": (date(2004, 1, 1) + timedelta(chance.randrange(8000))).isoformat(),
        "issuer": chance.choice(_issuers()), "subject": subject, "signer": _name(chance, 3),
        "status": "described", "folder": folder(number), "reference": reference(number),
    }  # fmt: skip
    pages = tuple(_page(chance, f"{kind}\nSố {code}\n{subject}\n", number, at) for at in range(2))
    if damaged:
        harm = random.Random(f"{number} damaged")
        pages = tuple(_harmed(page, harm) for page in pages)
    return Searchable(hashlib.sha256(original(number)).hexdigest(), number + 1, fields, pages)


def known_items(count: int) -> Iterator[tuple[str, ...]]:
    """Yield the known items of the first `count` documents."""
    return filter(None, map(known_item, range(count)))


def known_item(number: int) -> tuple[str, ...] | None:
    """Return five words that stand side by side on a page, of which the scan damaged one."""
    printed, seen = document(number, damaged=False).pages[1], document(number).pages[1]
    for line, read in zip(printed.splitlines(), seen.splitlines(), strict=True):
        words, others = line.split(), read.split()
        wrong = [i for i, word in enumerate(words) if _folded(word) != _folded(others[i])]
        if len(wrong) == 1 and 2 <= wrong[0] < len(words) - 3:
            return tuple(words[wrong[0] - 2 : wrong[0] + 3])
    return None


def _folded(word: str) -> list[str]:
    return schema.folded_words(word)


@cache
def _issuers() -> Sequence[str]:
    chance = random.Random("issuers")
    bodies = ("Đảng ủy", "Ủy ban nhân dân", "Hội Nông dân")
    return [
        f"{bodies[i % 3]} xã {_name(chance, 2)}, huyện {_name(chance, 1)}" for i in range(_ISSUERS)
    ]


def _page(chance: random.Random, head: str, number: int, at: int) -> str:
    lines = [" ".join(_sentence(chance, 12)).capitalize() + "." for _ in range(12)]
    return ("" if at else head) + "\n".join(lines) + f"\nVào sổ {number // 10:06}k"


def _sentence(chance: random.Random, length: int) -> Iterator[str]:
    joints = chance.choices(_JOINTS, k=length // 2)
    for joint in joints:
        yield joint
        # The square makes the first terms frequent and the last ones rare.
        yield _TERMS[int(len(_TERMS) * chance.random() ** 2)]
    if chance.random() < 0.3:
        yield _name(chance, 1)


def _name(chance: random.Random, words: int) -> str:
    return " ".join(
        (chance.choice(_ONSETS) + chance.choice(_RHYMES)).capitalize() for _ in range(words)
    )


def _harmed(page: str, harm: random.Random) -> str:
    """Return the page with some letters misread, or their marks lost."""
    letters = list(page)
    ends = [i for i, letter in enumerate(page) if letter.isspace()]
    for at in harm.choices(range(len(page)), k=round(len(ends) * _DAMAGED)):
        letter = letters[at]
        if not letter.isalpha():
            continue
        if not letter.isascii() and harm.random() < 0.5:
            letters[at] = text.fold(letter)
            continue
        letters[at] = harm.choice(_MISREAD.get(text.fold(letter), "iln"))
        if harm.random() < 0.2:  # a word of which nothing is right
            nearby = ends[min(bisect(ends, at), len(ends) - 1)] - 1
            letters[nearby] = harm.choice("abcdeghiklmnopqrstuvxy")
    return "".join(letters)
