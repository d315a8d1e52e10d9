"""What a city says of its tables: columns by their header words, groups, totals, the plan's title.

Declarations only; the other modules of this room read by them.
"""

import enum
import re
from typing import Final

from attrs import field, frozen

from munidx.japanese.characters import compact
from munidx.model import CostBasis, Municipality, PlanKind

__all__ = ["CAPTIONS", "FIELDS", "Caption", "Column", "Form", "Group", "Unknown"]

FIELDS: Final = frozenset(
    {
        *("code", "title", "description", "target_state", "actions", "status", "label"),
        *("owners", "start", "end", "period", "schedule", "costs", "budget_code"),
        *("statement", "targets", "actuals", "baseline"),
        *("targets.year", "actuals.year", "baseline.year"),
        *("indicator.title", "indicator.code", "indicator.unit", "indicator.direction"),
        *("indicator.definition", "indicator.data_source"),
        *("evaluation.rating", "evaluation.plan", "evaluation.reason", "evaluation.results"),
        *("evaluation.issues", "evaluation.next_steps"),
        *("goal.title", "goal.code", "goal.description"),
    }
)
"""What a column may mean."""

CAPTIONS: Final = frozenset({"label", "owners"})
"""What a caption may mean."""


class Unknown(enum.Enum):
    """What becomes of a column that the form does not name; a finding (``MX929``) in any case."""

    LABEL = "label"
    """Its cells are labels of their nodes, under the header's words."""
    LEFTOVER = "leftover"
    """Header and cells are left over, and the host reports them as unread."""


@frozen(init=False)
class Column:
    """A column: what it means, and the header words by which it is known.

    Header words are compared without white space, line breaks, widths, notes (※1), years and
    units in brackets: ``令和6年度 当初予算額（千円）`` heads a ``Column("costs", "当初予算額")``.
    Over several header rows a column is known by its lowest words, or by those of all rows put
    together. The word ``""`` is that of a column headed by a year alone.

    Args:
        field: What a cell means, one of :data:`FIELDS`: a field of the measure; ``statement``
            (達成目標: an indicator with its target in one sentence); ``targets``, ``actuals``
            and ``baseline`` of the indicator of the row, and the ``.year`` of each (目標年度
            beside 目標値); a field of its ``indicator``, of the node's ``evaluation``, or of the
            ``goal`` that the row stands under.
        words: The header words.
        under: Words of a heading above, where the words below are not enough (名称 under 指標).
        level: Of ``goal.`` columns: the city's word for the rung; levels nest in the order in
            which they are declared.
        carried: Whether a blank cell means the same as above (縦結合 lost in a text file). Cells
            that are merged in the form are so in any case.
        label: The name of the label; else the header's words.
        unit: The unit of money, where neither header nor cell prints one: ``千円``.
        category: Of costs: ``project``, ``personnel``, or the city's word. Of several columns
            of money that nothing else tells apart, it is the header's word.
        basis: Of costs: absent, it is that which the header says (予算, 決算).
        funding: Of costs: where the money comes from.
        pattern: Of ``title`` and ``goal.title``: a pattern with the groups ``code`` and
            ``title`` for cells that print both.
        tight: Whether white space within a title, a name or prose is but a line break of a
            narrow cell, and is removed; between Latin words it stays, as a space. For forms
            that are published as text taken out of a PDF too, where nothing else tells lines
            apart.

    Raises:
        ValueError: No such field, no words, or a pattern that is none.
    """

    field: str
    words: frozenset[str]
    under: frozenset[str]
    level: str
    carried: bool
    label: str
    unit: str
    category: str
    basis: CostBasis | None
    funding: str
    pattern: re.Pattern[str] | None
    tight: bool

    def __init__(
        self,
        field: str,
        *words: str,
        under: str | tuple[str, ...] = (),
        level: str = "",
        carried: bool = False,
        label: str = "",
        unit: str = "",
        category: str = "",
        basis: CostBasis | None = None,
        funding: str = "",
        pattern: str = "",
        tight: bool = False,
    ) -> None:
        if field not in FIELDS or not words:
            raise ValueError(field)
        self.__attrs_init__(
            field=field,
            words=frozenset(map(compact, words)),
            under=frozenset(map(compact, [under] if isinstance(under, str) else under)),
            level=level,
            carried=carried,
            label=label,
            unit=unit,
            category=category,
            basis=basis,
            funding=funding,
            pattern=_compiled(pattern),
            tight=tight,
        )


