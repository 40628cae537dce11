"""Two scans, two people who edit, index, search and verify at once, some of them killed.

In each round the scans find the same bytes in the inbox and in a folder, file them in one folder,
and are killed at any moment, as is whoever else writes. Then the next command recovers, and the
oracle judges. At last each archive must be finished without any help.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from torture import beside, child, oracle, owed, stock
from torture.crowd import Member
from torture.ready import WORD, paper
from torture.report import Result, Stopwatch
from torture.stock import FOLDER, Stock

_PROMISE = "many at once, and killed: nothing lost, doubled, overwritten, and nobody has to help"
#: So many rounds go over one archive.
_LENGTH = 10
#: Of what is brought in one round: so many papers lie in the inbox, in the folder, and in both.
_INBOX, _FOLDER, _BOTH = 12, 12, 8
_EDITS = 6


@dataclass
class _Sum:
    rounds: int = 0
    commands: int = 0
    killed: int = 0
    edits: int = 0
    papers: int = 0
    findings: list[str] = field(default_factory=list)

    def add(self, members: Sequence[Member], papers: int) -> None:
        """Count one round."""
        self.rounds += 1
        self.papers += papers
        self.commands += sum(member.commands for member in members)
        self.killed += sum(member.killed for member in members)
        self.find(one for member in members for one in member.findings)

    def find(self, findings: Iterable[str]) -> None:
        """Note what is wrong."""
        self.findings += [f"round {self.rounds}: {one}" for one in findings]


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parser = parts.add_parser("together", help="scans, edits, index, search, verify at once")
    parser.add_argument("--rounds", type=int, default=50, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Go through all rounds; with --short two. Then edit while a night is at work."""
    return [_rounds(options), beside.run(options.short)]


def _rounds(options: argparse.Namespace) -> Result:
    watch, done = Stopwatch(), _Sum()
    rounds = 2 if options.short else options.rounds
    engines = ["whoosh", *(["tantivy"] if find_spec("tantivy") else [])]
    with stock.fast_folder() as folder:
        for number, begin in enumerate(range(0, rounds, _LENGTH)):
            dice = random.Random(f"{options.seed} {number}")
            now = stock.empty(folder / str(number), engines[number % len(engines)])
            _archive(now, min(_LENGTH, rounds - begin), dice, done)
    return _summed(done, watch)


def _summed(done: _Sum, watch: Stopwatch) -> Result:
    done.findings += [
        f"NOT RUN: nothing was {what}"
        for what, many in (("killed", done.killed), ("edited", done.edits)) if not many
    ]  # fmt: skip
    counts = {
        "lost": "lost: ", "doubled": "twice", "lost updates": "forgotten: ",
        '"database is locked"': "database is locked",
    }  # fmt: skip
    figures = {name: sum(word in one for one in done.findings) for name, word in counts.items()}
    figures["manual steps and other trouble"] = len(done.findings) - sum(figures.values())
    what = (
        f"{done.rounds} rounds, {done.commands} commands, {done.killed} of them killed;"
        f" {done.papers} papers, {done.edits} edits told to be saved"
    )
    said = ", ".join(f"{name} {count}" for name, count in figures.items())
    return Result(_PROMISE, what, said, watch.seconds, tuple(done.findings))


def _archive(now: Stock, rounds: int, dice: random.Random, done: _Sum) -> None:
    """Let several rounds go over one archive, then let it be finished."""
    outside, sure = now.work, set[str]()
    outside.mkdir()
    for number in range(rounds):
        mine, theirs = _papers(dice)
        sure |= {oracle.sha256(data) for data in mine.values()}
        for one in theirs:
            (outside / f"{oracle.sha256(one)[:8]}.pdf").write_bytes(one)
        now = now.bring(mine)
        now = replace(now, inputs=(*now.inputs, *map(oracle.sha256, theirs)))
        acts = [_Act(now, number, part, dice.getrandbits(64)) for part in PARTS]
        members = list(child.spread(_act, acts, cores=len(acts)))
        done.add(members, len({*mine.values(), *theirs}))
        now = replace(now, said=_said(now, members))
        done.find(oracle.instant(now.root, sure))
        # What lay in the folder is sure once the archive has it.
        sure |= {*now.inputs} & oracle.documents(now.root).keys()
        done.find(_recovered(now))
        done.find(oracle.judge(now.root, sure, now.said, second_opinion=False))
        done.find([*owed.entered_once(now), *owed.unfindable(now)])
    done.edits += sum(map(len, now.said.values()))
    done.find(f"at the end: {one}" for one in _finished(now, outside))


