"""The list of project proposals as bare lines: text taken out of a PDF, its tabs lost.

pypdfium2 and its like give the text of a page in the order in which it was drawn: cell after
cell, each line of a cell a line, cells parted by a space or a line's end like the words within
them. What is lost is where a cell ends, and that one is blank. What the form knows gives most
of it back: rows are numbered, a title ends with 事業, an owner as units do, the class is one of
a few words, the year an era's. A row that can be cut in no way, or in more than one,
stays as it is, and the host finds it unread: a text's last words may begin the next cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import define, evolve, field, frozen

from munidx.adapters import Publication
from munidx.adapters.tables import Form
from munidx.document import Block, Cell, Row, Table
from munidx.japanese.characters import compact
from munidx.place import Place

__all__ = ["tabulated"]

_CLASSES: Final = frozenset({"新規", "ローリング", "継続", "拡充", "縮小", "見直し", "廃止"})
_UNIT: Final = re.compile(
    r"[^\s\d。、,．.:「」【】()/ンッャュョァィゥェォーんっゃゅょ][^\s。、,．.:「」【】()/]{2,18}"
    r"(?<=部|局|室|課|係|会|所|館|署|園|ー)(?<!^センター)|[各全]課"
)
_UNITS: Final = re.compile("(?:[部局室課係会所館署園]|センター)/[^。]{0,20}")
_SUFFIX: Final = frozenset({"部", "局", "室", "課", "係", "会", "所", "館", "署", "園", "センター"})
"""What a narrow cell may leave of a unit for its next line: no title begins with it."""
_APART: Final = re.compile("[/、,]")
_TITLE: Final = re.compile(r"[^。]{1,80}事業(?:\([^()]{2,40}\))?")
_BEGINS: Final = re.compile(r"(?!\([^()]{2})[^/、,)」』】ンッャュョァィゥェォーんっゃゅょ]")
"""How a title or a description begins: 甲, (ア); what (甲乙) is, belongs to the title before it."""
_YEAR: Final = re.compile(r"(?:(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})(?:年度?)?)?")
_PAGE: Final = re.compile(r"-\d{1,4}-")
_TALL: Final = 8  # lines of a header
_WIDE: Final = 80  # characters of a title
_LONGEST: Final = 240  # words of a row
_MOST: Final[Mapping[str, int]] = {"code": 1, "title": 30, "owners": 12, "label": 4, "start": 4}
"""Words of a cell."""
_WAYS: Final = 200  # in which a row may be cut, that are compared


@frozen(eq=False)
class _Word:
    """What stands between white space."""

    text: str
    place: Place
    opens: bool
    """Whether it is the first of its line."""


def tabulated(document: Publication, form: Form) -> Publication:
    """``document`` with a table where lines print one; as it is where it has tables."""
    blocks = [block for block in document.blocks if isinstance(block, Block)]
    if len(blocks) < len(document.blocks):
        return document
    lines = _Lines(blocks, form)
    spot = 0
    while spot < len(blocks):
        header = lines.header(spot)
        spot = lines.table(spot, header) if header else lines.keep(spot)
    return evolve(document, blocks=tuple(lines.made))


@frozen
class _Header:
    """A header over one or more lines."""

    words: tuple[str, ...]
    height: int


@define
class _Lines:
    """The lines of a document, and what is made of them."""

    blocks: list[Block]
    form: Form
    made: list[Block | Table] = field(factory=list)
    fields: dict[str, str] = field(init=False)
    """What header words mean."""
    pattern: re.Pattern[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.fields = {word: column.field for column in self.form.columns for word in column.words}
        words = "|".join(map(re.escape, sorted(self.fields, key=len, reverse=True)))
        self.pattern = re.compile(f"(?:{words})+")

    def keep(self, spot: int) -> int:
        """Keep a line as it is; a title broken over lines is one line."""
        lines = next(filter(self._is_title, (self.blocks[spot : spot + n] for n in (2, 3))), None)
        first = self.blocks[spot]
        if lines is None or self._is_title([first]):
            self.made.append(first)
            return spot + 1
        text = "".join(line.text.strip() for line in lines)
        place = _from_to(first.place, lines[-1].place)
        self.made.append(evolve(first, text=text, place=place))
        return spot + len(lines)

    def _is_title(self, lines: Sequence[Block]) -> bool:
        text = "".join(line.text for line in lines)
        return len(text) <= _WIDE and bool(re.fullmatch(self.form.title, compact(text)))

    def header(self, spot: int) -> _Header | None:
        """The header that begins with this line: words of the form and nothing else."""
        text, found = "", None
        for height in range(1, min(_TALL, len(self.blocks) - spot) + 1):
            text += compact(self.blocks[spot + height - 1].text)
            if not any(text[: len(word)] == word[: len(text)] for word in self.fields):
                break
            words = [*self._header_words(text)]
            if len({self.fields[word] for word in words}) >= self.form.least:
                found = _Header(tuple(words), height)
        return found

    def _header_words(self, text: str) -> Iterator[str]:
        if not self.pattern.fullmatch(text):
            return
        words = sorted(self.fields, key=len, reverse=True)
        while text:
            word = next(
                word
                for word in words
                if text.startswith(word)
                and (len(text) == len(word) or self.pattern.fullmatch(text[len(word) :]))
            )
            yield word
            text = text[len(word) :]

    def table(self, spot: int, header: _Header) -> int:
        """Make a table of the lines from ``spot`` on; where it ends."""
        place = self.blocks[spot].place
        rows = [self._head(spot, header)]
        words: list[_Word] = []
        rest: list[Block] = []
        spot += header.height
        while spot < len(self.blocks) and not self._is_heading(spot):
            again = self.header(spot)
            if again and again.words == header.words:
                rows.append(self._head(spot, again))
                spot += again.height
                continue
            block = self.blocks[spot]
            if _PAGE.fullmatch(compact(block.text)):
                rest.append(block)
            else:
                texts = block.text.split()
                words += [_Word(text, block.place, not n) for n, text in enumerate(texts)]
            spot += 1
        fields = [self.fields[word] for word in header.words]
        for run in _runs(words):
            cut = _cut(run, fields)
            # What cannot be cut is one cell: no row that the form knows, and no line of its own.
            rows.append(_row([*enumerate(cut or [run])]))
        self.made += [Table(rows=tuple(rows), place=place), *rest]
        return spot

    def _head(self, spot: int, header: _Header) -> Row:
        lines = [block.place for block in self.blocks[spot : spot + header.height]]
        place = _from_to(lines[0], lines[-1])
        cells = (
            Cell(text=word, place=place, column=column) for column, word in enumerate(header.words)
        )
        return Row(cells=tuple(cells), place=place)

    def _is_heading(self, spot: int) -> bool:
        """Whether a line, with others of other kinds, stands above a header.

        Of two bureaus the first is no heading: the last owner of the table above it.
        """
        patterns = [re.compile(self.form.title)]
        patterns += [caption.pattern for caption in self.form.captions]
        for number in range(spot, min(spot + _TALL, len(self.blocks))):
            if self.header(number):
                return number > spot
            text = compact(self.blocks[number].text)
            kind = next((n for n, p in enumerate(patterns) if p.fullmatch(text)), None)
            if kind is None:
                return False
            patterns = patterns[kind + 1 :]
        return False


def _runs(words: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """The words of each row: one begins where a line begins with the next number."""
    start = 0
    while start < len(words):
        number = compact(words[start].text)
        following = str(int(number) + 1) if number.isdecimal() and len(number) < 5 else ""  # noqa: PLR2004
        end = next(
            (
                spot
                for spot in range(start + 1, len(words))
                if words[spot].opens and compact(words[spot].text) == following
            ),
            len(words),
        )
        yield words[start:end]
        start = end


def _cut(words: Sequence[_Word], fields: Sequence[str]) -> list[Sequence[_Word]] | None:
    """The words of a row by its cells; None where that is open."""
    if len(words) > _LONGEST:
        return None
    ways: list[tuple[int, list[Sequence[_Word]]]] = []
    for cells in _ways(words, fields):
        # A year is a year: no text begins or ends with one that the form has a column for.
        year = len(_joined(cells[fields.index("start")])) if "start" in fields else 0
        ways.append((year, cells))
        if len(ways) > _WAYS:
            return None
    longest = max((year for year, _ in ways), default=0)
    fitting = [cells for year, cells in ways if year == longest]
    return fitting[0] if len(fitting) == 1 else None


def _ways(words: Sequence[_Word], fields: Sequence[str]) -> Iterator[list[Sequence[_Word]]]:
    """All ways to cut ``words`` into cells that may be what their columns say."""
    if not fields:
        if not words:
            yield []
        return
    name = fields[0]
    least = 0 if name == "start" else 1
    most = min(_MOST.get(name, len(words)), len(words))
    ends = range(least, most + 1) if len(fields) > 1 else [len(words)]
    for end in ends:
        if _fits(name, words[:end]):
            for others in _ways(words[end:], fields[1:]):
                yield [words[:end], *others]


def _fits(name: str, words: Sequence[_Word]) -> bool:
    text = _joined(words)
    if name == "code":
        return text.isdecimal()
    if name == "title":
        whole = _BEGINS.match(text) and _TITLE.fullmatch(text)
        return bool(whole) and compact(words[0].text) not in _SUFFIX
    if name == "owners":
        return all(_UNIT.fullmatch(unit) for unit in _APART.split(text))
    if name == "label":
        return text in _CLASSES
    if name == "start":
        return bool(_YEAR.fullmatch(text))
    tail = text.rpartition("。")[2]
    return bool(_BEGINS.match(text)) and not _UNITS.search(tail)


def _joined(words: Sequence[_Word]) -> str:
    return compact("".join(word.text for word in words))


def _row(cells: Sequence[tuple[int, Sequence[_Word]]]) -> Row:
    made = tuple(
        Cell(
            text="".join(("\n" if word.opens else " ") + word.text for word in words).strip(),
            place=_from_to(words[0].place, words[-1].place),
            column=column,
        )
        for column, words in cells
        if words
    )
    return Row(cells=made, place=made[0].place)


def _from_to(first: Place, last: Place) -> Place:
    return evolve(first, last=last.line) if last.line != first.line else first