@frozen(init=False)
class Group:
    """A row, or a line between two tables, that opens a goal; those after it belong to it.

    Without ``field`` it is a row with but one filled cell, or a line of text; with it a row
    like those of measures, known by that cell and read by the same columns.

    Args:
        level: The city's word for the rung; groups nest in their order, those of ``goal.``
            columns within them.
        pattern: What the cell or line must be, compared as normalised text; its groups
            ``code`` and ``title`` say what is which. Absent: any row with but one filled cell.
        field: The column whose cell the pattern is held against: ``code``.

    Raises:
        ValueError: No such field, a field without a pattern, or a pattern that is none.
    """

    level: str
    pattern: re.Pattern[str] | None
    field: str

    def __init__(self, level: str, pattern: str = "", *, field: str = "") -> None:
        if field and (field not in FIELDS or not pattern):
            raise ValueError(field)
        self.__attrs_init__(level=level, pattern=_compiled(pattern), field=field)


@frozen(init=False)
class Caption:
    """A line above a table, or a row of one cell, that says something of all rows below it.

    It holds until the next caption of its field and label, and that of a caption declared
    before it. What it says is kept on the plan too.

    Args:
        field: ``label``: a label of each measure; ``owners``: the bureau that the owners of the
            rows belong to, or their owner, if a row names none.
        pattern: What the line must be, its white space removed; a group ``value`` says which
            part of it is meant.
        label: Of ``label``: its name.

    Raises:
        ValueError: No such field, no pattern or one that is none, or a label without a name.
    """

    field: str
    pattern: re.Pattern[str]
    label: str

    def __init__(self, field: str, pattern: str, *, label: str = "") -> None:
        compiled = _compiled(pattern)
        if field not in CAPTIONS or compiled is None or bool(label) != (field == "label"):
            raise ValueError(field)
        self.__attrs_init__(field=field, pattern=compiled, label=label)


@frozen(kw_only=True)
class Form:
    """One form of a city: its tables, and what the plan is."""

    title: str
    """The pattern of the title, its white space removed: a line, a caption or a row above the
    table. A group ``year`` says of which fiscal year the edition is."""
    slug: str
    municipality: Municipality
    kind: PlanKind = PlanKind.PROJECT_LIST
    one_year: bool = True
    """Whether the plan is that of the edition's year alone."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...] = ()
    captions: tuple[Caption, ...] = ()
    level: str = ""
    """The city's word for what a row is: 事業."""
    needed: tuple[str, ...] = ("title",)
    """The fields without which a row is no measure; ``title`` among them."""
    numbered: bool = False
    """Whether the codes of the rows are running numbers, counted on or anew below each caption and
    group: others are reported (``MX922``), and a row without a number is no measure."""
    flowing: bool = False
    """Whether a line behind a table goes on where its last text stops within a sentence, as in
    text that was taken out of a PDF."""
    totals: tuple[str, ...] = ("総合計", "合計", "総計", "累計", "小計", "計")
    """The words at which a row of sums is known."""
    spanning: tuple[str, ...] = ()
    """Words that head several columns together and say nothing of them: 基本情報."""
    least: int = 3
    """How many known columns make a row a header."""
    unknown: Unknown = Unknown.LABEL
    boilerplate: tuple[str, ...] = ()
    """Patterns of lines outside the tables that say nothing of the plan."""

    levels: tuple[str, ...] = field(init=False)
    """The rungs of goals, from the top."""
    vocabulary: frozenset[str] = field(init=False, repr=False, eq=False)
    """All header words, as they are compared."""

    @levels.default
    def _levels(self) -> tuple[str, ...]:
        told = [group.level for group in self.groups]
        told += [column.level for column in self.columns if column.field.startswith("goal.")]
        return tuple(dict.fromkeys(told))

    @vocabulary.default
    def _vocabulary(self) -> frozenset[str]:
        told = {word for column in self.columns for word in (*column.words, *column.under)}
        return frozenset(told | set(map(compact, self.spanning))) - {""}

    def __attrs_post_init__(self) -> None:
        for pattern in (self.title, *self.boilerplate):
            _compiled(pattern)
        if not self.columns or "title" not in self.needed or set(self.needed) - FIELDS:
            raise ValueError(self.needed)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern) if pattern else None
    except re.error as error:
        raise ValueError(pattern) from error
