"""Whether other scans of a paper are linked to it, and papers that are only like it are not.

Of each paper there is one good scan and five that are damaged; of each paper there are others that
are like it (`forms.LIKE`). All stand in one archive, described by partydoc's own readers, and
`catalogue check` looks for what was scanned again. Of the first papers every scan is drawn and read
by real recognition; of the rest the letters of the drawn page are misread by chance.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.catalogue import forms
from benchmarks.catalogue.scans import Scan, read
from benchmarks.gate.table import Share
from benchmarks.search.archives import synced_once
from partydoc import rescans as searching
from partydoc import sketch
from partydoc.archive import jobs, root
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.kept import Kept, event, status_of
from partydoc.archive.ocfl import Commit
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.settings import Settings
from partydoc.archive.store import Store
from partydoc.metadata.describe import describe
from partydoc.page import Page

RECALL, FALSE = Aim(least=0.95), Aim(most=0.02)
#: The good scan, those that are damaged, and that of a paper which is only like another.
GOOD = "colour200"
DAMAGED = ("d150", "skew", "bw", "noise", "worst")
#: The same where letters are misread by chance: their share.
MISREAD_GOOD = 0.005
MISREAD = (0.01, 0.02, 0.03, 0.04, 0.05)
_WHEN = datetime(2026, 1, 5, tzinfo=UTC)
_COMMIT = Commit("benchmark", "benchmark", _WHEN)


@dataclass(frozen=True)
class Copy:
    """One scan in the archive: `paper` says which paper it is of, () with what it is only like."""

    paper: tuple[int, str]
    again: bool
    scan: Scan

    @property
    def id(self) -> str:
        """The id of the document."""
        told = f"{self.paper} {self.scan.how}"
        return hashlib.sha256(told.encode()).hexdigest()


def add(parts: Any) -> None:
    """Add the options of this part."""
    parser = parts.add_parser("rescans", help="papers scanned again, and papers only like them")
    parser.set_defaults(run=run)
    parser.add_argument("--papers", type=int, default=100, metavar="N", help="(100)")
    parser.add_argument(
        "--read", type=int, metavar="N",
        help="so many of the papers go through real recognition, the rest is misread by chance"
        " (all)",
    )  # fmt: skip
    parser.add_argument("--set", choices=forms.SETS, default="test", help="the texts")
    parser.add_argument("--jobs", type=int, default=1, help="pages read at once (1)")
    parser.add_argument("--misses", action="store_true", help="list what is wrong (not of test)")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print the table and return its figures."""
    really = options.papers if options.read is None else min(options.read, options.papers)
    copies = list(_copies(options.set, options.papers, really))
    pages = read(options.set, [one.scan for one in copies], options.jobs)
    with TemporaryDirectory() as name:
        archive = _archive(Path(name, "archive"), copies, pages)
        began = time.perf_counter()
        with open_for_reading(archive) as catalogue:
            found = list(searching.find(catalogue, Store(archive)))
        seconds = time.perf_counter() - began
    known = {one.id: one for one in copies}
    links = {known[one.document]: known[one.first] for one in found}
    figures = _figures(copies, links)
    print(f"\n{options.papers} papers of set {options.set}, {really} of them read from scans;")
    print(f"{len(copies)} documents, {1000 * seconds / len(copies):.1f} ms a document\n")
    print("\n".join(_lines(figures)))
    if options.misses and options.set != "test":
        print("\n" + "\n".join(_misses(copies, links)))
    return {"rescans": {"set": options.set, "papers": options.papers, "read": really,
                        "documents": len(copies), "seconds": seconds, **figures}}  # fmt: skip


