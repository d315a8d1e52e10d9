"""A goal of the year or of the mid term, made of the pieces of its columns."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, evolve, field

from munidx.adapters import Leftover, PassReason
from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.japanese.marks import status_of
from munidx.model import (
    Evaluation,
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Reference,
    Status,
)
from munidx.place import parse_places
from munidx_toyonaka.items import is_unbalanced, read_done, read_planned, read_values, split_title
from munidx_toyonaka.pieces import Piece
from munidx_toyonaka.record import GoalRecord, Sheet, merged
from munidx_toyonaka.references import to_reference

__all__ = ["MID", "YEAR", "GoalMaker"]

YEAR: Final = "当年度目標"
MID: Final = "中期目標"
_POINT: Final = "取組み事項"


@define
class _Point:
    """A goal, or a point ``(1)`` of it, under construction."""

    code: str = ""
    title: str = ""
    sources: list[str] = field(factory=list)
    description: list[str] = field(factory=list)
    planned: list[Piece] = field(factory=list)
    scheduled: list[Piece] = field(factory=list)
    results: list[str] = field(factory=list)
    results_sources: list[str] = field(factory=list)
    indicators: list[Indicator] = field(factory=list)


@define
class GoalMaker:
    """Makes the goals of a sheet; what it meets goes to the sheet's findings and leftovers."""

    sheet: Sheet
    year: FiscalYear | None

    def make(self, record: GoalRecord) -> Goal:
        """The goal of ``record``, its points as goals below it."""
        whole = _Point(code=record.code.text, sources=[record.code.source])
        points = self._points(record.plan, whole)
        self._schedule(record, whole, points)
        self._results(record, whole, points)
        head, status, labels = _marked(whole.title)
        if not head:
            self._report("MX921", record.code.source, field="title", text="")
        goal = self._goal(whole, MID if record.mid else YEAR, mid=record.mid)
        return evolve(
            goal,
            title=head,
            status=status,
            labels=labels,
            goals=tuple(self._goal(point, _POINT, mid=record.mid) for point in points.values()),
            evaluations=tuple(self._evaluations(whole, record)),
            references=tuple(self._references(record)),
            source=merged(whole.sources),
        )

    def _points(self, pieces: Iterable[Piece], whole: _Point) -> dict[str, _Point]:
        """Title, points and items of the column 取組み事項, in their order."""
        points: dict[str, _Point] = {}
        current = whole
        for piece in pieces:
            current.sources.append(piece.source)
            if piece.kind == "point":
                current = self._point(piece, points)
            elif piece.kind == "item":
                current.planned.append(piece)
            elif not whole.title and current is whole and not whole.planned:
                whole.title = piece.text
            elif current.planned:
                current.planned.append(piece)
            else:
                current.description.append(piece.text)
        return points

    def _point(self, piece: Piece, points: dict[str, _Point]) -> _Point:
        code = piece.numbers[0]
        expected = f"({len(points) + 1})"
        if code != expected or len(piece.numbers) > 1:
            self._report("MX922", piece.source, expected=expected, found="".join(piece.numbers))
        if code in points:
            code = f"{code}#{len(points)}"
        points[code] = _Point(code=piece.numbers[0], title=piece.text, sources=[piece.source])
        return points[code]

    def _schedule(self, record: GoalRecord, whole: _Point, points: dict[str, _Point]) -> None:
        """The items of the column スケジュール, under the point whose number stands above them."""
        current = next(iter(points.values())) if len(points) == 1 else whole
        for piece in record.schedule:
            if piece.kind == "point":
                named = [points[number] for number in piece.numbers if number in points]
                current = named[0] if len(named) == 1 else whole
                number = "".join(piece.numbers)
                if not named:
                    self._report("MX922", piece.source, expected="", found=number)
                self._pass(piece.source, number)
                if piece.text:
                    current.description.append(piece.text)
            else:
                current.scheduled.append(piece)
            current.sources.append(piece.source)

    def _results(self, record: GoalRecord, whole: _Point, points: dict[str, _Point]) -> None:
        """What was done, under the one point that the line above it names, or the goal."""
        current = whole
        for piece in record.results:
            if piece.kind == "point":
                named = [points[number] for number in piece.numbers if number in points]
                current = named[0] if len(named) == len(piece.numbers) == 1 else whole
                if len(named) < len(piece.numbers):
                    found = "".join(piece.numbers)
                    self._report("MX922", piece.source, expected="", found=found)
            done = read_done(piece, self.year) if piece.kind != "text" else None
            self._check(piece)
            if done:
                current.indicators.append(done)
            else:
                current.results.append(piece.raw)
                current.results_sources.append(piece.source)

    def _goal(self, point: _Point, level: str, *, mid: bool) -> Goal:
        measures, indicators = (
            self._twice(point)
            if point.scheduled
            else self._measures(_nested(point.planned), None if mid else self.year)
        )
        results = self._result(point) if level == _POINT else None
        return Goal(
            code=point.code,
            title=point.title,
            level=level,
            description="\n".join(point.description),
            measures=tuple(measures),
            indicators=(*indicators, *point.indicators),
            evaluations=(results,) if results else (),
            source=merged(point.sources),
        )

    def _twice(self, point: _Point) -> tuple[list[Measure], list[Indicator]]:
        """The items of the schedule, and those of the plan that are not the same.

        The form prints them in both columns of some goals: they are held once.
        """
        known = {compact(piece.text) for piece in point.scheduled}
        own = [piece for piece in point.planned if compact(piece.text) not in known]
        for piece in point.planned:
            if compact(piece.text) in known:
                self._pass(piece.source, piece.text)
        measures, indicators = self._measures(_nested(point.scheduled), None)
        others, more = self._measures(_nested(own), None)
        titles = {compact(measure.title): measure for measure in measures}
        for measure in others:
            if other := titles.get(compact(measure.title)):
                self._report(
                    "MX926",
                    measure.source,
                    title=measure.title,
                    field="schedule",
                    first=_shown(measure),
                    second=_shown(other),
                )
        return [*others, *measures], [*more, *indicators]

    def _measures(
        self, branches: "list[_Branch]", year: FiscalYear | None
    ) -> tuple[list[Measure], list[Indicator]]:
        """The measures of ``branches``, and the items that are a row of values."""
        measures: list[Measure] = []
        indicators: list[Indicator] = []
        for branch in branches:
            self._check(branch.piece)
            values = read_values(branch.piece) if not branch.below else None
            if values:
                indicators.append(values)
                continue
            measure = read_planned(branch.piece, year)
            below, inner = self._measures(branch.below, year)
            description = "\n".join(filter(None, [measure.description, *branch.notes]))
            measures.append(
                evolve(
                    measure,
                    description=description,
                    measures=tuple(below),
                    indicators=(*measure.indicators, *inner),
                )
            )
        return measures, indicators

    def _result(self, point: _Point) -> Evaluation | None:
        if not point.results:
            return None
        return Evaluation(
            year=self.year,
            results="\n".join(point.results),
            source=merged(point.results_sources),
            inferred=("year",) if self.year else (),
        )

    def _evaluations(self, whole: _Point, record: GoalRecord) -> Iterator[Evaluation]:
        """What was found of the goal as a whole."""
        columns = (record.issues, [*record.outlook, *record.next])
        issues, steps = ("\n".join(piece.raw for piece in column) for column in columns)
        sources = [piece.source for column in columns for piece in column]
        if whole.results or sources:
            yield Evaluation(
                year=self.year,
                results="\n".join(whole.results),
                issues=issues,
                next_steps=steps,
                source=merged([*whole.results_sources, *sources]),
                inferred=("year",) if self.year else (),
            )

    def _references(self, record: GoalRecord) -> Iterator[Reference]:
        """Each reference once; printed again it is passed."""
        held: dict[tuple[str, str], str] = {}
        for named in record.references:
            pair = named.pair
            key = (named.plan, pair.code)
            known = held.setdefault(key, pair.title)
            if known is pair.title:
                yield to_reference(pair, named.plan, named.label)
            elif compact(known) == compact(pair.title):
                for cell in pair.cells:
                    for text in (pair.code, pair.title):
                        self._pass(str(cell.place), text)
            else:
                source = merged(str(cell.place) for cell in pair.cells)
                self._report("MX926", source, field=pair.code, first=known, second=pair.title)
                yield to_reference(pair, named.plan, named.label)

    def _check(self, piece: Piece) -> None:
        if is_unbalanced(piece.text):
            self._report("MX921", piece.source, field="item", text=piece.text[:60])

    def _pass(self, source: str, text: str) -> None:
        leftover = Leftover(source=source, reason=PassReason.REPEAT, text=text)
        self.sheet.leftovers.append(leftover)

    def _report(
        self,
        code: str,
        source: str,
        *,
        title: str = "",
        severity: Severity = Severity.WARNING,
        **params: object,
    ) -> None:
        places = parse_places(source)
        place = places[0] if places else None
        self.sheet.find(code, place, severity=severity, title=title, **params)


