"""What keeping the archive's order costs, and how well re-scans of a paper are told from others.

`python -m benchmarks.catalogue` from the root of the project; see benchmarks/README.md.
"""
