"""Of which odd files partydoc makes an access copy, and of which stock ocrmypdf makes one.

Stock gets more tries where it wants them: of a PDF with --skip-text, then without PDF/A, which it
refuses beside some releases of Ghostscript; of a picture with --image-dpi.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.ocr import engines

_ARCHIVED, _UNCHANGED = "archived", "original-only"
_PDF_TRIES = ((), ("--skip-text",), ("--skip-text", "--output-type", "pdf"))
_PICTURE_TRIES = ((), ("--image-dpi", "300"))
#: Seconds that stock ocrmypdf gets for a try.
_PATIENCE = 120


def measure(folder: Path) -> dict[str, Any]:
    """Return the outcome of every file of a folder, and whether stock makes a copy of it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    outcomes = _outcomes(files)
    with ThreadPoolExecutor(engines.CORES) as pool:
        made = dict(zip(files, pool.map(is_made_by_stock, files), strict=True))
    return {
        str(path.relative_to(folder)): {**outcomes[path], "stock": made[path]} for path in files
    }


def lines(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the two counts, the outcomes, and the files that are not alike, as Markdown."""
    ours = Counter(str(one["outcome"]) for one in found.values())
    stock = sum(bool(one["stock"]) for one in found.values())
    table = ["| files | partydoc | ocrmypdf |", "|---|---|---|"]
    table += [f"| {len(found)} | {ours[_ARCHIVED]} | {stock}{' !' * (stock > ours[_ARCHIVED])} |"]
    table += ["", *(f"- {outcome}: {count}" for outcome, count in ours.most_common()), ""]
    for name, one in found.items():
        if one["outcome"] == _UNCHANGED or (one["stock"] and one["outcome"] != _ARCHIVED):
            by_stock = " (ocrmypdf makes a copy)" if one["stock"] else ""
            table.append(f"- {name}: {one['outcome']}, {one['reason']}{by_stock}")
    return table


def is_made_by_stock(path: Path) -> bool:
    """Tell whether stock ocrmypdf makes a PDF of a file in any way."""
    tries = _PDF_TRIES if path.suffix.lower() == ".pdf" else _PICTURE_TRIES
    return any(_makes(path, *options) for options in tries)


def _makes(path: Path, *options: str) -> bool:
    with TemporaryDirectory() as folder:
        made = Path(folder, "made.pdf")
        command = [*engines.OCRMYPDF, *engines.STOCK, *options, str(path), str(made)]
        environment = {**engines.ENVIRONMENT, "TMPDIR": folder}
        with subprocess.Popen(
            command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as run:  # fmt: skip
            try:
                run.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(run.pid, signal.SIGKILL)
                return False
        return made.is_file() and made.stat().st_size > 0


def _outcomes(files: Sequence[Path]) -> dict[Path, dict[str, Any]]:
    """Take files into a new archive; return what became of each."""
    with TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        partydoc = [sys.executable, "-m", "partydoc"]
        environment = {**os.environ, "XDG_STATE_HOME": folder}
        init = [*partydoc, "init", str(archive), "--network", "connected"]
        subprocess.run(init, env=environment, check=True, capture_output=True)
        scan = [*partydoc, "-a", str(archive), "scan", "--unclassified", "--json"]
        ran = subprocess.run([*scan, *map(str, files)], env=environment, capture_output=True,
                             text=True, check=False)  # fmt: skip
        said = (json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{"))
        told = {line["source"]: line for line in said if "source" in line}
    keys = ("outcome", "reason", "message", "seconds")
    return {path: {key: told[str(path)].get(key) for key in keys} for path in files}
