"""The words of reports on progress: verdicts, why there is none, headings."""

from collections.abc import Mapping
from typing import Final

from munidx.judgement import Obstacle, Verdict

__all__ = ["OBSTACLES", "VERDICTS", "WORDS"]

VERDICTS: Final[Mapping[str, Mapping[Verdict, str]]] = {
    "en": {Verdict.MET: "met", Verdict.MISSED: "missed", Verdict.UNJUDGED: "not judged"},
    "ja": {Verdict.MET: "達成", Verdict.MISSED: "未達成", Verdict.UNJUDGED: "判定不可"},
}

OBSTACLES: Final[Mapping[str, Mapping[Obstacle, str]]] = {
    "en": {
        Obstacle.ENDED: "abolished or suspended",
        Obstacle.NO_ACTUAL: "no actual figure",
        Obstacle.ACTUAL_UNDATED: "the actual has no year",
        Obstacle.NO_TARGET: "no target figure",
        Obstacle.TARGET_UNDATED: "the target has no year",
        Obstacle.NO_TARGET_OF_TIME: "no target for the year of the actual",
        Obstacle.UNITS_DIFFER: "different units",
        Obstacle.QUANTITIES_DIFFER: "a height against a change or a ratio",
        Obstacle.COUNTS_DIFFER: "a yearly count against a cumulative one",
        Obstacle.SEVERAL_FIGURES: "figures of one year that do not agree",
        Obstacle.DIRECTION_UNKNOWN: "more or less, which is better is not said",
        Obstacle.DIRECTION_CONTRADICTS: "the target goes against the direction",
        Obstacle.TOLERANCE_UNKNOWN: "to be maintained, within what bounds is not said",
        Obstacle.IMPRECISE: "approximate figures or a range",
        Obstacle.UNUSABLE: "a number that cannot be calculated with",
        Obstacle.NO_BASELINE: "no baseline figure",
        Obstacle.BASELINE_LATER: "the baseline is later than the actual",
        Obstacle.NO_DISTANCE: "no way to go from the baseline",
        Obstacle.TARGET_BEHIND: "the target asks for less than the baseline was",
        Obstacle.CHANGE: "a change has no way from a baseline",
    },
    "ja": {
        Obstacle.ENDED: "廃止又は休止",
        Obstacle.NO_ACTUAL: "実績値なし",
        Obstacle.ACTUAL_UNDATED: "実績値の年度が不明",
        Obstacle.NO_TARGET: "数値目標なし",
        Obstacle.TARGET_UNDATED: "目標値の年度が不明",
        Obstacle.NO_TARGET_OF_TIME: "実績値と同じ年度の目標値なし",
        Obstacle.UNITS_DIFFER: "単位の相違",
        Obstacle.QUANTITIES_DIFFER: "水準と増減・比率の相違",
        Obstacle.COUNTS_DIFFER: "単年と累計の相違",
        Obstacle.SEVERAL_FIGURES: "同一年度に異なる数値",
        Obstacle.DIRECTION_UNKNOWN: "目標の方向が不明",
        Obstacle.DIRECTION_CONTRADICTS: "目標の方向と数値が矛盾",
        Obstacle.TOLERANCE_UNKNOWN: "維持とみなす範囲が不明",
        Obstacle.IMPRECISE: "概数又は幅のある数値",
        Obstacle.UNUSABLE: "計算できない数値",
        Obstacle.NO_BASELINE: "基準値なし",
        Obstacle.BASELINE_LATER: "基準値が実績値より後の年度",
        Obstacle.NO_DISTANCE: "基準値からの差なし",
        Obstacle.TARGET_BEHIND: "目標値が基準値を下回る水準",
        Obstacle.CHANGE: "増減値のため算定不可",
    },
}

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "progress": "Progress",
        "whole": "the plan as a whole",
        "no-goal": "outside all goals",
        "goal": "goal",
        "indicator": "indicator",
        "baseline": "baseline",
        "actual": "actual",
        "target": "target",
        "last-target": "last target",
        "verdict": "verdict",
        "share": "of the way",
        "backwards": "farther off than at the baseline",
        "trend": "trend",
        "none": "no indicators",
    },
    "ja": {
        "progress": "進捗状況",
        "whole": "計画全体",
        "no-goal": "目標に属さない指標",
        "goal": "目標",
        "indicator": "指標",
        "baseline": "基準値",
        "actual": "実績値",
        "target": "目標値",
        "last-target": "最終目標値",
        "verdict": "判定",
        "share": "進捗率",
        "backwards": "基準値より後退",
        "trend": "推移",
        "none": "指標なし",
    },
}
