"""Prints the tables of the catalogue and writes their figures as JSON.

python -m benchmarks.catalogue PART [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.catalogue import cost, rescans, scale
from benchmarks.ocr import machine

#: Each has `add(parts)`, which adds its options and sets `run`: it prints Markdown and returns
#: its figures for JSON.
_PARTS = (scale, rescans, cost)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.catalogue", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parts = parser.add_subparsers(metavar="PART", required=True)
    for part in _PARTS:
        part.add(parts)
    for one in parts.choices.values():
        one.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    return parser.parse_args()


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    figures: dict[str, Any] = {"machine": machine.computer()}
    for name, value in figures["machine"].items():
        print(f"{name:<11} {value}")
    figures |= options.run(options)
    if options.json:
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
