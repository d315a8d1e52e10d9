"""The title of a document: which line it is, what of it changes every year, what kind it names."""

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times, fiscal_year_of
from munidx.model import FiscalYear, PlanKind
from munidx.scaffold.python import steady
from munidx.scaffold.seen import Saying

__all__ = ["Headline", "first_line", "headline_of", "kind_of"]

_PLANS: Final = re.compile(
    r"計画|一覧|事業集|プラン|ビジョン|戦略|評価|方針|予算|大綱|目標|構想|プログラム|施策|報告書?|調書|概要"
)
_NOTES: Final = re.compile(r"単位|^[※*(（・]|目次|ページ|[。、]|作成$|現在\)?$|お問い?合わせ|電話")
_WAY: Final = re.compile(r".[>|].+[>|]")  # where a page stands: トップ > 計画
_TO: Final = re.compile(r"[~\-]|から")
_RANGE: Final = 2
_SURE: Final = 3
_FIRST: Final = 60  # lines among which the title is looked for
_LONGEST: Final = 60  # characters of it

_KINDS: Final = (
    (r"評価|検証|進捗|達成状況|実績報告|点検", PlanKind.EVALUATION),
    (
        r"実施計画|事業一覧|事業計画|主要事業|重点事業|主要施策|予算|事業集|調書",
        PlanKind.PROJECT_LIST,
    ),
    (r"[部局][長]?の?(?:.{0,6})目標|組織目標|マニフェスト", PlanKind.BUREAU_GOALS),
    (r"総合戦略|創生", PlanKind.STRATEGY),
    (r"アクションプラン|行動計画|実行計画|アクションプログラム", PlanKind.ACTION),
    (r"総合計画|総合振興計画|基本構想|基本計画", PlanKind.COMPREHENSIVE),
    (r"計画|プラン|ビジョン|戦略|方針|大綱", PlanKind.SECTORAL),
)


@frozen(kw_only=True)
class Headline:
    """The line that says what the document is."""

    text: str
    """As published."""
    place: str
    pattern: str
    """What the line is in every year, its white space removed; its group ``year``, if the line
    names one, says of which edition the document is."""
    core: str
    """The longest part that is the same every year."""
    year: FiscalYear | None
    several: bool
    """Whether the title names more years than the one of the edition."""


def headline_of(sayings: Iterable[Saying], city: str) -> Headline | None:
    """The title among the first lines of a document; None where no line looks like one."""
    first = [saying for saying in sayings if saying.text][:_FIRST]
    scores = [(_score(saying, city), -number, saying) for number, saying in enumerate(first)]
    sure = [entry for entry in scores if entry[0] >= _SURE]
    if not sure:
        return None
    *_, saying = max(sure, key=lambda entry: entry[:2])
    return _headline(saying)


def first_line(sayings: Iterable[Saying]) -> Headline | None:
    """The first short line, for want of a title."""
    lines = (one for one in sayings if not one.caption and _SURE <= len(one.text) <= _LONGEST)
    found = next(lines, None)
    return _headline(found) if found else None


def _score(saying: Saying, city: str) -> int:
    bare = compact(saying.text)
    if len(bare) > _LONGEST or _NOTES.search(bare) or len(bare) < _SURE:
        return 0
    return (
        3 * bool(_PLANS.search(bare))
        + 2 * bool(_years(bare))
        + 2 * bool(city and compact(city) in bare)
        + saying.heading
        - 3 * bool(_WAY.search(bare))
    )


def _years(bare: str) -> list[tuple[int, int, FiscalYear]]:
    found = ((one.start, one.end, fiscal_year_of(one.time)) for one in find_times(bare))
    return [(start, end, year) for start, end, year in found if year]


def _headline(saying: Saying) -> Headline:
    bare = compact(saying.text)
    years = _years(bare)
    several = len(years) > 1
    if len(years) == _RANGE and _TO.fullmatch(bare[years[0][1] : years[1][0]]):
        years = years[:1]  # 令和8年度～令和10年度 is the edition of 令和8年度
    pattern, last = "", 0
    cores: list[str] = []
    if len(years) == 1:
        ((last, end, _),) = years
        cores.append(bare[:last])
        pattern = f"{steady(bare[:last])}(?P<year>{_shape(bare[last:end])})"
        last = end
        several = several or _TO.match(bare[last:]) is not None
    cores.append(bare[last:])
    pattern += steady(bare[last:])
    parts = [part for core in cores for part in re.split(r"\d+", core)]
    return Headline(
        text=saying.text,
        place=saying.place,
        pattern=pattern,
        core=re.sub(r"^(?:[)\]・:-]+|[次期回])|[(\[・:-]+$", "", max(parts, key=len)),
        year=years[0][2] if len(years) == 1 else None,
        several=several,
    )


def _shape(year: str) -> str:
    """What a year looks like: 令和6年度, R6, 2024年度."""
    ending = next((ending for ending in ("年度", "年") if year.endswith(ending)), "")
    return rf".{{1,14}}{ending}" if ending else r"[^\W_]{2,8}"


def kind_of(title: str) -> PlanKind:
    """What kind of plan a title names; a list of projects, if none."""
    bare = compact(title)
    found = (kind for words, kind in _KINDS if re.search(words, bare))
    return next(found, PlanKind.PROJECT_LIST)
