"""Lines that open a group of rows: 施策1 …, 第2章 …, 【総務部】."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from munidx.adapters.tables.form import Caption, Group
from munidx.japanese.characters import align, compact
from munidx.scaffold.python import steady
from munidx.scaffold.seen import Saying
from munidx.scaffold.words import RUNGS

__all__ = ["boilerplate_of", "groups_of"]

_CODES: Final = (r"\d+", r"[\d.-]+", "[IVX]+", "[一二三四五六七八九十]+", "[A-Z]", r"\S{1,5}")
"""What a group's number may be, the plainest first."""
_CHAPTERS: Final = ("編", "部", "章", "節", "柱")
_SHAPES: Final = (
    r"(?P<code>{code})[.:、)\s]\s*(?P<title>.+)",
    r"[【\[<](?P<title>[^【】]+)[】\]>]",
    r"[■◆●○□◇▼▽]\s*(?P<title>.+)",
)
"""Lines that name no rung."""
_UNIT: Final = r"(?P<value>\S{1,20}(?:部|局|課|室|委員会))"
_ACCOUNT: Final = r"[【\[■◆●○□◇(]?(?P<value>\S{1,16}会計)[】\])]?"
_NO_GROUP: Final = re.compile(
    r"[(\[【※]?単位|^[※*(]|^注|^-?\d{1,4}-?$|(?<!会)計$|^令和|^平成|^\d{4}年|ページ$|[。、]$|^\[|^以上$"
)
_NOTE: Final = re.compile(r"^[※*]|^\(?注|。$")
_LONGEST: Final = 60


def groups_of(sayings: Iterable[Saying]) -> tuple[tuple[Group, ...], tuple[Caption, ...]]:
    """The groups, from the outermost, and the captions that the lines of the samples are.

    A rung by its name is believed at once; what is but numbered, marked or in brackets, when
    two lines are so.
    """
    texts = [
        text
        for text in dict.fromkeys(align(saying.text).text.strip() for saying in sayings)
        if 0 < len(text) <= _LONGEST and not _NO_GROUP.search(compact(text))
    ]
    captions, texts = _captions(texts)
    groups: list[tuple[int, Group]] = []
    for word in (*_CHAPTERS, *RUNGS):
        fitting = [text for text in texts if re.fullmatch(_shape(word, _CODES[-1]), text)]
        if fitting:
            group = Group(word, _plainest(partial(_shape, word), fitting))
            groups.append((texts.index(fitting[0]), group))
            texts = [text if text not in fitting else "" for text in texts]
    named = [group for _, group in sorted(groups, key=lambda entry: entry[0])]
    return (*named, *_unnamed([*filter(None, texts)])), captions


def boilerplate_of(sayings: Iterable[Saying]) -> tuple[str, ...]:
    """Patterns of the notes that stand below several tables, whatever their figures."""
    texts = Counter(compact(saying.text) for saying in sayings)
    return tuple(
        steady(text)
        for text, count in texts.items()
        if text == "以上" or (count > 1 and _NOTE.search(text))
    )


def _captions(texts: Sequence[str]) -> tuple[tuple[Caption, ...], list[str]]:
    """Accounts and, if there are several, units above the tables; and the other lines."""
    found: list[Caption] = []
    accounts = [text for text in texts if re.fullmatch(_ACCOUNT, compact(text))]
    if accounts:
        found.append(Caption("label", _ACCOUNT, label="会計"))
    rest = [text for text in texts if text not in accounts]
    for frame in ("{}", "【{}】", r"\[{}\]", "[■◆●○□◇]{}"):
        pattern = frame.format(_UNIT)
        units = [text for text in rest if re.fullmatch(pattern, compact(text))]
        if len(units) > 1:
            found.append(Caption("owners", pattern))
            return tuple(found), [text for text in rest if text not in units]
    return tuple(found), rest


def _shape(word: str, code: str) -> str:
    if word in _CHAPTERS:
        return rf"第\s*(?P<code>{code})\s*の?{word}\s*(?P<title>.+)"
    return rf"{word}\s*(?P<code>{code})[.:、)\s]\s*(?P<title>.+)"


def _plainest(shape: Callable[[str], str], texts: Sequence[str]) -> str:
    fitting = (shape(code) for code in _CODES)
    return next(one for one in fitting if all(re.fullmatch(one, text) for text in texts))


def _unnamed(texts: Sequence[str]) -> list[Group]:
    for shape in _SHAPES:
        for code in _CODES[:-1]:
            pattern = shape.replace("{code}", code)
            if sum(bool(re.fullmatch(pattern, text)) for text in texts) > 1:
                return [Group("区分", pattern)]
    return []
