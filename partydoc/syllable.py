"""How a Vietnamese syllable may be spelled: onset, rhyme and tone, with no list of words.

The combinations are those of the standard orthography (chính tả): c, g, ng before a, ă, â, o, ô,
ơ, u, ư and k, gh, ngh before e, ê, i, y; what ends in c, ch, p, t bears the acute or the dot; the
tone of open oa, oe, uy stands on either vowel (hoà, hòa), that of any other rhyme in one place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from partydoc.text import fold

TONES = "\u0300\u0301\u0309\u0303\u0323"
_STOP_TONES = "\u0301\u0323"
_STOPS = ("c", "ch", "p", "t")
_LISTED = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong ooc oong op ot
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_RHYMES = frozenset(_LISTED.split())
_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_BEFORE_Y = frozenset(("h", "k", "l", "m", "s", "t", "th", "v"))
_FRONT = "eêiy"
_EITHER_VOWEL = ("oa", "oe", "uy")
_WORD = re.compile(r"[^\W\d_]{2,}")
VOWELS = frozenset("aeiouy")


def _rhymes_after(onset: str) -> frozenset[str]:
    y_rhymes = {rhyme for rhyme in _RHYMES if rhyme.startswith("y")}
    plain = _RHYMES - y_rhymes
    if not onset:
        return _RHYMES
    if onset == "gi":
        return frozenset({r for r in plain if r[0] != "i"} | {"êng", "êt", "êc"})
    if onset == "qu":
        glided = {r for r in plain if r[0] in "aăâeêiơ"}
        return frozenset(glided | {"y", "ych", "yn", "ynh", "yt", "yên", "yêt", "ôc"})
    if onset in ("k", "gh", "ngh"):
        front = {r for r in plain if r[0] in _FRONT}
        return frozenset(front | {"y"} if onset == "k" else front)
    if onset in ("c", "g", "ng"):
        back = {r for r in plain if r[0] not in _FRONT}
        return frozenset(back | {"i", "in"} if onset == "g" else back)
    return frozenset(plain | {"y"} if onset in _BEFORE_Y else plain)


_AFTER = {onset: _rhymes_after(onset) for onset in _ONSETS}


def spellings(bare: str, tone: str) -> tuple[str, ...]:
    """Return the correct spellings of a syllable with a tone: none, one, or two (hoà, hòa).

    `bare` is in lower case and NFC, without tone; `tone` a combining mark, or "" for none.
    """
    for onset in _ONSETS:
        rhyme = bare[len(onset) :]
        if bare.startswith(onset) and rhyme in _AFTER[onset]:
            if rhyme.endswith(_STOPS) and (not tone or tone not in _STOP_TONES):
                return ()
            if not tone:
                return (bare,)
            ends = [len(onset) + place + 1 for place in _places(rhyme)]
            return tuple(
                unicodedata.normalize("NFC", bare[:end] + tone + bare[end:]) for end in ends
            )
    return ()


def _places(rhyme: str) -> tuple[int, ...]:
    """Return on which letter of a rhyme the tone may stand."""
    shaped = [i for i, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if shaped:
        return (shaped[-1],)
    if rhyme in _EITHER_VOWEL:
        return (0, 1)
    vowels = sum(letter in VOWELS for letter in rhyme)
    closed = len(rhyme) > vowels
    return (vowels - 1,) if closed else (1 if vowels == 3 else 0,)


def toneless(word: str) -> tuple[str, tuple[str, ...]]:
    """Take the tones off a word in lower case; return the rest in NFC, and the tones."""
    letters = unicodedata.normalize("NFD", word)
    tones = tuple(letter for letter in letters if letter in TONES)
    rest = "".join(letter for letter in letters if letter not in TONES)
    return unicodedata.normalize("NFC", rest), tones


@lru_cache(maxsize=8192)
def is_spelled(word: str) -> bool:
    """Tell whether a word in NFC and lower case is a correctly spelled syllable."""
    bare, tones = toneless(word)
    return len(tones) < 2 and word in spellings(bare, "".join(tones))


def is_folded(word: str) -> bool:
    """Tell whether a word without marks (d for đ) is a syllable once it has its marks."""
    return any(
        word.startswith(onset) and word[len(onset) :] in rhymes for onset, rhymes in _folded()
    )


@cache
def _folded() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((fold(onset), frozenset(map(fold, rhymes))) for onset, rhymes in _AFTER.items())


def counted(text: str) -> tuple[int, int]:
    """Return how many words of letters a text has, and how many of them are syllables.

    What has no vowel at all is an abbreviation (NQ, TTg) and does not count.
    """
    words = [word for word in _WORD.findall(text.lower()) if _has_vowel(word)]
    return len(words), sum(map(is_spelled, words))


def _has_vowel(word: str) -> bool:
    return any(unicodedata.normalize("NFD", letter)[0] in VOWELS for letter in word)
