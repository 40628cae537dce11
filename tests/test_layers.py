"""The direction of imports: cli -> intake -> {ocr, metadata, archive, index, prints} -> nouns."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "partydoc"
NOUNS = {
    "document", "errors", "failing", "text", "language", "syllable", "value", "box", "page",
}  # fmt: skip
PARTS = {"ocr", "metadata", "archive", "index", "prints"}
#: A whole archive must be readable with the standard library alone.
FOREIGN = {
    "archive": set(),
    "metadata": set(),
    "index": {"whoosh", "tantivy"},
    "ocr": {
        "ocrmypdf", "PIL", "pikepdf", "pypdfium2", "pytesseract", "tesserocr", "pdf2image",
        "img2pdf", "pdfminer", "fontTools", "pluggy", "pydantic",
    },
    "prints": {"fpdf", "fontTools", "openpyxl", "pikepdf"},
    "commands": {"click", "rich"},
    "": {"click", "openpyxl"},
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """Return the full names of all modules that a file imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
    return found


def own(path: Path) -> set[str]:
    """Return the parts of partydoc that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("partydoc.")}


FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_layer_imports_only_what_stands_below_it(path: Path) -> None:
    part = part_of(path)
    if part in PARTS:
        assert own(path) - {"__version__"} <= NOUNS | {part}
    elif part == "" and path.stem in NOUNS:
        assert own(path) <= NOUNS
    elif part == "" and path.stem not in ("cli", "__main__"):
        assert not own(path) & {"cli", "commands"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_foreign_packages_stay_in_their_layer(path: Path) -> None:
    import sys

    foreign = {name.split(".")[0] for name in imports(path)}
    foreign -= {*sys.stdlib_module_names, "partydoc", ""}
    assert foreign <= FOREIGN[part_of(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_commands_print_and_nothing_exits(path: Path) -> None:
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }  # fmt: skip
    assert "print" not in calls or path.name == "worker.py"
    assert "sys.exit" not in calls or path.name in ("__main__.py", "worker.py")
    assert "click.echo" not in calls or part_of(path) in ("", "commands")


def test_only_one_module_changes_the_store() -> None:
    """Whatever renames, writes or removes under an archive goes through the fail points."""
    forbidden = {"os.rename", "os.replace", "os.unlink", "shutil.move", "shutil.copy"}
    for path in (PACKAGE / "archive").glob("*.py"):
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        }
        assert path.name == "disk.py" or not calls & forbidden
        assert path.name == "disk.py" or not any(c.endswith(".write_bytes") for c in calls)
        assert path.name == "disk.py" or not any(c.endswith(".write_text") for c in calls)
