"""MX705: titles that were cut in two, at a line's or a page's end."""

import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Final, NamedTuple

from munidx.findings import Severity
from munidx.model import Item
from munidx.rules.prose import Words
from munidx.rules.registry import Fault, found, rule
from munidx.rules.view import View

__all__: list[str] = []

_CUT: Final = re.compile(
    r"^(?:[、。，)）」』】ーんンッづぢをぁぃぅぇぉっゃゅょァィゥェォャュョ々の]|及び|並びに|又は)"
    r"|^[ァ-ヺ](?=[一-龠ぁ-ん])|(?<=[一-龠ぁ-ん])[ァ-ヺ]$"
    r"|(?:[、，(（「『【を・のっゃゅょッャュョ]|及び|並びに|又は)$"
)
"""Signs and particles at which no title begins or ends; a letter of katakana alone."""
_KANJI: Final = "一-龠々"
_EDGE: Final = frozenset(
    "、。，)）」』】々をんのぁぃぅぇぉっゃゅょづぢ及並又（(「『【・びには"
    + string.ascii_letters
    + "".join(map(chr, range(ord("ァ"), ord("ヺ") + 1)))
    + "ー"
)
"""A quick look: without one of these at either end nothing is cut."""
_WORD: Final = re.compile("[ァ-ヺー]{2,}|[A-Za-z]{2,}")
_TAIL: Final = re.compile("[ァ-ヺー]+(?![ァ-ヺー・])|[A-Za-z]+(?![A-Za-z])").match
_HEAD: Final = re.compile("(?:(?<![ァ-ヺー・])[ァ-ヺー]+|(?<![A-Za-z])[A-Za-z]+)$").search
_LETTER: Final = re.compile("[ァ-ヺーA-Za-z]").match
_LOST: Final = (1, 2, 3)
"""So many letters may be missing of a word; of more, the rest may be a word of its own."""
_LATIN: Final = frozenset(string.ascii_letters)
_KATAKANA: Final = frozenset(map(chr, range(ord("ァ"), ord("ヺ") + 1))) | {"ー"}
_SELDOM: Final = 500
"""So often letters may stand in the plan to be looked at one by one."""
_FEW: Final = 20
"""So few words are looked for one by one, before all words are counted."""
_USES: Final = 2
"""So often the whole word must stand in the plan."""
_ENOUGH: Final = 6_000_000
"""So many signs are read in search of compounds, and no more: some hundredths of a second."""
_OVERLAPS: Final = ((4, 1), (2, 2))
"""How many signs of a title's edge must stand elsewhere, and how often."""
_PLACED: Final = frozenset("東西南北中央上下前後左右内外新旧本支大小第")
"""Kanji that a name may well begin with where another one (江西 beside 西) goes on before them."""
_MOST: Final = 20
"""So many places are looked at of one that is sought."""
_ALIKE: Final = 10
"""So many siblings make it odd that one title alone does not end as the others do."""
_BEHIND: Final = (")", "）")
_REMARK: Final = re.compile(r"[(（][^()（）]*[)）]$")


class _Edge(NamedTuple):
    """The first letters of a title (or the last), as far as they are of one script."""

    item: Item
    letters: str
    first: bool


@rule("MX705", "title-cut", Severity.WARNING)
def title_cut(view: View) -> Iterator[Fault]:
    """A title begins or ends where no title does: at a comma, a bracket, a particle, in a word.

    Why:
        It was cut in two, at a line's or a page's end, and the other half stands elsewhere. It
        is told mildly where only the plan's other words say so: a word in katakana or Latin
        letters that the plan has whole twice or more and never so short; a kanji that
        elsewhere, after the same signs, is always half of a word (統計調 where the plan has
        統計調査, and 調査 in other words too); one of ten siblings or more of which all others
        end in the same word (事業).

    Fails::

        measures = [{ title = "ール配信の見直し" }]

    Passes::

        measures = [{ title = "メール配信の見直し" }]

    Fix:
        Look for the other half in the document.

    Source:
        Review of published plans.
    """
    edges: list[_Edge] = []
    told: set[str] = set()
    for item, title in view.named:
        if title[0] not in _EDGE and title[-1] not in _EDGE:
            continue
        if _CUT.search(title):
            told.add(item.path)
            yield found(item, title=item.node.title)
            continue
        tail, head = _TAIL(title), _LETTER(title[-1]) and _HEAD(title)
        edges += [_Edge(item, each[0], each is tail) for each in (tail, head) if each]
    cut = {edge.item.path: edge.item for edge in _cut_words(view, _once(edges))}
    cut |= {item.path: item for item in _cut_compounds(view)}
    cut |= {item.path: item for item in _odd_ones(view)}
    for item in (item for path, item in cut.items() if path not in told):
        yield found(item, severity=Severity.INFO, title=item.node.title)


