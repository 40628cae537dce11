"""The accuracy table: line errors by kind of page and engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.ocr import engines, kinds, metric, shelf
from benchmarks.ocr.metric import Score
from benchmarks.ocr.shelf import Sample

Table = dict[str, dict[str, Score]]

#: How the name of a row begins that is no kind of ours but real paper, and of those the scans of
#: which each line was typed as it is printed; they count together.
_REAL = "real "
_SCAN = "real scan: "
_SCANS = "real scans, all"
#: What the errors of all lines of real scans together may come to at most, in per cent.
_SCANS_TARGET = 0.8

#: So many characters for each that is printed may be put out; so many colour signers must be right.
MOST_PUT_OUT, LEAST_SIGNERS = 1.05, 0.95


def samples(names: Sequence[str], set_name: str, pages: int) -> list[Sample]:
    """Draw pages of each kind, as many at once as cores."""
    wanted = [(name, set_name, number) for name in names for number in range(pages)]
    with ProcessPoolExecutor(engines.CORES) as pool:
        return list(pool.map(shelf.page, *zip(*wanted, strict=True)))


def real(folder: Path) -> list[Sample]:
    """Return the files in a folder with a transcript NAME_gt.txt beside them.

    A line of it is a whole paragraph of a photograph (JPEG), a printed line of a scan (PDF, PNG).
    """
    found = []
    for truth in sorted(folder.rglob("*_gt.txt")):
        name = truth.name.removesuffix("_gt.txt")
        lines = tuple(truth.read_text("utf-8").splitlines())
        files = {ending: truth.with_name(name + ending) for ending in (".jpg", ".pdf", ".png")}
        there = {ending: path for ending, path in files.items() if path.is_file()}
        if not there:
            print(f"  {truth.name}: beside it is no {', '.join(files)} to read")
        for ending, path in there.items():
            row = (_REAL if ending == ".jpg" else _SCAN) + name
            found.append(Sample(row, 0, path, lines, ""))
    return found


def texts(engine: engines.Engine, every: Sequence[Sample]) -> dict[Path, str]:
    """Return what an engine reads on each page; what it read before is not read again."""
    kept = shelf.Readings(engine.name, engine.version)
    paths = [sample.path for sample in every]
    known = kept.known(paths)
    for path, text in engine.read([path for path in paths if path not in known]):
        kept.keep(path, text)
        known[path] = text
    return known


def measure(names: Iterable[str], every: Sequence[Sample]) -> tuple[Table, list[dict[str, Any]]]:
    """Return scores by kind and engine, and one row a page and engine."""
    table: dict[str, dict[str, list[Score]]] = {}
    rows = []
    for name in names:
        read = texts(engines.ENGINES[name](), every)
        for sample in every:
            score = metric.score(sample.lines, sample.signer, read[sample.path])
            table.setdefault(sample.kind, {}).setdefault(name, []).append(score)
            rows.append({"kind": sample.kind, "page": sample.number, "engine": name,
                         **asdict(score)})  # fmt: skip
    return {kind: {name: metric.total(scores) for name, scores in by.items()}
            for kind, by in table.items()}, rows  # fmt: skip


def with_totals(table: Table) -> Table:
    """Return the table with a row for all ordinary kinds and one for all real scans, if any."""
    ordinary = {kind: table[kind] for kind in kinds.ORDINARY if kind in table}
    scans = {kind: by for kind, by in table.items() if kind.startswith(_SCAN)}
    rest = {kind: by for kind, by in table.items() if kind not in ordinary and kind not in scans}
    return {**ordinary, **_together("ordinary", ordinary), **rest,
            **scans, **_together(_SCANS, scans)}  # fmt: skip


def _together(name: str, rows: Table) -> Table:
    engines = next(iter(rows.values()), {})
    return {name: {each: metric.total(by[each] for by in rows.values())
                   for each in engines}} if rows else {}  # fmt: skip


def target(kind: str) -> float | None:
    """Return what the errors of a row may come to at most, in per cent."""
    if kind == "ordinary":
        return kinds.ORDINARY_TARGET
    if kind == _SCANS:
        return _SCANS_TARGET
    if kind.startswith(_REAL):
        return kinds.PHOTOGRAPHS.get(kind.removeprefix(_REAL))
    return kinds.KINDS[kind].target if kind in kinds.KINDS else None


def colour_signers(table: Table) -> tuple[int, int] | None:
    """Return how many names of signers partydoc read on colour scans, and of how many."""
    read = [by["partydoc"] for kind, by in table.items()
            if kind in kinds.KINDS and kinds.KINDS[kind].colour and "partydoc" in by]  # fmt: skip
    return (sum(each.signer for each in read), sum(each.pages for each in read)) if read else None


def lines(table: Table) -> list[str]:
    """Return the table in Markdown: per engine errors, characters put out, signers right."""
    names = list(next(iter(table.values())))
    head = "| kind | pages | target % |"
    for name in names:
        head += f" {name} % | put out | signer |"
    rule = "|---|---:|---:|" + "---:|---:|---:|" * len(names)
    rows = [head, rule, *(_row(kind, by) for kind, by in table.items())]
    if signers := colour_signers(table):
        right, pages = signers
        missed = "" if right >= LEAST_SIGNERS * pages else " !"
        rows += ["", f"Signers on colour scans: {right} of {pages}{missed} (aim: 95 %)"]
    return rows


def _row(kind: str, by: Mapping[str, Score]) -> str:
    most = target(kind)
    row = f"| {kind} | {next(iter(by.values())).pages} | {'' if most is None else most} |"
    for score in by.values():
        ours = score is by.get("partydoc")
        missed = " !" if ours and most is not None and score.error > most else ""
        much = " !" if ours and score.ratio > MOST_PUT_OUT else ""
        signer = "" if kind.startswith(_REAL) else f"{score.signer} ({score.signer_folded})"
        row += f" {score.error:.2f}{missed} | {score.ratio:.3f}{much} | {signer} |"
    return row


def figures(table: Table) -> dict[str, Any]:
    """Return the table for JSON."""
    return {
        kind: {
            "target": target(kind),
            **{name: {"error": round(score.error, 3), "ratio": round(score.ratio, 4),
                      **asdict(score)} for name, score in by.items()},
        }
        for kind, by in table.items()
    }  # fmt: skip
