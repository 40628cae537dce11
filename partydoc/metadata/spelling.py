"""The spelling of names in capitals, mended from where they are printed small.

OCR damages diacritics and spaces most in capitals: "SỞY HỌC", "LƯU TRỪ". Mostly the same name
stands in the text too, in small letters that were read far better; so do the names of kinds of
bodies and of provinces, which are known. Only spelling is mended: letter for letter it stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import Rules, table
from partydoc.page import Page, Word
from partydoc.text import exact

#: Words read less surely than this teach no spelling.
SURE = 0.85
#: No name that is looked for has more words.
LONGEST = 9
#: A name may have lost one letter in so many and still be recognised where it stands in the text.
SPOILT = 7
#: No syllable is longer: what is has lost a space.
SYLLABLE = 7
TONES = "\u0300\u0301\u0309\u0303\u0323"
_VOWELS = "aăâeêioôơuưy"
#: Onset, vowels and coda as the alphabet writes them.
_SYLLABLE = re.compile(
    r"(?:(?:ngh|gh)(?=[eêi])|k(?=[eêiy])|(?:ng|g|c)(?![eêiy])|nh|th|tr|ch|kh|ph|gi|qu|[bdđhlmnprstvx])?"
    r"(?:i[êe]u?|y[êe]u?|oa[iyo]?|o[ăe]o?|u[âêôơ][iy]?|uy[êau]?|ươ[iu]?|a[iouy]|â[uy]|e?o|êu|[ioôơưu]i|"
    r"ư[au]|[iu]a|iu|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[ckmnpt])?"
)
#: THUỶ is no "thú y"; from so many letters on a space that was lost is put back.
LOST = 8


@dataclass(frozen=True)
class Spelled:
    """How phrases are spelled, by their folded letters: in the text, and as they are known; which
    of these are provinces.
    """

    text: Mapping[str, str]
    known: Mapping[str, str]
    provinces: frozenset[str]
    positions: Mapping[str, str]
    starts: tuple[str, ...]


def spellings(pages: Sequence[Page], rules: Rules) -> Spelled:
    """Collect from the text how its phrases of two and more words are spelled, most often so."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for run in _runs(word for line in page.lines for word in line.words):
            letters = [key(word) for word in run]
            for start in range(len(run)):
                for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
                    counts["".join(letters[start:end]), " ".join(run[start:end])] += 1
    taught: dict[str, str] = {}
    best: dict[str, int] = {}
    for (phrase_key, phrase), count in counts.items():
        if count > best.get(phrase_key, 0):
            best[phrase_key], taught[phrase_key] = count, phrase
    provinces = frozenset(map(key, table("letterhead")["places"]["names"]))
    return Spelled(taught, rules.phrases, provinces, rules.positions, rules.body_starts)


def _runs(words: Iterable[Word]) -> Iterable[list[str]]:
    """Yield runs of surely read words that are not in capitals, without marks between them."""
    run: list[str] = []
    for word in words:
        bare = word.text.strip(".,;:()“”\"'")
        if word.confidence < SURE or not bare.isalpha() or (bare.isupper() and len(bare) > 1):
            yield run
            run = []
            continue
        run.append(bare.lower())
        if word.text[-1] in '.,;:)”"':
            yield run
            run = []
    yield run


def mend(text: str, spelled: Spelled) -> str:
    """Return a name in capitals with its phrases spelled as in the text, then as they are known.

    A province stands over what the text says behind TỈNH alone, and nothing over the name of a
    commune or a district, which may differ by marks alone: HUYỆN PHÙ YÊN, XÃ VĂN HÒA.
    """
    words: list[str] = []
    borne: list[bool] = []
    for phrase, better in _phrases(text.split(), spelled.text):
        words += (better or phrase).split()
        borne += [better is not None] * (len(words) - len(borne))
    mended: list[str] = []
    for phrase, better in _phrases(words, spelled.known):
        many = len(phrase.split())
        stays = key(phrase) in spelled.provinces and any(borne[:many])
        stays = stays and not _ends(mended, "provincial")
        del borne[:many]
        if better is None or stays or _ends(mended, "units"):
            mended += phrase.split()
        else:
            mended += better.split()
    return " ".join(mended)


def _ends(words: Sequence[str], which: str) -> bool:
    """Tell whether words end with one of the words for units of a kind."""
    units = table("letterhead")["places"][which]
    ends = (" ".join(words[-n:]) for n in (1, 2) if len(words) >= n)
    return any(exact(end) in map(exact, units) for end in ends)


def mend_text(text: str) -> str:
    """Return text in small letters with pairs of words mended that mean nothing as they are.

    A second word with a capital is a name (Hội Đông y), and what one pair has settled the
    next leaves (chi bộ nhiệm kỳ).
    """
    words, settled = text.split(), -1
    for i, (one, two) in enumerate(pairwise(words)):
        right = _pairs().get(key(one + two))
        if not right or not two[0].islower() or one.endswith(",") != right[0].endswith(","):
            continue
        if settled < i or exact(words[i]) == exact(right[0]):
            words[i], words[i + 1] = _marked(one, right[0]), _marked(two, right[1])
            settled = i + 1
    return " ".join(words)


def _marked(word: str, right: str) -> str:
    """Return a word with the marks of the right one; its case and the stops around it stay."""
    bare, right = word.strip(",;.()"), right.strip(",")
    if exact(bare) == exact(right) or len(bare) != len(right) or bare.isupper():
        return word
    return word.replace(bare, right if bare[0].islower() else right[0].upper() + right[1:])


