"""What every test may use."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "Ran"]


@pytest.fixture
def fast_disk() -> Iterator[Path]:
    """A folder in memory where there is one: for tests that sync thousands of times."""
    memory = Path("/dev/shm")
    memory = memory if memory.is_dir() else None
    # Tantivy may still make its lock file anew while the folder is being removed.
    with tempfile.TemporaryDirectory(dir=memory, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@dataclass(frozen=True)
class Ran:
    """What one run of the program gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run partydoc in this process, in English, and see to its exit code."""
    monkeypatch.setenv("PARTYDOC_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PARTYDOC_ARCHIVE", raising=False)

    def _run(*arguments: object, code: int = 0) -> Ran:
        from partydoc import cli, language

        language.choose()
        capsys.readouterr()
        found = cli.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert found == code, err
        return Ran(found, out, err)

    return _run
