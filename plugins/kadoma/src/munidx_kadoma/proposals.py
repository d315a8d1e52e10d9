"""事業提案一覧表: the yearly list of project proposals, bureau by bureau.

The form: a title with the fiscal year, a section heading in 【】, the bureau on a line of its
own, then a table headed 番号, 事業名, 所属名, 種別, 事業開始年度, 事業概要, which may go on after
a blank line or a page break. Columns are found by their header words, in any order; a column
that the form does not have is reported and read by nobody, so that the host finds it unread.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Final

from attrs import define, evolve, field

from munidx.adapters import Leftover, PassReason, Publication, Reading, Recognition
from munidx.document import Block, Cell, Line, Row
from munidx.findings import Finding, Severity
from munidx.japanese.characters import compact
from munidx.japanese.eras import parse_fiscal_year
from munidx.model import (
    Edition,
    FiscalYear,
    Labels,
    Measure,
    Municipality,
    Owner,
    Period,
    Plan,
    PlanKind,
)
from munidx.place import merge_sources, parse_places

__all__ = ["read", "recognise"]

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("番号", "No", "No."),
    "title": ("事業名", "事業名称"),
    "owners": ("所属名", "所属", "担当課"),
    "class": ("種別",),
    "start": ("事業開始年度", "開始年度"),
    "description": ("事業概要", "概要"),
}
_WORDS: Final = {compact(word): field for field, words in _COLUMNS.items() for word in words}
_LEAST_WORDS: Final = 3  # a row with so many header words is a header, even with strangers among
_NEEDED: Final = ("title", "description")

_TITLE: Final = re.compile(r"(?P<year>.{1,14}?年度)(?:事業提案一覧表|事業提案一覧)")
_SECTION: Final = re.compile(r"【(?P<title>[^【】]{1,40})】")
_BUREAU: Final = re.compile(r"[^\s。、,．.:：「」【】()]{1,20}(?:部|局|室|課|会|所|センター|館|署)")
_CODE: Final = re.compile(r"\d{1,4}")
_SEPARATOR: Final = re.compile(r"\s*[/／、，,\n]\s*|(?<=課)\s+(?=\S+課$)")
_LATIN_GAP: Final = re.compile(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])")
_FULL_STOPS: Final = "。.．）)」』！!？?"


def recognise(document: Publication) -> Recognition:
    """Score by the title, and by a header row that holds the form's words."""
    reasons: list[str] = []
    for line in document.lines():
        if isinstance(line, Block) and _TITLE.fullmatch(compact(line.text)):
            reasons.append("title")
        elif isinstance(line, Row) and len(_header(line)) >= _LEAST_WORDS:
            reasons.append("header")
    score = 0.5 * ("title" in reasons) + 0.45 * ("header" in reasons)
    return Recognition(score=score, reasons=tuple(dict.fromkeys(reasons)))


def read(document: Publication) -> Reading:
    """Read the list into a plan of kind ``project_list``."""
    reader = _Reader()
    lines = [*document.lines()]
    for line, following in zip_longest(lines, lines[1:]):
        if isinstance(line, Row):
            reader.row(line)
        else:
            reader.block(line, following)
    return reader.reading()


