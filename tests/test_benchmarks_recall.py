"""The papers and questions with which recall is measured, and a few of them read for real."""

import pytest

from benchmarks.ocr.kinds import KINDS
from benchmarks.search import papers, questions, scans
from partydoc.document import Searchable
from partydoc.index import ENGINES, Index, parse, schema


def test_the_same_numbers_give_the_same_papers():
    assert papers.papers("test", 20) == papers.papers("test", 40)[:20]
    assert {paper.kind for paper in papers.papers("test", len(KINDS))} == set(KINDS)


def test_no_two_papers_have_the_same_code():
    codes = [paper.fields["code"] for paper in papers.papers("test", 1020)]
    assert len(set(codes)) == len(codes)


def test_what_is_tuned_on_shares_no_entry_with_what_is_measured():
    tune, test = map(papers._table, papers.SETS)
    for name in ("who", "does", "what", "how", "links", "places", "people"):
        assert not set(tune[name]) & set(test[name])
        assert len(tune[name]) >= 8


def test_what_is_asked_stands_where_it_is_said_to_stand():
    every = papers.papers("test", 120)
    asked = questions.questions(every, 20)
    texts = [
        f" {' '.join(schema.folded_words(' '.join(paper.sentences)))} "
        f"| {' '.join(schema.folded_words(paper.fields['subject']))} "
        for paper in every
    ]
    assert len(asked.phrases) > 50
    for phrase in asked.phrases:
        assert 4 <= len(phrase.words) <= 6
        there = {n for n, text in enumerate(texts) if f" {' '.join(phrase.words)} " in text}
        assert phrase.papers == there
        assert 1 <= len(there) <= questions.MOST_PAPERS
    assert len(asked.nowhere) == 200
    for word in asked.nowhere:
        assert all(f" {word} " not in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_phrases_of_papers_that_were_scanned_and_read_are_found(fast_disk, engine):
    pytest.importorskip(engine, reason="the engine is not installed")
    every = papers.papers("tune", 60)
    read = scans.scans(every[:3], 1)
    asked = [phrase for phrase in questions.questions(every, 3).phrases if min(phrase.papers) < 3]
    documents = [
        Searchable(str(scan.paper.number), 1, {}, tuple(page.text for page in scan.pages))
        for scan in read
    ]
    with Index(fast_disk / "index", engine) as index:
        index.rebuild(documents, "one", 1)
        found = [
            {hit.id for hit in index.search(parse([" ".join(phrase.words)]), 10).hits}
            >= {str(number) for number in phrase.papers if number < 3}
            for phrase in asked
        ]
    assert len(found) > 10
    assert sum(found) >= 0.9 * len(found)
