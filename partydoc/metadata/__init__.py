"""Words with boxes in, a record out. The rules are tables, by era, with the clause they follow."""

from partydoc.metadata.agreement import Neighbour, Neighbours
from partydoc.metadata.describe import describe, evidence
from partydoc.metadata.rules import Body, Local, TypeName
from partydoc.metadata.secrecy import judge

__all__ = [
    "Body", "Local", "Neighbour", "Neighbours", "TypeName", "describe", "evidence", "judge",
]  # fmt: skip
