"""Whether a search finds papers that were read from damaged scans.

Of each kind some papers are drawn, damaged and read for real; the others stand in the index with
their clean text. Asked are phrases of 4 to 6 syllables of scanned papers that stand in at most 5
of all, known items (code, subject, a phrase of one paper alone), and words that stand nowhere;
all are drawn from the truth before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.ocr.kinds import KINDS, ORDINARY
from benchmarks.search import papers
from benchmarks.search.papers import Paper
from benchmarks.search.questions import Phrase, Questions, questions
from benchmarks.search.scans import Scan, scans
from partydoc.document import Searchable
from partydoc.index import ENGINES, Index, parse
from partydoc.metadata.describe import describe

AIMS = {"ordinary": 0.995, "degraded": 0.97, "precision": 0.9}
SHOWN = 10


def add(parts: Any) -> None:
    """Add the options of this part."""
    parser = parts.add_parser("recall", help="how much is found of what damaged scans say")
    parser.set_defaults(run=run)
    parser.add_argument("--documents", type=int, default=1020, help="in the index (1020)")
    parser.add_argument("--pages", type=int, default=16, help="of each kind are scanned (16)")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--set", choices=papers.SETS, default="test", help="the texts")
    parser.add_argument("--jobs", type=int, default=1, help="pages read at once (1)")


def run(options: Any) -> dict[str, Any]:
    """Print the tables and return their figures."""
    every = papers.papers(options.set, options.documents)
    scanned = every[: options.pages * len(KINDS)]
    asked = questions(every, len(scanned))
    truth = [_truth(paper) for paper in every]
    read = [*map(_document, scans(scanned, options.jobs)), *truth[len(scanned) :]]
    print(f"\n{len(every)} papers of set {options.set}, {len(scanned)} of them scanned")
    kinds = {paper.number: paper.kind for paper in scanned}
    figures = {}
    for engine in options.engine or ENGINES:
        with TemporaryDirectory() as name, Index(Path(name, "read"), engine) as index:
            index.rebuild(read, "benchmark", len(read))
            with Index(Path(name, "truth"), engine) as control:
                control.rebuild(truth, "benchmark", len(truth))
                figures[engine] = _measured(asked, kinds, index, control)
        print(f"\n### {engine}\n")
        print("\n".join(_lines(figures[engine])))
    return {"recall": {"set": options.set, "papers": len(every), "scanned": len(scanned),
                       "engines": figures}}  # fmt: skip


def _measured(
    asked: Questions, kinds: Mapping[int, str], index: Index, control: Index
) -> dict[str, Any]:
    """Return the figures of an index of what was read; `control` is one of the truth."""
    found = {
        form: {**_recall(asked.phrases, kinds, form, index),
               "control": _recall(asked.phrases, kinds, form, control)["tolerant"]}
        for form in ("phrase", "words")
    }  # fmt: skip
    first = {name: {"read": _first(items, index), "control": _first(items, control)}
             for name, items in asked.items.items()}  # fmt: skip
    answers = {word: index.search(parse([word]), 1) for word in asked.nowhere}
    nowhere = {"asked": len(asked.nowhere),
               "misread": [word for word, one in answers.items() if one.total > one.near],
               "found": [word for word, one in answers.items() if one.near]}  # fmt: skip
    return {"recall": found, "first": first, "nowhere": nowhere}


def _document(scan: Scan) -> Searchable:
    """Return what the archive would put into its index: texts, and the fields that are sure."""
    record = describe(scan.pages, ())
    fields = {name: field.value for name, field in record.items()
              if field and field.accepted and isinstance(field.value, str)}  # fmt: skip
    pages = tuple(page.text for page in scan.pages)
    return Searchable(_id(scan.paper.number), scan.paper.number + 1, fields, pages)


def _truth(paper: Paper) -> Searchable:
    head, *_ = paper.texts.heads
    page = "\n".join((paper.fields["issuer"], paper.fields["code"], paper.fields["type"],
                      paper.fields["subject"], *paper.sentences, head["signer"]))  # fmt: skip
    return Searchable(_id(paper.number), paper.number + 1, paper.fields, (page,))


def _id(number: int) -> str:
    return f"{number:08x}"


def _recall(
    phrases: Sequence[Phrase], kinds: Mapping[int, str], form: str, index: Index
) -> dict[str, dict[str, Any]]:
    """Return by kind how many papers of how many stand among the first hits, and what is wrong.

    `strict` leaves out the hits that damaged spellings bring.
    """
    tallies = {"tolerant": _Tally(), "strict": _Tally()}
    for phrase in phrases:
        typed = [" ".join(phrase.words)] if form == "phrase" else phrase.words
        hits = index.search(parse(typed), SHOWN).hits
        tallies["tolerant"].add(phrase, kinds, {int(hit.id, 16) for hit in hits})
        tallies["strict"].add(phrase, kinds, {int(hit.id, 16) for hit in hits if not hit.near})
    return {name: tally.figures() for name, tally in tallies.items()}


class _Tally:
    """What was found and missed of the phrases asked so far."""

    def __init__(self) -> None:
        self._kinds = {kind: [0, 0] for kind in KINDS}
        self._missed: list[tuple[int, str]] = []
        self._others: list[int] = []

    def add(self, phrase: Phrase, kinds: Mapping[int, str], hits: set[int]) -> None:
        for number in phrase.papers & kinds.keys():
            counts = self._kinds[kinds[number]]
            counts[0] += number in hits
            counts[1] += 1
            if number not in hits:
                self._missed.append((number, " ".join(phrase.words)))
        self._others.append(len(hits - phrase.papers))

    def figures(self) -> dict[str, Any]:
        return {"kinds": self._kinds, "others": mean(self._others), "missed": self._missed}


def _first(items: Sequence[tuple[Sequence[str], int]], index: Index) -> list[int]:
    """Return how often the paper that is meant is the first hit, and of how many."""
    found = ([hit.id for hit in index.search(parse(typed), 1).hits] == [_id(number)]
             for typed, number in items)  # fmt: skip
    return [sum(found), len(items)]


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    degraded = tuple(kind for kind in KINDS if kind not in ORDINARY)
    rows = {**{kind: (kind,) for kind in KINDS}, "ordinary": ORDINARY, "degraded": degraded}
    for form, by in figures["recall"].items():
        yield f"| typed as {form} | asked | tolerant | strict | clean text |"
        yield "|---|---:|---:|---:|---:|"
        for name, kinds in rows.items():
            shares = [_share(by[which]["kinds"], kinds) for which in by]
            missed = " !" if shares[0] < AIMS.get(name, 0) else ""
            asked = sum(by["tolerant"]["kinds"][kind][1] for kind in kinds)
            cells = [f"{share:.2%}" for share in shares]
            yield f"| {name} | {asked} | {cells[0]}{missed} | {cells[1]} | {cells[2]} |"
        others = ", ".join(f"{which} {by[which]['others']:.3f}" for which in by)
        yield f"\nOther papers among the first {SHOWN} hits of a query: {others}\n"
    yield "| known item is the first hit | of | read | clean text |\n|---|---:|---:|---:|"
    for name, by in figures["first"].items():
        shares = [right / of for right, of in by.values()]
        missed = " !" if shares[0] < AIMS["precision"] else ""
        yield f"| {name} | {by['read'][1]} | {shares[0]:.1%}{missed} | {shares[1]:.1%} |"
    nowhere = figures["nowhere"]
    misread, found = len(nowhere["misread"]), len(nowhere["found"])
    missed = f" ! ({', '.join(nowhere['found'])})" if found else ""
    yield f"\nWords that stand on no paper: {nowhere['asked']} asked,"
    yield f"{found} found by tolerance{missed} (aim: 0),"
    yield f"{misread} stand in what was read, because something else was read so"


def _share(kinds: Mapping[str, Sequence[int]], names: Sequence[str]) -> float:
    return sum(kinds[name][0] for name in names) / (sum(kinds[name][1] for name in names) or 1)
