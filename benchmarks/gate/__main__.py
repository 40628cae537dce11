"""Prints how many marked documents the gate holds, and how many others it lets through.

python -m benchmarks.gate [--set test] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.gate import shelf, table
from benchmarks.ocr import drafts, machine


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.gate", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--set", choices=drafts.SETS, default="test", help="texts and typefaces")
    parser.add_argument("--sorts", nargs="+", choices=shelf.SORTS, default=list(shelf.SORTS))
    parser.add_argument("--pages", type=int, default=14, help="documents of each sort (14)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    return parser.parse_args()


def main() -> None:
    """Draw, read and judge what was asked for."""
    options = _options()
    described = machine.describe()
    for name, value in described.items():
        print(f"{name:<11} {value}")
    every = shelf.samples(options.sorts, options.set, range(options.pages))
    found = table.judged(every, shelf.readings(every))
    print(f"\nThe secrecy gate, set {options.set}; ! misses its aim\n")
    print("\n".join(table.lines(found)))
    if options.json:
        figures = {"machine": described, "set": options.set, **table.figures(found)}
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
