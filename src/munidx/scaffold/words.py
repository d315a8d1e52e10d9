"""The words at the heads of Japanese cities' tables, and what they mean.

A word means a field of :data:`munidx.adapters.tables.FIELDS`. Words stand as they are compared:
without white space, years, and units in brackets.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from munidx.adapters.tables.form import Column
from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times

__all__ = ["RUNGS", "TITLES", "Meaning", "bare", "dictionary", "guess", "level_of"]

TITLES: Final = (
    *("事務事業名", "事務事業名称", "事務事業", "計画事業名", "事業名", "事業名称", "事業の名称"),
    *("事業名等", "予算事業名", "実施事業名", "実施事業", "個別事業名", "細事業名", "対象事業"),
    *("主要事業名", "主要事業", "主な事業", "重点事業名", "重点事業", "事業", "取組名", "取組名称"),
    *("取組事業", "取組項目", "取組事項", "重点取組", "重点取組事項", "具体的取組", "具体的な取組"),
    *("取り組み", "取組み", "取組", "実施項目", "推進項目", "改革項目", "プロジェクト名"),
    *("プロジェクト", "アクションプラン", "アクション", "具体的施策", "推進事業", "計画事業"),
    *("施策・事業名", "施策・事業", "細事業", "事業項目", "実施事項", "件名", "項目名", "項目"),
    *("名称",),
)
"""What heads the column of a measure's title, the surest first."""

