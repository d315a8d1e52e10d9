"""How much of a document was read: every counted character is held, passed or unread.

The host measures this itself, from the blocks of the document and the sources of what was
read; an adapter cannot declare it. What is counted, :mod:`munidx.adapters.stretches` says.

1. **Strings.** Each string of a node or part is looked for in the text of the blocks and cells
   that its ``source`` names, put together in reading order, so that white space, line breaks
   and punctuation do not matter. The longest come first, of equal ones that with the narrower
   source. A string holds one occurrence, and no character is held twice: of a line printed
   twice the second is unread until a leftover passes it as a ``repeat``. Occurrences in places
   that a leftover passes are the last choice. A short code (``4``) waits until the times that
   stand alone (``R 4``) are held, and prefers a cell of its own.
2. **Named leftovers.** A leftover with a reason and a ``text`` passes that text wherever it is
   still free in its places.
3. **Broken strings.** A string that was found nowhere whole is looked for in pieces, each of
   which may begin and end only where the document breaks (at the end of a cell, a line, a
   word): so a value is found whose lines stand apart because columns were read across. After
   these the names of rungs and labels, which may be printed nowhere.
4. **Values.** Figures hold the numbers that print them (commas dropped, yen also in 千円 and
   百万円), times the era years, words of the closed vocabularies (廃止, 以上, ↑) themselves, in
   the places of their node, each as often as the node has it; words any number of times.
5. **Leftovers without a text** pass all that is still free in their places.

What then remains is unread. A section holds prose only: rows of tables and list items belong
into typed fields of their own node. The work is near-linear in the document and the plan.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from attrs import define, field

from munidx.adapters.claims import Claim, Typed, claims_of, figures
from munidx.adapters.contract import Coverage, Leftover, PassReason
from munidx.adapters.stretches import REST, Layout, Pieces, Scope, Unit, fold
from munidx.document import Publication
from munidx.japanese.eras import find_times
from munidx.model import Plan, Time
from munidx.place import format_places

__all__ = ["measure"]

_FREE: Final = 0
_HELD: Final = 1
_REASONS: Final = tuple(PassReason)
_BROKEN: Final = re.compile(r"(?:[\d元年RHSＲＨＳ]|令和|平成|昭和)\s*$")
"""How a line may end of which the next one ends a time."""
_AROUND: Final = 12  # characters beside a line's end
_TIMELY: Final = re.compile(r"[\d元㋿]")
_BARE_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def measure(
    publication: Publication,
    plans: Iterable[Plan],
    leftovers: Iterable[Leftover],
    *,
    layout: Layout | None = None,
) -> Coverage:
    """The coverage of ``publication`` by what was read from it.

    ``layout`` is the publication's, where the caller has laid it out already.

    ``held``, what is ``passed`` and ``unread`` add up to all counted characters.
    """
    sheet = _Sheet(layout or Layout.of(publication))
    reasoned = [leftover for leftover in leftovers if leftover.reason]
    claims = [claim for plan in plans for claim in claims_of(plan)]
    sheet.avoid(leftover for leftover in reasoned if not leftover.text)
    values = sheet.group(claim for claim in claims if isinstance(claim, Typed))
    told = [claim for claim in claims if isinstance(claim, Claim)]
    strings = sheet.sought(claim for claim in told if not claim.name)
    names = sheet.sought(claim for claim in told if claim.name)
    broken = sheet.hold_strings(entry for entry in strings if not _is_short(entry[0]))
    for group in values:
        sheet.hold_times(group, alone=True)
    broken += sheet.hold_strings(entry for entry in strings if _is_short(entry[0]))
    for leftover in reasoned:
        if leftover.text and leftover.reason:
            sheet.pass_text(leftover.source, leftover.text, leftover.reason)
    for text, scope in broken:
        sheet.hold_pieces(text, scope)
    for text, scope in sheet.hold_strings(names):
        sheet.hold_pieces(text, scope)
    for group in values:
        sheet.hold_times(group, alone=False)
        sheet.hold_broken_times(group)
        sheet.hold_values(group)
    for leftover in reasoned:
        if not leftover.text and leftover.reason:
            sheet.pass_rest(leftover.source, leftover.reason)
    return sheet.result()


@define(eq=False)
class _Sheet:
    """The counted characters of a publication and what became of each."""

    layout: Layout
    state: bytearray = field(init=False)
    shunned: bytearray = field(init=False)
    breaks: bytes = field(init=False)
    text: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        units = self.layout.units
        self.text = "".join(unit.folded.text for unit in units)
        self.breaks = b"".join(unit.folded.breaks for unit in units) + b"\1"
        self.state = bytearray(len(self.text))
        self.shunned = bytearray(len(self.text))

    def avoid(self, leftovers: Iterable[Leftover]) -> None:
        """Mark what leftovers pass whole: strings are looked for elsewhere first."""
        for leftover in leftovers:
            for unit in self.layout.scope(leftover.source).units:
                self.shunned[unit.start : unit.end] = b"\1" * (unit.end - unit.start)

    def sought(self, claims: Iterable[Claim]) -> list[tuple[str, Scope]]:
        """What is to be looked for, and where: the longest first, then the narrowest scope."""
        found: list[tuple[str, Scope]] = []
        for claim in claims:
            text = fold(claim.text).text
            scope = self.layout.scope(claim.source, prose=claim.prose)
            if text and scope.text:
                found.append((text, scope))
        return sorted(found, key=lambda entry: (-len(entry[0]), len(entry[1].text)))

    def hold_strings(self, sought: Iterable[tuple[str, Scope]]) -> list[tuple[str, Scope]]:
        """Hold each string where it stands whole; those that stand nowhere so."""
        broken: list[tuple[str, Scope]] = []
        for text, scope in sought:
            found = self._find_alone(scope, text) if _is_short(text) else None
            if found is None:
                found = self._find(scope, text, shun=True)
            if found is None:
                found = self._find(scope, text, shun=False)
            if found is None:
                broken.append((text, scope))
            else:
                self._mark(scope, found, found + len(text), _HELD)
        return broken

    def pass_text(self, source: str, text: str, reason: PassReason) -> None:
        """Pass every free occurrence of ``text`` within ``source``."""
        sought, scope = fold(text).text, self.layout.scope(source)
        while sought and (found := self._find(scope, sought, shun=False)) is not None:
            self._mark(scope, found, found + len(sought), _passed(reason))

    def pass_rest(self, source: str, reason: PassReason) -> None:
        """Pass all that is free within ``source``."""
        for unit in self.layout.scope(source).units:
            self._fill(unit.start, unit.end, _passed(reason))

    def hold_pieces(self, text: str, scope: Scope) -> None:
        """Hold ``text`` piece by piece, broken where the document breaks."""
        pieces = scope.pieces = scope.pieces or Pieces.of(scope)

        def is_free(start: int, end: int) -> bool:
            return self._is_free(scope, start, end, shun=False)

        spot = self._enter(text, scope)
        while spot < len(text):
            length, place = pieces.whole(text, spot, is_free)
            if not length:
                length, place = pieces.begun(text[spot : spot + REST + 1], is_free)
            self._mark(scope, place, place + length, _HELD)
            # What the document does not have (a comma that joins two names) is stepped over.
            spot += length or 1

    def _enter(self, text: str, scope: Scope) -> int:
        """Hold a first piece that begins within a segment (behind a label) and ends with it."""
        head = text[:_ENTRY]
        place = scope.text.find(head) if len(head) == _ENTRY else -1
        if place < 0 or scope.is_opening(place):
            return 0
        length = scope.segment_end(place) - place
        whole = text.startswith(scope.text[place : place + length])
        if not whole or not self._is_free(scope, place, place + length, shun=False):
            return 0
        self._mark(scope, place, place + length, _HELD)
        return length

    def group(self, typed: Iterable[Typed]) -> "list[_Values]":
        """The values that are no strings, those of one source together; the narrowest first.

        Else the start of a measure takes the year that a cell gives one of its targets.
        """
        groups: dict[str, _Values] = {}
        for each in typed:
            group = groups.setdefault(each.source, _Values(self.layout.scope(each.source)))
            group.numbers.add(each.numbers)
            group.times.update(map(_plain, each.times))
            group.words.update(each.words)
        return sorted(groups.values(), key=lambda group: len(group.scope.units))

    def hold_times(self, values: "_Values", *, alone: bool) -> None:
        """Hold the times of nodes in their places; ``alone``: where nothing is written on."""
        for unit in values.scope.units if values.times else ():
            original = unit.folded.aligned.original
            if _FREE not in self.state[unit.start : unit.end] or not _TIMELY.search(original):
                continue
            if alone and _BARE_YEAR.fullmatch(bare := unit.folded.aligned.text.strip()):
                # A cell that prints 2022 is a time where the node says so, and only there.
                if values.times[bare] > 0:
                    values.times[bare] -= self._take(unit.start, unit.end)
                continue
            for found in find_times(original):
                plain = _plain(found.time)
                aligned = unit.folded.aligned
                span = unit.counted(aligned.locate(found.start), aligned.locate(found.end))
                if values.times[plain] > 0 and (not alone or self._is_alone(unit, *span)):
                    values.times[plain] -= self._take(*span)

    def hold_broken_times(self, values: "_Values") -> None:
        """Hold the times of nodes that the end of a line has broken: 令和7 and 年度 below it."""
        for unit, below in pairwise(values.scope.units if values.times else ()):
            line, following = unit.place.line, below.place.line
            head, tail = (each.folded.aligned.original for each in (unit, below))
            if line is None or following != line + 1 or not _BROKEN.search(head):
                continue
            cut, lead = len(head.rstrip()), len(tail) - len(tail.lstrip())
            begin = max(0, cut - _AROUND)
            text, edge = head[begin:cut] + tail[lead : lead + _AROUND], cut - begin
            for found in find_times(text):
                if found.start < edge < found.end and values.times[_plain(found.time)] > 0:
                    first, second = unit.folded.aligned, below.folded.aligned
                    left = unit.counted(first.locate(begin + found.start), first.locate(cut))
                    right = below.counted(0, second.locate(lead + found.end - edge))
                    if self._take(*left):
                        self._take(*right)
                        values.times[_plain(found.time)] -= 1

    def hold_values(self, values: "_Values") -> None:
        """Hold the figures and words of nodes in their places."""
        for unit in values.scope.units:
            if _FREE in self.state[unit.start : unit.end]:
                for first, last, number in figures(unit.folded.aligned.text):
                    way = values.numbers.open(number)
                    if way is not None and self._take(*unit.counted(first, last)):
                        values.numbers.used.add(way)
                for word in sorted(values.words, key=lambda word: (-len(word), word)):
                    self._hold_word(unit, word)

    def result(self) -> Coverage:
        """The shares, and every unread stretch."""
        counts = Counter(self.state)
        return Coverage(
            held=counts[_HELD],
            passed={
                reason: counts[_passed(reason)] for reason in _REASONS if counts[_passed(reason)]
            },
            unread=counts[_FREE],
            unread_places=tuple(self._unread()),
        )

    def _unread(self) -> Iterator[Leftover]:
        for unit in self.layout.units:
            start = unit.start
            while (start := self.state.find(_FREE, start, unit.end)) >= 0:
                end = start
                while end < unit.end and self.state[end] == _FREE:
                    end += 1
                yield Leftover(source=format_places([unit.place]), text=unit.published(start, end))
                start = end

    def _find(self, scope: Scope, text: str, *, shun: bool) -> int | None:
        """The first free occurrence of ``text``, from where the last search for it ended."""
        spot = scope.cursors.get((text, shun), 0)
        while (spot := scope.text.find(text, spot)) >= 0:
            if self._is_free(scope, spot, spot + len(text), shun=shun):
                break
            spot += 1
        scope.cursors[text, shun] = spot if spot >= 0 else len(scope.text)
        return spot if spot >= 0 else None

    def _is_free(self, scope: Scope, start: int, end: int, *, shun: bool) -> bool:
        spans = list(scope.spans(start, end))
        for _, first, last in spans:
            if self.state[first:last].strip(b"\0") or (shun and 1 in self.shunned[first:last]):
                return False
        return self._is_edge(spans[0][1]) and self._is_edge(spans[-1][2])

    def _is_edge(self, spot: int) -> bool:
        """Whether a figure or a Latin word may begin or end before the character ``spot``."""
        if self.breaks[spot]:
            return True
        before, after = self.text[spot - 1], self.text[spot]
        if not (before.isascii() and after.isascii()):
            return True
        return before.isalpha() != after.isalpha()

    def _mark(self, scope: Scope, start: int, end: int, state: int) -> None:
        for _, first, last in scope.spans(start, end):
            self.state[first:last] = bytes([state]) * (last - first)

    def _fill(self, first: int, last: int, state: int) -> None:
        self.state[first:last] = self.state[first:last].replace(b"\0", bytes([state]))

    def _take(self, start: int, end: int) -> bool:
        """Hold some characters, where all of them are free."""
        if start >= end or self.state[start:end].strip(b"\0"):
            return False
        self._fill(start, end, _HELD)
        return True

    def _is_alone(self, unit: Unit, start: int, end: int) -> bool:
        """Whether the document breaks before and behind these characters."""
        return bool(self.breaks[start]) and (end == unit.end or bool(self.breaks[end]))

    def _find_alone(self, scope: Scope, text: str) -> int | None:
        """A free unit that holds ``text`` and nothing else, as :attr:`Scope.text` counts."""
        places = scope.filled().get(text, [])
        while places and not self._is_free(scope, places[-1], places[-1] + len(text), shun=False):
            places.pop()
        return places[-1] if places else None

    def _hold_word(self, unit: Unit, word: str) -> None:
        """Hold ``word`` where it stands alone, or beside a figure or what is held already."""
        text, base = unit.folded.text, unit.start
        spot = text.find(word)
        while spot >= 0:
            start, end = base + spot, base + spot + len(word)
            if not self.state[start:end].strip(b"\0") and self._is_word(unit, start, end):
                self._fill(start, end, _HELD)
            spot = text.find(word, spot + 1)

    def _is_word(self, unit: Unit, start: int, end: int) -> bool:
        before = self.breaks[start] or self.state[start - 1] or self.text[start - 1].isdigit()
        after = end == unit.end or self.breaks[end] or self.state[end] or self.text[end].isdigit()
        return bool(before and after)


def _is_short(text: str) -> bool:
    """Whether it is a code or figure that may stand within a time or an amount."""
    return len(text) <= _SHORT and text.isascii()


_SHORT: Final = 4  # characters
_ENTRY: Final = 6  # characters that make a beginning within a segment no accident


@define(eq=False)
class _Figures:
    """Numbers to be found, each once, in any of the ways in which it may be printed."""

    ways: dict[Decimal, list[int]] = field(factory=dict)
    used: set[int] = field(factory=set)
    count: int = 0

    def add(self, numbers: Iterable[tuple[Decimal, ...]]) -> None:
        for way in numbers:
            self.count += 1
            for number in way:
                self.ways.setdefault(number, []).append(self.count)

    def open(self, number: Decimal) -> int | None:
        """One that is printed as ``number`` and was not found yet."""
        waiting = self.ways.get(number, [])
        while waiting and waiting[0] in self.used:
            waiting.pop(0)
        return waiting[0] if waiting else None


@define(eq=False)
class _Values:
    """The values of one source that are no strings."""

    scope: Scope
    numbers: _Figures = field(factory=_Figures)
    times: Counter[str] = field(factory=Counter)
    words: set[str] = field(factory=set)


def _passed(reason: PassReason) -> int:
    return _HELD + 1 + _REASONS.index(reason)


def _plain(time: Time) -> str:
    """``time`` as text: the fiscal year and the calendar year of one number are one year.

    A form heads its column 年度 and prints a bare ``R4`` below: which of both is meant is the
    adapter's to know.
    """
    return str(time)
