"""The table of projects in plain text, where a row spreads over one to ten lines.

What the lines of a group are, is decided by what they look like and by what the row still
lacks: a number opens a row; up to the class (``L``, ``M`` or a dash alone) stands the title; from
there to the first line that is all departments stands the goal; what comes behind the
departments belongs to no column that the form has.
"""

import re
from collections.abc import Sequence
from typing import Final

from attrs import define, field

from munidx.adapters import PassReason
from munidx.japanese.characters import normalise
from munidx.japanese.figures import find_figures
from munidx.japanese.numerals import parse_number
from munidx_shijonawate.record import Entry, Outline, Piece
from munidx_shijonawate.units import is_unit, trailing_units
from munidx_shijonawate.words import CATEGORY, MARK, NUMBERED, header_roles, is_page_number
from munidx_shijonawate.wrapped import unit_end, whole_headers

__all__ = ["read_rows"]

_USUAL: Final = frozenset("LM")
"""The classes of an edition that prints no legend."""
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_ORDER: Final = ["number", "title", "category", "target", "units"]


@define
class _Row:
    number: int
    code: Piece
    lines: list[Piece] = field(factory=list)


@define
class _Reader:
    outline: Outline
    classes: frozenset[str]
    roles: list[str] = field(factory=list)
    rows: list[_Row] = field(factory=list)


def read_rows(
    lines: Sequence[Piece], classes: frozenset[str], outline: Outline
) -> tuple[Entry, ...]:
    """The rows that ``lines``, all those of one group, hold.

    ``classes`` are those that the document's legend explains. What fits no column goes to
    ``outline`` as a leftover, what is doubtful as a finding.
    """
    reader = _Reader(outline, classes)
    rest = whole_headers(lines) if outline.wrapped else list(lines)
    while rest:
        line = rest.pop(0)
        _take(reader, line, rest)
    extra = _extra_columns(reader)
    return tuple(_entry(reader, row, extra) for row in reader.rows)


def _take(reader: _Reader, line: Piece, rest: Sequence[Piece]) -> None:
    """Put ``line`` where it belongs: to a new row, the header, or the current row."""
    if is_page_number(line.text):
        reader.outline.skip(line, PassReason.PAGE_NUMBER)
        return
    found = NUMBERED.match(line.text)
    if found and _is_lone_page(reader, line, found, rest):
        reader.outline.skip(line, PassReason.PAGE_NUMBER)
        return
    if found and _opens_row(reader, line, found, rest):
        code = re.sub(r"[.．、:：]\s*$", "", line.text[: found.end()].strip()).strip()
        row = _Row(_number(found["number"]), Piece(code, line.place))
        if line.text[found.end() :].strip():
            row.lines.append(line.cut(found.end()))
        reader.rows.append(row)
        return
    roles = header_roles(line.text)
    if not reader.rows or all(not role.startswith("?") for role in roles):
        _take_header(reader, line, roles)
    else:
        reader.rows[-1].lines.append(line)


def _take_header(reader: _Reader, line: Piece, roles: list[str]) -> None:
    known = [role for role in roles if not role.startswith("?")]
    unknown = [role[1:] for role in roles if role.startswith("?")]
    if not reader.rows:
        reader.roles += roles
    if known:
        reader.outline.skip(line, PassReason.TABLE_HEADER, "" if not unknown else _known(line))
    for word in unknown:
        reader.outline.skip(line, None, word)


def _known(line: Piece) -> str:
    """The part of a header line that holds the form's own words, where it is one stretch."""
    words = [
        word
        for word in line.text.split()
        if all(not role.startswith("?") for role in header_roles(word))
    ]
    return " ".join(words)


def _opens_row(reader: _Reader, line: Piece, found: re.Match[str], rest: Sequence[Piece]) -> bool:
    """Whether the number at the beginning of ``line`` is a row's.

    While a row still lacks its departments, only the next number opens another one, and only
    if a class follows before that: a goal may begin with a figure too. Beside a gap (a number
    alone that the same number follows) it is a page number.
    """
    number = _number(found["number"])
    expected = reader.rows[-1].number + 1 if reader.rows else 1
    alone = not line.text[found.end() :].strip()
    if alone and (not rest or _is_start(rest[0], number)):
        return False
    if not reader.rows:
        return True
    current = reader.rows[-1]
    if _is_complete(current, reader.classes):
        return found["space"] is not None or alone or number == expected
    if not current.lines and not (alone or found["space"]):
        return False  # a title that begins with a figure
    return number == expected and _has_class(line, rest, reader.classes, expected + 1)


