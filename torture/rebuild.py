"""Catalogue and index, deleted and made anew from the store: they say the same as before.

Only the ranking of the best hits may differ by a hair: until an engine has merged them away, it
counts the former states of documents that were corrected when it weighs words. How many queries
were ranked otherwise is shown.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

from torture import child, oracle, stock
from torture.ready import paper
from torture.report import Result, Stopwatch
from torture.stock import Stock

_TEXT = (
    "nước sạch đường liên xã trường học trồng rừng thư viện tủ sách lưu trữ hồ sơ chỉnh lý kho bãi"
    " cầu cống giống lúa mùa vụ thu chi quyết toán đại hội chi bộ đảng viên nghị quyết phân công"
    " kiểm tra giám sát tuyên truyền chuyển đổi số hộ nghèo y tế bảo hiểm bản đồ ruộng đất"
)
_WORDS = _TEXT.split()
_KINDS = ("BÁO CÁO", "THÔNG BÁO", "NGHỊ QUYẾT", "KẾ HOẠCH", "TỜ TRÌNH", "QUYẾT ĐỊNH")
_DOCUMENTS, _QUERIES = 60, 200
_DUMP = {
    "documents": "SELECT id, status, held, unread, pages, added_at, record FROM documents",
    "units": "SELECT urn, kind, reference, record FROM units",
    "entries": "SELECT folder, ordinal, first_sheet, last_sheet, document FROM entries",
}


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    text = "catalogue and index deleted and made anew"
    parts.add_parser("rebuild", help=text).set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Do it with both engines; with --short with one, and fewer documents and queries."""
    few = 5 if options.short else 1
    engines = ("whoosh",) if options.short else ("whoosh", "tantivy")
    with stock.fast_folder() as folder:
        return [_rebuilt(folder / engine, engine, few) for engine in engines]


def _rebuilt(folder: Path, engine: str, few: int) -> Result:
    watch, chance = Stopwatch(), random.Random(7)
    archive = _filled(folder, engine, _DOCUMENTS // few, chance)
    queries = [_query(chance) for _ in range(_QUERIES // few)]
    before, found = _dump(archive), _answers(archive, queries)
    (archive.root / "catalogue.sqlite").unlink()
    shutil.rmtree(archive.root / "index")
    archive.must("index")
    findings = [
        f"{name}: other rows" for name, rows in _dump(archive).items() if rows != before[name]
    ]
    again = _answers(archive, queries)
    findings += [f"{query}: other documents" for query in found
                 if sorted(found[query]) != sorted(again[query])]  # fmt: skip
    other = {query for query in found if found[query] != again[query]}
    findings += [f"{query}: in another order" for query in sorted(other) if "--sort" in query]
    findings += oracle.judge(archive.root, archive.inputs, archive.said)
    hits = sum(map(len, found.values()))
    findings += ["the queries find next to nothing"] if hits < len(queries) else []
    figure = (
        f"{_DOCUMENTS // few} documents, {len(queries)} queries, {hits} hits,"
        f" differing {len(findings)}; ranked otherwise {len(other)}"
    )
    done = f"both deleted, made anew ({engine}): the same rows, the same documents found"
    return Result("a rebuild says the same", done, figure, watch.seconds, tuple(findings))


def _filled(folder: Path, engine: str, count: int, chance: random.Random) -> Stock:
    archive = stock.empty(folder, engine)
    papers = {}
    for number in range(count):
        body = "\n".join(" ".join(chance.choices(_WORDS, k=12)) + "." for _ in range(5))
        how = "unsure" if number % 10 == 9 else "read"
        papers[f"{number}"] = paper(f"{chance.choice(_KINDS)}\nvề {body}", how)
    archive = archive.bring(papers)
    archive.must("scan", "--folder", stock.FOLDER)
    for number in range(0, count, 8):  # none of those that wait in hold
        archive.must("edit", oracle.sha256(papers[f"{number}"]), "place=Hà Mẫu",
                     f"date={2015 + number % 9}-03-0{1 + number % 9}")  # fmt: skip
    return archive


def _query(chance: random.Random) -> tuple[str, ...]:
    one, other = chance.sample(_WORDS, 2)
    bare = "".join(c for c in unicodedata.normalize("NFD", one) if not unicodedata.combining(c))
    return chance.choice(
        (
            (one,), (one, other), (bare.replace("đ", "d"),), (f"{one[:2]}*",), (one, "OR", other),
            (f"not:{one}", other), (f"type:{chance.choice(_KINDS).lower()}", one),
            (f"date:{2015 + chance.randrange(9)}..2026",), ("place:Hà Mẫu",),
            ("--sort", "latest", one), ("--sort", "shelf", other),
        )
    )  # fmt: skip


def _dump(archive: Stock) -> dict[str, list[tuple[object, ...]]]:
    path = archive.root / "catalogue.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return {name: sorted(db.execute(query), key=repr) for name, query in _DUMP.items()}


def _answers(archive: Stock, queries: list[tuple[str, ...]]) -> dict[str, list[str]]:
    answers = child.spread(_Asking(archive), queries)
    return {" ".join(query): ids for query, ids in zip(queries, answers, strict=True)}


class _Asking:
    """Asks one query; it is sent to other processes."""

    def __init__(self, archive: Stock) -> None:
        self._archive = archive

    def __call__(self, query: tuple[str, ...]) -> list[str]:
        ran = self._archive.must("search", "--json", "--limit", "100", *query)
        return [json.loads(line)["id"] for line in ran.out.splitlines()]
