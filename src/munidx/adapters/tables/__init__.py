"""Declarative tables: a city says in a page what its header words mean, munidx reads by it.

::

    FORM = Form(
        title=r"(?P<year>.{1,14}年度)実施計画事業一覧",
        slug="projects",
        municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
        level="事業",
        columns=(
            Column("goal.title", "施策名", level="施策"),
            Column("code", "番号"),
            Column("title", "事業名", "事業名称", "取組名"),
            Column("owners", "担当課", "所属"),
            Column("costs", "当初予算額"),
            Column("indicator.title", "指標"),
            Column("targets", "目標値"),
            Column("actuals", "実績"),
        ),
    )

    @hookimpl
    def munidx_adapter() -> Adapter:
        return TableAdapter(FORM)

What a city imports stands here. The rooms behind it: ``form`` (what is declared), ``headings``
(header rows), ``outline`` (what stands around the rows), ``rows`` (their way), ``drafts`` and
``cells`` (what becomes of a cell), ``several`` (indicators below each other in it), ``totals``
(rows of sums), ``reading`` (the whole document), ``files`` (a form said in TOML).
"""

from munidx.adapters.tables.files import parse_form, read_form
from munidx.adapters.tables.form import CAPTIONS, FIELDS, Caption, Column, Form, Group, Unknown
from munidx.adapters.tables.reading import TableAdapter, TableReading, read_tables

__all__ = [
    "CAPTIONS",
    "FIELDS",
    "Caption",
    "Column",
    "Form",
    "Group",
    "TableAdapter",
    "TableReading",
    "Unknown",
    "parse_form",
    "read_form",
    "read_tables",
]
