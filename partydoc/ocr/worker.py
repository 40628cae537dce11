"""The child's end: `python -m partydoc.ocr.worker inspect|read PARENT`, JSON lines in and out.

The first line sets it up; every further line is a request that gets one line of answer. All
that is imported later comes from folders that stay readable.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from partydoc.ocr import sandbox

#: Who searches or corrects goes before who reads for hours: steps of the kernel's niceness.
_COURTESY = 10
Answer = dict[str, Any]
Handler = Callable[[Mapping[str, Any]], Answer]
Sign = Callable[[int], None]


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    role, parent = sys.argv[1], int(sys.argv[2])
    sandbox.die_with_parent()
    if os.getppid() != parent:
        return  # it died before we could ask to die with it
    sandbox.children_die_too()
    pipe = _Pipe()
    options = json.loads(sys.stdin.readline())
    handle = _handler(role, options, pipe.sign)
    sandbox.limit(options["memory"])
    writable, readable = ([Path(name) for name in options[key]] for key in ("writable", "readable"))
    sandbox.confine(writable, readable, bubbled=parent == sandbox.FIRST_PROCESS)
    for line in sys.stdin:
        request = json.loads(line)
        if seconds := request.get("processor", options.get("processor")):
            sandbox.limit_processor(seconds)
        pipe.send(_answer(handle, request))


class _Pipe:
    """The pipe to the parent, kept to ourselves: libraries print on descriptor 1."""

    def __init__(self) -> None:
        self._pipe = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def send(self, answer: Answer) -> None:
        self._pipe.write(json.dumps(answer).encode() + b"\n")
        self._pipe.flush()

    def sign(self, seconds: int) -> None:
        """Say that work goes on; until the next sign it may use so much processor time."""
        sandbox.limit_processor(seconds)
        self.send({"on": seconds})


def _handler(role: str, options: Mapping[str, Any], sign: Sign) -> Handler:
    if role == "inspect":
        from partydoc.ocr import look

        return look.handle
    from partydoc.ocr import reading

    os.nice(_COURTESY)
    return reading.handler(options, sign)


def _answer(handle: Handler, request: Mapping[str, Any]) -> Answer:
    try:
        return handle(request)
    except MemoryError:
        return {"refusal": "resource-limit", "detail": "memory"}
    except RecursionError:
        return {"refusal": "resource-limit", "detail": "recursion"}
    except OSError as error:
        return {"refusal": "resource-limit" if error.errno == 27 else "", "detail": _name(error)}
    except Exception as error:
        return {"refusal": "", "detail": _name(error)}


def _name(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
