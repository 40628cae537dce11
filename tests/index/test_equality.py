"""Both engines find the same documents for the same query; only the order may differ."""

import random

import pytest
from corpus import paper

from partydoc.index import ENGINES, Index, parse_line

TEXT = """
ngân sách xã Xa huyện chuyển chuyen đổi doi số so 05 5 12-NQ/ĐU Hoà hòa quý ban bàn
chuyem ngam nganh
"""
WORDS = TEXT.split()


def papers(chance):
    for number in range(60):
        pages = (" ".join(chance.choices(WORDS, k=chance.randint(0, 12))) for _ in range(2))
        fields = {
            "subject": " ".join(chance.choices(WORDS, k=3)),
            "code": f"{chance.randint(1, 9):02}-{chance.choice(['NQ', 'QĐ'])}/ĐU",
            "date": chance.choice(["2019", "2020-03", "2020-03-05", "2021-12-31"]),
        }
        yield paper(f"p{number}", *pages, **fields)


def query(chance, depth=0):
    kind = chance.randrange(9 if depth < 3 else 6)
    if kind < 2:
        return chance.choice(WORDS)
    if kind == 2:
        return '"' + " ".join(chance.choices(WORDS, k=chance.randint(1, 3))) + '"'
    if kind == 3:
        return chance.choice(
            [
                "ngan*",
                "near:chuyn",
                "near:snách",
                "date:2020",
                "date:2020-03-01..",
                "date:..2020-03",
            ]
        )
    if kind == 4:
        return chance.choice(["subject:", "code:", "symbol:"]) + chance.choice(WORDS)
    if kind == 5:
        return f"{query(chance, depth + 1)} {query(chance, depth + 1)}"
    inner = query(chance, depth + 1)
    if kind == 6:
        return f"not:({inner})"
    return f"({inner} OR {query(chance, depth + 1)})"


@pytest.mark.slow
def test_both_engines_find_the_same_documents(fast_disk):
    pytest.importorskip("tantivy", reason="the extra `fast` is not installed")
    chance = random.Random(5)
    documents = list(papers(chance))
    first, second = (Index(fast_disk / engine, engine) for engine in ENGINES)
    for index in (first, second):
        index.rebuild(documents, "one", 1)
        index.update(documents[:20], ["p50", "p51"], "one", 2)
    empty = 0
    for _ in range(150):
        line = query(chance)
        one, other = (index.search(parse_line(line), 200) for index in (first, second))
        assert {hit.id for hit in one.hits} == {hit.id for hit in other.hits}, line
        assert one.total == other.total == len(one.hits), line
        shown = (
            {(hit.id, hit.page, hit.snippet, hit.marks) for hit in found.hits}
            for found in (one, other)
        )
        assert next(shown) == next(shown), line
        empty += not one.total
    first.close()
    second.close()
    assert empty < 75