@define
class _Reader:
    """What is known while the lines go by."""

    edition: Edition | None = None
    title: str = ""
    sections: list[str] = field(factory=list)
    bureaus: list[Owner] = field(factory=list)
    section: str = ""
    bureau: Owner | None = None
    columns: dict[int, str] = field(factory=dict)
    measures: list[Measure] = field(factory=list)
    sources: list[str] = field(factory=list)
    findings: list[Finding] = field(factory=list)
    leftovers: list[Leftover] = field(factory=list)
    expected: int = 1

    def block(self, line: Block, following: Line | None) -> None:
        """A line outside the tables: title, section, bureau, or the rest of a cut cell."""
        text, source = compact(line.text), str(line.place)
        if found := _TITLE.fullmatch(text):
            self._name(line.text.strip(), found["year"], source)
        elif found := _SECTION.fullmatch(text):
            self.section, self.bureau, self.expected = found["title"], None, 1
            self.sections.append(self.section)
            self.sources.append(source)
        elif _BUREAU.fullmatch(text) and (not self._cut_before() or _opens(following)):
            self.bureau, self.expected = Owner(name=text, source=source), 1
            if all(bureau.name != text for bureau in self.bureaus):
                self.bureaus.append(self.bureau)
            else:
                self.leftovers.append(Leftover(source=source, reason=PassReason.REPEAT))
        elif re.fullmatch(r"[-－]?\d{1,3}[-－]?", text):
            self.leftovers.append(Leftover(source=source, reason=PassReason.PAGE_NUMBER))
        elif self.measures and self._cut_before():
            self._continue(source, {"description": line.text})

    def row(self, line: Row) -> None:
        """A row of the table: its header, a project, or the rest of a cut one."""
        header = _header(line)
        if len(header) >= _LEAST_WORDS:
            self.columns = header
            told = [str(cell.place) for cell in line.cells if cell.column in header]
            self.leftovers += [Leftover(source=s, reason=PassReason.TABLE_HEADER) for s in told]
            for cell in line.cells:
                if cell.column not in header and cell.text.strip():
                    self._report("MX929", str(cell.place), column=cell.text.strip()[:80])
            return
        cells = {self.columns[c.column]: c for c in line.cells if c.column in self.columns}
        texts = {name: cell.text.strip() for name, cell in cells.items() if cell.text.strip()}
        code = compact(texts.get("code", ""))
        if not code and not texts.get("title") and "description" in texts and self.measures:
            self._continue(merge_sources(str(cells[name].place) for name in texts), texts)
        elif all(name in texts for name in _NEEDED) and _CODE.fullmatch(code):
            self._project(line, cells, texts)
        else:
            self._report("MX920", line, text=_shown(line), reason="no-project")

    def _name(self, title: str, year: str, source: str) -> None:
        fiscal = parse_fiscal_year(year)
        if self.edition is not None:
            reason = PassReason.REPEAT if compact(title) == compact(self.title) else None
            self.leftovers.append(Leftover(source=source, reason=reason))
            self._report("MX926", source, field="title", first=self.title, second=title)
            return
        self.title = title
        label = title[: title.index("度") + 1] if "度" in title else year
        self.edition = Edition(label=label, year=fiscal, source=source)
        self.sources.append(source)

    def _project(self, line: Row, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> None:
        code = compact(texts["code"])
        if int(code) != self.expected:
            self._report("MX922", line, expected=self.expected, found=code)
        self.expected = int(code) + 1
        labels = {"種別": texts["class"]} if "class" in texts else {}
        if self.section:
            labels["提案区分"] = self.section
        self.measures.append(
            Measure(
                code=code,
                title=_joined(texts["title"]),
                level="事業",
                description=texts["description"],
                owners=tuple(self._owners(texts.get("owners", ""), cells.get("owners"))),
                start=self._start(line, texts.get("start", "")),
                labels=Labels(labels),
                source=merge_sources(str(cells[name].place) for name in texts),
            )
        )

    def _owners(self, text: str, cell: Cell | None) -> Iterator[Owner]:
        for name in filter(None, _SEPARATOR.split(text)):
            yield Owner(
                name=_joined(name),
                path=(self.bureau.name,) if self.bureau else (),
                source=str(cell.place) if cell else "",
            )

    def _start(self, line: Row, text: str) -> FiscalYear | None:
        if not text:
            return None
        year = parse_fiscal_year(text)
        if year is None:
            self._report("MX921", line, field="start", text=text)
        return year

    def _cut_before(self) -> bool:
        """Whether the last project's description stops in the middle of a sentence."""
        return bool(self.measures) and not self.measures[-1].description.endswith(
            tuple(_FULL_STOPS)
        )

    def _continue(self, source: str, texts: Mapping[str, str]) -> None:
        """Add ``texts`` to the last project: a page break had cut it."""
        last = self.measures[-1]
        title = _joined(last.title + texts.get("title", ""))
        description = last.description + texts.get("description", "").strip()
        self.measures[-1] = evolve(
            last,
            title=title,
            description=description,
            source=merge_sources([last.source, source]),
        )
        self._report("MX923", source, severity=Severity.INFO, field="description")

    def _report(
        self,
        code: str,
        where: Row | str,
        *,
        severity: Severity = Severity.WARNING,
        **params: object,
    ) -> None:
        source = where if isinstance(where, str) else str(where.place)
        location = parse_places(source)[0].location
        self.findings.append(
            Finding(code=code, severity=severity, params=params, location=location)
        )

    def reading(self) -> Reading:
        """The plan of what was read."""
        if not self.measures:
            self.findings.append(
                Finding(code="MX930", severity=Severity.WARNING, params={"section": "事業一覧"})
            )
        year = self.edition.year if self.edition else None
        plan = Plan(
            id="272230-project_list-proposals",
            title=self.title,
            kind=PlanKind.PROJECT_LIST,
            municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
            edition=self.edition,
            period=Period(start=year, end=year) if year else None,
            owners=tuple(self.bureaus),
            measures=tuple(self.measures),
            labels=Labels({"提案区分": "、".join(dict.fromkeys(self.sections))})
            if self.sections
            else Labels(),
            source=merge_sources(self.sources),
            inferred=("municipality", "period") if year else ("municipality",),
        )
        return Reading(
            plans=(plan,), findings=tuple(self.findings), leftovers=tuple(self.leftovers)
        )


def _header(line: Row) -> dict[int, str]:
    """The grid columns of ``line`` whose text is a header word, with the field each means."""
    return {
        cell.column: _WORDS[word] for cell in line.cells if (word := compact(cell.text)) in _WORDS
    }


def _opens(line: Line | None) -> bool:
    """Whether a table begins with ``line``, so that what stands above it is its heading."""
    return isinstance(line, Row) and len(_header(line)) >= _LEAST_WORDS


def _joined(text: str) -> str:
    """``text`` without the spaces that line breaks left; those between Latin words stay."""
    kept = _LATIN_GAP.sub("\0", text.strip())
    return re.sub(r"\s+", "", kept).replace("\0", " ")


def _shown(line: Row) -> str:
    return " | ".join(cell.text.strip() for cell in line.cells)[:80]
