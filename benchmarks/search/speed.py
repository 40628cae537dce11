"""The speed table: building, adding, and cold searches from the shell, beside raw engines."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.aim import Aim
from benchmarks.ocr import machine
from benchmarks.search import archives, cold, documents, upkeep
from benchmarks.search.peers import PEERS
from benchmarks.search.upkeep import Figure
from partydoc.index import ENGINES

#: Up to so many documents an archive gets all its objects.
WHOLE = 5000
_OURS = "partydoc"
_KNOWN_ITEMS = 5
#: What is allowed at most; in so many milliseconds it is to be answered.
_LARGEST, _LARGEST_MOST = "largest:", 1000
_STARTS = {
    "python -c ''": ([sys.executable, "-c", ""], None),
    "python -c 'import click'": ([sys.executable, "-c", "import click"], None),
    "partydoc --help": (cold.partydoc("--help"), 100),
}


def add(parts: Any) -> None:
    """Add `speed` and its options."""
    parser = parts.add_parser("speed", help="building, adding, cold searches; beside raw engines")
    parser.set_defaults(run=run)
    parser.add_argument("--documents", type=int, default=WHOLE, metavar="N", help="(5000)")
    parser.add_argument("--engine", choices=ENGINES, default="tantivy", help="(tantivy)")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR",
        help="leave the archive here, and all else in DIR.beside; what is there already is asked"
        " again, and what its building took is told from then",
    )  # fmt: skip
    parser.add_argument("--runs", type=int, default=40, help="of each kind of query (40)")
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS, metavar="NAME",
        help="of recoll, fts5, tantivy, whoosh; none: no peers (all but the other engine)",
    )  # fmt: skip
    parser.add_argument(
        "--store", type=int, default=WHOLE, metavar="N",
        help="documents of the store that is indexed anew (5000)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Measure, print the tables, return the figures."""
    if busy := machine.warning():
        print(f"\n{busy}")
    with _place(options.keep) as (folder, beside):
        found = _once(beside / "figures.json", lambda: _made(folder, beside, options))
        rivals = _rivals(options)
        for name in rivals:
            path = beside / name
            found += _once(path / "figures.json", lambda name=name: _rival(name, beside))
        times = cold.race(_commands(folder, beside, rivals), options.runs)
    aim = _aim(options.engine, options.documents)
    print(f"\n{options.documents} documents, {options.engine}, {options.runs} runs a kind\n")
    print("\n".join(lines(found, times, aim)))
    return {
        "documents": options.documents,
        "engine": options.engine,
        "figures": [one.to_dict() for one in found],
        "milliseconds": [_row(*key, runs, aim) for key, runs in times.items()],
    }


@contextmanager
def _place(keep: Path | None) -> Iterator[tuple[Path, Path]]:
    """Give the folder of the archive and one beside it, for good or for the time being."""
    if keep:
        folder = keep.resolve()
        beside = folder.with_name(folder.name + ".beside")
        beside.mkdir(parents=True, exist_ok=True)
        yield folder, beside
        return
    with TemporaryDirectory() as name:
        beside = Path(name, "beside")
        beside.mkdir()
        yield Path(name, "archive"), beside


def _once(note: Path, make: Callable[[], list[Figure]]) -> list[Figure]:
    """Make something and note its figures; or read them where it was made before."""
    if note.is_file():
        return [Figure.from_dict(one) for one in json.loads(note.read_text("utf-8"))]
    found = make()
    note.write_text(json.dumps([one.to_dict() for one in found]), "utf-8")
    return found


def _made(folder: Path, beside: Path, options: argparse.Namespace) -> list[Figure]:
    """Make the archive and measure what it takes to keep its index."""
    for left in (folder, beside / "store"):
        shutil.rmtree(left, ignore_errors=True)
    records, count = beside / "records.jsonl", options.documents
    text = archives.write_records(records, count)
    if count <= WHOLE:
        archive = archives.make_whole(folder, options.engine, count)
        found = upkeep.build(archive, records, text)
        found += upkeep.rebuild(archive, count)
    else:
        archive = archives.make_large(folder, options.engine, records)
        found = upkeep.build(archive, records, text)
        store = archives.make_whole(beside / "store", options.engine, options.store)
        found += upkeep.rebuild(store, options.store)
    return found + upkeep.add(archive, count)


