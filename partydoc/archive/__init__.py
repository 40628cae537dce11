"""Record -> safe on disk. Standard library only: an archive must outlive its tools."""
