"""What may lie in an inbox and is no plain file, what is locked away, and what moves meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from torture import child, nobody, oracle, ready, stock
from torture.leaves import leaf
from torture.report import Result, Stopwatch, skipped
from torture.stock import Stock

_SCAN = ("scan", "--unclassified", "--no-ocr")
#: What a scan of a few files may take at most, in seconds, whatever lies among them.
_PATIENCE = 60
#: What nobody takes for a document.
_REFUSED = b"no paper"
#: How long a folder stands in its place, and how long a link does instead, in seconds.
_PACE = 0.01


@dataclass(frozen=True)
class Zoo:
    """An inbox: `left` has to stay in it as it is, `taken` (sha-256) has to be archived."""

    archive: Stock
    outside: Path
    left: tuple[Path, ...]
    taken: tuple[str, ...]


def run(folder: Path, rounds: int) -> Result:
    """Scan the zoo, then as nobody, then `rounds` times while everything moves."""
    watch, findings = Stopwatch(), []
    zoo = _filled(folder / "zoo", findings)
    findings += _scanned(zoo)
    findings += _as_nobody(folder / "nobody")
    seen, said = _meanwhile(folder / "moving", rounds)
    findings += said
    done = "links, pipes, sockets, devices, what nobody may read; folders swapped for links"
    figure = f"{len(zoo.left)} kinds, {seen} files moved meanwhile, breaches {len(findings)}"
    return Result("nothing outside the inbox is touched", done, figure, watch.seconds,
                  tuple(findings))  # fmt: skip


def _filled(folder: Path, findings: list[str]) -> Zoo:
    outside = folder / "outside"
    outside.mkdir(parents=True)
    archive = stock.empty(folder)
    inbox = archive.root / "inbox"
    for name in ("target", "twin", "deep"):
        (outside / f"{name}.pdf").write_bytes(leaf(len(name), 100))
    links = {
        "file": outside / "target.pdf", "relative": Path("../../outside/target.pdf"),
        "folder": outside, "nothing": folder / "gone.pdf", "itself": inbox / "itself.pdf",
        "inside": inbox / "plain.pdf", "up": Path(".."), "zero": Path("/dev/zero"),
    }  # fmt: skip
    left = []
    for name, target in links.items():
        left.append(inbox / f"{name}.pdf")
        left[-1].symlink_to(target)
    left += [inbox / "pipe.pdf", inbox / "socket.pdf", inbox / "null.pdf"]
    os.mkfifo(left[-3])
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(inbox):
        server.bind(left[-2].name)
    with skipped(findings, "a device in the inbox"):
        os.mknod(left[-1], 0o666 | 0o020000, os.makedev(1, 3))
    (inbox / "twin.pdf").hardlink_to(outside / "twin.pdf")
    (outside / "torn.pdf").write_bytes(_REFUSED)
    (outside / "torn.pdf").chmod(0o664)
    (inbox / "torn.pdf").hardlink_to(outside / "torn.pdf")
    (inbox / "plain.pdf").write_bytes(leaf(71))
    (inbox / "same.pdf").hardlink_to(inbox / "plain.pdf")
    deep = inbox.joinpath(*["sâu"] * 400)
    deep.mkdir(parents=True)
    (deep / "deep.pdf").write_bytes(leaf(72))
    taken = ((outside / "twin.pdf").read_bytes(), leaf(71), leaf(72))
    return Zoo(archive, outside, tuple(left), tuple(map(oracle.sha256, taken)))


def _scanned(zoo: Zoo) -> list[str]:
    before = _standing(zoo)
    began = time.monotonic()
    ran = zoo.archive.run(*_SCAN, "--json", how=child.program)
    found = [ran.err] if ran.code != 3 or ran.traceback else []
    found += ["it took too long"] if time.monotonic() - began > _PATIENCE else []
    found += ["what is no file was changed"] if _standing(zoo) != before else []
    kept = oracle.documents(zoo.archive.root).keys()
    found += [f"not archived: {one[:12]}" for one in set(zoo.taken) - kept]
    there = [path for path in (zoo.archive.root / "inbox").rglob("*.pdf") if path.is_file()]
    plain = {path for path in there if not path.is_symlink()}
    found += [f"left in the inbox: {path.name}" for path in plain]
    there = [*(zoo.archive.root / "quarantine").glob("*.pdf")]
    found += ["what was refused is not in quarantine, once"] if len(there) != 1 else []
    found += (
        ["it has another name outside"] if any(one.stat().st_nlink > 1 for one in there) else []
    )
    return found + oracle.judge(zoo.archive.root, (*zoo.taken, oracle.sha256(_REFUSED)))


def _standing(zoo: Zoo) -> tuple[list[str], dict[str, str]]:
    """Return how everything stands that has to stay: links and pipes, and all that lies outside."""
    return [_state(path) for path in zoo.left if os.path.lexists(path)], tree(zoo.outside)


def tree(root: Path, but: Iterable[Path] = ()) -> dict[str, str]:
    """Return what stands under a folder: name -> kind, mode, target, time and digest of each."""
    left_out, found = set(but), {}
    for path in sorted(root.rglob("*")):
        if not left_out & {path, *path.parents}:
            found[ascii(str(path.relative_to(root)))] = _state(path)
    return found


def _state(path: Path) -> str:
    status = path.lstat()
    parts = [oct(status.st_mode)]
    if stat.S_ISREG(status.st_mode):
        parts += [str(status.st_mtime_ns), hashlib.sha256(path.read_bytes()).hexdigest()]
    elif stat.S_ISLNK(status.st_mode):
        parts.append(str(path.readlink()))
    return " ".join(parts)


def _as_nobody(folder: Path) -> list[str]:
    """Scan what may not be read, listed or taken away, as one who is not root."""
    archive = stock.empty(folder)
    inbox = archive.root / "inbox"
    for path in (folder, *folder.parents[:1]):
        path.chmod(0o755)
    places = ("plain", "closed", "shut", "barred", "kept")
    papers = {name: ready.paper(f"về {name}") for name in places}
    for name, data in papers.items():
        (inbox / name).mkdir()
        (inbox / name / "a.pdf").write_bytes(data)
    _give_to_nobody(archive)
    (inbox / "closed" / "a.pdf").chmod(0)
    (inbox / "shut").chmod(0)
    (inbox / "barred").chmod(0o444)  # its names may be read, and no more
    (inbox / "kept").chmod(0o555)
    words = ("scan", "--unclassified", "--json")
    first, again = archive.run(*words, how=_nobody), archive.run(*words, how=_nobody)
    found = [f"exit {ran.code}: {ran.err}" for ran in (first, again) if ran.code != 3]
    if first.out.count('"no-permission"') != 3:
        found.append("not each file that may not be read is told")
    kept = oracle.documents(archive.root).keys()
    wanted = {oracle.sha256(papers[name]) for name in ("plain", "kept")}
    found += ["not each file that may be read was archived"] if kept != wanted else []
    found += ["nobody says that it may not be removed"] if "not-removed" not in again.out else []
    inputs = [oracle.sha256(data) for data in papers.values()]
    return found + oracle.lost(archive.root, inputs) + oracle.doubled(archive.root)


def _nobody(*words: object, env: dict[str, str]) -> child.Ran:
    return child.run(*words, env=env, first=nobody.become)


def _give_to_nobody(archive: Stock) -> None:
    archive.memory.mkdir(exist_ok=True)
    if os.geteuid():
        return  # it is ours, and we are not root
    for top in (archive.root, archive.memory):
        nobody.own(top)


def _meanwhile(folder: Path, rounds: int) -> tuple[int, list[str]]:
    """Scan while files vanish and are replaced, and folders are swapped for links to outside."""
    archive = stock.empty(folder)
    outside = folder / "outside"
    outside.mkdir()
    (outside / "0.pdf").write_bytes(leaf(5))
    brought: list[bytes] = []
    found: list[str] = []
    for number in range(rounds):
        with _moving(archive.root / "inbox", outside, brought, 100_000 + 1000 * number):
            ran = archive.run(*_SCAN, how=child.program)
            found += [f"exit {ran.code}: {ran.err}"] if ran.code not in (0, 3) else []
            found += [ran.err] if ran.traceback else []
    archive = replace(archive, inputs=tuple(map(oracle.sha256, brought)))
    last = archive.run(*_SCAN, how=child.program)
    found += [f"the last scan: {last.out}{last.err}"] if last.code not in (0, 3) else []
    kept = oracle.documents(archive.root).keys()
    if (outside / "0.pdf").read_bytes() != leaf(5) or oracle.sha256(leaf(5)) in kept:
        found.append("a file outside the inbox was taken in or removed")
    return len(brought), found + oracle.judge(archive.root, archive.inputs)


@contextmanager
def _moving(inbox: Path, outside: Path, brought: list[bytes], number: int) -> Iterator[None]:
    """Bring files, one over the other, and swap their folder for a link again and again."""
    stop = threading.Event()
    place, aside = inbox / "sub", inbox / "sub.part"

    def move() -> None:
        at = number
        place.mkdir(exist_ok=True)
        while not stop.is_set():
            at += 1
            new = leaf(at, at % 700)
            (place / "new.part").write_bytes(new)
            brought.append(new)
            (place / "new.part").rename(place / f"{at}.pdf")
            place.rename(aside)
            place.symlink_to(outside)
            time.sleep(_PACE)
            place.unlink()
            aside.rename(place)
            time.sleep(_PACE)

    thread = threading.Thread(target=move)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
