"""Fuzzing one parser guided by what its code does with each input: atheris (libFuzzer).

python -m torture.guided TARGET SECONDS SEED    prints how many inputs were tried; exit 77: it broke
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_BROKE = re.compile(r"=== Uncaught Python exception: ===\n(.*?)\n==", re.DOTALL)


def fuzz(target: str, seconds: float, seed: int) -> tuple[int, str]:
    """Fuzz a target in a process of its own; return (inputs, how it broke), "" where it did not."""
    command = [sys.executable, "-m", "torture.guided", target, str(int(seconds)), str(seed)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, errors="replace")
    tried = _TRIED.search(done.stderr)
    if done.returncode == 0 and tried:
        return int(tried[1]), ""
    found = _BROKE.search(done.stderr)
    return int(tried[1]) if tried else 0, ascii(found[1] if found else done.stderr[-600:])[:1000]


def main(target: str, seconds: str, seed: str) -> None:
    """Fuzz until the time is over; libFuzzer ends the process."""
    import atheris
    import hypothesis
    from hypothesis import HealthCheck

    with atheris.instrument_imports(include=["partydoc"]):
        from torture import child, stored, targets

        child.warm()
    folder = Path(tempfile.mkdtemp())
    every = targets.plain(folder)
    if target not in every:
        every = stored.targets(folder / "shelf")

    @hypothesis.settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @hypothesis.given(every[target].given)
    def check(given: object) -> None:
        every[target].check(given)

    options = [f"-max_total_time={seconds}", f"-seed={int(seed) + 1}", "-print_final_stats=1",
               "-rss_limit_mb=4096", "-timeout=30", f"-artifact_prefix={folder}/"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], check.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
