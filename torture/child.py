"""Runs commands in children that may be killed: forked, within milliseconds, or the program."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from torture import ready, sabotage

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")
_NOTHING: Mapping[str, str] = {}
#: What a command may take before it counts as hanging, in seconds.
PATIENCE = 300


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, or that it was killed; what it printed."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.code < 0

    @property
    def traceback(self) -> bool:
        """Whether it showed what nobody but a programmer can use."""
        return "Traceback (most recent call last)" in self.err


@cache
def warm() -> None:
    """Import all of the product once, so that no child has to; put ready readings in place."""
    import partydoc

    for module in pkgutil.walk_packages(partydoc.__path__, "partydoc."):
        if not module.name.endswith(("__main__", "ocr.worker")):
            try:
                importlib.import_module(module.name)
            except ModuleNotFoundError as missing:  # what `fast` brings need not be there
                if (missing.name or "").startswith("partydoc"):
                    raise
    ready.install()


def rehearse(*arguments: object, env: Mapping[str, str]) -> None:
    """Run a command line in this very process: what it loads and prepares its children then have.

    An engine that starts threads must not be rehearsed with.
    """
    warm()
    from partydoc import cli

    before = dict(os.environ)
    with Path(os.devnull).open("w") as nowhere:
        os.environ.update(env)
        try:
            with redirect_stdout(nowhere), redirect_stderr(nowhere):
                cli.run([str(one) for one in arguments])
        finally:
            os.environ.clear()
            os.environ.update(before)
    gc.collect()
    gc.freeze()  # what the children share with us stays shared


def run(
    *arguments: object, env: Mapping[str, str] = _NOTHING,
    first: Callable[[], object] = lambda: None,
) -> Ran:  # fmt: skip
    """Run a command line in a forked child, with ready readings; `first` is called there first."""
    warm()
    out, err = os.memfd_create("out"), os.memfd_create("err")
    pid = os.fork()
    if not pid:
        _be_child([str(one) for one in arguments], out, err, env, first)
    status = os.waitpid(pid, 0)[1]
    return Ran(os.waitstatus_to_exitcode(status), _text(out), _text(err))


def _be_child(
    arguments: list[str], out: int, err: int, env: Mapping[str, str], first: Callable[[], object]
) -> None:
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1)
        os.environ.update(env)
        from partydoc import cli, failing, language

        failing.taken = 0
        sabotage.install()
        ready.type_in()
        language.choose()
        first()
        code = cli.run(arguments)
    finally:
        os._exit(code)


def _text(descriptor: int) -> str:
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        return file.read().decode("utf-8", "replace")


def steps(*arguments: object, env: Mapping[str, str] = _NOTHING) -> tuple[Ran, int]:
    """Run a command to its end; return how many steps it took."""
    counter = os.memfd_create("steps")
    path = Path(f"/proc/{os.getpid()}/fd/{counter}")
    path.write_text("0")
    ran = run(*arguments, env={**env, "PARTYDOC_COUNT_TO": str(path)})
    return ran, int(_text(counter) or 0)


def program(*arguments: object, env: Mapping[str, str] = _NOTHING, module: str = "partydoc") -> Ran:
    """Run the real command line, as a process of its own."""
    command = [sys.executable, "-P", "-m", module, *map(str, arguments)]
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": root, **env}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=PATIENCE)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace"))


def ready_program(*arguments: object, env: Mapping[str, str] = _NOTHING) -> Ran:
    """Run the real command line, as a process of its own, with ready readings."""
    return program(*arguments, env=env, module="torture.ready")


def spread(
    work: Callable[[_Item], _Found], items: Iterable[_Item],
    enough: Callable[[_Found], bool] = lambda found: False, cores: int | None = None,
) -> Iterator[_Found]:  # fmt: skip
    """Do the work on each item, on all cores; yield what is found in the order of the items, until
    it is enough.

    The items reach the processes as they are, by the fork; only what is found is packed.
    """
    warm()
    global _shared
    _shared = work, list(items)
    many = cores or len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(many, mp_context=get_context("fork")) as pool:
        for found in pool.map(_nth, range(len(_shared[1]))):
            yield found
            if enough(found):
                pool.shutdown(cancel_futures=True)
                return


_shared: tuple[Callable[[Any], Any], list[Any]] = (print, [])


def _nth(number: int) -> Any:
    work, items = _shared
    return work(items[number])
