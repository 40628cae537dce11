"""Our own parsers under odd input: they understand it or say what is wrong, in little time.

python -m torture fuzz --seconds 600 [--seed N] [--target NAME …] [--guided]
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torture import child, guided, stock
from torture.report import Result, Stopwatch

if TYPE_CHECKING:
    from torture.targets import Target

#: Examples that a target gets in one go, in a short run in all; processor time for one, in seconds.
_BATCH, _SHORT, _PATIENCE = 100, 30, 5.0


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("fuzz", help="our own parsers under odd input")
    parser.add_argument("--seconds", type=float, default=600, help="how long (600)")
    parser.add_argument("--seed", type=int, default=0, help="where to begin (0)")
    parser.add_argument("--target", nargs="+", metavar="NAME", help="only these")
    parser.add_argument("--guided", action="store_true", help="by the code that runs (atheris)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> Result:
    """Give each target its examples in turn, until the time is over; with --short a few of each."""
    from torture import stored, targets

    watch = Stopwatch()
    child.warm()
    with stock.fast_folder() as folder:
        every = {**targets.plain(folder), **stored.targets(folder / "shelf")}
        wanted = options.target or list(every)
        chosen = {name: every[name] for name in wanted}
        if options.guided:
            examples, findings = _guided(list(chosen), options.seconds, options.seed)
        else:
            until = None if options.short else time.monotonic() + options.seconds
            examples, findings = _fuzzed(chosen, options.seed, until)
    figure = f"{examples} examples, {len(chosen)} parsers, crashes {len(findings)}"
    done = "texts, JSON, workbooks, fonts and names, almost right or not at all"
    return Result("odd input breaks no parser", done, figure, watch.seconds, tuple(findings))


def _fuzzed(chosen: Mapping[str, Target], first: int, until: float | None) -> tuple[int, list[str]]:
    """Return how many examples were tried, and what broke; a target that broke is left out."""
    findings: dict[str, str] = {}
    tried = itertools.count()
    for seed in itertools.count(first):
        for name in chosen.keys() - findings.keys():
            broke = _batch(chosen[name], seed, _BATCH if until else _SHORT, tried)
            if broke:
                findings[name] = f"{name}, seed {seed}: {broke}"
            if until and time.monotonic() > until:
                return next(tried), [*findings.values()]
        if until is None or len(findings) == len(chosen):
            return next(tried), [*findings.values()]
    raise AssertionError


def _guided(names: Sequence[str], seconds: float, seed: int) -> tuple[int, list[str]]:
    """Give each target its share of the time, in a process of its own."""
    if importlib.util.find_spec("atheris") is None:
        return 0, ["NOT RUN: atheris is missing: pip install atheris"]
    found = [(name, *guided.fuzz(name, seconds / len(names), seed)) for name in names]
    findings = [f"{name}, guided, seed {seed}: {broke}" for name, _tried, broke in found if broke]
    return sum(tried for _name, tried, _broke in found), findings


def _batch(target: Target, number: int, examples: int, tried: itertools.count[int]) -> str:
    """Return how a target broke and at what; "" where it did not."""
    import hypothesis
    from hypothesis import HealthCheck, Phase

    said = hypothesis.settings(
        max_examples=examples, database=None, deadline=None, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
    )  # fmt: skip

    @hypothesis.seed(number)
    @said
    @hypothesis.given(target.given)
    def _check(given: Any) -> None:
        next(tried)
        _in_time(target.check, given)

    try:
        _check()
    except Exception as trouble:  # that is what is looked for
        where = traceback.extract_tb(trouble.__traceback__)[-1]
        said = f"{type(trouble).__name__}: {str(trouble)[:200]}"
        notes = " ".join(getattr(trouble, "__notes__", ()))[:600]
        return ascii(f"{said} ({Path(where.filename).name}:{where.lineno}) {notes}")
    return ""


def _in_time(check: Callable[[Any], object], given: Any) -> None:
    began = time.process_time()
    check(given)
    spent = time.process_time() - began
    assert spent < _PATIENCE, f"it took {spent:.1f} s of processor time"
