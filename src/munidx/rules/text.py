"""MX7xx: text, what happened to it on its way out of the document."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from munidx.findings import Severity
from munidx.model import Node
from munidx.rules.prose import Text
from munidx.rules.registry import Fault, each_or_all, found, rule
from munidx.rules.signs import (
    BRACKET,
    CLOSING,
    CONTROL,
    MARKUP,
    MISREAD,
    OPENING,
    PRIVATE,
    RADICAL,
    REPLACED,
)
from munidx.rules.view import View

__all__: list[str] = []

_SHOWN: Final = 5
"""So many fields and characters are named; how many there are is told in any case."""
_WIDE: Final = str.maketrans("（）［］｛｝", "()[]{}")
_PAIRS: Final = dict(zip(CLOSING.translate(_WIDE), OPENING.translate(_WIDE), strict=True))
_OPENING: Final = frozenset(_PAIRS.values())
_KANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_ENUMERATION: Final = re.compile(
    rf"(?:^|[\s、。・])(?:[0-9０-９]{{1,2}}|[A-Za-zａ-ｚ]{{1,2}}|[{_KANA}])[)）]"
)
"""1), ア), iv): a letter with a mark of its own (デ) counts nothing."""


@rule("MX701", "replacement-character", Severity.WARNING)
def replacement_character(view: View) -> Iterator[Fault]:
    r"""A text holds a character that stands for one that was lost (U+FFFD, 〓).

    Why:
        What was printed there can no longer be known from the plan.

    Fails::

        measures = [{ title = "\ufffd田支所の移転" }]

    Passes::

        measures = [{ title = "髙田支所の移転" }]

    Fix:
        Read the document again in its right encoding, or look at it and enter the character.

    Source:
        The Unicode Standard, U+FFFD; 〓 is the printers' mark for a missing type.
    """
    yield from _odd(view, REPLACED)


@rule("MX702", "control-character", Severity.WARNING)
def control_character(view: View) -> Iterator[Fault]:
    r"""A text holds control characters, zero-width or direction marks.

    Why:
        They are not seen, break every search, and can make a terminal or an editor show
        another text than there is.

    Fails::

        measures = [{ title = "電子\u200b申請" }]

    Passes::

        measures = [{ title = "電子申請", description = "一行目\n二行目" }]

    Fix:
        Remove them.

    Source:
        Unicode Technical Report 36, Security Considerations.
    """
    yield from _odd(view, CONTROL)


@rule("MX703", "radical-character", Severity.WARNING)
def radical_character(view: View) -> Iterator[Fault]:
    """A text holds radicals in place of kanji (⽬ for 目, ⺠ for 民).

    Why:
        They look alike and are other characters: no search finds the word. The text layers
        of PDF files are full of them. Where most nodes have some, one finding says so.

    Fails::

        measures = [{ title = "市⺠の⽬" }]

    Passes::

        measures = [{ title = "市民の目" }]

    Fix:
        Replace them: munidx compares texts as if they were, but keeps what was published.

    Source:
        The Unicode Standard, CJK Radicals Supplement and Kangxi Radicals.
    """
    faults = list(_odd(view, RADICAL))
    yield from each_or_all(view, faults, len(view.items), Severity.WARNING)


@rule("MX704", "brackets-unbalanced", Severity.INFO)
def brackets_unbalanced(view: View) -> Iterator[Fault]:
    """A title, statement or name opens a bracket that it does not close, or the reverse.

    Why:
        A part of it was cut off, by a page's end or a cell's. Full and half width count as
        one; enumerations such as ア) are no brackets.

    Fails::

        measures = [{ title = "住民DX（書かない窓口" }]

    Passes::

        measures = [{ title = "住民DX（書かない窓口)" }, { title = "1) 書かない窓口" }]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    for item in view.bracketed:
        for field, text, part in _single_lines(item.node):
            if text and not _balanced(text):
                yield found(item, part, field=field, text=text)


def _single_lines(node: Node) -> Iterator[tuple[str, str, object]]:
    """The texts of a node that stand in one line: field, text, and the part it is of."""
    for field in ("title", "statement", "unit"):
        yield field, getattr(node, field, ""), node
    for number, owner in enumerate(node.owners, start=1):
        yield f"owners[{number}].name", owner.name, owner
    for number, reference in enumerate(node.references, start=1):
        yield f"references[{number}].title", reference.title, reference