def _is_kanji(sign: str) -> bool:
    return "一" <= sign <= "龠" or sign == "々"


def _once(edges: Sequence[_Edge]) -> list[_Edge]:
    """Those that no other title shares: what several titles begin with is no slip."""
    uses = Counter((edge.letters, edge.first) for edge in edges)
    return [edge for edge in edges if uses[edge.letters, edge.first] == 1]


def _cut_words(view: View, edges: list[_Edge]) -> Iterator[_Edge]:
    """Edges that are the end (or the beginning) of a word which the plan has only whole."""
    if len(edges) <= _FEW:
        uses = {edge.letters: view.words.times(edge.letters) for edge in edges}
        edges = [edge for edge in edges if uses[edge.letters] > _USES]
        if all(uses[edge.letters] <= _SELDOM and len(edge.letters) > 1 for edge in edges):
            yield from (edge for edge in edges if _only_whole(view.words, edge))
            return
    words = view.words.count(_WORD)
    often = [word for word, uses in words.items() if uses >= _USES]
    tails = {word[lost:] for word in often for lost in _LOST}
    heads = {word[:-lost] for word in often for lost in _LOST}
    for edge in edges:
        if edge.letters in (tails if edge.first else heads) and words[edge.letters] <= 1:
            yield edge


def _only_whole(words: Words, edge: _Edge) -> bool:
    """Whether a word of the plan ends (or begins) so, and no other is just these letters."""
    letters, whole = edge.letters, words.holding(edge.letters, _script(edge.letters))
    return whole[letters] <= 1 and any(
        uses >= _USES
        and len(word) - len(letters) in _LOST
        and (word.endswith(letters) if edge.first else word.startswith(letters))
        for word, uses in whole.items()
    )


def _script(letters: str) -> frozenset[str]:
    return _LATIN if letters[0] in _LATIN else _KATAKANA


def _cut_compounds(view: View) -> Iterator[Item]:
    """Titles whose kanji at an edge is elsewhere always half of a word, beside the same signs."""
    words, left = view.words, _ENOUGH
    titles = [title for _, title in view.named]
    for edge in chain(*(_kanji_edges(view, titles, first=first) for first in (True, False))):
        if left < len(words):
            return
        left -= len(words) * 2
        # What begins (or ends) nothing else needs no second look for more of its signs.
        if len(words.around(edge.letters[:2] if edge.first else edge.letters[-2:], 2)) > 1 and any(
            _is_half(words, edge, size, least) for size, least in _OVERLAPS
        ):
            yield edge.item


def _kanji_edges(view: View, titles: Sequence[str], *, first: bool) -> list[_Edge]:
    """The edges that begin (or end) in a kanji, and that no other title shares."""
    pairs = [title[:2] for title in titles] if first else [title[-2:] for title in titles]
    uses = Counter(pairs)
    return [
        _Edge(view.named[place][0], titles[place][:4] if first else titles[place][-4:], first)
        for pair, place in dict(zip(pairs, count(), strict=False)).items()
        if uses[pair] == 1
        and len(pair) > 1
        and _is_kanji(pair[0 if first else 1])
        and not (first and pair[0] in _PLACED)
    ]


def _is_half(words: Words, edge: _Edge, size: int, least: int) -> bool:
    """Whether ``size`` signs at the edge stand ``least`` times elsewhere, always in a word."""
    if len(edge.letters) < size:
        return False
    signs = edge.letters[:size] if edge.first else edge.letters[-size:]
    beside = [pair[0 if edge.first else 1] for pair in words.around(signs, _MOST)]
    if "\n" in beside:
        beside.remove("\n")  # at the title's own end
    if len(beside) < least or not all(map(_is_kanji, beside)):
        return False
    other = Counter(beside).most_common(1)[0][0]
    # The word must stand in other company too: else it may be the whole that is a word.
    if edge.first:
        return words.times(other + signs[0]) > words.times(other + signs[:2])
    return words.times(signs[-1] + other) > words.times(signs[-2:] + other)


def _odd_ones(view: View) -> Iterator[Item]:
    """Titles that alone among many siblings do not end in the word of all others."""
    for group in view.siblings:
        if len(group) < _ALIKE or not group[0].node.title:
            continue
        titles = [item.node.title.strip() for item in group]
        ends = [(_REMARK.sub("", one) if one[-1:] in _BEHIND else one)[-2:] for one in titles]
        usual, *others = Counter(ends).most_common(2)
        if usual[1] == len(group) - 1 and others[0][0]:
            yield group[ends.index(others[0][0])]
