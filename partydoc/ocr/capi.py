"""The library of the installed Tesseract, through its C interface (tesseract/capi.h).

Debian's package `tesseract-ocr` brings it with the program. To start the program costs a tenth of a
page each time; a page may need several starts, and the library is loaded once.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Iterator, Sequence
from ctypes import POINTER, byref, c_bool, c_char_p, c_float, c_int, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from partydoc.ocr.engine import AUTO, Found, Loaded, as_lines
from partydoc.page import Line

_SONAME = "libtesseract.so.5"
_LSTM_ONLY = 1
#: TessPageIteratorLevel
_PARAGRAPH, _TEXTLINE, _WORD = 1, 2, 3
#: Name: what it returns, what it takes.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "TessVersion": (c_char_p, ()),
    "TessBaseAPICreate": (c_void_p, ()),
    "TessBaseAPIDelete": (None, (c_void_p,)),
    "TessBaseAPIInit2": (c_int, (c_void_p, c_char_p, c_char_p, c_int)),
    "TessBaseAPISetPageSegMode": (None, (c_void_p, c_int)),
    "TessBaseAPISetImage": (None, (c_void_p, c_char_p, c_int, c_int, c_int, c_int)),
    "TessBaseAPISetSourceResolution": (None, (c_void_p, c_int)),
    "TessBaseAPIRecognize": (c_int, (c_void_p, c_void_p)),
    "TessBaseAPIClear": (None, (c_void_p,)),
    "TessBaseAPIGetIterator": (c_void_p, (c_void_p,)),
    "TessResultIteratorGetPageIterator": (c_void_p, (c_void_p,)),
    "TessResultIteratorDelete": (None, (c_void_p,)),
    "TessResultIteratorGetUTF8Text": (c_void_p, (c_void_p, c_int)),
    "TessResultIteratorConfidence": (c_float, (c_void_p, c_int)),
    "TessPageIteratorNext": (c_bool, (c_void_p, c_int)),
    "TessPageIteratorIsAtBeginningOf": (c_bool, (c_void_p, c_int)),
    "TessPageIteratorBoundingBox": (c_bool, (c_void_p, c_int, *[POINTER(c_int)] * 4)),
    "TessDeleteText": (None, (c_void_p,)),
}


@cache
def library() -> Any:
    """Return the library, loaded; None where it is not installed or is another than we know."""
    try:
        loaded = ctypes.CDLL(_SONAME)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return loaded


class Library(Loaded):
    """Tesseract in this process, in the version of the installed program."""

    def __init__(self, languages: Sequence[str], tessdata: Path) -> None:
        self._tess: Any = library()
        self._api = self._tess.TessBaseAPICreate()
        weakref.finalize(self, self._tess.TessBaseAPIDelete, self._api)
        names = "+".join(languages).encode()
        if self._tess.TessBaseAPIInit2(self._api, bytes(tessdata), names, _LSTM_ONLY):
            raise RuntimeError(f"Tesseract cannot load {names.decode()} from {tessdata}")
        self.name = "tesseract " + self._tess.TessVersion().decode()

    def read(self, picture: Image.Image, dpi: int, mode: int = AUTO) -> tuple[Line, ...]:
        """Return the lines of a picture of mode L."""
        width, height = picture.size
        tess, api = self._tess, self._api
        tess.TessBaseAPISetPageSegMode(api, mode)
        tess.TessBaseAPISetImage(api, picture.tobytes(), width, height, 1, width)
        tess.TessBaseAPISetSourceResolution(api, dpi)
        tess.TessBaseAPIRecognize(api, None)
        lines = as_lines(self._words(), picture.size)
        tess.TessBaseAPIClear(api)
        return lines

    def _words(self) -> Iterator[Found]:
        tess = self._tess
        results = tess.TessBaseAPIGetIterator(self._api)
        if not results:
            return
        place = tess.TessResultIteratorGetPageIterator(results)
        block = line = 0
        more = True
        while more:
            block += tess.TessPageIteratorIsAtBeginningOf(place, _PARAGRAPH)
            line += tess.TessPageIteratorIsAtBeginningOf(place, _TEXTLINE)
            if text := self._text(results):
                sure = tess.TessResultIteratorConfidence(results, _WORD) / 100
                yield Found(block, line, text, self._box(place), sure)
            more = tess.TessPageIteratorNext(place, _WORD)
        tess.TessResultIteratorDelete(results)

    def _text(self, results: int) -> str:
        kept = self._tess.TessResultIteratorGetUTF8Text(results, _WORD)
        if not kept:
            return ""
        text = ctypes.string_at(kept).decode("utf-8", "replace").strip()
        self._tess.TessDeleteText(kept)
        return text

    def _box(self, place: int) -> tuple[int, int, int, int]:
        left, top, right, bottom = sides = c_int(), c_int(), c_int(), c_int()
        self._tess.TessPageIteratorBoundingBox(place, _WORD, *map(byref, sides))
        return left.value, top.value, right.value, bottom.value
