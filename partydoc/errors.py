"""Exit codes, and errors that say what happened to which document and what to type next."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a script sees; the table stands in README.md."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INCOMPLETE = 3
    DAMAGED = 4
    NO_ARCHIVE = 5
    LOCKED = 6
    MISSING_TOOL = 7
    UNREADABLE = 8
    DISK_FULL = 9
    INTERRUPTED = 130

    @property
    def word(self) -> str:
        """The stable word for scripts: `no-archive`, `disk-full`."""
        return self.name.lower().replace("_", "-")


class PartydocError(Exception):
    """A failure that a person can act on: one sentence, and the next step."""

    exit_code: Exit = Exit.FAILED

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageProblem(PartydocError):
    """What was typed cannot be understood, or names something that does not exist."""

    exit_code = Exit.USAGE


class QueryProblem(UsageProblem):
    """A query that cannot be understood: `query` as typed, `position` of the trouble in it."""

    def __init__(self, message: str, hint: str, query: str, position: int) -> None:
        super().__init__(message, hint)
        self.query = query
        self.position = position


class Damage(PartydocError):
    """Something in the archive is not what was written."""

    exit_code = Exit.DAMAGED


class NoArchive(PartydocError):
    """No archive there, or one of a newer format."""

    exit_code = Exit.NO_ARCHIVE


class Locked(PartydocError):
    """Another partydoc is writing and did not finish in time."""

    exit_code = Exit.LOCKED


class MissingTool(PartydocError):
    """A program, language or engine is not installed; the hint names the package."""

    exit_code = Exit.MISSING_TOOL


class Unreadable(PartydocError):
    """The one document asked for cannot be read."""

    exit_code = Exit.UNREADABLE


class DiskFull(PartydocError):
    """No room left on the disk."""

    exit_code = Exit.DISK_FULL
