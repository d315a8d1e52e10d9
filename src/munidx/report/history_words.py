"""The words of reports on the lineage of promises."""

from collections.abc import Mapping
from typing import Final

from munidx.report.catalogue import told

__all__ = ["WORDS", "phrase"]

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "history": "History",
        "edition": "edition {n}",
        "promise": "promise",
        "came": "came",
        "returned": "came again, after an absence of {n}",
        "went": "went",
        "split-off": "split off from {titles}",
        "split": "split; the other part is {titles}",
        "merged": "took up {titles}",
        "merged-into": "merged into {titles}",
        "replaced-by": "went; in its place {titles}",
        "absent": "not in this edition",
        "same": "unchanged",
        "summary": "{n} promises: {all} in every edition, {came} came, {went} went,"
        " {returned} came again",
        "backwards": "Edition {n} ({name}) is older than the one before it; the order is as given.",
        "marks": "● there  ◆ changed  · not there",
    },
    "ja": {
        "history": "変遷",
        "edition": "第{n}版",
        "promise": "目標・施策・指標",
        "came": "新たに掲載",
        "returned": "{n}版の間をおいて再び掲載",
        "went": "掲載されなくなった",
        "split-off": "「{titles}」から分割",
        "split": "分割（他の部分は「{titles}」）",
        "merged": "「{titles}」を統合",
        "merged-into": "「{titles}」へ統合",
        "replaced-by": "「{titles}」へ差替え",
        "absent": "掲載なし",
        "same": "変更なし",
        "summary": "全{n}件：すべての版に掲載{all}件、途中から掲載{came}件、"
        "掲載されなくなった{went}件、再び掲載{returned}件",
        "backwards": "{n}番目の版（{name}）は一つ前の版より古いものですが、指定の順に扱います。",
        "marks": "● 掲載  ◆ 変更  · 掲載なし",
    },
}


def phrase(name: str, lang: str, /, **params: object) -> str:
    """The phrase ``name``, with ``params`` filled in."""
    return WORDS[lang][name].format_map({key: told(value, lang) for key, value in params.items()})
