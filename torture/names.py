"""Odd names, links, what is no file, and files still being written, through the real program.

Nothing is lost, nothing taken in by half, and nothing outside the inbox written or removed.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from torture import child, foreign, misfits, naming, oracle, screen, stock, writers, zoo
from torture.leaves import leaf
from torture.report import Result, Stopwatch
from torture.stock import Stock
from torture.zoo import tree

#: Seconds without a change that the inbox asks for.
_QUIET = 2
_WRITERS, _ROUNDS = 60, 12
_SIZE = 40_000


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    text = "hostile names, links, what is no file, slow writers"
    parts.add_parser("names", help=text).set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Bring every name in three ways, then the zoo, what never fits, and the slow writers."""
    with stock.fast_folder() as folder:
        folder.chmod(0o755)
        results = [_names(folder / "names", options.short)]
        results.append(zoo.run(folder / "zoo", 2 if options.short else _ROUNDS))
        results.append(misfits.run(folder / "misfits"))
        results.append(_writers(folder / "writers", 9 if options.short else _WRITERS))
        results.append(foreign.run(folder / "foreign"))
        return results


def _names(folder: Path, short: bool) -> Result:
    watch, findings = Stopwatch(), []
    every = naming.names()[:: 4 if short else 1]
    ways = {"from the inbox": _from_inbox, "from a folder": _from_folder, "one by one": _one_by_one}
    for count, (way, bring) in enumerate(ways.items()):
        papers = {name: leaf(1000 * count + number, number) for number, name in enumerate(every)}
        place = folder / str(count)
        (place / "outside").mkdir(parents=True)
        archive = _with_papers(place, papers)
        before = tree(place, [archive.root, archive.memory])
        findings += [f"{way}: {one}" for one in bring(archive, place / "outside", papers)]
        if tree(place, [archive.root, archive.memory]) != before and bring is _from_inbox:
            findings.append(f"{way}: something outside the inbox was written or removed")
    figure = f"{len(every)} names in {len(ways)} ways, breaches {len(findings)}"
    done = "names of every odd kind, taken in and printed on a terminal"
    return Result("no name is too odd", done, figure, watch.seconds, tuple(findings))


def _with_papers(place: Path, papers: dict[bytes, bytes]) -> Stock:
    archive = stock.empty(place)
    return replace(archive, inputs=tuple(map(oracle.sha256, papers.values())))


def _from_inbox(archive: Stock, outside: Path, papers: dict[bytes, bytes]) -> list[str]:
    inbox = archive.root / "inbox"
    _put(inbox, papers)
    found = _shown(archive, ["scan", "--unclassified", "--no-ocr"], inbox)
    left = [ascii(path.name) for path in inbox.iterdir()]
    return found + _all_there(archive) + [f"left in the inbox: {name}" for name in left]


def _from_folder(archive: Stock, outside: Path, papers: dict[bytes, bytes]) -> list[str]:
    _put(outside, papers)
    before = tree(outside)
    ran = archive.run(
        "scan", "--json", "--unclassified", "--no-ocr", str(outside), how=child.program
    )
    found = _shown(archive, ["scan", "--unclassified", "--no-ocr", str(outside)], outside)
    lines = [json.loads(line) for line in ran.out.splitlines()]
    if [line["outcome"] for line in lines] != ["archived"] * len(papers):
        found.append(f"not each was archived: {ran.err}")
    if tree(outside) != before:
        found.append("the folder that was only to be read was changed")
    return found + _all_there(archive)


def _one_by_one(archive: Stock, outside: Path, papers: dict[bytes, bytes]) -> list[str]:
    """Name each file behind -- as it is, standing in its folder."""
    _put(outside, papers)
    before, words = tree(outside), ["scan", "--unclassified", "--no-ocr", "--"]
    found = _shown(archive, [*words, *map(os.fsdecode, papers)], outside)
    if tree(outside) != before:
        found.append("the folder that was only to be read was changed")
    return found + _all_there(archive)


def _put(folder: Path, papers: dict[bytes, bytes]) -> None:
    for name, data in papers.items():
        (folder / os.fsdecode(name)).write_bytes(data)


def _shown(archive: Stock, words: Sequence[str], folder: Path) -> list[str]:
    """Run a command on a terminal; return what is wrong with how it ended and what it printed."""
    code, shown = screen.run(["-a", str(archive.root), *words], archive.env, folder)
    found = [f"exit {code}: {ascii(shown[-300:])}"] if code else []
    found += [f"printed as it is: {ascii(name)}" for name in naming.TERMINAL if name in shown]
    found += [f"a terminal would obey {char!a}" for char in screen.obeyed(shown)]
    return found + (["a traceback"] if "Traceback" in shown else [])


def _all_there(archive: Stock) -> list[str]:
    kept = oracle.documents(archive.root).keys()
    found = [f"not archived: {one[:12]}" for one in archive.inputs if one not in kept]
    return found + oracle.judge(archive.root, archive.inputs)


def _writers(folder: Path, count: int) -> Result:
    """Scan again and again while many write; then once more, and everything is there, whole."""
    watch = Stopwatch()
    archive = stock.empty(folder)
    settings = archive.root / "partydoc.toml"
    settings.write_text(settings.read_text("utf-8").replace("quiet = 0", f"quiet = {_QUIET}"))
    inbox = archive.root / "inbox"
    files = {inbox / f"{one}.pdf": leaf(9000 + one, _SIZE + one) for one in range(count)}
    last = set(map(oracle.sha256, files.values()))
    whole = last | {oracle.sha256(writers.before(data)) for data in files.values()}
    findings, scans = [], writers.Scans(_QUIET)
    words = ("scan", "--unclassified", "--no-ocr", "--json")
    with writers.at_work(files, scans.pause) as threads:
        while any(thread.is_alive() for thread in threads):
            ran = archive.run(*words, how=child.program)
            scans.end()
            findings += [ran.err] if ran.code not in (0, 3) or ran.traceback else []
    _wait_until_quiet(inbox)
    ran = archive.run(*words, how=child.program)
    findings += [f"the last scan: exit {ran.code}: {ran.out}{ran.err}"] if ran.code else []
    kept = set(oracle.documents(archive.root))
    findings += [f"lost: {one[:12]}" for one in last - kept]
    findings += [f"half a file archived: {one[:12]}" for one in kept - whole]
    findings += [f"left: {ascii(path.name)}" for path in inbox.iterdir()]
    findings += [f"torn apart: {path.name}" for path in (archive.root / "quarantine").iterdir()]
    findings += oracle.judge(archive.root, whole & kept)
    figure = f"{count} writers, {scans.ended} scans meanwhile, lost or halved {len(findings)}"
    done = f"{len(writers.WAYS)} ways of writing slowly: appended, renamed, rewritten, backdated"
    return Result("no half file is taken in", done, figure, watch.seconds, tuple(findings))


def _wait_until_quiet(inbox: Path) -> None:
    import time

    changed = [path.lstat().st_ctime for path in inbox.iterdir()]
    time.sleep(max(0.0, max(changed, default=0) + _QUIET + 0.3 - time.time()))
