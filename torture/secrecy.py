"""No byte of a secret document stands outside hold: hunted after each thing that can happen to it.

Words that stand nowhere else are looked for in everything outside hold, in each form in which they
may be written: after intake, killed at its steps, after recovery, rebuilding, reading again, and a
mark that is found late; in what the program prints, in its temporary files and its arguments.
"""

from __future__ import annotations

import argparse
import random
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from torture import canary, child, oracle, stock
from torture.ready import paper
from torture.report import Result, Stopwatch
from torture.stock import Stock

_PROMISE = "no secret leaks"
NAME, TEXT, NOTE, TITLE = "bạchyếnkín", "hoàngoanhẩn", "chíchchoèthan", "sơncavắng"
WORDS = (NAME, TEXT, NOTE, TITLE)
_BODY = f"KẾ HOẠCH\nvề {TITLE}\nĐiều 1. Giao {TEXT} theo dõi."
#: In the inbox by name: one that is marked, one that cannot be read well, one that is found late.
SECRETS = {
    f"{NAME} 1": paper(f"MẬT\n{_BODY}"),
    f"{NAME} 2": paper(f"{_BODY} Hai.", "unsure"),
    f"{NAME} 3": paper(f"{_BODY} Ba.", "fails"),
}
#: One that nobody can open: it stands in quarantine, its name with it, and nowhere else.
LOCKED = "lộcvừngđỏ"
REFUSED = {f"{LOCKED} 5": paper(LOCKED, "refused")}
LATE = {f"{NAME} 4": paper(f"{_BODY} Bốn.")}
_STRIDE = 3


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    text = "hunt for secret words outside hold, whatever happens"
    parts.add_parser("secrecy", help=text).set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Do it with both engines; with --short with one, and fewer kills."""
    engines = ("whoosh",) if options.short else ("whoosh", "tantivy")
    with stock.fast_folder() as folder:
        results = [_life(folder / engine, engine) for engine in engines]
        stride = 15 * _STRIDE if options.short else _STRIDE
        results += [_killed(folder / "killed", stride), _program(folder / "program")]
        return results


def outside(now: Stock) -> list[str]:
    """Return where the words stand in all that belongs to an archive, but hold and its inbox."""
    left_out = {now.root / "hold", now.root / "inbox"}
    places = [path for path in now.root.iterdir() if path not in left_out]
    places += _own(now)
    refused = [path for path in places if path != now.root / "quarantine"]
    return canary.traces(places, WORDS) + canary.traces(refused, (LOCKED,))


def _own(now: Stock) -> list[Path]:
    """Return the places beside the archive where something of it may be left."""
    places = (now.memory, now.root.with_name("tmp"), now.root.with_name("home"))
    return [place for place in places if place.exists()]


def _new(folder: Path, engine: str) -> Stock:
    archive = stock.empty(folder, engine)
    (folder / "tmp").mkdir()
    archive = archive.bring({"khác": paper("BÁO CÁO\nvề nước sạch")})
    archive.must("scan", "--unclassified", "--folder", stock.FOLDER)
    return archive


def _life(folder: Path, engine: str) -> Result:
    """Let everything happen to the documents, in turn; hunt after each."""
    watch, findings = Stopwatch(), []
    archive = _new(folder, engine).bring(SECRETS | REFUSED)
    late = oracle.sha256(*LATE.values())
    marked, unsure = (oracle.sha256(SECRETS[f"{NAME} {number}"]) for number in (1, 2))
    hunts = 0

    def after(what: str, *words: str, codes: tuple[int, ...] = (0,), **env: str) -> None:
        nonlocal hunts
        hunts += 1
        ran = archive.run(*words, TMPDIR=str(folder / "tmp"), **env)
        found = [f"exit {ran.code}: {ran.err}"] if ran.code not in codes else []
        found += outside(archive)
        found += [f"{word} was printed" for word in WORDS if word in ran.out + ran.err]
        findings.extend(f"{engine}, {what}: {one}" for one in found)

    after("intake", "scan", "--folder", stock.FOLDER, codes=(0, 3))
    if not (archive.root / "quarantine" / f"{LOCKED} 5.pdf").is_file():
        findings.append(f"{engine}: what cannot be opened is not in quarantine")
    after("intake again", "scan", "--folder", stock.FOLDER, codes=(0, 3))
    archive = archive.bring(LATE)
    archive.must("scan", "--unclassified", "--folder", stock.FOLDER)
    archive.must("edit", late, f"note=xem {NOTE}")
    archive.must("edit", late, "place=Đồng Mẫu")
    archive.must("search", TEXT)
    if {one.split(" ")[0] for one in outside(archive)} != set(WORDS):
        findings.append(f"{engine}: the hunt does not find what is there")
    after("a late mark", "classify", late, "--secret", "mat")
    for what, words, codes in (
        ("a search", ("search", TEXT), (0,)), ("a look", ("show", "1", "--text"), (2, 8)),
        ("the log", ("log",), (0,)), ("the list", ("hold", "list"), (0,)),
        ("reading again", ("ocr",), (0, 3)), ("reading it again", ("ocr", unsure), (0, 3)),
        ("a night", ("nightly",), (0, 3)), ("checking", ("verify", "--deep"), (0,)),
    ):  # fmt: skip
        after(what, *words, codes=codes)
    for what, words in (("the catalogue", ("index",)), ("the index", ("index", "--rebuild"))):
        (archive.root / "catalogue.sqlite").unlink()
        after(f"rebuilding {what}", *words)
    after("handing over", "hold", "export", "--all", "--to", str(archive.work), codes=(0, 4))
    after("asking to purge", "hold", "purge", marked)
    after("purging", "hold", "purge", marked, TORTURE_PERSON="another")
    findings += [f"{engine}: left in TMPDIR: {one.name}" for one in (folder / "tmp").iterdir()]
    figure = f"{hunts} hunts, traces outside hold {len(findings)}"
    done = f"taken in, found late, read again, rebuilt, purged ({engine}); every byte hunted"
    return Result(_PROMISE, done, figure, watch.seconds, tuple(findings))


def _killed(folder: Path, stride: int) -> Result:
    """Kill intake and the finding of a late mark at their steps; hunt then and after recovery."""
    watch = Stopwatch()
    archive = _new(folder, "whoosh")
    intake = archive.copy(folder / "intake").bring(SECRETS | REFUSED)
    late = archive.copy(folder / "late").bring(LATE)
    late.must("scan", "--unclassified", "--folder", stock.FOLDER)
    ident = oracle.sha256(*LATE.values())
    scenes = (
        (intake, ("scan", "--folder", stock.FOLDER), True),
        (late, ("classify", ident, "--secret", "mat"), False),
    )
    points = [
        (template, words, at_once, step)
        for template, words, at_once in scenes
        for step in range(1, _steps(template, words) + 1, stride)
    ]
    found = tuple(one for each in child.spread(_strike, points) for one in each)
    figure = f"{len(points)} kills, traces outside hold {len(found)}"
    done = "kill -9 at the steps of intake and of a late mark; hunted at once and after recovery"
    return Result(_PROMISE, done, figure, watch.seconds, found)


def _steps(template: Stock, words: tuple[str, ...]) -> int:
    count = template.copy(template.root.with_name("count"))
    _ran, steps = child.steps("-a", count.root, *words, env=count.env)
    _clear(count)
    return steps


def _strike(point: tuple[Stock, tuple[str, ...], bool, int]) -> list[str]:
    template, words, at_once, step = point
    name = f"{template.root.name}-{step}-{random.getrandbits(32)}"
    now = template.copy(template.root.with_name(name))
    now = replace(now, memory=now.root.with_name(f"{name}-memory"))
    now.run(*words, PARTYDOC_FAIL_AT=f"{step}:kill")
    found = outside(now) if at_once else []
    now.run("index")
    if at_once or "hold" in str(oracle.documents(now.root)[oracle.sha256(*LATE.values())][0]):
        found += [f"after recovery: {one}" for one in outside(now)]
    now.run(*words)
    found += [f"done: {one}" for one in outside(now)]
    _clear(now)
    return [f"{words[0]}, step {step}: {one}" for one in found]


def _clear(now: Stock) -> None:
    for path in (now.root, now.work):
        shutil.rmtree(path, ignore_errors=True)


def _program(folder: Path) -> Result:
    """Let the real program read a marked paper; see also what everybody sees of its processes."""
    watch, findings = Stopwatch(), []
    archive = _new(folder, "whoosh")
    (archive.root / "inbox" / f"{NAME} 5.pdf").write_bytes(_printed("MẬT", 5))
    (folder / "home").mkdir()
    home = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")}
    with _watched(findings) as looks:
        ran = archive.run("scan", how=child.program, **home)
    said = [f"exit {ran.code}: {ran.err}"] if ran.code else []
    said += [f"{word} was printed" for word in WORDS if word in ran.out + ran.err]
    if "put into hold" not in ran.out:
        said.append(f"it was not held: {ran.out}")
    findings += said + outside(archive)
    findings += [f"left in TMPDIR: {one.name}" for one in (folder / "tmp").iterdir()]
    open_paper = folder / "open.pdf"
    open_paper.write_bytes(_printed("", 6))
    archive.run("scan", "--unclassified", str(open_paper), how=child.program, **home)
    ident = oracle.sha256(open_paper.read_bytes())
    archive.run("classify", ident, "--secret", "toi-mat", how=child.program, **home)
    if not oracle.documents(archive.root).get(ident):
        findings.append("the open paper was not taken in")
    findings += outside(archive)
    figure = f"2 papers, {looks[0]} looks at all processes, traces {len(findings)}"
    done = "the real program with OCR; arguments and environment of every process, TMPDIR, HOME"
    return Result(_PROMISE, done, figure, watch.seconds, tuple(findings))


def _printed(mark: str, number: int) -> bytes:
    """Return a born-digital paper, with a mark where it has one."""
    from fpdf import FPDF

    from samples.drawing.sheet import font_file

    pdf = FPDF(unit="pt", format="A4")
    pdf.add_font("Liberation Serif", "", font_file("regular"))  # type: ignore[arg-type]
    pdf.add_page()
    pdf.set_font("Liberation Serif", size=13)
    lines = ["ĐẢNG UỶ XÃ HƯƠNG CAU", mark, f"Số {number}-KH/ĐU", *_BODY.split("\n")]
    for row, line in enumerate(filter(None, lines)):
        pdf.text(70, 80 + 30 * row, line)
    return bytes(pdf.output())


@contextmanager
def _watched(findings: list[str]) -> Iterator[list[int]]:
    """Look again and again for the words in what /proc tells of every process."""
    needles = [form for word in WORDS for form in canary.forms(word)]
    stop, looks, seen = threading.Event(), [0], set()

    def look() -> None:
        while not stop.is_set():
            looks[0] += 1
            for path in Path("/proc").glob("[0-9]*"):
                for part in ("cmdline", "environ"):
                    with suppress(OSError):
                        data = (path / part).read_bytes()
                        if any(needle in data for needle in needles):
                            seen.add(part)
            time.sleep(0.02)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield looks
    finally:
        stop.set()
        thread.join()
        findings += [f"everybody could read it in a process's {part}" for part in sorted(seen)]