@define
class _Branch:
    """An item with the items and notes below it."""

    piece: Piece
    below: "list[_Branch]" = field(factory=list)
    notes: list[str] = field(factory=list)


def _nested(pieces: Iterable[Piece]) -> list[_Branch]:
    """Items under the nearest item before them that ranks above them."""
    top: list[_Branch] = []
    above: list[_Branch] = []
    for piece in pieces:
        if piece.kind != "item" and above:
            above[-1].notes.append(piece.text)
            continue
        branch = _Branch(piece)
        while above and above[-1].piece.rank >= piece.rank:
            above.pop()
        (above[-1].below if above else top).append(branch)
        above.append(branch)
    return top


def _marked(title: str) -> tuple[str, Status | None, Labels]:
    """A title without the marks that end it; 【重点】 is a label, 【新規】 a status."""
    told = split_title(title)
    if not told.marks:
        return title, None, Labels()
    status: Status | None = None
    labels: dict[str, str] = {}
    for mark in told.marks:
        said = status_of(mark)
        # 拡充 and 見直し say that something goes on, and more than that.
        if said in (None, Status.ACTIVE) or status is not None:
            labels[mark] = mark
        status = status or said
    return told.marked, status, Labels(labels)


def _shown(measure: Measure) -> str:
    return "、".join(entry.text for entry in measure.schedule) or measure.description
