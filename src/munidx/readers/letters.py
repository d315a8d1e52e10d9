"""From letters with boxes to lines of text: how a page's letters are read.

A reader knows of each letter where it stands and in which order the file draws it. Here they
become lines: level ones, stacked ones (one letter below the other, columns from the right), and
turned ones. A line that ends only because the next word would not have fit goes on without a line
feed; where there was room, the line feed is kept. Spaces are those that the file has, and one for
a gap as wide as a letter.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import define, field, frozen

from munidx.document import Box

__all__ = [
    "BEGINS",
    "Letter",
    "TextLine",
    "cell_text",
    "goes_on",
    "joined",
    "lines_of",
    "merged",
    "rows_of",
]

Letter: TypeAlias = tuple[str, float, float, float, float, int]
"""A letter: its character, left, top, right, bottom, and its number in the file's order."""

_SLACK: Final = 0.01
"""Of a letter's height: how exact places are."""
_FIGURE: Final = "0123456789,"
_RUNNING: Final = 12
_FREE: Final = 0.7
_SPACE: Final = 0.5
"""A space before a word needs room too, and is not drawn where the line ends."""
_SAME_LINE: Final = 0.5
_WORD_GAP: Final = 0.28
_GAP: Final = 1.0
_STACKED: Final = 0.7
"""The share of steps that go down rather than along."""
_PADDING: Final = 0.8
_ASIDE: Final = 2.5
"""A line that begins so many letters from the edge is centred or stands at the right."""

_OPENERS: Final = "「『（(【〔［[〈《｛{“‘"
_CLOSERS: Final = (
    "、。，．,.」』）)】〕］]〉》｝}”’・：；:;！？!?ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%"
)
BEGINS: Final = re.compile(
    r"[\s　]*(?:[・･•●○◯◎▪▫■□◆◇※★☆①-⓿❶-➓]|[(（](?:\d{1,2}|[ア-ンｱ-ﾝa-zA-Z一-十])[)）]|[-–—][\s　])"
)


@frozen(eq=False)
class TextLine:
    """A line of text and where it stands."""

    text: str
    box: Box
    size: float
    """The height of its letters."""
    first: float = 0.0
    """The width of what may not be parted at its beginning."""


def lines_of(letters: Sequence[Letter]) -> list[TextLine]:
    """The level lines of ``letters``, from the top."""
    return [line for row in rows_of(letters) for line in row]


def rows_of(letters: Sequence[Letter], gap: float = math.inf) -> list[list[TextLine]]:
    """The level lines of ``letters``, from the top, parted where they leave a gap.

    ``gap`` is in heights of letters.
    """
    lines: list[_Row] = []
    # A space as wide as a gap between cells reaches into the second, between its lines.
    drawn = [each for each in letters if each[0] != " " or each[3] - each[1] <= each[4] - each[2]]
    # A lone space may be that of the cell beside, and stand between two lines of this one.
    runs = [run for run in _runs(drawn) if any(letter[0] != " " for letter in run)]
    for run in sorted(runs, key=_middle):
        line = next((line for line in reversed(lines[-3:]) if line.is_beside(run)), None)
        if line is None:
            line = _Row()
            lines.append(line)
        line.take(run)
    rows = ([_line(part) for part in line.parted(gap)] for line in lines)
    return [made for row in rows if (made := [line for line in row if line is not None])]


@define(eq=False)
class _Row:
    """A level line in the making: its letters, and how high and low they reach."""

    letters: list[Letter] = field(factory=list)
    top: float = math.inf
    bottom: float = -math.inf

    def is_beside(self, run: list[Letter]) -> bool:
        """Whether at least half of the lower of the two stands beside the other."""
        top, bottom = min(each[2] for each in run), max(each[4] for each in run)
        low = min(bottom - top, self.bottom - self.top)
        return min(bottom, self.bottom) - max(top, self.top) >= _SAME_LINE * low

    def take(self, run: list[Letter]) -> None:
        """Add a run."""
        self.letters += run
        self.top = min(self.top, *(each[2] for each in run))
        self.bottom = max(self.bottom, *(each[4] for each in run))

    def parted(self, gap: float) -> Iterable[list[Letter]]:
        """The letters from the left, parted where they leave a gap."""
        # What some makers draw at one and the same place keeps its order.
        letters = sorted(self.letters, key=lambda letter: (round(letter[1], 1), letter[5]))
        start = 0
        for number, (before, after) in enumerate(pairwise(letters), 1):
            if after[1] - before[3] > gap * (self.bottom - self.top):
                yield letters[start:number]
                start = number
        yield letters[start:]


