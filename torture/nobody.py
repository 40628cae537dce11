"""Giving up root's rights in a child: CI runs as root, to whom everything is allowed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

#: The account of those who own nothing.
NOBODY = 65534


def become(group: int = NOBODY) -> None:
    """Be nobody from here on, in one group; what can still be imported could be before."""
    if os.geteuid() == 0:
        _keep_ways()
        os.setgroups([group])
        os.setgid(group)
        os.setuid(NOBODY)
        os.environ["HOME"] = "/nonexistent"


def own(top: Path) -> None:
    """Give a folder and all in it to nobody."""
    for path in (top, *top.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _keep_ways() -> None:
    """Hold the folders of modules open: they may lie below one that only root may enter."""
    sys.path[:] = _held(sys.path)
    for module in [*sys.modules.values()]:
        if isinstance(getattr(module, "__path__", None), list):
            module.__path__ = _held(module.__path__)
    sys.path_importer_cache.clear()


def _held(places: Iterable[str]) -> list[str]:
    return [
        f"/proc/self/fd/{os.open(place, os.O_PATH)}" if Path(place).is_dir() else place
        for place in places
    ]
