"""Signed PDFs keep verifying: poppler's pdfsig says of the stored original what it said before.

Their access copies are derivatives without a signature, and the record says so. What an owner has
restricted is recorded as well, right by right.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from torture import child, objects, oracle, signing, stock
from torture.report import Result, Stopwatch
from torture.stock import Stock

_COUNT = 60


@dataclass(frozen=True)
class Taken:
    """A document that was taken in: its files in the store, its record and what `show` says."""

    original: bytes
    access: Path
    record: Mapping[str, Any]
    left_out: frozenset[str]
    shown: Mapping[str, Any]
    told: str


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    text = f"{_COUNT} signed PDFs, and restricted ones"
    parts.add_parser("signed", help=text).set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Sign and restrict, take all of it in, and compare."""
    with stock.fast_folder() as folder:
        if shutil.which("pdfsig") is None:
            missing = ("NOT RUN: pdfsig is missing: apt install poppler-utils",)
            return [Result("signatures keep verifying", "nothing", "-", 0.0, missing)]
        count = 4 if options.short else _COUNT
        rights = [*signing.restricted()][:: 7 if options.short else 1]
        return [_signatures(folder / "signed", count), _rights(folder / "restricted", rights)]


def verdict(path: Path) -> str:
    """Return all that pdfsig says of a file, but for its name."""
    command = ["pdfsig", "-nocert", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=child.PATIENCE)
    said = [line for line in (done.stdout + done.stderr).splitlines() if path.name not in line]
    return "\n".join([f"exit {done.returncode}", *said])


def _signatures(folder: Path, count: int) -> Result:
    watch, findings, before = Stopwatch(), [], {}
    files = [*signing.signed(count)]
    archive = _archive(folder, [data for _way, data in files])
    for path in (folder / "papers").iterdir():
        before[oracle.sha256(path.read_bytes())] = verdict(path)
    ran = archive.run("scan", "--unclassified", "--json", folder / "papers", how=child.program)
    findings += [f"exit {ran.code}: {ran.out}{ran.err}"] if ran.code or ran.traceback else []
    valid = 0
    for way, data in files:
        one = oracle.sha256(data)
        findings += [f"{way}: {fault}" for fault in _unlike(archive, folder, data, before[one])]
        valid += before[one].count("Signature is Valid")
    findings += oracle.judge(archive.root, archive.inputs)
    figure = f"{count} PDFs, {valid} valid signatures before and after, differing {len(findings)}"
    done = f"signed in {len(signing.WAYS)} ways, taken in, judged by pdfsig"
    return Result("signatures keep verifying", done, figure, watch.seconds, tuple(findings))


def _archive(folder: Path, files: list[bytes]) -> Stock:
    (folder / "papers").mkdir(parents=True)
    for number, data in enumerate(files):
        (folder / "papers" / f"{number}.pdf").write_bytes(data)
    return replace(stock.empty(folder), inputs=tuple(map(oracle.sha256, files)))


def _unlike(archive: Stock, folder: Path, data: bytes, before: str) -> Iterator[str]:
    taken = _taken(archive, oracle.sha256(data))
    if isinstance(taken, str):
        yield taken
        return
    if taken.original != data:
        yield "the original has other bytes"
    copy = folder / "stored.pdf"
    copy.write_bytes(taken.original)
    if verdict(copy) != before:
        yield f"pdfsig says {verdict(copy)!a} and said {before!a}"
    if "Signature #1" in verdict(taken.access):
        yield "the access copy passes for signed"
    if "signed" not in taken.record["flags"] or "signed" not in taken.left_out:
        yield f"the record does not say it: {taken.record['flags']}, {taken.left_out}"
    if "signed" not in taken.shown["flags"] or "signed electronically" not in taken.told:
        yield "show does not say it"


def _taken(archive: Stock, document: str) -> Taken | str:
    """Return what the archive has of a document, or what it lacks."""
    there = oracle.documents(archive.root).get(document)
    if not there:
        return "it was not taken in"
    files = objects.head(there[0])
    if "access.pdf" not in files:
        return "it has no access copy"
    events = [json.loads(line) for line in files["events.jsonl"].read_text("utf-8").splitlines()]
    read = [event for event in events if event["type"] == "transcription"]
    shown = archive.run("show", document, "--json")
    return Taken(
        original=files["original/0001.pdf"].read_bytes(),
        access=files["access.pdf"],
        record=json.loads(files["record.json"].read_bytes()),
        left_out=frozenset(read[-1].get("left_out", ())),
        shown=json.loads(shown.out),
        told=archive.run("show", document).out,
    )


def _rights(folder: Path, files: list[signing.Restricted]) -> Result:
    watch = Stopwatch()
    archive = _archive(folder, [one.data for one in files])
    ran = archive.run("scan", "--unclassified", "--json", folder / "papers", how=child.program)
    findings = [f"exit {ran.code}: {ran.out}{ran.err}"] if ran.code or ran.traceback else []
    for one in files:
        wanted = sorted(one.flags)
        findings += [f"{wanted}: {fault}" for fault in _dropped(archive, one)]
    findings += oracle.judge(archive.root, archive.inputs)
    figure = f"{len(files)} PDFs, restrictions not recorded {len(findings)}"
    done = "each right withheld alone, none, all; encryption of revision 3, 4 and 6"
    return Result("restrictions are recorded", done, figure, watch.seconds, tuple(findings))


def _dropped(archive: Stock, one: signing.Restricted) -> Iterator[str]:
    taken = _taken(archive, oracle.sha256(one.data))
    if isinstance(taken, str):
        yield taken
        return
    if taken.original != one.data:
        yield "the original has other bytes"
    if set(taken.record["flags"]) != one.flags or set(taken.shown["flags"]) != one.flags:
        yield f"the record says {taken.record['flags']}"
    if taken.left_out != {"owner-password"}:
        yield f"its history says {sorted(taken.left_out)} of the access copy"
    with pikepdf.open(taken.access) as copy:
        if copy.is_encrypted:
            yield "the access copy is locked"
    if "restricted by its owner" not in taken.told:
        yield "show does not say it"
