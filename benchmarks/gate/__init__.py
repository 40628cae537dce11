"""How surely the secrecy gate holds what is marked, and lets through what is not.

`python -m benchmarks.gate` from the root of the project; see benchmarks/README.md.
"""
