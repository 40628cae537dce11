"""What a campaign found: one row of a Markdown table, the same figures as JSON, an exit code."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_HEAD = "| promise | what was done | figure | seconds | |\n|---|---|---|---|---|"
#: So many findings are printed; the JSON has all of them.
_SHOWN = 20


@dataclass(frozen=True)
class Result:
    """One promise and what a campaign found.

    `figure`: the number to publish, e.g. "lost 0, doubled 0"; `findings`: a sentence for each
    breach, and for each part that could not run: a promise is kept only where there is none.
    """

    promise: str
    done: str
    figure: str
    seconds: float
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the promise was kept, all of it having been tried."""
        return not self.findings

    def row(self) -> str:
        """Return the row of the table."""
        verdict = "PASS" if self.passed else f"FAIL ({len(self.findings)})"
        cells = (self.promise, self.done, self.figure, f"{self.seconds:.0f}", verdict)
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


class Stopwatch:
    """Tells how long a campaign has been at work."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._began


@contextmanager
def skipped(findings: list[str], what: str) -> Iterator[None]:
    """Note as a finding what cannot run here (OSError): no part is ever passed over in silence."""
    try:
        yield
    except OSError as trouble:
        findings.append(f"NOT RUN: {what}: {trouble}")


def tell(results: Sequence[Result], json_file: Path | None = None) -> int:
    """Print the table and what is wrong; return the exit code: 1 when a promise was not kept."""
    print(_HEAD)
    for result in results:
        print(result.row())
    for line in _shown(results):
        print(line)
    if json_file:
        data = [{**asdict(result), "passed": result.passed} for result in results]
        text = json.dumps({"version": 1, "results": data}, ensure_ascii=False, indent=1)
        json_file.write_text(text + "\n", "utf-8")
    return 0 if results and all(result.passed for result in results) else 1


def _shown(results: Iterable[Result]) -> Iterator[str]:
    for result in results:
        for finding in result.findings[:_SHOWN]:
            yield f"{result.promise}: {finding}"
        if len(result.findings) > _SHOWN:
            yield f"{result.promise}: … and {len(result.findings) - _SHOWN} more"
