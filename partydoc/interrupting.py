"""A connection that breaks off ends a command as Ctrl-C does, so that it can clean up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hangups_interrupt() -> Iterator[None]:
    """Let SIGHUP and SIGTERM raise KeyboardInterrupt."""
    numbers = (signal.SIGHUP, signal.SIGTERM)
    before = {one: signal.signal(one, signal.default_int_handler) for one in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
