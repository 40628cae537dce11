"""Bad objects judged by us and by an outside validator, and damage mended from a copy."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from torture import bad_objects, child, objects
from torture.report import Result, Stopwatch
from torture.stock import Stock


def judged(made: Stock) -> Result:
    """Make bad objects; compare the verdicts of ours and of ocfl-py."""
    watch = Stopwatch()
    root = made.root / "store"
    found = list(child.spread(lambda code: _verdicts(root, code), sorted(bad_objects.MAKERS)))
    verdicts = dict(zip(sorted(bad_objects.MAKERS), found, strict=True))
    wrong = [f"{code}: we find it whole" for code, (ours, _) in verdicts.items() if ours]
    wrong += [
        f"{code}: ocfl-py finds it {'valid' if theirs else 'bad'}"
        for code, (_, theirs) in verdicts.items() if theirs != (code in bad_objects.UNSEEN)
    ]  # fmt: skip
    done = f"{len(verdicts)} bad objects and roots, one for each code that can be shown"
    unseen = ", ".join(sorted(bad_objects.UNSEEN))
    figure = f"{len(verdicts) - len(wrong)} judged bad as by ocfl-py (which does not see {unseen})"
    return Result("bad objects are judged bad", done, figure, watch.seconds, tuple(wrong))


def _verdicts(root: Path, code: str) -> tuple[bool, bool]:
    """Return whether we, and whether ocfl-py, find a spoilt object and its root valid."""
    from partydoc.archive import verify

    logging.disable()
    with tempfile.TemporaryDirectory(dir=root.parent.parent) as name:
        spoilt, folder = bad_objects.spoilt(root, Path(name), code)
        ours = [*verify.verify_root(spoilt, ())]
        for each in objects.objects(spoilt):
            ours += verify.verify_object(each, deep=True)
        return not ours, bad_objects.second_opinion(spoilt, folder)


def mended(made: Stock, flips: Sequence[Any], many: int) -> Result:
    """Flip bits, lose whole files and objects, put pipes for files; a copy brings all back."""
    watch = Stopwatch()
    flips = [flip for flip in flips if flip.kind != "audit log"][:many]

    def mend(pair: tuple[int, Any]) -> list[str]:
        number, flip = pair
        with tempfile.TemporaryDirectory(dir=made.root.parent) as name:
            room = made.copy(Path(name) / "archive")
            lost = room.root / flip.path
            objects_ = [one for one in lost.parents if "%3a" in one.name]
            if number % 4 == 0:
                flip.in_(room.root)
            elif number % 4 == 3 and objects_:
                shutil.rmtree(objects_[0])
            else:
                lost.unlink()
                if number % 4 == 2:
                    os.mkfifo(lost)
            store_alone = number % 2 and "hold" not in flip.path.parts
            copy = made.root / "store" if store_alone else made.root
            return [f"{flip}: {one}" for one in _healed(room, made.root, copy)]

    findings = [one for each in child.spread(mend, enumerate(flips)) for one in each]
    done = f"{many} bits flipped, files or whole objects lost, pipes for files; mended from a copy"
    figure = f"{many - len({one.split(':')[0] for one in findings})} of {many} mended bit for bit"
    return Result("a copy heals", done, figure, watch.seconds, tuple(findings))


def _healed(room: Stock, whole: Path, copy: Path) -> Iterator[str]:
    """Mend an archive from a copy; yield what is not as it was."""
    ran = room.run("verify", "--repair-from", str(copy))
    if ran.code:
        yield f"exit {ran.code}: {ran.out} {ran.err}"
    elif _store(room.root) != _store(whole):
        yield "the store is another than before"
    elif (left := room.run("verify", "--deep")).code:
        yield f"damage is left: {left.out}"


def _store(root: Path) -> dict[str, bytes]:
    parts = ("store", "hold/objects")
    files = (path for part in parts for path in (root / part).rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}
