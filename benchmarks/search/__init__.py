"""How fast and how well documents are found, beside other search engines.

`python -m benchmarks.search` from the root of the project; see benchmarks/README.md.
"""
