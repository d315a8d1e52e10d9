"""The words of the reports' frame: severities, kinds of change, effects, values, headings."""

from collections.abc import Mapping
from typing import Final

from munidx.diff.changes import Effect, Kind
from munidx.findings import Severity

__all__ = ["EFFECTS", "KINDS", "SEVERITIES", "VALUES", "WORDS"]

SEVERITIES: Final[Mapping[str, Mapping[Severity, str]]] = {
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"},
    "ja": {Severity.ERROR: "誤り", Severity.WARNING: "警告", Severity.INFO: "参考"},
}

EFFECTS: Final[Mapping[str, Mapping[Effect, str]]] = {
    "en": {
        Effect.WEAKENED: "weakened",
        Effect.UNCLEAR: "unclear",
        Effect.STRENGTHENED: "strengthened",
        Effect.NEUTRAL: "neutral",
        Effect.EDITORIAL: "editorial",
    },
    "ja": {
        Effect.WEAKENED: "後退",
        Effect.UNCLEAR: "要確認",
        Effect.STRENGTHENED: "強化",
        Effect.NEUTRAL: "中立",
        Effect.EDITORIAL: "字句の整理",
    },
}

KINDS: Final[Mapping[str, Mapping[Kind, str]]] = {
    "en": {kind: kind.value.replace("-", " ") for kind in Kind},
    "ja": {
        Kind.ADDED: "追加",
        Kind.REMOVED: "削除",
        Kind.ABOLISHED: "廃止",
        Kind.MOVED: "移動",
        Kind.RENUMBERED: "番号の変更",
        Kind.RETITLED: "名称の変更",
        Kind.REWORDED: "文言の変更",
        Kind.SPLIT: "分割",
        Kind.MERGED: "統合",
        Kind.TARGET_RAISED: "目標値の引上げ",
        Kind.TARGET_LOWERED: "目標値の引下げ",
        Kind.TARGET_SET: "目標値の設定",
        Kind.TARGET_DROPPED: "目標値の取下げ",
        Kind.TARGET_POSTPONED: "目標年次の先送り",
        Kind.TARGET_ADVANCED: "目標年次の前倒し",
        Kind.TARGET_VAGUE: "目標値の定性化",
        Kind.TARGET_UNIT_CHANGED: "目標値の単位の変更",
        Kind.BASELINE_RESTATED: "基準値の変更",
        Kind.ACTUAL_ADDED: "実績値の追加",
        Kind.ACTUAL_CORRECTED: "実績値の訂正",
        Kind.UNIT_CHANGED: "単位の変更",
        Kind.DIRECTION_CHANGED: "方向性の変更",
        Kind.INDICATOR_REPLACED: "指標の差替え",
        Kind.OWNER_CHANGED: "担当の変更",
        Kind.COST_CHANGED: "費用の変更",
        Kind.STATUS_CHANGED: "状態の変更",
        Kind.SCHEDULE_CHANGED: "工程の変更",
        Kind.EVALUATION_CHANGED: "評価の変更",
        Kind.REFERENCE_CHANGED: "参照の変更",
        Kind.LABEL_CHANGED: "区分の変更",
        Kind.PERIOD_CHANGED: "期間の変更",
        Kind.MARK_MISMATCH: "表示と内容の不一致",
        Kind.FIELD_CHANGED: "項目の変更",
    },
}

VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "at_least": "at least",
        "at_most": "at most",
        "project_list": "project list",
        "bureau_goals": "bureau goals",
        "not_applicable": "not applicable",
        "as_needed": "as needed",
        "based_on": "based on",
        "legal_basis": "legal basis",
    },
    "ja": {
        "increase": "増加",
        "decrease": "減少",
        "maintain": "維持",
        "planned": "予定",
        "active": "実施中",
        "added": "追加",
        "completed": "完了",
        "suspended": "休止",
        "abolished": "廃止",
        "reported": "数値",
        "qualitative": "定性",
        "undetermined": "未定",
        "not_applicable": "該当なし",
        "withheld": "非公表",
        "at_least": "以上",
        "at_most": "以下",
        "above": "超",
        "below": "未満",
        "about": "程度",
        "budget": "予算",
        "settled": "決算",
        "lead": "主担当",
        "supporting": "関連",
        "evaluating": "評価",
        "comprehensive": "総合計画",
        "strategy": "総合戦略",
        "sectoral": "分野別計画",
        "action": "実施計画",
        "project_list": "事業一覧",
        "evaluation": "行政評価",
        "bureau_goals": "部局の目標",
        "baseline": "基準値",
        "targets": "目標値",
        "actuals": "実績値",
        "goals": "目標",
        "measures": "施策・事業",
        "indicators": "指標",
        "start": "開始",
        "end": "終了",
    },
}
"""Words of the model's own vocabularies, where they are not shown as they are written."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "absent": "—",
        "yes": "yes",
        "no": "no",
        "comma": ", ",
        "plan": "the plan as a whole",
        "hint": "hint",
        "no-findings": "No findings.",
        "summary": "{errors} error(s), {warnings} warning(s), {infos} info(s)",
        "page": "page {page}",
    },
    "ja": {
        "absent": "―",
        "yes": "はい",
        "no": "いいえ",
        "comma": "、",
        "plan": "計画全体",
        "hint": "対処",
        "no-findings": "指摘事項はありません。",
        "summary": "誤り{errors}件、警告{warnings}件、参考{infos}件",
        "page": "{page}ページ",
    },
}
