"""Runs a campaign and prints one row for each promise; exit 1 when one was not kept.

python -m torture NAME [--short] [--json FILE]     one campaign
python -m torture all [--short] [--json FILE]      those that need nothing but this checkout
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from torture.report import Result, tell

#: Each has `add(parts)`, which adds its parser and sets `run`: options -> Result or several.
CAMPAIGNS = (
    "kills", "cuts", "states", "full", "faults", "trace", "together", "audit", "rot", "soak",
    "hostile", "escapes", "names", "signed", "secrecy", "rebuild", "modes", "fuzz",
)  # fmt: skip
#: What `make torture` runs.
ALL = ("kills", "cuts", "states", "full", "together", "audit", "faults", "trace")


def _parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one campaign; where `name` is none, of all of them."""
    parser = argparse.ArgumentParser(
        prog="python -m torture", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parts = parser.add_subparsers(metavar="NAME", required=True, dest="name")
    parts.add_parser("all", help=f"run {', '.join(ALL)}")
    for one in [name] if name in CAMPAIGNS else CAMPAIGNS:
        importlib.import_module(f"torture.{one}").add(parts)
    for part in parts.choices.values():
        part.add_argument("--short", action="store_true", help="a sample, in well under a minute")
        part.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; return the exit code."""
    asked = _parser(arguments[0] if arguments else "").parse_args(arguments)
    names = ALL if asked.name == "all" else (asked.name,)
    results: list[Result] = []
    for name in names:
        options = asked
        if asked.name == "all":
            options = _parser(name).parse_args([name, *(["--short"] if asked.short else [])])
        print(f"{name} …", file=sys.stderr, flush=True)
        found = options.run(options)
        results += [found] if isinstance(found, Result) else found
    return tell(results, asked.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
