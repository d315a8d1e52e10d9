"""The words and marks by which the form is recognised, as it prints them in any edition."""

import re
from typing import Final

from munidx.japanese.characters import compact, normalise

__all__ = [
    "ACTION_PLAN",
    "CATEGORY",
    "EDITION",
    "GOAL",
    "GROUP",
    "HEADERS",
    "LISTED_GOAL",
    "LISTED_GROUP",
    "MARK",
    "NUMBERED",
    "TITLE",
    "header_roles",
    "is_boilerplate",
    "is_legend_header",
    "is_navigation",
    "is_page_number",
    "section_role",
]

# All patterns but CATEGORY and NUMBERED are for compacted text (NFKC, no white space).
TITLE: Final = re.compile(
    r"(?:第\d{1,2}[次期])?四[條条]畷市(?:第\d{1,2}[次期])?DX推進計画(?:\(案\))?"
)
ACTION_PLAN: Final = re.compile(r"[^、。>]{0,20}アクションプラン")
EDITION: Final = re.compile(
    r"(?P<name>[^、。>]{0,20}アクションプラン)"
    r"(?P<label>(?:[^、。]{0,40}?(?:(?:更新|改定|改訂|策定)版?|版)|\([^、。()]{1,12}年度)\)?)(?P<rest>.{0,60})"
)
GOAL: Final = re.compile(r"基本目標\(?(\d{1,2})\)?[.:、-]?(.+)")
GROUP: Final = re.compile(r"\((\d{1,2})\)-\(?(\d{1,2})\)?[.:、]?(.+)")
LISTED_GOAL: Final = re.compile(r"\((\d{1,2})\)(.+?)(?:\(基本目標\))?")
LISTED_GROUP: Final = re.compile(r"\(?(\d{1,2})\)?[.、:](.+)")

HEADERS: Final = {
    "number": re.compile(r"No\.?|NO\.?|番号|№"),
    "title": re.compile(r"取組事業名?|取り組み事業名?|\(ロードマップ\)|事業名"),
    "category": re.compile(r"事業区分"),
    "target": re.compile(r"達成目標(?:\(KGI\))?|\(KGI\)|KGI"),
    "units": re.compile(r"事業主担(?:当)?課|主担(?:当)?課|担当課名?|所管課|事業主担|当課"),
}
"""The header words of the table of projects, by the column's role."""
_HEADER: Final = re.compile("|".join(f"(?P<{name}>{p.pattern})" for name, p in HEADERS.items()))

# In published text: a class stands alone between white space.
CATEGORY: Final = re.compile(r"(?<!\S)([A-ZＡ-Ｚ]|[-－−‐–—―ー])(?!\S)")
NUMBERED: Final = re.compile(
    r"(?:[Nn][Oo][.．]?\s?)?[(（]?(?P<number>[0-9０-９]{1,3})[)）]?"
    r"(?:[.．、:：]\s?|(?P<space>\s+)|(?P<end>$)|(?=[^\s0-9０-９A-Za-zＡ-Ｚａ-ｚ.,，%％年月日人件名回割台か箇ヶ個歳分時円千百万億校次期号章倍つ以]))"
)
MARK: Final = re.compile(r"[【\[［〔][^】\]］〕]{1,12}[】\]］〕]")

_SECTIONS: Final = {
    "background": re.compile(r"(?:計画)?(?:の)?策定の?(?:背景|趣旨|経緯|目的)(?:[とや・].{1,8})?"),
    "position": re.compile(r"(?:本)?計画の位置(?:づ|付|付け|づけ)け?"),
    "period": re.compile(r"(?:本)?計画の?(?:対象)?期間"),
    "aim": re.compile(r"(?:めざす|目指す)(?:べき)?姿(?:[・と、]?(?:基本)?理念)?"),
    "vision": re.compile(r"(?:基本)?理念"),
    "goals": re.compile(r"基本目標"),
    "measures": re.compile(r"重[要点]施策"),
    "legend": re.compile(r"(?:事業)?区分(?:の考え方|について|の判定(?:基準)?)"),
}

_NAVIGATION: Final = re.compile(
    r"ページの先頭です。?(?:メニューを飛ばして本文へ)?|メニューを飛ばして本文へ|本文(?:ここから)?"
    r"|印刷ページ表示|(?:トップ|ホーム|トップページ)(?:ページ)?>.{1,200}|このページの先頭へ"
)
_BOILERPLATE: Final = re.compile(
    r"Adobe(?:Acrobat)?Reader(?:<外部リンク>|\(外部リンク\))?"
    r"|PDF形式のファイルを.{0,80}Adobe.{0,60}"
    r"|Adobe(?:Acrobat)?Readerを.{0,100}"
)
_PAGE_NUMBER: Final = re.compile(
    r"-\d{1,4}-|\d{1,4}/\d{1,4}(?:ページ|頁)?|(?:[Pp]\.?|ページ)\d{1,4}|\d{1,4}(?:ページ|頁)"
)


def section_role(text: str) -> str:
    """The role of the part that the heading ``text`` opens; empty where it opens none."""
    plain = re.sub(r"^(?:\d{1,2}[.、]?|第\d{1,2}章)", "", compact(text))
    return next((role for role, pattern in _SECTIONS.items() if pattern.fullmatch(plain)), "")


def is_navigation(text: str) -> bool:
    """Whether a line only helps to move about the web site."""
    return _NAVIGATION.fullmatch(compact(text)) is not None


def is_boilerplate(text: str) -> bool:
    """Whether a line tells how to open PDF files."""
    return _BOILERPLATE.fullmatch(compact(text)) is not None


def is_page_number(text: str) -> bool:
    """Whether a line is a page number that says so: ``- 3 -``, ``3/8``, ``P.3``."""
    return _PAGE_NUMBER.fullmatch(compact(text)) is not None


def is_legend_header(text: str) -> bool:
    """Whether a line holds the header words of the table of classes and nothing else."""
    return compact(text) in {"区分", "判定", "区分判定", "事業区分判定"}


def header_roles(text: str) -> list[str]:
    """The columns that a header's text names, in order; what is none of ours as ``?…``.

    Words may stand glued or broken apart, as long as each is whole.
    """
    roles: list[str] = []
    plain = normalise(text)
    for word in plain.split():
        spot = 0
        for found in _HEADER.finditer(word):
            if word[spot : found.start()]:
                roles.append("?" + word[spot : found.start()])
            roles.append(str(found.lastgroup))
            spot = found.end()
        if word[spot:]:
            roles.append("?" + word[spot:])
    return roles