@cache
def _pairs() -> Mapping[str, Sequence[str]]:
    return {key(each): each.split() for each in table("letterhead")["words"]["pairs"]}


def mend_position(text: str, spelled: Spelled) -> str:
    """Return a position or authority in capitals with its words spelled as they are known.

    One that is spelled as one of them stays: THỨ TRƯỞNG is no damaged THỦ TRƯỞNG.
    """
    if exact(text) in map(exact, table("signing")["positions"]["starts"]):
        return text
    return _respell(_respell(text, spelled.positions), spelled.known)


def nearest(name: str, spelled: Spelled) -> str | None:
    """Return the only body named in the text that a damaged name in capitals nearly is.

    ĐĂNG U CON TY CỔ PHẦN CHÈ is what is left of "Đảng ủy công ty cổ phần chè".
    """
    damaged = key(name)
    limit = len(damaged) // SPOILT
    starts = tuple(each for each in spelled.starts if len(each) > 1)
    ends = [key(word) for word in (name.split()[0], name.split()[-1])]
    near = {
        phrase: distance(damaged, phrase, limit)
        for phrase, written in spelled.text.items()
        if abs(len(phrase) - len(damaged)) <= limit
        and phrase.startswith(starts)
        and _same_ends(ends, written.split())
    }
    best = sorted((gap, phrase) for phrase, gap in near.items() if gap <= limit)
    if not best or len(best) > 1 and best[0][0] == best[1][0]:
        return None
    return spelled.text[best[0][1]].upper()


def _same_ends(ends: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words begin and end as a name does, but for a letter."""
    return all(
        distance(key(word), end, 1) <= 1
        for word, end in zip((words[0], words[-1]), ends, strict=True)
    )


def unborne(words: Sequence[str], spelled: Spelled) -> list[bool]:
    """Tell of each word of a name whether it stands in no phrase of the text and none known."""
    alone = [True] * len(words)
    for start in range(len(words)):
        for end in range(start + 2, min(start + LONGEST, len(words)) + 1):
            phrase = key("".join(words[start:end]))
            if phrase in spelled.text or phrase in spelled.known:
                alone[start:end] = [False] * (end - start)
    return alone


def spaced(word: str) -> str:
    """Return a word with the spaces that it lost between syllables, where the likeliest
    way is but one: with a consonant before each, and as few syllables as can be.

    KIỂMLÂM -> KIỂM LÂM; what is no run of syllables stays as it is.
    """
    if is_plausible(word) and len(word) <= SYLLABLE:
        return word
    ways = sorted(
        (sum(_plain(each)[0] in _VOWELS for each in way[1:]), len(way), way)
        for way in _syllables(word)
    )
    if not ways or len(ways) > 1 and ways[0][:2] == ways[1][:2]:
        return word
    return " ".join(ways[0][2])


def is_plausible(word: str) -> bool:
    """Tell whether a word can be one of the language: a syllable, an abbreviation, or a figure.

    UBND and 2025 can, "pÏlê" and "lưưu" cannot.
    """
    bare = word.strip(".,;:()“”\"'")
    if not bare.isalpha() or bare.isupper() and bare.replace("Đ", "").isascii():
        return True
    cased = bare[1:].islower() or bare.isupper() or len(bare) == 1
    return cased and (bool(_SYLLABLE.fullmatch(_plain(bare))) or exact(bare) in _of_places())


@cache
def _of_places() -> frozenset[str]:
    """Return the words of provinces and towns: Bắc Kạn, Kon Tum are spelled like no other word."""
    places = table("letterhead")["places"]
    return frozenset(
        exact(word) for name in (*places["names"], *places["towns"]) for word in name.split()
    )


def _syllables(word: str) -> Iterable[list[str]]:
    """Yield the ways to cut a word into syllables."""
    if not word:
        yield []
    for end in range(2, min(len(word), SYLLABLE) + 1):
        if _SYLLABLE.fullmatch(_plain(word[:end])):
            yield from ([word[:end], *rest] for rest in _syllables(word[end:]))


def _plain(text: str) -> str:
    """Return letters without tones; those of the alphabet stay: ữ -> ư."""
    parts = unicodedata.normalize("NFD", text.lower())
    bare = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", bare)


def is_known(text: str, spelled: Spelled) -> bool:
    """Tell whether the whole of a name stands in the text too, or is known."""
    return key(text) in spelled.text or key(text) in spelled.known


def _may_be(better: str, phrase: str) -> bool:
    """Tell whether a phrase may stand for another: a short word has lost no space."""
    return " " not in better or " " in phrase or len(key(phrase)) >= LOST


def _respell(text: str, spelled: Mapping[str, str]) -> str:
    return " ".join(better or phrase for phrase, better in _phrases(text.split(), spelled))


def _phrases(
    words: Sequence[str], spelled: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:  # fmt: skip
    """Yield the longest phrases that have a spelling, with it, and each other word with None."""
    rest = list(words)
    while rest:
        for length in range(len(rest), 0, -1):
            phrase = " ".join(rest[:length])
            better = spelled.get(key(phrase))
            if better is not None and _may_be(better, phrase):
                yield phrase, phrase if exact(better) == exact(phrase) else better.upper()
                del rest[:length]
                break
        else:
            yield rest.pop(0), None