def _is_lone_page(
    reader: _Reader, line: Piece, found: re.Match[str], rest: Sequence[Piece]
) -> bool:
    """Whether a number alone is a page's: out of turn, between two rows or before departments.

    Behind the departments the next row or the group's end follows it, headers aside; before them
    stands a goal that has its figure.
    """
    if line.text[found.end() :].strip() or not reader.rows:
        return False
    current = reader.rows[-1]
    if _number(found["number"]) == current.number + 1:
        return False
    below = next((other for other in rest if _is_strange(other)), None)
    if _is_complete(current, reader.classes):
        return below is None or _is_start(below, current.number + 1)
    above = [piece.text for piece in current.lines]
    spot = _category(above, reader.classes)
    told = "".join([above[spot[0]][spot[2] :], *above[spot[0] + 1 :]]) if spot else ""
    return below is not None and is_unit(below.text) and re.search(r"\d", told) is not None


def _is_strange(line: Piece) -> bool:
    """Whether ``line`` is no header."""
    return any(role.startswith("?") for role in header_roles(line.text))


def _is_start(line: Piece, number: int) -> bool:
    found = NUMBERED.match(line.text)
    return found is not None and _number(found["number"]) == number


def _number(text: str) -> int:
    return int(parse_number(text) or 0)


def _is_complete(row: _Row, classes: frozenset[str]) -> bool:
    """Whether a class and departments (or the mark of an ended project) have been met."""
    text = [line.text for line in row.lines]
    spot = _category(text, classes)
    if spot is None:
        return bool(text) and is_unit(text[-1])
    index, _, end = spot
    behind = [text[index][end:].strip(), *text[index + 1 :]]
    if any(is_unit(part) for part in behind) or trailing_units(behind[0]) < len(behind[0]):
        return True
    said = "".join(behind)
    return bool(said) and not MARK.sub("", said).strip()


def _has_class(line: Piece, rest: Sequence[Piece], classes: frozenset[str], following: int) -> bool:
    texts = [line.text]
    for later in rest[:8]:
        if _is_start(later, following):
            break
        texts.append(later.text)
    spot = _category(texts, classes)
    return spot is not None and all(trailing_units(text) == len(text) for text in texts[: spot[0]])


def _category(texts: Sequence[str], classes: frozenset[str]) -> tuple[int, int, int] | None:
    """Which line holds the class, and where in it.

    Titles may hold letters and dashes of their own. So a class of the legend is the first choice;
    then a dash behind which nothing but marks and dashes stands, as in the row of an ended
    project; then any letter; then any dash.
    """
    found = [
        (index, match.start(), match.end(), normalise(match[0]))
        for index, text in enumerate(texts)
        for match in CATEGORY.finditer(text)
    ]
    choices = (
        [spot for spot in found if spot[3] in (classes or _USUAL)],
        [spot for spot in found if not spot[3].isalpha() and _is_ended(texts, spot[0], spot[2])],
        [spot for spot in found if spot[3].isalpha()],
        found,
    )
    best = next((choice[0] for choice in choices if choice), None)
    return best[:3] if best else None


def _is_ended(texts: Sequence[str], index: int, end: int) -> bool:
    behind = MARK.sub("", "".join([texts[index][end:], *texts[index + 1 :]]))
    return not normalise(behind).strip(" \t-")


def _extra_columns(reader: _Reader) -> dict[str, int]:
    """How many unknown columns stand behind each of the form's own."""
    extra: dict[str, int] = {}
    behind = ""
    words: list[str] = []
    for role in reader.roles:
        if role.startswith("?"):
            words.append(role[1:])
            extra[behind] = extra.get(behind, 0) + 1
        else:
            behind = role
    if words and reader.rows:
        reader.outline.find("MX971", reader.rows[0].code, columns=tuple(words))
    missing = [role for role in _ORDER if role not in reader.roles]
    if missing and reader.rows and reader.roles:
        reader.outline.find("MX972", reader.rows[0].code, columns=tuple(missing))
    return extra


def _entry(reader: _Reader, row: _Row, extra: dict[str, int]) -> Entry:
    texts = [line.text for line in row.lines]
    spot = _category(texts, reader.classes)
    if spot is None:
        return _without_class(reader, row)
    index, start, end = spot
    title = _cut_lines([*row.lines[:index], row.lines[index].cut(0, start)])
    category = row.lines[index].cut(start, end)
    behind = _cut_lines([row.lines[index].cut(end), *row.lines[index + 1 :]])
    target, units, rest = _behind_class(behind, wrapped=reader.outline.wrapped)
    if any(extra.get(role) for role in ("number", "title")):
        title = _first_cell(reader, title)
    if any(extra.get(role) for role in ("category", "target")):
        target = _doubtful_target(reader, target, extra)
    for piece in rest:
        reader.outline.skip(piece)
    entry = Entry(code=row.code, title=title, category=category, target=target, units=units)
    if rest and not any(extra.values()):
        told = "".join(piece.text for piece in rest)[:40]
        reader.outline.find("MX973", rest[0], _title(entry), text=told)
    return entry