def merged(row: Sequence[TextLine]) -> TextLine:
    """The parts of a line as one."""
    if len(row) == 1:
        return row[0]
    box = Box(
        row[0].box.left,
        min(line.box.top for line in row),
        row[-1].box.right,
        max(line.box.bottom for line in row),
    )
    size = max(line.size for line in row)
    return TextLine(" ".join(line.text for line in row), box, size, row[0].first)


def cell_text(
    letters: Sequence[Letter], box: Box, angle: Callable[[int], float] | None = None
) -> tuple[str, tuple[int, ...]]:
    """The text of a cell, and where in it lines are joined that had no room to go on.

    Args:
        letters: The cell's letters.
        box: Where the cell stands.
        angle: Tells how far a letter is turned, in radians; asked where lines may be upright.
    """
    seen = [letter for letter in letters if not letter[0].isspace()]
    if not seen:
        return "", ()
    if _is_upright(seen):
        turned = angle is not None and _is_turned(angle(seen[0][5]))
        if turned:
            down = seen[-1][2] >= seen[0][2]
            level = [_turn(letter, down=down) for letter in letters]
            return _level_text(level, _turn_box(box, down=down))
        if sum(letter[0].isalpha() and not letter[0].isascii() for letter in seen) * 2 >= len(seen):
            return "".join(map(_column_text, _columns(letters))), ()
    return _level_text(letters, box)


def goes_on(
    line: TextLine,
    following: TextLine,
    left: float,
    right: float,
    *,
    ragged: bool = False,
    edge: float = -math.inf,
) -> bool:
    """Whether ``line`` ends only for want of room, between the edges ``left`` and ``right``.

    ``ragged`` says that the text is known to begin at the left; what is set in by a letter from
    ``edge`` begins a paragraph.
    """
    set_in = _is_letter(following.box.left - edge, line.size)
    if set_in or following.text.startswith("\u3000") or BEGINS.match(following.text):
        return False
    size = line.size
    before, behind = line.box.left - left, right - line.box.right
    used = line.box.right - left
    centred = not ragged and abs(before - behind) < size / 2 < before
    if before > _ASIDE * size or centred:
        used = line.box.right - line.box.left
    # A line of many letters is running text; where it ends, makers leave up to a letter free.
    slack = _SLACK if len(line.text) < _RUNNING else -_FREE
    if following.text[0].isascii() and following.text[0].isalnum():
        slack = min(slack, -_SPACE)
    return used + following.first > right - left + slack * size


def _is_ragged(lines: Sequence[TextLine], box: Box, size: float) -> bool:
    """Whether lines begin at the left edge: one ends early, or some are set in by a letter."""
    edge = min(line.box.left for line in lines)
    inset = [line.box.left - edge for line in lines if line.box.left - edge > _SLACK * size]
    if inset and all(_is_letter(each, size) for each in inset):
        return True
    return any(
        line.box.left - box.left < size and box.right - line.box.right > 2 * size for line in lines
    )


def _is_letter(width: float, size: float) -> bool:
    return abs(width - size) < _SAME_LINE * size / 2


def joined(first: str, second: str) -> str:
    """Two lines as one: words of Latin letters keep a space between them."""
    if not (first and second):
        return first + second
    before, after = first[-1], second[0]
    latin = before.isascii() and after.isascii() and after.isalnum()
    if latin and before not in "-/ @._" and not (before in _FIGURE and after.isdigit()):
        return f"{first} {second}"
    return first + second


def _level_text(letters: Sequence[Letter], box: Box) -> tuple[str, tuple[int, ...]]:
    lines = lines_of(letters)
    if len(lines) < 2:  # noqa: PLR2004 - one line is whole
        return lines[0].text if lines else "", ()
    size = max(line.size for line in lines)
    gaps = [line.box.left - box.left for line in lines] + [
        box.right - line.box.right for line in lines
    ]
    padding = min(max(min(gaps), 0.0), _PADDING * size)
    ragged = _is_ragged(lines, box, size)
    edge = min(line.box.left for line in lines)
    if not ragged or any(BEGINS.match(line.text) for line in lines):
        edge = -math.inf  # what stands below an item is set in and goes on
    text = lines[0].text
    breaks: list[int] = []
    for line, following in pairwise(lines):
        if goes_on(
            line, following, box.left + padding, box.right - padding, ragged=ragged, edge=edge
        ):
            breaks.append(len(text))
            text = joined(text, following.text)
        else:
            text += "\n" + following.text
    return text, tuple(breaks)


