"""Prints the speed table and the accuracy table, and writes both as JSON.

python -m benchmarks.ocr [speed|accuracy] [--set test] [--json FILE]
python -m benchmarks.ocr copies --files DIR [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.ocr import accuracy, batches, copies, drafts, engines, kinds, machine, memory, speed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ocr", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("what", nargs="?", choices=("speed", "accuracy", "copies"),
                        help="without: speed and accuracy")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    _accuracy_options(parser.add_argument_group("accuracy"))
    _speed_options(parser.add_argument_group("speed and memory"))
    group = parser.add_argument_group("copies")
    group.add_argument("--files", type=Path, metavar="DIR", help="odd and broken files")
    options = parser.parse_args()
    if (options.what == "copies") != bool(options.files):
        parser.error("copies and --files DIR belong together")
    return options


def _accuracy_options(group: Any) -> None:
    group.add_argument("--set", choices=drafts.SETS, default="test", help="texts and typefaces")
    group.add_argument("--kinds", nargs="+", choices=kinds.KINDS, default=list(kinds.KINDS))
    group.add_argument("--pages", type=int, default=12, help="of each kind (12)")
    group.add_argument(
        "--engines", nargs="+", choices=engines.ENGINES, default=list(engines.ENGINES)
    )
    group.add_argument(
        "--real", type=Path, metavar="DIR", help="real pages, each with a transcript NAME_gt.txt"
    )


def _speed_options(group: Any) -> None:
    group.add_argument("--repeat", type=int, default=3, help="rounds, of which medians (3)")
    group.add_argument(
        "--scans", nargs="+", choices=batches.SCANS, default=list(batches.SCANS),
        help="ways to scan; of all but the first half the pages, in small documents",
    )  # fmt: skip
    group.add_argument("--sizes", type=int, nargs="+", default=[1, 5, 20], help="pages a document")
    group.add_argument("--batch", type=int, default=20, help="pages a contestant's turn (20)")
    group.add_argument("--mixed", type=int, default=60, help="pages of a whole scan; 0: none")
    group.add_argument("--long", action="store_true", help="memory on 400 pages too")
    group.add_argument("--large", action="store_true", help="memory on A3 at 600 dpi too")


def _accuracy(options: argparse.Namespace) -> dict[str, Any]:
    every = accuracy.samples(options.kinds, options.set, options.pages)
    if options.real:
        every += accuracy.real(options.real)
    table, rows = accuracy.measure(options.engines, every)
    table = accuracy.with_totals(table)
    print(f"\nLine errors in per cent, set {options.set}; characters put out for each printed;")
    print("signers right to the letter (in brackets: but for case and marks)\n")
    print("\n".join(accuracy.lines(table)))
    if not options.real:
        print("\nReal pages were not measured: name their folder with --real DIR.")
    return {"set": options.set, "kinds": accuracy.figures(table), "pages": rows}


def _speed(options: argparse.Namespace) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        most = max(options.batch, *options.sizes)
        presses = [batches.Press(Path(folder, kind), most, kind) for kind in options.scans]
        times = speed.measure(presses, options.sizes, options.batch, options.mixed, options.repeat)
        peaks = memory.measure(presses[0], options.long, options.large)
    print(f"\nSeconds a page, medians of {options.repeat} rounds\n")
    print("\n".join(speed.lines(times)))
    print("\nMemory, one worker\n")
    print("\n".join(memory.lines(peaks)))
    return {**speed.figures(times), "memory": memory.figures(peaks)}


def _copies(folder: Path) -> dict[str, Any]:
    found = copies.measure(folder)
    print("\nFiles with an access copy\n")
    print("\n".join(copies.lines(found)))
    return found


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    figures: dict[str, Any] = {"machine": machine.describe()}
    for name, value in figures["machine"].items():
        print(f"{name:<11} {value}")
    if options.what == "copies":
        figures["copies"] = _copies(options.files)
    if options.what in (None, "speed"):
        if busy := machine.warning():
            print(f"\n{busy}")
        figures["speed"] = _speed(options)
    if options.what in (None, "accuracy"):
        figures["accuracy"] = _accuracy(options)
    if options.json:
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
