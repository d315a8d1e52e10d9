"""事業提案一覧表: the yearly list of project proposals, bureau by bureau.

The form: a title with the fiscal year, a section heading in 【】, the bureau on a line of its
own, then a table headed 番号, 事業名, 所属名, 種別, 事業開始年度, 事業概要, which may go on after
a blank line or a page break. Columns are found by their header words, in any order; a column
that the form does not have is reported and read by nobody, so that the host finds it unread.
It is published as text, page, spreadsheet, CSV or PDF: all that differs is the file. Text whose
tabs were lost is cut into cells again first.
"""

from typing import Final

from munidx.adapters import Publication, Reading, Recognition
from munidx.adapters.tables import Caption, Column, Form, TableAdapter, Unknown
from munidx.model import Municipality
from munidx_kadoma.torn import mended
from munidx_kadoma.untabbed import tabulated

__all__ = ["read", "recognise"]

_BUREAU: Final = r"[^。、,．.:/「」【】()]{1,20}(?:部|局|室|課|会|所|センター|館|署)"

_FORM: Final = Form(
    title=(
        r"(?:門真市)?(?P<year>.{1,14}?年度)(?:の|における)?(?:門真市)?(?:新規|主要|重点|政策)?"
        r"事業提案(?:事業)?一覧表?(?:[(【][^()【】]{1,12}[)】])?"
    ),
    slug="proposals",
    municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
    level="事業",
    captions=(
        Caption("label", r"【(?P<value>[^【】]{1,40})】", label="提案区分"),
        Caption("owners", _BUREAU),
    ),
    columns=(
        Column("code", "番号", "No", "No."),
        Column("title", "事業名", "事業名称", tight=True),
        Column("owners", "所属名", "所属", "担当課", tight=True),
        Column("label", "種別", label="種別", tight=True),
        Column("start", "事業開始年度", "開始年度"),
        Column("description", "事業概要", "概要", tight=True),
    ),
    needed=("code", "title", "description"),
    numbered=True,
    flowing=True,
    totals=(),
    unknown=Unknown.LEFTOVER,
)
_ADAPTER: Final = TableAdapter(_FORM)


def recognise(document: Publication) -> Recognition:
    """Score by the title, and by a header row that holds the form's words."""
    return _ADAPTER.recognise(tabulated(document, _FORM))


def read(document: Publication) -> Reading:
    """Read the list into a plan of kind ``project_list``."""
    return _ADAPTER.read(tabulated(mended(document, _FORM), _FORM))