def _balanced(text: str) -> bool:
    signs = "".join(BRACKET.findall(text))
    return _closed(signs) or _closed("".join(BRACKET.findall(_ENUMERATION.sub("", text))))


@lru_cache(maxsize=1024)
def _closed(signs: str) -> bool:
    """Whether each bracket of a row of nothing else is closed by its like."""
    waiting: list[str] = []
    for sign in signs.translate(_WIDE):
        if sign in _OPENING:
            waiting.append(sign)
        elif sign in _PAIRS and (not waiting or waiting.pop() != _PAIRS[sign]):
            return False
    return not waiting


@rule("MX706", "private-character", Severity.WARNING)
def private_character(view: View) -> Iterator[Fault]:
    r"""A text holds characters of private use (外字).

    Why:
        Only the publisher's own font shows them; everyone else sees a box or nothing.

    Fails::

        measures = [{ title = "\ue000田支所の移転" }]

    Passes::

        measures = [{ title = "髙田支所の移転" }]

    Fix:
        Look at the document and enter the character in Unicode.

    Source:
        The Unicode Standard, private-use areas.
    """
    yield from _odd(view, PRIVATE)


@rule("MX707", "markup-left", Severity.WARNING)
def markup_left(view: View) -> Iterator[Fault]:
    """A text holds HTML tags or entities.

    Why:
        A cell's HTML was taken for its text: readers see tags, and lists run together.

    Fails::

        measures = [{ title = "電子申請", description = "導入<br>運用" }]

    Passes::

        measures = [{ title = "電子申請", description = "年<1回>と月<2回>" }]

    Fix:
        The adapter should read such cells as HTML.

    Source:
        The HTML Standard.
    """
    yield from _odd(view, MARKUP)


@rule("MX708", "title-space", Severity.INFO)
def title_space(view: View) -> Iterator[Fault]:
    """A title begins or ends with white space.

    Why:
        It makes another title in every exact comparison.

    Fails::

        measures = [{ title = " 電子申請" }]

    Passes::

        measures = [{ title = "公式LINE 配信" }]

    Fix:
        Remove it.

    Source:
        The munidx design: canonical files.
    """
    for item, plain in view.named:
        if item.node.title != plain:
            yield found(item, title=item.node.title)


@rule("MX709", "misread-encoding", Severity.WARNING)
def misread_encoding(view: View) -> Iterator[Fault]:
    """A text was read in the wrong encoding (文字化け).

    Why:
        Nothing of it can be used, and the rest of the document was most likely read so too.

    Fails::

        measures = [{ title = "髮ｻ蟄千筏隲九�縺励￥縺ｿ繧偵▽縺上ｋ" }]

    Passes::

        measures = [{ title = "電子申請のしくみをつくる" }]

    Fix:
        Read the document again in its right encoding.

    Source:
        The patterns that UTF-8 gives when it is read as cp932 or Latin-1.
    """
    yield from _odd(view, MISREAD)


def _odd(view: View, pattern: re.Pattern[str]) -> Iterator[Fault]:
    """One fault for each node in whose texts ``pattern`` is found."""
    for item, texts in view.odd:
        hits = [(text, hit[0]) for text in texts for hit in pattern.finditer(text.text)]
        if not hits:
            continue
        fields = tuple(dict.fromkeys(text.field for text, _ in hits))[:_SHOWN]
        signs = tuple(dict.fromkeys(_named(hit) for _, hit in hits))[:_SHOWN]
        text = hits[0][0]
        yield found(
            item,
            text.part,
            field=_own_field(text),
            fields=fields,
            characters=signs,
            times=len(hits),
        )


def _own_field(text: Text) -> str:
    """The field of the part that holds a text: ``name`` of ``owners[2].name``."""
    names = re.findall(r"[a-z_]+", text.field)
    return next((name for name in reversed(names) if hasattr(text.part, name)), "")


def _named(hit: str) -> str:
    return f"U+{ord(hit):04X}" if len(hit) == 1 else hit[:20]
