"""Read a document's tables by a form; a whole adapter for one form of tables."""

import re
from typing import Final

from attrs import field, frozen

from munidx.adapters.contract import Leftover, Reading, Recognition
from munidx.adapters.tables.form import Form
from munidx.adapters.tables.headings import beginning, header_at
from munidx.adapters.tables.outline import Outline, without_unit
from munidx.adapters.tables.rows import Reader
from munidx.document import Publication, Row, Table
from munidx.findings import Finding, Severity
from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times, fiscal_year_of, parse_fiscal_year
from munidx.model import Edition, FiscalYear, Goal, Indicator, Labels, Measure, Owner, Period, Plan
from munidx.place import merge_sources

__all__ = ["TableAdapter", "TableReading", "read_tables"]

_LONGEST: Final = 200  # characters of a title


@frozen(kw_only=True)
class TableReading:
    """What the tables of a document hold."""

    title: str = ""
    title_source: str = ""
    label: str = ""
    """The edition, as the title says it: 令和6年度."""
    year: FiscalYear | None = None
    """Its fiscal year."""
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    """Those that stand under no goal."""
    indicators: tuple[Indicator, ...] = ()
    """Those that stand under no goal and no measure."""
    owners: tuple[Owner, ...] = ()
    """Those that captions name."""
    labels: Labels = field(factory=Labels)
    """Sums over the whole list, as published, by their words and the header of their column;
    and what captions say, all of it, by the name of the label."""
    source: str = ""
    """The places of the title, the captions and the sums."""
    findings: tuple[Finding, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


def read_tables(publication: Publication, form: Form) -> TableReading:
    """Read the tables of ``publication`` by what ``form`` says of them.

    Nothing is raised for a bad row or cell. Findings: ``MX920`` a row that is neither goal nor
    measure nor sum, ``MX921`` a cell that is not what its column holds (its text is kept, as
    published, among the labels or in the part itself), ``MX922`` a running number out of turn,
    ``MX923`` a row cut by a page break, ``MX925`` a sum over the list that is not that of its
    rows, ``MX926`` a second title, ``MX929`` a column that the form does not know, ``MX930`` no
    header, or no row below it, ``MX977`` a row that stands in the list a second time.
    """
    reader = Reader(form)
    reader.read(publication)
    outline = reader.outline
    root = outline.root
    if not (reader.headers and (root.goals or root.measures or root.series)):
        params = {"section": "、".join(_words(form))}
        finding = Finding(code="MX930", severity=Severity.WARNING, params=params)
        reader.notes.findings.append(finding)
    labels = {name: "、".join(values) for (_, name), values in outline.told.items() if name}
    places = [place for (_, name), told in outline.told.items() if name for place in told.values()]
    return TableReading(
        title=outline.title,
        title_source=outline.title_source,
        label=outline.label,
        year=_year(outline.label or outline.title),
        goals=tuple(draft.goal() for draft in root.goals),
        measures=tuple(draft.measure() for draft in root.measures),
        indicators=root.indicators(),
        owners=_owners(outline),
        labels=Labels(root.labels | labels),
        source=merge_sources(filter(None, (outline.title_source, *places, *root.sources))),
        findings=tuple(reader.notes.findings),
        leftovers=tuple(reader.notes.leftovers),
    )


@frozen
class TableAdapter:
    """A whole adapter for one form of tables: recognises it, reads it into a plan."""

    form: Form

    def recognise(self, document: Publication) -> Recognition:
        """Score by the title and by a header row; one of both alone is not enough."""
        found = {
            "title": self._is_titled(document),
            "header": any(
                header_at(grid, top, self.form)
                for grid in map(beginning, _tables(document))
                for top in range(len(grid))
            ),
        }
        reasons = tuple(name for name, there in found.items() if there)
        return Recognition(score=0.45 * len(reasons), reasons=reasons)

    def read(self, document: Publication) -> Reading:
        """Read the document into one plan."""
        read, form = read_tables(document, self.form), self.form
        edition = (
            Edition(label=read.label or read.title, year=read.year, source=read.title_source)
            if read.year
            else None
        )
        dated = form.one_year and read.year is not None
        plan = Plan(
            id=f"{form.municipality.code}-{form.kind.value}-{form.slug}",
            title=read.title,
            kind=form.kind,
            municipality=form.municipality,
            edition=edition,
            period=Period(start=read.year, end=read.year) if dated else None,
            owners=read.owners,
            goals=read.goals,
            measures=read.measures,
            indicators=read.indicators,
            labels=read.labels,
            source=read.source,
            inferred=("municipality", "period") if dated else ("municipality",),
        )
        return Reading(plans=(plan,), findings=read.findings, leftovers=read.leftovers)

    def _is_titled(self, document: Publication) -> bool:
        pattern = re.compile(self.form.title)
        captions = (table.caption for table in _tables(document))
        texts = (
            text
            for line in document.lines()
            for text in ([c.text for c in line.cells] if isinstance(line, Row) else [line.text])
        )
        return any(
            len(text) <= _LONGEST
            and (pattern.fullmatch(compact(text)) or pattern.fullmatch(compact(without_unit(text))))
            for some in (texts, captions)
            for text in some
        )


def _tables(document: Publication) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _owners(outline: Outline) -> tuple[Owner, ...]:
    told = outline.told.get(("owners", ""), {})
    return tuple(Owner(name=name, source=source) for name, source in told.items())


def _year(text: str) -> FiscalYear | None:
    """The fiscal year that ``text`` is or, if it names but one, names."""
    years = {year for found in find_times(text) if (year := fiscal_year_of(found.time))}
    return parse_fiscal_year(text) or (years.pop() if len(years) == 1 else None)


def _words(form: Form) -> list[str]:
    """A header word of each of the first columns."""
    words = (min(filter(None, column.words), default="") for column in form.columns)
    return [*filter(None, words)][: form.least]
