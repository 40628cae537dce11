"""A reader that a document has taken over: it runs what it is sent, confined as every reader is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from partydoc.ocr.process import Confined

#: Bytes that it may use.
MEMORY = 1 << 30

_TAKEN_OVER = """
from partydoc.ocr import sandbox, worker
kernel, naked, mark = {kernel!r}, {naked!r}, {mark!r}
version = sandbox.landlock_version()
if kernel is not None:
    sandbox.landlock_version = lambda: min(kernel, version)
if naked:
    sandbox.limit = sandbox.confine = lambda *a, **b: False
def handle(request):
    scope = dict(attempt=lambda *a, **b: lambda run: run, Known=dict)
    exec(request["code"], scope)
    return dict(escaped=bool(scope[request["name"]](request["known"])))
worker._handler = lambda *_: handle
worker.main()
"""


class TakenOver(Confined):
    """A reading process with `kernel`, an older version of Landlock, or `naked`, not confined."""

    def __init__(
        self, folder: Path, mark: str, *, bubbled: bool, kernel: int | None, naked: bool
    ) -> None:
        super().__init__("read", folder, {}, MEMORY, bubbled)
        code = _TAKEN_OVER.format(kernel=kernel, naked=naked, mark=mark)
        self.program: Sequence[str] = ("-P", "-c", code)
        self._naked = naked
        self.inheritable = -1

    def _spawn(self, command: Sequence[str], *handed_on: int) -> None:
        """Hand a descriptor on where nothing is confined, as a careless parent would."""
        more = (self.inheritable,) if self._naked else ()
        super()._spawn(command, *handed_on, *more)
