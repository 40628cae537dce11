"""Opening an engine by its name; only the one that is asked for is loaded."""

from __future__ import annotations

from pathlib import Path

from partydoc.errors import MissingTool, UsageProblem
from partydoc.index.engine import Engine
from partydoc.language import _

ENGINES = ("whoosh", "tantivy")


def open_engine(name: str, folder: Path, create: bool = False) -> Engine:
    """Open the index in `folder`, or make an empty one there; raises MissingTool or Broken."""
    if name not in ENGINES:
        message = _("There is no search engine {name}.").format(name=name)
        raise UsageProblem(message, _("Engines: {known}.").format(known=", ".join(ENGINES)))
    try:
        if name == "tantivy":
            from partydoc.index.tantivy_engine import TantivyEngine

            return TantivyEngine(folder, create)
        from partydoc.index.whoosh_engine import WhooshEngine

        return WhooshEngine(folder, create)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise
        message = _("The search engine {name} is not installed.").format(name=name)
        package = 'pip install "partydoc[fast]"' if name == "tantivy" else "pip install whoosh"
        hint = _("Install it: {command}. Or use another engine: {other}").format(
            command=package, other="partydoc index --engine " + _other(name)
        )
        raise MissingTool(message, hint) from problem


def _other(name: str) -> str:
    return next(other for other in ENGINES if other != name)
