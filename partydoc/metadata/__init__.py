"""Words with boxes in, a record out. The rules are tables, by era, with the clause they follow."""

from partydoc.metadata.describe import describe
from partydoc.metadata.secrecy import judge

__all__ = ["describe", "judge"]
