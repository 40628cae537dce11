"""partydoc turns a committee's paper into an archive that can be searched."""

__version__ = "0.1.0"
