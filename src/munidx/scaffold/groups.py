"""Lines that open a group of rows: 施策1 …, 第2章 …, 【総務部】."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from munidx.adapters.tables.form import Caption, Group
from munidx.japanese.characters import align, compact
from munidx.scaffold.seen import Saying
from munidx.scaffold.words import RUNGS

__all__ = ["groups_of"]

_CODE: Final = r"(?:\d{1,3}(?:[-.・]\d{1,3})*|[IVX]{1,4}|[一二三四五六七八九十]{1,3}|[A-Z])"
_NUMBERED: Final = rf"(?P<code>{_CODE})[.、:)\s]\s*(?P<title>.+)"
_BRACKETED: Final = r"[【〔\[<](?P<title>[^【】]+)[】〕\]>]"
_MARKED: Final = r"[■◆●○□◇▼▽]\s*(?P<title>.+)"
_UNIT: Final = (
    r"[【〔\[■◆●○□◇]?(?P<value>[^【】〔〕\[\]()]{1,20}(?:部|局|課|室|委員会|事務局))[】〕\]]?"
)
_SOME: Final = re.compile(
    r"[(\[【※]?単位|^[※*(]|^注|^-?\d{1,4}-?$|計$|^令和|^平成|^\d{4}年|ページ$|[。、]$|^\["
)
_LONGEST: Final = 60


def groups_of(sayings: Iterable[Saying]) -> tuple[tuple[Group, ...], tuple[Caption, ...]]:
    """The groups, from the outermost, and the captions that the lines of the samples are.

    A rung by its name is believed at once; what is but numbered, marked or in brackets, when
    two lines are so.
    """
    texts = list(
        dict.fromkeys(
            align(saying.text).text.strip()
            for saying in sayings
            if len(saying.text) <= _LONGEST and not _SOME.search(compact(saying.text))
        )
    )
    captions = _captions(texts)
    if captions:
        texts = [text for text in texts if not re.fullmatch(_UNIT, compact(text))]
    groups = [*_chapters(texts), *_rungs(texts)]
    taken = [group.pattern for group in groups if group.pattern]
    rest = [text for text in texts if not any(each.fullmatch(text) for each in taken)]
    for pattern in (_NUMBERED, _BRACKETED, _MARKED):
        if sum(bool(re.fullmatch(pattern, text)) for text in rest) > 1:
            groups.append(Group("区分", pattern))
            break
    return tuple(groups), captions


def _captions(texts: Sequence[str]) -> tuple[Caption, ...]:
    units = [text for text in texts if re.fullmatch(_UNIT, compact(text))]
    return (Caption("owners", _UNIT),) if len(units) > 1 else ()


def _chapters(texts: Sequence[str]) -> list[Group]:
    def pattern(word: str) -> str:
        return rf"第\s*(?P<code>{_CODE})\s*(?:の\s*)?{word}\s*(?P<title>.+)"

    return _named(texts, ("編", "部", "章", "節", "柱"), pattern)


def _rungs(texts: Sequence[str]) -> list[Group]:
    def pattern(word: str) -> str:
        return (
            rf"[【\[■◆●]?\s*{word}\s*(?P<code>{_CODE})?\s*[】\]]?[.、:)\s]\s*(?P<title>.+?)[】\]]?"
        )

    return _named(texts, RUNGS, pattern)


def _named(
    texts: Sequence[str], words: Iterable[str], pattern: Callable[[str], str]
) -> list[Group]:
    """A group for each of ``words`` that opens a line, in the order in which they come."""
    found: dict[str, int] = {}
    for word in words:
        first = next((n for n, text in enumerate(texts) if re.fullmatch(pattern(word), text)), None)
        if first is not None:
            found[word] = first
    return [Group(word, pattern(word)) for word in sorted(found, key=found.__getitem__)]
