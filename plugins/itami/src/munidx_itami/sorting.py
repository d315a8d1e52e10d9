"""The pieces of one sheet, sorted: prose by its label, indicators, figures, rows of projects.

Nothing is decided here that needs two columns at once; what fits nowhere is kept as unknown.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from attrs import define, evolve, field

from munidx.japanese.characters import normalise
from munidx_itami.lines import Kind, Line, Piece
from munidx_itami.pieces import is_cost, number_of
from munidx_itami.sheets import Sheet

__all__ = ["Body", "Flow", "Sorted", "is_unit", "sort_sheet", "units_of"]

_PROSE: Final = {"aim", "plan", "reason", "results", "issues", "next_steps"}
_SENTENCE_END: Final = ("。", "．", "」", "）", ")", "！", "？")
_HEADING: Final = 16
"""A line that stands alone and is shorter than this may be a heading."""
_UNIT: Final = re.compile(
    r"[^\s\d/。、]{0,30}?(?:課|室|局|所|署|館|部|係|班|園|院|校|センター|担当|グループ|会|チーム|プラザ"
    r"|機構|直轄組織|全庁|管理監)(?:ほか|他)?"
)
_ROW: Final = {
    Kind.BUDGET,
    Kind.PROJECT,
    Kind.COLUMNS,
    Kind.COST_YEARS,
    Kind.TOTAL,
}
_COSTS: Final = re.compile(r"\s[△▲－-]?[\d０-９,，]+(?:[千百]?万?円)?(?:\s|$)|\s[－—-](?:\s|$)")


_CODE: Final = re.compile(r"(?<!\d)\d\d \d\d \d\d(?!\d)|- - -")
_FIGURE: Final = re.compile(r"[△▲-]?[\d]|- -|[○◯●◎]")
_BROKEN: Final = {Kind.TEXT, Kind.BUDGET, Kind.NUMBERS}
_MOST_BROKEN: Final = 5
"""Over so many further lines a row of cells goes."""


def _behind_costs(text: str) -> str | None:
    """What stands behind the costs of a project's row; None where there are no costs."""
    words = _CODE.sub(" ", normalise(text)).split()
    last = max((spot for spot, word in enumerate(words) if spot and is_cost(word)), default=0)
    return " ".join(words[last + 1 :]) if last else None


def units_of(text: str) -> list[str]:
    """The names in ``text``; ``・`` parts them only where each part names a unit."""
    parts = [part.strip() for part in re.split(r"[/／、，,]", text)]
    listed = [[name.strip() for name in re.split(r"[・･]", part)] for part in parts]
    return [
        name
        for part, names in zip(parts, listed, strict=True)
        for name in (names if all(map(_UNIT.fullmatch, names)) else [part])
    ]


def is_unit(text: str) -> bool:
    """Whether ``text`` names departments: 総務課, 管財課/給与制度課."""
    return all(map(_UNIT.fullmatch, units_of(text)))


@define(kw_only=True)
class Body:
    """An indicator's words: its circled number, name, direction and definition."""

    mark: str = ""
    names: list[Line] = field(factory=list)
    lines: list[Line] = field(factory=list)
    """All lines that it was read from."""
    name: str = ""
    arrow: str = ""
    definitions: list[str] = field(factory=list)


@define(kw_only=True)
class Flow:
    """Figures, headers of years and circled numbers, in the order of the text."""

    piece: Piece
    body: Body | None = None
    """Whose figures or number it is, where the text itself says so."""


@define(kw_only=True)
class Sorted:
    """What a sheet holds."""

    heads: list[tuple[Piece, list[Line]]] = field(factory=list)
    """Headings, with the lines on which their titles go on."""
    bureaus: list[tuple[Piece, list[Line]]] = field(factory=list)
    labels: dict[str, Piece] = field(factory=dict)
    prose: dict[str, list[Line]] = field(factory=dict)
    stars: list[Piece] = field(factory=list)
    legends: list[Piece] = field(factory=list)
    bodies: list[Body] = field(factory=list)
    flow: list[Flow] = field(factory=list)
    rows: list[Piece | Line] = field(factory=list)
    """The table of projects; a line among them is a department's."""
    totals: list[tuple[Piece, Piece | None, Piece | None]] = field(factory=list)
    """The label of a total, the header of years below it, the figures."""
    furniture: list[Line] = field(factory=list)
    unknown: list[Line] = field(factory=list)


