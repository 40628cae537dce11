"""Lets every test import what stands here (paper, bad_inputs) and in samples (drawing, make)."""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS.parent / "samples")]
