"""From bytes to text, for the encodings that Japanese public offices use.

The order: a byte order mark; the escapes of ISO-2022-JP; strict UTF-8; UTF-16 without a mark,
cp932 and EUC-JP by score. ``shift_jis`` is never taken: what calls itself so is cp932, and the
strict codec stops at ①, ㈱, 髙 and ～.

The score asks how ordinary the characters are. Bytes that are EUC-JP show as half-width
katakana and rare kanji when read as cp932; UTF-16 shows as kanji that no Japanese standard
holds. What looks ordinary in no encoding is no text.
"""

import codecs
import re
import unicodedata
from collections import Counter
from typing import Final

from munidx.errors import SourceError
from munidx.place import Location

__all__ = ["codec_of", "decode"]

_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EUC: Final = ("euc_jp", "euc_jis_2004")
_ISO: Final = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")
_DECLARED: Final = {
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932", "ms932"),
        ("cp932",),
    ),
    **dict.fromkeys(("euc-jp", "euc_jp", "x-euc-jp", "eucjp"), _EUC),
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp"), _ISO),
    "utf-8": ("utf-8",),
    "utf8": ("utf-8",),
}

_SAMPLE: Final = 4096  # characters that are scored; documents do not change encoding midway
_PLAIN_ENOUGH: Final = 0.35  # a lower score is noise: random bytes stay below 0.2
_UNMARKED_UTF16: Final = -0.25  # rarer than the others; it must look better by that much
_CONTROLS_ALLOWED: Final = "\t\n\r\f\v\x1a\x85"  # \x1a: the end of file of old systems
_STRANGE: Final = re.compile(r"[^\t\n\r\f\v\x1a\x85 -~]+")
_CONTROL_SHARE: Final = 0.02
_RANGES: Final = (
    ("\u3040", "\u30ff", 1.0),  # kana
    ("\u3000", "\u301f", 1.0),  # the punctuation of Japanese
    ("\uff01", "\uff5e", 0.8),  # full-width forms
    ("\uff61", "\uff9f", 0.35),  # half-width katakana: what EUC-JP shows when read as cp932
)
_LEVEL_1: Final = range(0x889F, 0x9873)
_LEVEL_2: Final = range(0x989F, 0xEAA5)


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding, as Python's codecs call it.

    A byte order mark is no part of the text. ``declared`` is what the document itself says,
    under any of the names in use; it decides where it fits.

    Raises:
        SourceError: ``encoding-broken`` (the encoding is plain, some bytes break it) or
            ``not-text`` (random or binary data).
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        return _checked(_strictly(data, marked), marked)
    if declared and not _is_utf8_japanese(data):
        for name in codec_of(declared):
            text = _try(data, name)
            if text is not None and _score(text) >= _PLAIN_ENOUGH:
                return _checked(text, name)
    if b"\x1b$" in data and data.isascii():
        for name in _ISO:
            text = _try(data, name)
            if text is not None:
                return _checked(text, name)
    if b"\0" not in data:
        text = _try(data, "utf-8")
        if text is not None:
            return _checked(text, "utf-8")
        _refuse_broken_utf8(data)
    return _best(data)


def codec_of(declared: str) -> tuple[str, ...]:
    """The codecs to try for a declared charset, the likeliest first; none for a foreign one."""
    return _DECLARED.get(declared.strip().lower(), ())


def _best(data: bytes) -> tuple[str, str]:
    """The decoding with the highest score.

    NUL bytes stand in no text but that of UTF-16, which has them in every line end.
    """
    names = (
        ("utf-16-le", "utf-16-be") if b"\0" in data else ("cp932", *_EUC, "utf-16-le", "utf-16-be")
    )
    best: tuple[float, str, str] | None = None
    for name in names:
        text = _try(data, name)
        if text is None:
            continue
        prior = _UNMARKED_UTF16 if name.startswith("utf-16") and b"\0" not in data else 0.0
        score = _score(text) + prior
        if score >= _PLAIN_ENOUGH and (best is None or score > best[0]):
            best = (score, name, text)
    if best is None:
        raise SourceError("not-text")
    return _checked(best[2], best[1])


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _broken(data, name, error.start) from None


def _broken(data: bytes, name: str, start: int) -> SourceError:
    line = data.count(b"\n", 0, start) + 1
    return SourceError("encoding-broken", location=Location(line=line), encoding=name, byte=start)


def _is_utf8_japanese(data: bytes) -> bool:
    """Whether it is strict UTF-8 with characters of three bytes.

    Those never come about by chance in another encoding, whatever the page declares.
    """
    text = _try(data, "utf-8")
    return text is not None and any(char >= "\u0800" for char in text)


def _refuse_broken_utf8(data: bytes) -> None:
    """Say so when nearly all is UTF-8: another encoding would make rubbish of it."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    if good > bad * 10:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _broken(data, "utf-8", error.start) from None


def _checked(text: str, name: str) -> tuple[str, str]:
    """``text``, unless NULs or control characters betray binary data."""
    controls = sum(
        text.count(chr(code)) for code in range(32) if chr(code) not in _CONTROLS_ALLOWED
    )
    if "\0" in text or controls > len(text) * _CONTROL_SHARE + 3:
        raise SourceError("not-text")
    return text, name


def _score(text: str) -> float:
    """How ordinary the characters of a Japanese text are, from about -3 to 1.

    ASCII tells nothing where there is anything else: all candidates read it alike.
    """
    strange: list[str] = []
    size = 0
    for found in _STRANGE.finditer(text):
        strange.append(found[0][:_SAMPLE])
        size += len(strange[-1])
        if size >= _SAMPLE:
            break
    weighed = Counter("".join(strange))
    total = sum(weighed.values())
    if not total:
        return 0.5
    return sum(_ordinary(char) * count for char, count in weighed.items()) / total


def _ordinary(char: str) -> float:
    for first, last, score in _RANGES:
        if first <= char <= last:
            return score
    category = unicodedata.category(char)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return -3.0
    native = _cp932(char)
    if "一" <= char <= "鿿":
        return _kanji(native)
    if native:
        return 0.6  # symbols, circled numbers, Greek, Cyrillic
    return 0.3 if char < "\u0250" or category in {"So", "Sm", "No"} else -0.6


def _kanji(native: int) -> float:
    """How ordinary a kanji is: by the level of JIS X 0208 that its cp932 code lies in."""
    if native in _LEVEL_1:
        return 0.9
    if native in _LEVEL_2:
        return 0.3
    return 0.2 if native else -0.3


def _cp932(char: str) -> int:
    try:
        return int.from_bytes(char.encode("cp932"), "big")
    except UnicodeEncodeError:
        return 0