def _without_class(reader: _Reader, row: _Row) -> Entry:
    """A row without a class: where its title ends nobody can tell, beyond its first line."""
    title = _cut_lines(row.lines[:1])
    units: list[Piece] = []
    rest: list[Piece] = []
    for line in row.lines[1:]:
        (units if is_unit(line.text) else rest).append(line)
    entry = Entry(code=row.code, title=title, units=tuple(units))
    reader.outline.find("MX974", row.code, _title(entry), number=row.code.text)
    for piece in rest:
        reader.outline.skip(piece)
    return entry


def _behind_class(
    lines: tuple[Piece, ...], *, wrapped: bool
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """Goal, departments, and what comes behind them."""
    target: list[Piece] = []
    for spot, line in enumerate(lines):
        begin = trailing_units(line.text)
        end = unit_end(lines, spot, inside=False) if wrapped else 0
        if begin == len(line.text) and not end:
            target.append(line)
            continue
        end = max(end, spot + 1)
        units = list(lines[spot:end])
        if begin < len(line.text):
            units[0] = line.cut(begin)
            target += [line.cut(0, begin)] if line.text[:begin].strip() else []
        while end < len(lines) and (more := _more_units(lines, end, wrapped=wrapped)):
            units += lines[end:more]
            end = more
        return tuple(target), tuple(units), tuple(lines[end:])
    # Without departments the marks of an ended project may fill their cell.
    marks = [line for line in target if not MARK.sub("", line.text).strip()]
    return tuple(line for line in target if line not in marks), tuple(marks), ()


def _more_units(lines: tuple[Piece, ...], spot: int, *, wrapped: bool) -> int:
    """Where the unit ends that the line at ``spot`` begins, behind another; 0 where it is none."""
    if wrapped:
        return unit_end(lines, spot, inside=True)
    return spot + 1 if is_unit(lines[spot].text) else 0


def _cut_lines(lines: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(line for line in lines if line.text)


def _first_cell(reader: _Reader, title: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The title where an unknown column follows it: its cell ends with a line or a space."""
    if not title:
        return title
    words = title[0].text.split(maxsplit=1)
    kept = (Piece(words[0], title[0].place),)
    others = [Piece(word, title[0].place) for word in words[1:]] + list(title[1:])
    for piece in others:
        reader.outline.skip(piece)
        reader.outline.find("MX975", piece, kept[0].text, field="title", text=piece.text)
    return kept


def _doubtful_target(
    reader: _Reader, target: tuple[Piece, ...], extra: dict[str, int]
) -> tuple[Piece, ...]:
    """The goal where an unknown column stands beside it.

    Cells that stand on lines of their own are told apart by their order; anything else is left
    over, for a figure of the one column would pass for the other's.
    """
    before, after = extra.get("category", 0), extra.get("target", 0)
    if len(target) == 1 and (before, after) == (0, 1):
        target = _figure_apart(target[0])
    apart = all(piece.gap for piece in target[1:])
    kept = target[before : before + 1]
    # A line in brackets is a note within a goal that goes on below, and no cell.
    noted = bool(kept) and _BRACKETED.fullmatch(normalise(kept[0].text).strip()) is not None
    if len(target) == before + after + 1 and apart and not noted:
        for piece in (*target[:before], *target[before + 1 :]):
            reader.outline.skip(piece)
        return kept
    for piece in target:
        reader.outline.skip(piece)
        reader.outline.find("MX975", piece, field="target", text=piece.text)
    return ()


def _figure_apart(line: Piece) -> tuple[Piece, ...]:
    """A goal with its figure, and behind it another figure alone, which is another cell's."""
    words = line.text.rsplit(maxsplit=1)
    plain = [normalise(word) for word in words]
    if len(words) < 2 or not find_figures(plain[0]):  # noqa: PLR2004 - a goal and a figure
        return (line,)
    figures = find_figures(plain[1])
    alone = len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(plain[1]))
    start = len(line.text) - len(words[1])
    return (line.cut(0, start), line.cut(start)) if alone else (line,)


def _title(entry: Entry) -> str:
    return "".join(piece.text for piece in entry.title)