def _said(now: Stock, members: Sequence[Member]) -> dict[str, dict[str, Any]]:
    """Return what people were told is saved, without what a killed command may have changed."""
    said = {one: dict(values) for one, values in now.said.items()}
    for member in members:
        for one, values in member.said.items():
            said.setdefault(one, {}).update(values)
    kept = {
        one: {name: value for name, value in values.items() if value is not None}
        for one, values in said.items()
    }
    return {one: values for one, values in kept.items() if values}


def _recovered(now: Stock) -> list[str]:
    """Let the next command recover; return what is wrong with that."""
    member = Member(now, 0, "")
    member.run("index")
    return member.findings


def _papers(dice: random.Random) -> tuple[dict[str, bytes], list[bytes]]:
    """Return what comes into the inbox, by name, and what lies in the folder."""
    new = [paper(f"BÁO CÁO\nsố {dice.getrandbits(64)}") for _ in range(_INBOX + _FOLDER - _BOTH)]
    mine = {f"{oracle.sha256(one)[:8]}": one for one in new[:_INBOX]}
    return mine, new[_INBOX - _BOTH :]


@dataclass(frozen=True)
class _Act:
    """What one does in one round."""

    now: Stock
    number: int
    part: Callable[[Member, int], object]
    seed: int


def _act(act: _Act) -> Member:
    """Do it, in a process of its own."""
    program = act.number == _LENGTH // 2
    member = Member(act.now, 5, str(act.seed), program)
    act.part(member, act.number)
    return member


def _inbox(member: Member, number: int) -> None:
    scan = ("scan", "--unclassified", "--folder", FOLDER)
    member.run(*(("nightly",) if number % 2 else scan))


def _folder(member: Member, _number: int) -> None:
    member.run("scan", "--unclassified", "--folder", FOLDER, str(member.now.work))


def _index(member: Member, number: int) -> None:
    for _ in range(3):
        member.run("index", *(["--rebuild"] if number % 5 == 3 else []))


def _search(member: Member, _number: int) -> None:
    for _ in range(5):
        member.run("search", WORD, mortal=False)


def _verify(member: Member, number: int) -> None:
    for _ in range(3):
        member.run("verify", *(["--deep"] if number % 2 else []), mortal=False)


def _place(member: Member, _number: int) -> None:
    _correct(member, "place")


def _signer(member: Member, _number: int) -> None:
    _correct(member, "signer")


def _correct(member: Member, name: str) -> None:
    """Correct one field of some documents, those that have just come in among them."""
    for _ in range(_EDITS):
        there = sorted((member.now.root / "store").glob("??/??/urn%3asha256%3a*"))
        if there:
            document = member.dice.choice(there).name.removeprefix("urn%3asha256%3a")
            member.edit(document, name, f"Nguyễn Văn Mẫu {member.dice.randrange(10**6)}")


PARTS = (_inbox, _folder, _index, _search, _verify, _place, _signer)


def _finished(now: Stock, outside: Path) -> list[str]:
    """Let everything be taken in and read, undisturbed; return what is wrong then."""
    member = Member(now, 0, "")
    member.run("scan", "--unclassified", "--folder", FOLDER)
    member.run("scan", "--unclassified", "--folder", FOLDER, str(outside))
    member.run("nightly")
    found = oracle.judge(now.root, dict.fromkeys(now.inputs), now.said)
    found += [*owed.entered_once(now), *owed.indexed(now), *owed.unfindable(now)]
    if left := list((now.root / "inbox").iterdir()):
        found.append(f"the inbox still has {len(left)} files")
    return [*member.findings, *found]
