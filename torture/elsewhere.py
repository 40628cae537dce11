"""Parts of an archive on a file system of their own: from there nothing can be renamed away.

An inbox may be one, as a share is. Hold must not: what would have to pass is refused at once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from torture import owed
from torture.scene import Scene
from torture.stock import Stock
from torture.system import do


@contextmanager
def _mounted(part: str, now: Stock) -> Iterator[None]:
    """Put a file system in the place of a folder, with what lies there. Raises OSError where that
    is not allowed.
    """
    place = now.root / part
    with tempfile.TemporaryDirectory(dir=now.root.parent) as name:
        lying = shutil.copytree(place, Path(name) / "lying")
        mode = oct(place.stat().st_mode & 0o777)[2:]
        do("mount", "-t", "tmpfs", "-o", f"size=16M,mode={mode}", "tmpfs", place)
        shutil.copytree(lying, place, dirs_exist_ok=True)
    try:
        yield
    finally:
        do("umount", "--lazy", place)


SCENES = (
    Scene("scan of an inbox on another disk", ("scan", "--unclassified"), owed.set_aside,
          papers={name: owed.NEW[name] for name in ("four", "refused")}, codes=(0, 3),
          around=partial(_mounted, "inbox")),
    Scene("hold release from another disk", ("hold", "release", "{secret}", "--reason", "Giải mật"),
          lambda now: owed.stands(now, "secret", "held"), codes=(1,),
          around=partial(_mounted, "hold")),
)  # fmt: skip