def _rivals(options: argparse.Namespace) -> list[str]:
    """Return the peers that can take part; say which cannot."""
    wanted = options.peers
    if wanted is None:
        wanted = [name for name in PEERS if name == options.engine or name not in ENGINES]
    if "recoll" in wanted and not shutil.which("recollindex"):
        print("\nrecoll does not take part: apt-get install recollcmd")
        wanted = [name for name in wanted if name != "recoll"]
    return wanted


def _rival(name: str, beside: Path) -> list[Figure]:
    peer, folder, records = PEERS[name], beside / name, beside / "records.jsonl"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    began = time.perf_counter()
    peer.build(records, folder)
    seconds = time.perf_counter() - began
    count = sum(1 for _ in archives.read_records(records))
    size = archives.size_of(folder) - archives.size_of(folder / "texts")
    return [
        Figure(f"{peer.name}: build", count / seconds, "documents/s"),
        Figure(f"{peer.name}: index", size / 1e6, "MB"),
    ]


def _commands(
    folder: Path, beside: Path, rivals: Sequence[str]
) -> dict[tuple[str, str], list[cold.Command]]:
    """Return what is started, by contestant and kind."""
    count = sum(1 for _ in archives.read_records(beside / "records.jsonl"))
    items = list(islice(documents.known_items(count), _KNOWN_ITEMS))
    queries = {
        **documents.QUERIES,
        **{f"{_LARGEST} {name}": (asked,) for name, asked in documents.LARGEST.items()},
        "damaged": tuple(items),
        "damaged phrase": tuple((" ".join(words),) for words in items),
    }
    commands: dict[tuple[str, str], list[cold.Command]] = {
        (name, ""): [command] for name, (command, _) in _STARTS.items()
    }
    for kind, asked in queries.items():
        every = [cold.partydoc("-a", folder, "search", *arguments) for arguments in asked]
        commands[_OURS, kind] = every
        for name in rivals:
            peer = PEERS[name]
            made = [peer.command(beside / name, kind, arguments) for arguments in asked]
            if known := [command for command in made if command]:
                commands[peer.name, kind] = known
    return commands


def _aim(engine: str, count: int) -> int | None:
    """Return the milliseconds that 95 of 100 searches should not exceed."""
    if engine == "whoosh":
        return 400 if count <= WHOLE else None
    return 150 if count <= 100_000 else 200


def _goal(who: str, kind: str, aim: int | None) -> int | None:
    if who != _OURS:
        return _STARTS[who][1] if who in _STARTS else None
    return _LARGEST_MOST if aim and kind.startswith(_LARGEST) else aim


def _row(who: str, kind: str, runs: Sequence[float], aim: int | None) -> dict[str, Any]:
    most = Aim(_goal(who, kind, aim))
    p95 = cold.percentile(runs, 0.95)
    return {
        "who": who, "kind": kind, "p50": round(median(runs), 1), "p95": round(p95, 1),
        **most.judged(p95), "runs": [round(one, 1) for one in runs],
    }  # fmt: skip


def lines(found: Sequence[Figure], times: cold.Times, aim: int | None) -> list[str]:
    """Return the tables in Markdown: figures, then milliseconds as p50 / p95."""
    table = ["| | | aim |", "|---|---:|---:|", *(one.line() for one in found), ""]
    rows = {key: _row(*key, runs, aim) for key, runs in times.items()}
    table += ["| process | p50 ms | p95 ms | aim |", "|---|---:|---:|---:|"]
    for (who, kind), row in rows.items():
        if not kind:
            goal = f"<= {row['most']}" if row["most"] else ""
            table.append(f"| {who} | {row['p50']:.0f} | {_worst(row)} | {goal} |")
    names = list(dict.fromkeys(who for who, kind in rows if kind))
    goal = f" (p95 <= {aim}, {_LARGEST} {_LARGEST_MOST})" if aim else ""
    table += ["", f"| p50 / p95 ms{goal} | " + " | ".join(names) + " |"]
    table.append("|---|" + "---:|" * len(names))
    for kind in dict.fromkeys(kind for _, kind in rows if kind):
        cells = [rows.get((name, kind)) for name in names]
        shown = [f"{cell['p50']:.0f} / {_worst(cell)}" if cell else "" for cell in cells]
        table.append(f"| {kind} | " + " | ".join(shown) + " |")
    return table


def _worst(row: dict[str, Any]) -> str:
    return f"{row['p95']:.0f}" + ("" if row["met"] else " !")
