"""Who may read and write what: hold is its owner's alone, nothing is for everybody on the machine,
and whoever may read an archive needs no right to write in it.
"""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from torture import child, nobody, oracle, stock
from torture.leaves import leaf
from torture.report import Result, Stopwatch
from torture.stock import FOLDER, Stock
from torture.zoo import tree

_UMASKS = (0o000, 0o022, 0o027, 0o077)
#: A group that owns the archive and nothing else; no account needs to know it.
_READERS = 54321
_REF = f"{FOLDER}-001"
#: What is done to fill an archive: documents in every state, everything beside them.
_LIFE = (
    ("scan", "--folder", FOLDER, "--unclassified"), ("edit", _REF, "place=Hà Mẫu"),
    ("undo", "1"), ("index", "--rebuild"), ("classify", "{0}", "--secret", "mat"),
    ("hold", "purge", "{0}"), ("nightly",),
)  # fmt: skip
#: What whoever may only read can type, and how it may end.
_READING = (
    (("search", "thuỷ lợi"), (0,)), (("search", "--json", "--facets", "thuỷ"), (0,)),
    (("search", "--ids", "type:báo-cáo"), (0,)), (("show", _REF), (0,)),
    (("show", _REF, "--text"), (0,)), (("show", _REF, "--original"), (0,)),
    (("show", _REF, "--history"), (0,)), (("show", _REF, "--json"), (0,)), (("log",), (0,)),
    (("log", _REF), (0,)), (("index", "--check"), (0,)), (("doctor",), (0, 7)),
    (("hold", "list"), (1,)), (("--help",), (0,)),
)  # fmt: skip


