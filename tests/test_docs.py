"""The documentation is executed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import desk
import pytest
from conftest import Run

ROOT = Path(__file__).resolve().parent.parent


def transcript(name: str) -> list[tuple[str, str]]:
    """Return the commands of a README's transcripts with what they print."""
    blocks = re.findall(r"^```console\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.S | re.M)
    steps = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.M)
    assert len(steps) > 5
    return steps


def pattern(expected: str) -> re.Pattern[str]:
    """Return a pattern in which an ellipsis stands for anything."""
    return re.compile(".*".join(re.escape(part) for part in expected.strip().split("…")), re.S)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_transcript_says_what_happens(name: str, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    shell = subprocess.Popen(
        ["bash"], cwd=tmp_path, text=True, bufsize=1,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "XDG_STATE_HOME": str(tmp_path / "state"),
        },
    )  # fmt: skip
    assert shell.stdin and shell.stdout
    with shell:
        for command, expected in transcript(name):
            shell.stdin.write(f"{command} </dev/null; echo end-of-step $?\n")
            shell.stdin.flush()
            lines: list[str] = []
            while not (line := shell.stdout.readline()).startswith("end-of-step"):
                assert line, "the shell ended"
                lines.append(line)
            printed = "".join(lines).strip()
            assert line.split()[1] == "0", f"{command}\n{printed}"
            assert pattern(expected).fullmatch(printed), f"{command}\n{printed}"
        shell.stdin.close()


def test_every_command_stands_in_both_readmes() -> None:
    from partydoc.cli import COMMANDS

    for name in ("README.md", "README.vi.md"):
        text = (ROOT / name).read_text("utf-8")
        for command in COMMANDS:
            assert f"partydoc {command}" in text or f"`{command}" in text, f"{command} in {name}"


def test_the_line_for_cron_prints_the_head_that_is_to_be_kept(run: Run, fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "a")
    texts = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.vi.md")]
    texts.append(run("nightly", "--help").out)
    for text in texts:
        [words] = re.findall(r"0 2 \* \* \*  partydoc -a /srv/archive ([^`\n]*)", text)
        report = run("-a", archive.root, *words.split()).out
        head = report.splitlines()[-1].split()[-1]
        assert re.fullmatch("[0-9a-f]{64}", head)
        run("-a", archive.root, "verify", "--head", head)
        run("-a", archive.root, "verify", "--head", head[::-1], code=4)


def test_every_dependency_has_its_reason() -> None:
    import configparser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", "utf-8")
    lists = [setup["options"]["install_requires"], setup["options.extras_require"]["fast"]]
    names = re.findall(r"^([a-z0-9-]+)", "\n".join(lists).replace("\n    ", "\n"), re.M)
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = architecture[architecture.index("## Dependencies") :]
    assert {"click", "tantivy"} < set(names)
    assert not [name for name in names if name not in table]


def test_every_file_of_an_object_has_a_schema() -> None:
    for name in ("record", "unit", "pages", "events", "audit"):
        schema = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text("utf-8"))
        assert schema["title"] and schema["required"]


def test_the_project_names_no_machine() -> None:
    found = []
    for path in ROOT.rglob("*"):
        if path.suffix in (".py", ".md", ".cfg", ".toml", ".sh", ".json", "") and path.is_file():
            parts = set(path.relative_to(ROOT).parts)
            if parts & {".git", ".venv", "demo-archive", ".hypothesis", ".ruff_cache"}:
                continue
            text = path.read_text("utf-8", "ignore")
            if re.search(r"/(?:home|root|work)/\w", text):
                found.append(path.name)
    assert found == ["test_docs.py"] or found == []