@define
class _Sorter:
    pieces: Sequence[Piece]
    out: Sorted = field(factory=Sorted)
    prose: str = ""
    body: Body | None = None
    mark: Piece | None = None
    pending: list[Line] = field(factory=list)
    spot: int = 0

    def run(self) -> Sorted:
        while self.spot < len(self.pieces):
            piece = self.pieces[self.spot]
            self.spot += 1
            self._take(piece)
        self._flush()
        return self.out

    def _take(self, piece: Piece) -> None:
        if self.prose and self._goes_on(piece):
            self._prose(piece.first)
        elif piece.kind is Kind.TEXT:
            self._text(piece.first)
        elif piece.kind is Kind.ARROW:
            self._arrow(piece)
        elif piece.kind is Kind.MARK:
            self._stop()
            self.mark = piece
        elif piece.kind is Kind.NUMBERS:
            self._numbers(piece)
        else:
            self._stop(before=piece)
            self._structure(piece)

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a piece that looks like more is but a line of the prose."""
        following = self.pieces[self.spot] if self.spot < len(self.pieces) else None
        if piece.kind is Kind.MARK:
            return bool(piece.text) and not self._leads_to_arrow()
        if piece.kind is Kind.PROJECT:
            return not _COSTS.search(piece.text)
        if piece.kind is Kind.YEARS:
            return (
                piece.first.gap == 0
                and following is not None
                and following.kind is Kind.TEXT
                and following.first.gap == 0
            )
        return False

    def _leads_to_arrow(self) -> bool:
        for piece in self.pieces[self.spot : self.spot + 6]:
            if piece.kind is not Kind.TEXT:
                return piece.kind is Kind.ARROW and not piece.code
        return False

    def _text(self, line: Line) -> None:
        if self.body:
            self.body.lines.append(line)
            self.body.definitions.append(line.text)
        elif self.prose and not self._is_heading(line):
            self._prose(line)
        else:
            self.prose = ""
            self.pending.append(line)

    def _prose(self, line: Line) -> None:
        self.out.prose[self.prose].append(line)

    def _is_heading(self, line: Line) -> bool:
        """A heading that the form does not have: short, alone, after a finished sentence."""
        above = self.out.prose[self.prose]
        return (
            bool(above)
            and line.gap > 0
            and len(line.tight) <= _HEADING
            and not line.indented
            and above[-1].text.endswith(_SENTENCE_END)
            and not line.text.endswith(_SENTENCE_END)
            and not line.text.endswith("、")
        )

    def _arrow(self, piece: Piece) -> None:
        line = piece.first
        before, after = _parts(line.text, piece.mark)
        if piece.code:
            self._stop()
            before = before[1:].strip()
        names: list[Line] = []
        if not piece.code and (not before or (self.mark and self.pending)):
            names = self._names()
        mark = self.mark
        self.mark = None
        self._stop()
        body = Body(mark=piece.code or (mark.code if mark else ""), names=names, arrow=piece.mark)
        body.lines = [*(mark.lines if mark else ()), *names, line]
        body.name = "".join([mark.text if mark else "", *(name.text for name in names), before])
        if after:
            body.definitions.append(after)
        self.out.bodies.append(body)
        if body.mark:
            self.out.flow.append(Flow(piece=mark or piece, body=body))
        self.body = body

    def _names(self) -> list[Line]:
        """The run of lines right above, which an arrow makes an indicator's name."""
        lines = self.out.prose[self.prose] if self.prose else self.pending
        start = len(lines)
        while start and not lines[start - 1].text.endswith("。"):
            start -= 1
            if lines[start].gap:
                break
        names = lines[start:]
        del lines[start:]
        return names

    def _numbers(self, piece: Piece) -> None:
        if piece.alone and self.prose:
            self.out.flow.append(Flow(piece=piece))
            return
        owner = self.body if piece.name == "target" else None
        self._stop(before=piece)
        if self._is_no_rating(piece):
            self.out.stars.append(piece)
            return
        if self.out.totals and self.out.totals[-1][2] is None and self._below_total():
            label, header, _ = self.out.totals[-1]
            self.out.totals[-1] = (label, header, piece)
            return
        self.out.flow.append(Flow(piece=piece, body=owner))

    def _is_no_rating(self, piece: Piece) -> bool:
        """A dash, or 未定, right below the label of the stars."""
        above = self.pieces[self.spot - 2] if self.spot > 1 else None
        return (
            above is not None
            and (above.kind, above.name) == (Kind.LABEL, "rating")
            and not piece.name
            and all(number_of(token) is None for token in piece.values)
        )

    def _below_total(self) -> bool:
        above = self.pieces[max(0, self.spot - 3) : self.spot - 1]
        return bool(above) and (
            above[-1].kind is Kind.TOTAL
            or (
                above[-1].kind in (Kind.COST_YEARS, Kind.YEARS)
                and len(above) > 1
                and above[-2].kind is Kind.TOTAL
            )
        )

    def _structure(self, piece: Piece) -> None:
        out = self.out
        if piece.kind is Kind.LABEL:
            self._label(piece)
        elif piece.kind is Kind.HEAD:
            out.heads.append((piece, self._run_on()))
        elif piece.kind is Kind.BUREAUS:
            out.bureaus.append((piece, self._run_on(lambda line: is_unit(line.text.strip("/／")))))
        elif piece.kind is Kind.STARS:
            out.stars.append(piece)
        elif piece.kind is Kind.LEGEND:
            out.legends.append(piece)
        elif piece.kind is Kind.TOTAL:
            out.totals.append((piece, None, None))
        elif piece.kind in (Kind.COST_YEARS, Kind.YEARS) and self._below_total():
            out.totals[-1] = (out.totals[-1][0], piece, None)
        elif piece.kind in (Kind.YEARS, Kind.BASE):
            out.flow.append(Flow(piece=piece))
        elif piece.kind in _ROW:
            out.rows.append(self._whole(piece))
        else:
            out.furniture += piece.lines

    def _label(self, piece: Piece) -> None:
        if piece.name in self.out.labels:
            self.out.unknown += piece.lines
            return
        self.out.labels[piece.name] = piece
        self.out.furniture += piece.lines
        if piece.name in _PROSE:
            self.prose = piece.name
            self.out.prose[piece.name] = []

    def _run_on(self, fits: Callable[[Line], bool] | None = None) -> list[Line]:
        """Lines right below that go on with a cell that was too narrow."""
        found: list[Line] = []
        while self.spot < len(self.pieces):
            piece = self.pieces[self.spot]
            if piece.kind is not Kind.TEXT or piece.first.gap or (fits and not fits(piece.first)):
                break
            found.append(piece.first)
            self.spot += 1
        return found

    def _whole(self, piece: Piece) -> Piece:
        """A project's row with the lines on which its cells go on, up to its department."""
        if piece.kind is not Kind.PROJECT:
            return piece
        text, tail, lines = piece.text, _behind_costs(piece.text), list(piece.lines)
        below = self.pieces[self.spot : self.spot + _MOST_BROKEN]
        for following in below:
            line = following.first
            if following.kind not in _BROKEN or line.gap or (tail is not None and is_unit(tail)):
                break
            if tail == "" and is_unit(line.text):
                break  # a department on a line of its own, maybe another row's
            figures = _FIGURE.match(line.flat) is not None
            text += (" " if figures or tail == "" else "") + line.text
            tail = _behind_costs(text)
            lines.append(line)
        if tail is None or len(lines) == len(piece.lines) or not (not tail or is_unit(tail)):
            return piece
        self.spot += len(lines) - len(piece.lines)
        return evolve(piece, lines=tuple(lines), text=text)

    def _stop(self, before: Piece | None = None) -> None:
        """End what was going on: prose, a definition, words that waited for an arrow."""
        self.prose = ""
        self.body = None
        self._flush(before)

    def _flush(self, before: Piece | None = None) -> None:
        if self.mark:
            self.out.flow.append(Flow(piece=self.mark))
            if self.mark.text:
                self.out.unknown += self.mark.lines
        self.mark = None
        in_rows = before is not None and before.kind in _ROW
        for line in self.pending:
            if (in_rows or self.out.rows) and is_unit(line.text):
                self.out.rows.append(line)
            else:
                self.out.unknown.append(line)
        self.pending = []


def sort_sheet(sheet: Sheet) -> Sorted:
    """Sort the pieces of ``sheet``."""
    return _Sorter(sheet.pieces).run()


def _parts(text: str, arrow: str) -> tuple[str, str]:
    """What stands before the arrow and behind it; ``arrow`` is its normal form."""
    signs = [sign for sign in text.split() if normalise(sign) == arrow]
    before, _, after = f" {text} ".partition(f" {signs[0]} ") if signs else (text, "", "")
    return before.strip(), after.strip()
