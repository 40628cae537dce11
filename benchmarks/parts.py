"""The parts of a benchmark: one is asked for, prints its tables, and its figures go into JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.ocr import machine


class Part(Protocol):
    """A module: `add` adds its options and sets `run`, which prints tables and returns figures."""

    def add(self, parts: Any) -> None: ...


def main(name: str, description: str | None, parts: Sequence[Part]) -> None:
    """Measure the part that was asked for on the command line."""
    options = _options(name, description, parts)
    figures: dict[str, Any] = {"machine": machine.computer()}
    for label, value in figures["machine"].items():
        print(f"{label:<11} {value}")
    figures |= options.run(options)
    if options.json:
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


def _options(name: str, description: str | None, parts: Sequence[Part]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=f"python -m {name}", description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    choices = parser.add_subparsers(metavar="PART", required=True)
    for part in parts:
        part.add(choices)
    for one in choices.choices.values():
        one.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    return parser.parse_args()
