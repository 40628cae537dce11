"""How exactly and how fast pages are read, beside bare Tesseract and stock ocrmypdf.

`python -m benchmarks.ocr` from the root of the project; see benchmarks/README.md.
"""
