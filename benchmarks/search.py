"""Measures the index on invented documents: building, adding, cold queries, size.

    python benchmarks/search.py --documents 2000 --engine tantivy [--keep DIR]

A cold query is a new process from start to exit: interpreter, imports, open, one query, ten hits
with snippets; `bare python` is an interpreter that does nothing. The text is drawn from a fixed
vocabulary of administrative Vietnamese, frequent words often, with invented names for the rare.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from partydoc.document import Searchable
from partydoc.index import ENGINES, Index

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

QUERIES = {
    "one word": ["nghi"],
    "rare word": ["000017k"],
    "three words": ["ngan", "sach", "huyen"],
    "phrase": ["chuyen doi so"],
    "folded": ["nghi", "quyet", "chuyen", "doi", "so", "2021"],
    "with marks": ["nghị", "quyết", "chuyển", "đổi", "số"],
    "code": ["389/BC-UBND"],
    "fielded": ["ngan", "type:nghị quyết", "date:2020..2022-06"],
    "dates only": ["date:2021.."],
}


def documents(count: int, first: int = 0) -> Iterator[Searchable]:
    """Yield invented documents of about 3 KB, the same for the same numbers."""
    for number in range(first, first + count):
        yield _document(number)


def _document(number: int) -> Searchable:
    chance = random.Random(number)
    kind = chance.choice(list(_TYPES))
    serial, unit = chance.randint(1, 400), chance.choice(_UNITS)
    symbol = f"{_TYPES[kind]}/{unit}" if unit.endswith("U") else f"{_TYPES[kind]}-{unit}"
    code = f"{serial:02}-{symbol}" if unit.endswith("U") else f"{serial:02}/{symbol}"
    place = f"xã {_name(chance)} {_name(chance)}, huyện {_name(chance)}"
    subject = "về " + " ".join(_sentence(chance, 6))
    fields = {
        "type": kind, "number": f"{serial:02}", "symbol": symbol, "code": code,
        "date": (date(2004, 1, 1) + timedelta(chance.randrange(8000))).isoformat(),
        "issuer": "Đảng ủy " + place, "subject": subject, "signer": " ".join(_names(chance)),
        "status": "described",
    }  # fmt: skip
    pages = []
    for page in range(2):
        head = f"{kind}\nSố {code}\n{subject}\n" if page == 0 else ""
        lines = [" ".join(_sentence(chance, 12)).capitalize() + "." for _ in range(12)]
        pages.append(head + "\n".join(lines) + f"\nVào sổ {number // 10:06}k")
    return Searchable(f"{number:064x}", number + 1, fields, tuple(pages))


def _sentence(chance: random.Random, length: int) -> Iterator[str]:
    for _ in range(length // 2):
        yield chance.choice(_JOINTS)
        # The square makes the first terms frequent and the last ones rare.
        yield _TERMS[int(len(_TERMS) * chance.random() ** 2)]
    if chance.random() < 0.3:
        yield _name(chance)


def _name(chance: random.Random) -> str:
    return (chance.choice(_ONSETS) + chance.choice(_RHYMES)).capitalize()


def _names(chance: random.Random) -> Iterator[str]:
    return (_name(chance) for _ in range(3))


_ASK = """
import json, sys
from pathlib import Path
from partydoc.index import Index, parse

with Index(Path(sys.argv[1]), sys.argv[2]) as index:
    print(index.search(parse(json.loads(sys.argv[3])), 10).total)
"""


def _cold(command: list[str], repeats: int) -> tuple[str, str]:
    """Return wall and CPU time of a new process, and what it printed."""
    times, printed = [], ""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(repeats):
        began = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        times.append((time.perf_counter() - began) * 1000)
        printed = done.stdout.strip()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    middle, worst = statistics.median(times), max(times)
    figures = f"{middle:6.0f} ms median {worst:6.0f} worst {cpu * 1000 / repeats:6.0f} CPU"
    return figures, printed


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure(count: int, engine: str, folder: Path, repeats: int) -> None:
    """Build, add to and ask one index, and print what it took."""
    text_mb = sum(len("".join(d.pages).encode()) for d in documents(200)) / 200 * count / 1e6
    made = list(documents(count)) if count <= 20_000 else documents(count)
    with Index(folder, engine) as index:
        began = time.perf_counter(), time.process_time()
        index.rebuild(made, "benchmark", count)
        wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
        size = _size(folder)
        began_update = time.perf_counter()
        index.update(documents(100, count), (), "benchmark", count + 100)
        added = time.perf_counter() - began_update
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{engine}, {count} documents, {text_mb:.1f} MB of text")
    print(f"  build      {count / wall:8.0f} documents/s ({count / cpu:.0f} per CPU second)")
    print(f"  +100       {added:8.2f} s")
    print(f"  size       {size:8.1f} MB = {size / text_mb:.2f} x text; peak memory {peak:.0f} MB")
    print(f"  {'bare python':<12} {_cold([sys.executable, '-c', ''], repeats)[0]}")
    for name, arguments in QUERIES.items():
        command = [sys.executable, "-c", _ASK, str(folder), engine, json.dumps(arguments)]
        figures, total = _cold(command, repeats)
        print(f"  {name:<12} {figures} {total:>8} hits")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="keep the indexes in this folder")
    options = parser.parse_args()
    where = options.keep or Path(tempfile.mkdtemp())
    for engine in options.engine or ENGINES:
        measure(options.documents, engine, where / engine, options.repeats)
    if not options.keep:
        shutil.rmtree(where)


if __name__ == "__main__":
    main()