def _runs(letters: Sequence[Letter]) -> Iterable[list[Letter]]:
    """Letters that follow each other on one line."""
    run: list[Letter] = []
    for letter in letters:
        if run:
            _, left, top, right, bottom, _ = run[-1]
            height = max(bottom - top, letter[4] - letter[2])
            near = abs(letter[2] + letter[4] - top - bottom) < height * _SAME_LINE * 2
            if not near or not -height / 2 < letter[1] - right < height or letter[1] < left:
                yield run
                run = []
        run.append(letter)
    if run:
        yield run


def _middle(run: list[Letter]) -> float:
    return run[0][2] + run[0][4]


def _line(letters: list[Letter]) -> TextLine | None:
    while letters and letters[-1][0] == " ":
        letters.pop()
    while letters and letters[0][0] == " ":
        letters.pop(0)
    if not letters:
        return None
    heights = sorted(letter[4] - letter[2] for letter in letters)
    size = heights[len(heights) // 2]
    parts = [letters[0][0]]
    for before, after in pairwise(letters):
        gap = after[1] - before[3]
        if gap > _WORD_GAP * size and (gap > _GAP * size or _is_word_gap(before[0], after[0])):
            parts.append(" ")
        parts.append(after[0])
    box = Box(
        letters[0][1],
        min(letter[2] for letter in letters),
        max(letter[3] for letter in letters),
        max(letter[4] for letter in letters),
    )
    return TextLine("".join(parts), box, size, _first_width(letters))


def _is_word_gap(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and " " not in (before, after)


def _first_width(letters: list[Letter]) -> float:
    """The width of the first letters that no line end may part."""
    end = 0
    while end < len(letters) - 1 and letters[end][0] in _OPENERS:
        end += 1
    if letters[end][0].isascii():
        while end < len(letters) - 1 and _is_word(letters[end + 1][0]):
            end += 1
    while end < len(letters) - 1 and letters[end + 1][0] in _CLOSERS:
        end += 1
    return letters[end][3] - letters[0][1]


def _is_word(sign: str) -> bool:
    return sign.isascii() and not sign.isspace()


def _is_upright(letters: Sequence[Letter]) -> bool:
    """Whether most letters stand below (or above) the one before them."""
    steps, others = 0, 0
    for before, after in pairwise(letters):
        wide = max(before[3] - before[1], after[3] - after[1])
        aside = abs(after[1] + after[3] - before[1] - before[3]) / 2
        down = abs(after[2] + after[4] - before[2] - before[4]) / 2
        high = min(before[4] - before[2], after[4] - after[2])
        if down > high * _SAME_LINE and aside < wide * _SAME_LINE:
            steps += 1
        elif not (after[4] <= before[2] and after[3] <= before[1] < after[3] + wide):
            others += 1  # neither down nor up again to the next column
    return steps > 0 and steps >= (steps + others) * _STACKED


def _is_turned(angle: float) -> bool:
    return abs(math.sin(angle)) > _STACKED


def _turn(letter: Letter, *, down: bool) -> Letter:
    """A letter of a turned line as if the line were level."""
    text, left, top, right, bottom, number = letter
    if down:
        return text, top, -right, bottom, -left, number
    return text, -bottom, left, -top, right, number


def _turn_box(box: Box, *, down: bool) -> Box:
    if down:
        return Box(box.top, -box.right, box.bottom, -box.left)
    return Box(-box.bottom, box.left, -box.top, box.right)


def _columns(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Stacked letters column by column, from the right."""
    columns: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: -letter[1] - letter[3]):
        wide = max(letter[3] - letter[1], letter[4] - letter[2])
        if columns:
            first = columns[-1][0]
            aside = (first[1] + first[3] - letter[1] - letter[3]) / 2
            if aside < wide * _STACKED:
                columns[-1].append(letter)
                continue
        columns.append([letter])
    return columns


def _column_text(column: list[Letter]) -> str:
    ordered = sorted(column, key=lambda letter: letter[5])
    return "".join(line.text for line in lines_of(ordered))