RUNGS: Final = (
    *(
        "まちづくりの目標",
        "まちづくりの柱",
        "施策の柱",
        "基本的方向",
        "基本目標",
        "基本方針",
        "基本方向",
        "基本政策",
        "基本施策",
        "重点目標",
    ),
    *("重点施策", "重点分野", "政策分野", "施策分野", "施策の方向性", "施策の方向", "実施施策"),
    *("個別施策", "政策", "施策", "大綱", "大項目", "中項目", "小項目", "分野", "部門", "柱", "章"),
    *("大事業", "中事業", "款", "項", "目"),
)
"""What a city calls the rungs above its measures."""

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        *("No", "NO", "no", "No.", "NO.", "no.", "#", "ID", "番号", "通番", "通し番号", "連番"),
        *("項番", "整理番号", "事業番号", "事業No", "事業No.", "事業NO", "事業コード", "コード"),
        *("事務事業コード", "事務事業番号", "取組番号", "計画事業番号", "管理番号"),
    ),
    "goal.code": ("施策番号", "施策コード", "政策番号", "施策No", "施策No.", "目標番号"),
    "owners": (
        *("担当課", "担当課名", "担当課等", "担当課室", "担当課(室)", "担当課・室", "担当室課"),
        *("担当部署", "担当部局", "担当部", "担当部課", "担当所属", "担当", "主担当課", "関係課"),
        *("所管課", "所管課名", "所管課等", "所管部課", "所管部局", "所管部署", "所管", "所属"),
        *("所属名", "部局", "部局名", "部署", "部署名", "部名", "部課名", "課名", "主管課"),
        *("実施課", "実施主体", "担当組織", "組織", "組織名", "部", "課", "課・室", "局", "局名"),
        *("所管局", "担当局", "担当係", "執行課", "予算所管課", "事業所管課"),
    ),
    "costs": (
        *("予算額", "当初予算額", "当初予算", "予算", "予算案", "予算現額", "本年度予算額"),
        *("前年度予算額", "補正予算額", "要求額", "査定額", "決算額", "決算", "決算見込額"),
        *("事業費", "事業費計", "総事業費", "計画事業費", "概算事業費", "概算額", "計画額"),
        *("年度別事業費", "事業費合計", "所要額", "見込額", "金額", "予算措置額", "執行額"),
        *("支出済額", "支出額", "歳出額", "最終予算額", "補正後予算額", "予算計上額", "事業予算額"),
    ),
    "budget_code": ("予算科目", "科目", "款項目", "款・項・目", "款-項-目", "予算費目", "費目"),
    "start": ("開始年度", "事業開始年度", "開始", "開始時期", "着手年度", "始期", "実施開始年度"),
    "end": ("終了年度", "事業終了年度", "終了", "終了予定年度", "完了年度", "完了予定年度", "終期"),
    "period": ("期間", "事業期間", "実施期間", "計画期間", "事業年度", "実施年度", "取組期間"),
    "schedule": (
        *(
            "スケジュール",
            "実施スケジュール",
            "年次計画",
            "年度別計画",
            "年度計画",
            "工程",
            "工程表",
        ),
        *("計画工程", "実施時期", "実施計画", "実施予定"),
    ),
    "description": (
        *("事業概要", "事業の概要", "概要", "事業内容", "事業の内容", "事業の目的・内容", "内容"),
        *("取組内容", "取組の内容", "取組概要", "取組の概要", "主な取組内容", "具体的な取組内容"),
        *("実施内容", "主な内容", "主な取組", "事業説明", "説明", "目的", "事業目的", "事業の目的"),
        *("目的・概要", "目的及び内容", "目的・内容"),
    ),
    "target_state": ("目指す姿", "めざす姿", "目指すべき姿", "目標とする姿", "あるべき姿", "意図"),
    "statement": ("達成目標", "目標(達成目標)", "数値目標等", "成果目標"),
    "indicator.title": (
        *("指標", "指標名", "指標の名称", "成果指標", "成果指標名", "活動指標", "活動指標名"),
        *("評価指標", "目標指標", "管理指標", "数値指標", "KPI", "KPI名", "重要業績評価指標"),
        *("重要業績評価指標(KPI)", "アウトカム指標", "アウトプット指標", "目標項目"),
    ),
    "indicator.unit": ("単位", "指標単位"),
    "indicator.definition": ("算定方法", "算出方法", "指標の定義", "指標の説明", "算式", "計算式"),
    "indicator.data_source": ("出典", "データ出典", "調査名", "データの出典"),
    "targets": (
        *("目標値", "目標", "数値目標", "目標数値", "計画値", "最終目標", "最終目標値"),
        *("中間目標", "中間目標値"),
    ),
    "actuals": ("実績値", "実績", "実績数値", "達成値", "直近値", "直近実績"),
    "baseline": (
        *("基準値", "現状値", "現状", "現況値", "現況", "当初値", "策定時", "計画策定時"),
        *("計画策定時の値", "策定時の値"),
    ),
    "targets.year": (
        *("目標年度", "目標年", "目標値年度", "達成年度", "達成目標年度", "目標達成年度"),
        *("最終目標年度", "達成予定年度"),
        *("中間目標年度", "達成時期", "目標達成時期", "目標時期", "目標時点"),
    ),
    "actuals.year": ("実績年度", "実績年", "実績値年度", "直近年度", "直近実績年度", "実績時点"),
    "baseline.year": (
        *("基準年度", "基準年", "基準値年度", "現状年度", "現状値年度", "現況年度", "策定年度"),
        *("基準時点", "現状時点", "当初年度", "基準時", "現状値の年度", "基準値の年度"),
    ),
    "evaluation.rating": (
        *("評価", "総合評価", "評価結果", "自己評価", "達成度", "達成状況", "進捗状況", "進捗度"),
        *("進捗", "判定", "評価区分", "事業評価", "一次評価", "二次評価", "内部評価", "外部評価"),
        *("1次評価", "2次評価", "最終評価", "評価点", "ランク"),
    ),
    "evaluation.results": (
        "取組実績",
        "実施状況",
        "取組状況",
        "取組結果",
        "実施結果",
        "成果",
        "主な成果",
    ),
    "evaluation.reason": ("評価理由", "評価の理由", "判定理由", "理由"),
    "evaluation.issues": ("課題", "課題等", "問題点", "課題・問題点", "現状と課題"),
    "evaluation.next_steps": (
        *("今後の方向性", "今後の取組", "今後の方針", "今後の対応", "今後の予定", "改善策"),
        *("次年度の方向性", "次年度の取組", "方向性", "改善内容", "見直し内容"),
    ),
    "status": (
        "新規・継続",
        "新規/継続",
        "新規継続",
        "新規・継続の別",
        "新規・継続区分",
        "新規区分",
    ),
    "label": (
        *("備考", "摘要", "特記事項", "区分", "事業区分", "会計", "会計名", "会計区分", "種別"),
        *("対象", "対象者", "地区", "場所", "実施場所", "事業主体", "優先度", "根拠法令", "SDGs"),
        *("増減", "増減額", "比較増減", "対前年度増減", "対前年度比", "増減率", "伸び率"),
        *("総合計画", "総合戦略", "関連計画", "財源", "実施方法", "補助・単独", "補単", "主要"),
    ),
}

_FUNDS: Final = (
    *("国庫支出金", "国支出金", "国費", "県支出金", "府支出金", "都支出金", "道支出金", "県費"),
    *("国県支出金", "国府支出金", "国・県支出金", "国・府支出金", "地方債", "市債", "町債", "村債"),
    *("区債", "起債", "一般財源", "一財", "特定財源", "その他特定財源", "使用料", "繰入金"),
)
"""Where money comes from."""
_PERSONNEL: Final = ("人件費", "概算人件費", "職員人件費")
_INDICATORS: Final = ("指標", "成果指標", "活動指標", "数値目標", "目標指標", "KPI", "評価指標")
_MONEY: Final = ("事業費", "予算額", "予算", "決算額", "計画事業費", "年度別事業費", "概算事業費")

_DATED: Final = {
    "targets.year": ("目標値", "目標", "数値目標", "最終目標", "最終目標値", "中間目標"),
    "actuals.year": ("実績値", "実績", "直近値", "直近実績"),
    "baseline.year": ("基準値", "基準", "現状値", "現状", "現況値", "現況"),
}
"""Headings over a value and its year."""
_TIMES: Final = ("年度", "年", "時点", "時期")

