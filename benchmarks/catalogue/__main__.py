"""Prints the tables of the catalogue and writes their figures as JSON.

python -m benchmarks.catalogue PART [--json FILE]
"""

from __future__ import annotations

from benchmarks import parts
from benchmarks.catalogue import cost, rescans, scale

if __name__ == "__main__":
    parts.main("benchmarks.catalogue", __doc__, (scale, rescans, cost))