def _copies(set_name: str, count: int, really: int) -> Iterator[Copy]:
    """Yield every scan in the order in which they are taken in: the good ones first."""
    first: list[Copy] = []
    rest: list[Copy] = []
    for number, family in enumerate(forms.papers_of(set_name, count)):
        good, damaged = (GOOD, DAMAGED) if number < really else (MISREAD_GOOD, MISREAD)
        first.append(Copy((number, ""), False, Scan(family[""], good, number)))
        rest += [Copy((number, ""), True, Scan(family[""], how, number)) for how in damaged]
        rest += [Copy((number, like), False, Scan(family[like], good, number))
                 for like in forms.LIKE if like in family]  # fmt: skip
    random.Random(f"rescans {set_name}").shuffle(rest)
    yield from first
    yield from rest


def _archive(folder: Path, copies: Sequence[Copy], pages: Sequence[Page]) -> Archive:
    archive = root.create(folder, Settings(network="independent-lan", engine="whoosh"))
    store = Store(archive)
    with synced_once():
        for place, (one, page) in enumerate(zip(copies, pages, strict=True)):
            kept, job = _kept(one, page, place), jobs.begin(archive.staging)
            files = {
                kept.original: one.id.encode(), "text/0001.txt": page.text.encode(),
                "record.json": kept.to_json(),
                "events.jsonl": event("ingestion", _WHEN, "benchmark", sha256=one.id),
            }  # fmt: skip
            store.add(kept.urn, files, _COMMIT, job)
            jobs.end(job)
    rebuild_catalogue(archive)
    return archive


def _kept(one: Copy, page: Page, place: int) -> Kept:
    fields = describe((page,), ())
    how = {"engine": "benchmark", "languages": ["vie"], "confidence": page.confidence,
           "silent_pages": [], "sketch": sketch.of([page.text])}  # fmt: skip
    return Kept(
        one.id, _WHEN + timedelta(seconds=place), "application/pdf", "pdf", 1,
        status=status_of(fields), ocr=how, fields=fields,
    )  # fmt: skip


def _figures(copies: Sequence[Copy], links: Mapping[Copy, Copy]) -> dict[str, Any]:
    """Return by kind of scan what was found of what was scanned again, and what was linked that is
    another paper.
    """
    again = [one for one in copies if one.again]
    right = {one for one, first in links.items() if one.paper == first.paper}
    wrong = [one for one in links if one not in right]
    kinds = {str(how): _share(right, [one for one in again if one.scan.how == how])
             for how in (*DAMAGED, *MISREAD)}  # fmt: skip
    kinds["number by hand"] = _share(right, [one for one in again if one.scan.draft.hand])
    like = {name: _share(wrong, [one for one in copies if one.paper[1] == name])
            for name in forms.LIKE}  # fmt: skip
    like["the papers themselves"] = _share(wrong, [one for one in copies if not one.paper[1]])
    return {
        "again": {name: share for name, share in kinds.items() if share[1]},
        "recall": _share(right, again),
        "like": like,
        "false": [len(wrong), len(links)],
    }


def _share(hits: Any, of: Sequence[Copy]) -> list[int]:
    return [sum(one in hits for one in of), len(of)]


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "| scanned again as | linked to its paper | aim |\n|---|---:|---:|"
    for name, share in figures["again"].items():
        yield f"| {name} | {Share(*share)} | |"
    recall = Share(*figures["recall"])
    yield f"| all | {recall}{RECALL.missed(recall.value)} | {RECALL.said('.0%')} |"
    yield "\n| another paper, but for | linked to one that it is not | aim |\n|---|---:|---:|"
    for name, share in figures["like"].items():
        yield f"| {name} | {Share(*share)} | |"
    false = Share(*figures["false"])
    yield f"| of all links | {false}{FALSE.missed(false.value)} | {FALSE.said('.0%')} |"


def _misses(copies: Sequence[Copy], links: Mapping[Copy, Copy]) -> Iterator[str]:
    for one in copies:
        first = links.get(one)
        if one.again and first is None:
            yield f"missed  {one.paper} {one.scan.how}"
        elif first and first.paper != one.paper:
            yield f"wrong   {one.paper} {one.scan.how} -> {first.paper} {first.scan.how}"