_GUESSES: Final = (
    (r".*(?:課|担当|所管|部署|所属|部局)(?:名|等|課)?", "owners"),
    (r".*(?:事業|取組|取り?組み|プロジェクト|アクション)(?:の?名称|名)", "title"),
    (r".*(?:目標|方針|施策|政策|分野|項目|柱)(?:の?名称|名)", "goal.title"),
    (r".+の(?:柱|方針|施策|政策|分野|方向)", "goal.title"),
    (r".*(?:番号|コード|[Nn][Oo]\.?)", "code"),
    (r".*(?:人件費)", "costs"),
    (r".*(?:予算|決算|事業費|金額|[^総]額|経費)(?:の?(?:合計|計|総額))?", "costs"),
    (r".*(?:指標|KPI)名?", "indicator.title"),
    (r".*目標値?", "targets"),
    (r".*実績値?", "actuals"),
    (r".*(?:現状|現況|基準|当初|策定時)値?", "baseline"),
    (r".*(?:課題|問題点)", "evaluation.issues"),
    (r"(?:今後|次年度).*|.*方向性", "evaluation.next_steps"),
    (r".*(?:評価|達成度|達成状況|進捗状況|判定)", "evaluation.rating"),
    (r"(?:開始|着手).*(?:年度?|時期)", "start"),
    (r"(?:終了|完了).*(?:年度?|時期)", "end"),
    (r".*期間", "period"),
    (r".*(?:概要|内容|説明|目的)", "description"),
    (r".*(?:備考|区分|種別|分類|の?有無|の別|比較|増減|[比率]|性)", "label"),
)
"""What a word that is in no dictionary may mean, by its ending."""

_LONGEST: Final = 24  # characters of a header's word that is guessed at


@frozen(kw_only=True)
class Meaning:
    """What a header word means: the column that it is to be."""

    field: str
    words: tuple[str, ...]
    under: str = ""
    level: str = ""
    funding: str = ""
    category: str = ""
    carried: bool = False
    pattern: str = ""

    def column(self) -> Column:
        """The declaration."""
        return Column(
            self.field,
            *self.words,
            under=self.under or (),
            level=self.level,
            carried=self.carried,
            funding=self.funding,
            category=self.category,
            pattern=self.pattern,
        )


@functools.cache
def dictionary() -> Mapping[Column, Meaning]:
    """A column for each word, so that a column found says by which word."""
    return {meaning.column(): meaning for meaning in _dictionary()}


def _dictionary() -> Iterator[Meaning]:
    pairs = [(under, word) for under in _INDICATORS for word in ("名称", "項目", "内容")]
    yield from (Meaning(field="indicator.title", words=(w,), under=under) for under, w in pairs)
    dated = [(field, under) for field, told in _DATED.items() for under in told]
    for field, under in dated:
        yield from (Meaning(field=field, words=(word,), under=under) for word in _TIMES)
        value = field.removesuffix(".year")
        yield from (Meaning(field=value, words=(word,), under=under) for word in ("値", "数値"))
    yield from _money()
    yield from (Meaning(field="title", words=(word,)) for word in TITLES)
    rungs = [(rung, rung + ending) for rung in RUNGS for ending in ("", "名", "名称")]
    yield from (Meaning(field="goal.title", words=(word,), level=rung) for rung, word in rungs)
    plain = [(field, word) for field, words in _WORDS.items() for word in words]
    yield from (Meaning(field=field, words=(word,)) for field, word in plain)
    yield Meaning(field="targets", words=("",))


def _money() -> Iterator[Meaning]:
    sums = [(under, word) for under in _MONEY for word in ("合計", "計", "総額")]
    yield from (Meaning(field="costs", words=(word,), under=under) for under, word in sums)
    for under in (*_MONEY, "財源内訳", "内訳", "財源"):
        yield Meaning(field="costs", words=("その他",), under=under, funding="その他")
    for word in _FUNDS:
        yield Meaning(field="costs", words=(word,), funding=word)
    for word in _PERSONNEL:
        yield Meaning(field="costs", words=(word,), category="personnel")
    yield Meaning(field="costs", words=("直接事業費",), category="project")


def guess(text: str) -> Meaning | None:
    """What a header cell may mean that no dictionary knows, by its ending."""
    word = bare(text)
    if not 0 < len(word) <= _LONGEST:
        return None
    # 予算額A, 比較A-B
    told = re.sub(r"[A-Z](?:[-+/][A-Z])*$", "", word)
    field = next((field for ending, field in _GUESSES if re.fullmatch(ending, told)), None)
    if field is None:
        return None
    level = level_of(word) if field == "goal.title" else ""
    return Meaning(field=field, words=(word,), level=level)


def bare(text: str) -> str:
    """The words of a header cell without brackets and years."""
    word = re.sub(r"\([^()]{1,16}\)|[※*]\d*", "", compact(text))
    for time in reversed(find_times(word)):
        if time.start == 0 or time.end == len(word):
            word = word[: time.start] + word[time.end :]
    return word.strip("[]()・:")


def level_of(word: str) -> str:
    """The city's word for a rung: 基本施策名 → 基本施策."""
    return re.sub(r"(?<=.)(?:の?名称|名)$", "", word)
