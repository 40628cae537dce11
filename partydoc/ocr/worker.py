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
_COURTESY = 5
Answer = dict[str, Any]
Handler = Callable[[Mapping[str, Any]], Answer]


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    role, parent = sys.argv[1], int(sys.argv[2])
    sandbox.die_with_parent()
    if os.getppid() != parent:
        return  # it died before we could ask to die with it
    sandbox.children_die_too()
    answers = _own_output()
    options = json.loads(sys.stdin.readline())
    handle = _handler(role, options)
    sandbox.limit(options["memory"])
    writable, readable = ([Path(name) for name in options[key]] for key in ("writable", "readable"))
    sandbox.confine(writable, readable, bubbled=parent == sandbox.FIRST_PROCESS)
    for line in sys.stdin:
        if seconds := options.get("processor"):
            sandbox.limit_processor(seconds)
        answers.write(json.dumps(_answer(handle, json.loads(line))).encode() + b"\n")
        answers.flush()


def _own_output() -> Any:
    """Keep the pipe to the parent to ourselves: libraries print on descriptor 1."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _handler(role: str, options: Mapping[str, Any]) -> Handler:
    if role == "inspect":
        from partydoc.ocr import look

        return look.handle
    from partydoc.ocr import reading

    os.nice(_COURTESY)
    return reading.handler(options)


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
