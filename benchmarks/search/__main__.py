"""Prints the tables of the search and writes their figures as JSON.

python -m benchmarks.search PART [--json FILE]
"""

from __future__ import annotations

from benchmarks import parts
from benchmarks.search import matrix, recall, speed

if __name__ == "__main__":
    parts.main("benchmarks.search", __doc__, (speed, recall, matrix))
