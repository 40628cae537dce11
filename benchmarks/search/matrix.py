"""The letter matrix: is a word found in whatever way it is asked and written?"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from benchmarks.search import finders
from benchmarks.search.finders import Found, Missing
from benchmarks.search.spellings import Case, cases

Finder = Callable[[Sequence[str], Sequence[str]], Found]
FINDERS: Mapping[str, Finder] = {
    "whoosh": partial(finders.partydoc, "whoosh"),
    "tantivy": partial(finders.partydoc, "tantivy"),
    "postgresql-unaccent": finders.postgres,
    "sqlite-fts5": finders.fts5,
}
#: What is lost is told by so many examples.
_EXAMPLES = 6


def add(parts: Any) -> None:
    """Add `matrix` and its options."""
    parser = parts.add_parser("matrix", help="letters, tone places, i and y, codes; beside peers")
    parser.set_defaults(run=run)
    parser.add_argument("--engines", nargs="+", choices=FINDERS, default=list(FINDERS),
                        metavar="NAME", help=f"of {', '.join(FINDERS)} (all)")  # fmt: skip


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Ask every engine, print the table, return the figures."""
    asked = list(cases())
    lost: dict[str, list[Case]] = {}
    absent: dict[str, str] = {}
    for name in options.engines:
        try:
            lost[name] = misses(FINDERS[name], asked)
        except Missing as trouble:
            absent[name] = str(trouble)
    versions = [finders.version(name.partition("-")[0]) for name in lost]
    print(f"\n{', '.join(versions)}\n\n{table(asked, lost)}")
    for name, why in absent.items():
        print(f"\n{name} is left out. {why}")
    figures = {name: _figures(asked, found) for name, found in lost.items()}
    return {"versions": versions, "matrix": figures, "left out": absent}


def misses(finder: Finder, asked: Sequence[Case]) -> list[Case]:
    """Return the cases in which a finder misses what is written, or finds what it must not."""
    texts = {text: place for place, text in enumerate(dict.fromkeys(one.written for one in asked))}
    questions = {
        text: place for place, text in enumerate(dict.fromkeys(one.asked for one in asked))
    }
    found = finder(list(texts), list(questions))
    return [
        one for one in asked if (texts[one.written] in found[questions[one.asked]]) != one.wanted
    ]


def _by_group(found: Sequence[Case]) -> Mapping[str, list[Case]]:
    groups = defaultdict(list)
    for one in found:
        groups[one.group].append(one)
    return groups


def table(asked: Sequence[Case], lost: Mapping[str, Sequence[Case]]) -> str:
    """Return the share that is right, by group and engine, and what is not, as Markdown."""
    missed = {name: _by_group(found) for name, found in lost.items()}
    lines = [f"| asked → written | cases | {' | '.join(lost)} |", "|---" * (len(lost) + 2) + "|"]
    for group, of in _by_group(asked).items():
        shares = [f"{1 - len(found.get(group, ())) / len(of):.1%}" for found in missed.values()]
        lines.append(f"| {group} | {len(of)} | {' | '.join(shares)} |")
    for name, found in lost.items():
        if found:
            lines.append(
                f"\n{name} fails in {len(found)} of {len(asked)}, such as {_examples(found)}."
            )
    return "\n".join(lines)


def _examples(lost: Sequence[Case]) -> str:
    step = max(len(lost) // _EXAMPLES, 1)
    return ", ".join(f"{one.written} asked as {one.asked}" for one in lost[::step][:_EXAMPLES])


def _figures(asked: Sequence[Case], lost: Sequence[Case]) -> dict[str, Any]:
    missed = _by_group(lost)
    return {
        group: {
            "cases": len(of),
            "found": len(of) - len(missed.get(group, ())),
            "lost": [[one.asked, one.written] for one in missed.get(group, ())[:_EXAMPLES]],
        }
        for group, of in _by_group(asked).items()
    }
