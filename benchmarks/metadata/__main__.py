"""Prints how well fields are read off labelled pages, with 95 % bounds, and writes it as JSON.

python -m benchmarks.metadata [--set tune|test] [--pages N] [--json FILE] [--real DIR] [--misses]
python -m benchmarks.metadata calibrate [--pages N] [--to FILE]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.metadata import calibrate, papers, real, tables, texts
from benchmarks.metadata.kinds import DEGRADED, ORDINARY
from benchmarks.metadata.reading import Read, described
from benchmarks.metadata.tally import Judged, judged
from benchmarks.ocr import machine


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.metadata", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("what", nargs="?", choices=("calibrate",), help="make sureness.toml")
    parser.add_argument("--set", choices=texts.SETS, default="test", help="test is never tuned on")
    parser.add_argument(
        "--pages", type=int, metavar="N", help="ordinary papers (tune 231, test 330)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    parser.add_argument("--real", type=Path, metavar="DIR", help="scans with a labels.json")
    parser.add_argument("--to", type=Path, metavar="FILE", help="calibrate: write the curves here")
    parser.add_argument(
        "--misses", action="store_true", help="list every miss (not of the set test)"
    )
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    reads = described(papers.samples(options.set, options.pages or papers.PAPERS[options.set]))
    every = judged(reads)
    groups = {name: [one for one in every if one.read.sample.group == name]
              for name in ("ordinary", "degraded", "other")}  # fmt: skip
    found: dict[str, Any] = {"set": options.set}
    for name in ("ordinary", "degraded"):
        table = tables.rows(groups[name])
        pages = sum(one.sample.pages for one in reads if one.sample.group == name)
        here = sum(one.sample.group == name for one in reads)
        print(f"\n## {name}, set {options.set}: {here} papers, {pages} pages\n")
        print("\n".join(tables.lines(table, aims=name == "ordinary")))
        if name == "ordinary":
            print("\n" + "\n".join(tables.summary(table)))
        found[name] = tables.figures(table)
    both = groups["ordinary"] + groups["degraded"]
    print("\n## by kind of damage\n\n" + "\n".join(tables.by_kind(both, (*ORDINARY, *DEGRADED))))
    print("\n## by era and form, ordinary\n\n" + "\n".join(tables.by_form(groups["ordinary"])))
    print("\n" + "\n".join(_nothing(groups["other"])))
    print("\n" + "\n".join(_seconds(reads)))
    if options.misses and options.set != "test":
        print("\n## misses\n\n" + "\n".join(misses(both + groups["other"])))
    return found


def _nothing(every: Sequence[Judged]) -> list[str]:
    """Say what was read off pages that are no document."""
    pages = {id(one.read) for one in every}
    false = [one for one in every if one.outcome == "invented"]
    unsure = [one for one in every if one.outcome == "proposed"]
    where = sorted({f"{one.read.sample.kind}: {one.field}" for one in false + unsure})
    told = f" ({', '.join(where)})" if where else ""
    return [f"{len(pages)} pages that are no document: {len(false)} fields accepted, "
            f"{len(unsure)} proposed{told}"]  # fmt: skip


def _seconds(reads: Sequence[Read]) -> list[str]:
    pages = sum(read.sample.pages for read in reads)
    ocr = sum(read.ocr_seconds for read in reads) / pages
    rules = sum(read.seconds for read in reads) / pages
    return [f"seconds a page: recognition {ocr:.2f} (when it was read), description {rules:.3f}"]


def misses(every: Sequence[Judged]) -> list[str]:
    """Return a line for every field that is not right and accepted, by field."""
    found = []
    for one in sorted(every, key=lambda one: (one.field, one.outcome, one.read.sample.path)):
        if one.outcome not in ("accepted", "absent"):
            found.append(f"{one.field:14} {one.outcome:9} {one.confidence:.2f} {one.value!r} | "
                         f"{one.truth!r} | {one.read.sample.path.name}")  # fmt: skip
    return found


def main() -> None:
    """Measure, or calibrate."""
    options = _options()
    about = machine.describe()
    for name, value in about.items():
        print(f"{name:<11} {value}")
    if options.what == "calibrate":
        calibrate.run(options.pages or papers.PAPERS["tune"], options.to)
        return
    figures: dict[str, Any] = {"machine": about, **_measure(options)}
    if options.real:
        figures["real"] = real.measure(options.real)
    else:
        print("\nReal pages were not measured: name their folder with --real DIR.")
    if options.json:
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
