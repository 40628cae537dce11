"""Names that a file system allows and programs stumble over: 120, as bytes, without repeats."""

from __future__ import annotations

import unicodedata

_VIETNAMESE = "nghị quyết đảng uỷ về công tác lưu trữ"
#: What a terminal obeys: colours, titles, clearing, moving, answers typed for the user.
TERMINAL = (
    "\x1b[31mđỏ", "\x1b[2J\x1b[H", "\x1b]0;tên cửa sổ\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1b[6n",
    "\x1b]8;;file:dev\x1b\\liên kết\x1b]8;;\x1b\\", "\x1bP+q544e\x1b\\", "\x1b[?1049h", "\x1bc",
    "\x9b31mC1", "\x90q\x9c", "\x07chuông", "\x08\x08\x08lùi", "che\rhiện", "\x7fxoá", "\x0e\x0f",
    "\x1b[20t", "\x1b[5;5H",
)  # fmt: skip
#: What turns the reading around, or is not seen.
_UNSEEN = (
    "\u202efdp.tệp", "\u202dtrái", "\u2066cô lập\u2069", "\u200ftrang", "\u200bkhông rộng",
    "\ufeffđầu", "a\u00adb", "\u2060nối", "\u061cchữ", "\u3164", "\u2800", "\u00a0",
    "dòng\u2028mới", "đoạn\u2029mới", "\x85kế",
)  # fmt: skip
_SHELL = (
    "$(touch gone)", "`touch gone`", "a;touch gone", "a|cat", "a&", "a>gone", "<a", "*", "?", "[a]",
    "{a,b}", "~", "~root", "$HOME", "${IFS}", "'", '"', "'\"'", "\\", "\\n", "%s%n", "%00", "#a",
    "!!", "a b", " a", "a ", "\ta", "(a)", "a=b", "@a", ":a", "^a", "file:a", "http:a", "&amp;",
    "<script>", "a,b",
)  # fmt: skip
_OPTIONS = ("-rf", "--help", "-", "--", "-a", "--json", "--unclassified", "-o", "+x")
#: Only dots and spaces, and what other systems keep for themselves.
_RESERVED = (
    "...", "....", ". .", " ", "  ", " . ", "CON", "NUL", "PRN", "AUX", "COM1", "LPT1", "con.",
    "CLOCK$", "tên.", "tên ", "a:b", "a.pdf:ads", "lost+found", "partydoc.toml", "record.json",
    "intent.json", "incoming", "inventory.json", "..\\..\\etc\\passwd", "..%2f..%2fetc%2fpasswd",
    "..／..／etc",
)  # fmt: skip
_BYTES = (
    b"van-ban-\xff\xfe", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe1\xbb",
    _VIETNAMESE.encode("utf-16-le").replace(b"\0", b"\x01").replace(b"/", b"-"),
    "nghị quyết".encode("cp1258", "replace"),
)  # fmt: skip


def names() -> list[bytes]:
    """Return the names, each with an extension where its length leaves room for one."""
    composed = [unicodedata.normalize("NFC", _VIETNAMESE), unicodedata.normalize("NFD", "uỷ ban")]
    texts = (*TERMINAL, *_UNSEEN, *_SHELL, *_OPTIONS, *_RESERVED, *composed, "hai\ndòng", "\n")
    long = ["đ" * 125 + "a.pdf", "a" * 251 + ".pdf", "\U0001f4dc" * 62 + "abc.pdf", "b" * 255]
    bare = {"-", "--", "...", "....", " ", "  ", "\n", "NUL", "partydoc.toml", "lost+found"}
    found = [text.encode() + (b"" if text in bare else b".pdf") for text in texts]
    found += [text.encode() for text in long] + [part + b".pdf" for part in _BYTES]
    return found