def add(parts: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Add the options."""
    parts.add_parser("modes", help="who may read and write what").set_defaults(run=run)


def run(options: argparse.Namespace) -> list[Result]:
    """Look at every path under each umask, then let others read."""
    umasks = (0o000, 0o077) if options.short else _UMASKS
    with stock.fast_folder() as folder:
        folder.chmod(0o711)
        return [_modes(folder / "modes", umasks), _readers(folder / "readers")]


@contextmanager
def umask(wanted: int) -> Iterator[None]:
    """Have a umask for a while."""
    before = os.umask(wanted)
    try:
        yield
    finally:
        os.umask(before)


def wrong(root: Path) -> list[str]:
    """Return what is wrong with who may do what in an archive."""
    found = []
    for path in (root, *sorted(root.rglob("*"))):
        status = path.lstat()
        name, mode = path.relative_to(root), stat.S_IMODE(status.st_mode)
        if mode & 0o007:
            found.append(f"{name}: {mode:o}: everybody")
        if name.parts[:1] == ("hold",):
            if name == Path("hold") and mode != 0o700:
                found.append(f"{name}: {mode:o}: not its owner's alone")
            continue
        if name == Path("quarantine") and mode != 0o700:
            found.append(f"{name}: {mode:o}: not its owner's alone")
        if mode & 0o020 and name.parts[:1] != ("inbox",):
            found.append(f"{name}: {mode:o}: others may write")
        if name.parts[:1] not in (("inbox",), ("staging",), ("quarantine",)):
            needed = 0o050 if path.is_dir() else 0o040
            if mode & needed != needed:
                found.append(f"{name}: {mode:o}: whoever may read cannot")
        if name.parts[:1] == ("store",) and path.is_file() and mode & 0o200:
            found.append(f"{name}: {mode:o}: can be written by mistake")
    return found


def _modes(folder: Path, umasks: tuple[int, ...]) -> Result:
    """Fill an archive with the real program under each umask."""
    watch, findings, paths = Stopwatch(), [], 0
    for wanted in umasks:
        place = folder / f"{wanted:03o}"
        place.mkdir(parents=True)
        with umask(wanted):
            root, said = _lived(place)
        paths += sum(1 for _ in root.rglob("*"))
        findings += [f"umask {wanted:03o}: {one}" for one in [*said, *wrong(root)]]
    figure = f"{paths} paths under {len(umasks)} umasks, wrong {len(findings)}"
    done = "the real program: documents in every state, index, log, quarantine"
    return Result("hold is its owner's alone", done, figure, watch.seconds, tuple(findings))


def _lived(place: Path) -> tuple[Path, list[str]]:
    """Return an archive in which everything has happened, and what went wrong meanwhile."""
    archive = Stock(place / "archive", place / "memory")
    found: list[str] = []

    def do(*words: str, codes: tuple[int, ...] = (0,)) -> None:
        ran = archive.run(*words, how=child.program)
        found.extend([f"{words[0]}: exit {ran.code}: {ran.err}"] if ran.code not in codes else [])

    made = child.program("init", archive.root, "--network", "connected", env=archive.env)
    found += [made.err] if made.code else []
    settings = archive.root / "partydoc.toml"
    settings.write_text(settings.read_text("utf-8").replace("quiet = 30", "quiet = 0"))
    for kind, reference in (("fonds", "A29"), ("inventory", "A29-01"), ("folder", FOLDER)):
        do("catalogue", "add", kind, reference, "--title", "Nghị quyết")
    papers = [leaf(1), leaf(2)]
    for data in papers:
        path = archive.root / "inbox" / f"{len(data)}-{oracle.sha256(data)[:4]}.pdf"
        path.write_bytes(data)
    (archive.root / "inbox" / "rỗng.pdf").touch()
    for words in _LIFE:
        do(*(word.format(oracle.sha256(papers[1])) for word in words), codes=(0, 1, 2, 3))
    (archive.root / "inbox" / "chờ.pdf").write_bytes(leaf(3))
    do("scan", "--no-ocr")
    (archive.root / "inbox" / "mờ.pdf").write_bytes(leaf(4))
    do("scan")
    states = {folder[0].parts[-4] for folder in oracle.documents(archive.root).values()}
    if states != {"store", "objects"}:
        found.append(f"documents stand in {states} only")
    return archive.root, found


def _readers(folder: Path) -> Result:
    """Let one of the archive's group read, who is not its owner; then one who is in no group."""
    watch, findings = Stopwatch(), []
    folder.mkdir()
    with umask(0o027):
        archive = stock.make(folder)
    folder.chmod(0o755)
    if os.geteuid():
        findings.append("NOT RUN: only root can become another account")
        return Result("readers need no right to write", "nothing", "-", 0.0, tuple(findings))
    for path in (archive.root, *archive.root.rglob("*")):
        os.chown(path, 0, _READERS, follow_symlinks=False)
    before = tree(archive.root)
    for words, codes in _READING:
        ran = archive.run(*words, how=_as(lambda: nobody.become(_READERS)))
        if ran.code not in codes or ran.traceback:
            findings.append(f"{' '.join(words)}: exit {ran.code}: {ran.err}")
        if "--original" in words:
            findings += _unreadable(Path(ran.out.strip()))
    for words, _codes in _READING[:-1]:
        ran = archive.run(*words, how=_as(nobody.become))
        if ran.code in (0, 3) or ran.traceback or len(ran.err.splitlines()) > 2:
            findings.append(f"an outsider, {' '.join(words)}: exit {ran.code}: {ran.out}{ran.err}")
    if tree(archive.root) != before:
        findings.append("reading has changed something")
    figure = f"{2 * len(_READING) - 1} commands, wrong {len(findings)}"
    done = "as another account: in the archive's group, and in none"
    return Result("readers need no right to write", done, figure, watch.seconds, tuple(findings))


def _as(first: Callable[[], None]) -> Callable[..., child.Ran]:
    def run_as(*words: object, env: dict[str, str]) -> child.Ran:
        return child.run(*words, env=env, first=first)

    return run_as


def _unreadable(path: Path) -> list[str]:
    """Return whether a reader cannot open the original."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            nobody.become(_READERS)
            code = 0 if path.read_bytes() else 1
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return ["the original cannot be read"] if code else []
