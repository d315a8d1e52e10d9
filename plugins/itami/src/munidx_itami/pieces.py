"""From lines to pieces: what each line of a sheet is by its own words.

Labels and headers stand in narrow cells, so that a column breaks them over up to six lines
(成 果 指 標); they are put together before they are compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from attrs import evolve

from munidx.japanese.characters import normalise
from munidx.japanese.eras import parse_fiscal_year
from munidx.japanese.figures import Figure, find_figures
from munidx.japanese.numerals import parse_number
from munidx.model import FiscalYear
from munidx.place import Place
from munidx_itami.lines import Kind, Line, Piece, line_of

__all__ = [
    "CIRCLED",
    "DASH",
    "PENDING",
    "figure_of",
    "is_cost",
    "is_figure",
    "is_label",
    "kind_of",
    "number_of",
    "pieces_of",
    "years_of",
]

CIRCLED: Final = "⓪①-⑳㉑-㉟㊱-㊿"
DASH: Final = "-"
_CIRCLE: Final = "○〇◯●◎"
_DEEPEST: Final = 6
"""A broken label has at most so many lines (成/果/指/標, 令和４年度/での対策/・対応)."""
_NARROW: Final = 16
"""A line of a broken label is shorter than this."""
_BELOW_BASE: Final = 2
"""So far below 基準年度 a bare 2025 is a year and no figure."""
_YEAR_DIGITS: Final = 4

_YEAR: Final = r"(?:令和|平成)(?:元|\d{1,2})|(?:19|20)\d\d"
_LABELS: Final = (
    ("aim", re.compile(r"実施施策の目標")),
    ("plan", re.compile(rf"(?P<year>{_YEAR})年度の?計画")),
    ("rating", re.compile(rf"(?P<year>{_YEAR})年度の?評価")),
    ("reason", re.compile(r"評価の理由")),
    ("results", re.compile(r"成果")),
    ("issues", re.compile(r"課題")),
    ("next_steps", re.compile(rf"(?P<year>{_YEAR})年度(?:での|の)?(?:対策[・/]?)?対応")),
    ("indicators", re.compile(r"成果指標")),
)
_FURNITURE: Final = re.compile(
    r"-?(?:(?:事務事業コード|事務事業名|主要事業|担当課|款項目|指標名\(単位\)"
    r"|性質|指標の意味・算式等|性質指標の意味・算式等)-?)+"
)
_FIRST: Final = frozenset("実令平12評成課事主担款指性-")
"""What the labels and headers begin with."""
_TOTAL: Final = re.compile(r"事業費合計(?:\((?P<unit>[^()]{1,6})\))?")
_HEAD: Final = re.compile(
    r"(?P<rung>大綱|施策|実施施策)(?:\s*(?P<code>\d{1,6})\s+|\s+)(?P<title>\S.*)"
)
_BUREAUS: Final = re.compile(
    r"(?P<flag>[^:：]{0,12}?)\s*評価部局\s*[:：]\s*(?P<lead>[^:：]*?)\s*"
    r"(?:関連部局\s*[:：]\s*(?P<rest>.*))?"
)
_STARS: Final = re.compile(r"[☆★]{1,10}")
_TOKEN: Final = re.compile(r"[△▲+-]?[\d,.]+")
PENDING: Final = frozenset({"未定", "検討中", "調査中", "集計中", "確認中", "未集計", "未確定"})
"""Words that a cell prints instead of a figure that is to come."""
_WAITING: Final = "|".join(sorted(PENDING))
_ROLE: Final = re.compile(
    rf"(?:(?P<role>目標|実績)値?\s+)?(?P<rest>(?:[-△▲+\d約延]|概ね|おおむね|およそ|のべ|{_WAITING}).*)"
)
_WORDED: Final = frozenset("約延概おの△▲+-0123456789")
"""What a figure with words begins with: 約6,300, 333以上, 34,000件, 17~20."""
_ROLES: Final = {"目標": "target", "実績": "actual", None: ""}
_BUDGET: Final = re.compile(
    rf"(?P<mark>[{_CIRCLE}])?\s*(?P<code>\d\d \d\d \d\d|- - -)(?:\s+(?P<rest>\S.*))?"
)
_PROJECT: Final = re.compile(r"(?P<unit>[^\d\s][^\d]{0,80}?)?\s*(?P<code>\d{5,8})\s+(?P<rest>\S.*)")
_PAGE: Final = re.compile(
    r"-\d{1,4}-|\d{1,4}/\d{1,4}(?:ページ|頁)?|[Pp]\.?\d{1,4}|\d{1,4}(?:ページ|頁)"
)
"""A page number that says so, in a line without its white space."""
_UNIT: Final = re.compile(r"\(([^()]{1,6})\)")
_ARROW: Final = re.compile(r"(?:^|(?<=\s))[↑↓→↗↘⇧⇩⇒=](?=\s|$)")
_MARK: Final = re.compile(rf"([{CIRCLED}])\s*(.*)", re.DOTALL)


def number_of(token: str) -> Decimal | None:
    """The number that ``token`` is, or the lower end of a range; None for a dash."""
    plain = normalise(token).removesuffix("%")
    if _TOKEN.fullmatch(plain):
        return parse_number(plain)
    figure = figure_of(token)
    if figure is None:
        return None
    return figure.value if figure.value is not None else figure.low


def figure_of(token: str) -> Figure | None:
    """The figure that ``token`` is with its words, and nothing else: ``約6,300``, ``34,000件``."""
    plain = normalise(token)
    if plain[:1] not in _WORDED:
        return None
    found = find_figures(plain)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(plain)
    return found[0] if whole and (found[0].value, found[0].low) != (None, None) else None


def is_figure(token: str) -> bool:
    """Whether ``token`` is a bare number, or the dash or the word that stands for none."""
    plain = normalise(token)
    return (
        plain == DASH or token in PENDING or _TOKEN.fullmatch(plain.removesuffix("%")) is not None
    )


def is_cost(token: str) -> bool:
    """Whether ``token`` may stand in a column of costs: bare, or with its own 千円."""
    if is_figure(token):
        return True
    figure = figure_of(token) if token.endswith("円") else None
    return figure is not None and figure.value is not None


def years_of(text: str) -> tuple[FiscalYear, ...]:
    """The fiscal years of a header like ``R3 R4 R5 R6``; none if anything else is in it."""
    found: list[FiscalYear] = []
    for token in text.split():
        year = parse_fiscal_year(token) if len(token) <= _NARROW else None
        if year is None:
            return ()
        found.append(year)
    return tuple(found)


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of ``lines``, in their order; each line is in exactly one."""
    found: list[Piece] = []
    spot = 0
    while spot < len(lines):
        piece = _joined(lines, spot)
        found.append(piece or _single(lines[spot], found))
        spot += len(found[-1].lines)
    return list(_edges(_bare_years(found), lines))


def is_label(tight: str) -> bool:
    """Whether ``tight``, normalised and without white space, is the name of a field of prose."""
    return any(pattern.fullmatch(tight) for name, pattern in _LABELS if name != "indicators")


def kind_of(text: str) -> Kind:
    """What ``text`` is by its own words, if it stands alone."""
    line = line_of(text, Place(document=""))
    return (_joined([line], 0) or _single(line, ())).kind


def _joined(lines: Sequence[Line], start: int) -> Piece | None:
    """The longest label or header that begins at ``start``."""
    tight, best = "", None
    if lines[start].tight[:1] not in _FIRST:
        return None
    for end in range(start, min(start + _DEEPEST, len(lines))):
        line = lines[end]
        if len(line.tight) > 2 * _NARROW or (end > start and line.gap > 1):
            break
        # ー at the beginning of a line is no dash where a word is broken (コ, ード).
        broken = bool(tight) and line.text.startswith("ー")
        tight += "ー" + line.tight[1:] if broken else line.tight
        piece = _header(tight, tuple(lines[start : end + 1]))
        best = piece or best
    return best


def _header(tight: str, lines: tuple[Line, ...]) -> Piece | None:
    for name, pattern in _LABELS:
        label = pattern.fullmatch(tight)
        if label:
            year = parse_fiscal_year(label.groupdict().get("year") or "")
            return Piece(
                kind=Kind.LABEL, lines=lines, name=name, years=(year,) if year is not None else ()
            )
    total = _TOTAL.fullmatch(tight)
    if total:
        return Piece(kind=Kind.TOTAL, lines=lines, values=(total["unit"] or "",))
    if _FURNITURE.fullmatch(tight):
        return Piece(kind=Kind.FURNITURE, lines=lines)
    return None


def _single(line: Line, before: Sequence[Piece]) -> Piece:
    """The piece that one line is; ``before`` tells what stands above it."""
    if any(piece.kind is Kind.BASE for piece in before[-_BELOW_BASE:]):
        years = years_of(line.flat)
        if years and all(len(token) >= _YEAR_DIGITS for token in line.flat.split()):
            return Piece(kind=Kind.YEARS, lines=(line,), years=years)
    for read in (
        _head,
        _bureaus,
        _stars,
        _budget,
        _project,
        _costs_header,
        _base,
        _years,
        _numbers,
    ):
        piece = read(line)
        if piece:
            return piece
    return _words(line)


def _head(line: Line) -> Piece | None:
    head = _HEAD.fullmatch(line.text)
    if not head:
        return None
    return Piece(
        kind=Kind.HEAD,
        lines=(line,),
        name=head["rung"],
        code=head["code"] or "",
        text=head["title"],
    )


def _bureaus(line: Line) -> Piece | None:
    found = _BUREAUS.fullmatch(line.text) if "評価部局" in line.text else None
    if not found:
        return None
    return Piece(
        kind=Kind.BUREAUS,
        lines=(line,),
        mark=found["flag"].strip(),
        values=(found["lead"], found["rest"] or ""),
    )


def _stars(line: Line) -> Piece | None:
    runs = _STARS.findall(line.tight)
    if not runs:
        return None
    if _STARS.fullmatch(line.tight):
        return Piece(kind=Kind.STARS, lines=(line,), text=line.text, values=(line.tight,))
    if not line.tight.startswith(("☆", "★")) and len(runs) == 1:
        return None
    return Piece(kind=Kind.LEGEND, lines=(line,), text=line.text, values=tuple(runs))


def _budget(line: Line) -> Piece | None:
    found = _BUDGET.fullmatch(line.flat)
    if not found or (found["code"] != "- - -" and not re.search(r"\b0\d", found["code"])):
        return None
    rest = line.text[-len(found["rest"]) :] if found["rest"] else ""
    if rest and not _PROJECT.fullmatch(rest):
        return None
    code = "" if found["code"] == "- - -" else found["code"].replace(" ", "-")
    return Piece(kind=Kind.BUDGET, lines=(line,), mark=found["mark"] or "", code=code, text=rest)


def _project(line: Line) -> Piece | None:
    found = _PROJECT.fullmatch(line.text)
    if not found:
        return None
    return Piece(
        kind=Kind.PROJECT,
        lines=(line,),
        name=(found["unit"] or "").strip(),
        code=found["code"],
        text=found["rest"],
    )


def _costs_header(line: Line) -> Piece | None:
    tokens = line.flat.split()
    if "事業費" in tokens and all(not is_figure(token) or token == DASH for token in tokens):
        return Piece(
            kind=Kind.COLUMNS,
            lines=(line,),
            values=tuple(token for token in tokens if token != DASH),
        )
    unit = _UNIT.search(line.flat)
    plain = _UNIT.sub(" ", line.flat).split()
    if not plain or not (unit or DASH in plain):
        return None
    years = years_of(" ".join(token for token in plain if token != DASH))
    if not years:
        return None
    return Piece(
        kind=Kind.COST_YEARS,
        lines=(line,),
        years=years,
        values=(unit[1] if unit else "", *plain),
    )


def _base(line: Line) -> Piece | None:
    if not line.tight.startswith("基準年度"):
        return None
    rest = line.flat.partition("度")[2]
    years = years_of(rest)
    if rest.strip() and not years:
        return None
    return Piece(kind=Kind.BASE, lines=(line,), years=years)


def _years(line: Line) -> Piece | None:
    if not any(sign.isalpha() for sign in line.flat):
        return None  # 2025 alone is a year only below 基準年度
    years = years_of(line.flat)
    return Piece(kind=Kind.YEARS, lines=(line,), years=years) if years else None


def _numbers(line: Line) -> Piece | None:
    found = None if _MARK.match(line.text) else _ROLE.fullmatch(line.flat)
    if not found:
        if line.tight.removesuffix("値") in ("目標", "実績"):
            kind = Kind.AIM if line.tight.startswith("目標") else Kind.FURNITURE
            return Piece(kind=kind, lines=(line,))
        return None
    tokens = line.text.split()[1 if found["role"] else 0 :]
    worded = [token for token in tokens if not is_figure(token)]
    if not all(figure_of(token) for token in worded):
        return None
    # "3件" right below a line is the end of a sentence.
    if worded and not (found["role"] or len(tokens) > 1 or line.gap):
        return None
    return Piece(kind=Kind.NUMBERS, lines=(line,), name=_ROLES[found["role"]], values=tuple(tokens))


def _words(line: Line) -> Piece:
    """Words: with a circled number before them, with an arrow among them, or plain."""
    marked = _MARK.fullmatch(line.text)
    arrow = _ARROW.search(line.flat)
    mark = marked[1] if marked else ""
    if arrow:
        return Piece(kind=Kind.ARROW, lines=(line,), code=mark, mark=arrow[0])
    if marked:
        return Piece(kind=Kind.MARK, lines=(line,), code=mark, text=marked[2])
    return Piece(kind=Kind.TEXT, lines=(line,), text=line.text)


def _bare_years(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """``pieces``, with years told from figures where the headers print years as bare 2025.

    A part of a torn header holds years that follow each other; the base year stands behind it.
    """
    headers = (piece for piece in pieces if piece.kind in (Kind.YEARS, Kind.BASE))
    bare = any(piece.first.flat.split()[-1].isdigit() for piece in headers)
    behind_years = False
    for piece in pieces:
        years = _bare(piece, behind_years=behind_years) if bare else ()
        behind_years = bool(years) or piece.kind is Kind.YEARS
        yield evolve(piece, kind=Kind.YEARS, years=years, values=()) if years else piece


def _bare(piece: Piece, *, behind_years: bool) -> tuple[FiscalYear, ...]:
    if piece.kind is not Kind.NUMBERS or piece.name:
        return ()
    if not all(len(token) == _YEAR_DIGITS and token.isdigit() for token in piece.values):
        return ()
    years = years_of(" ".join(piece.values))
    follow = all(after - year == 1 for year, after in pairwise(years))
    return years if follow and (len(years) > 1 or behind_years) else ()


def _edges(pieces: Iterable[Piece], lines: Sequence[Line]) -> Iterator[Piece]:
    """Lone whole numbers where a page begins or ends, marked as such."""
    begins: set[int] = set()
    ends: set[int] = set()
    for spot, line in enumerate(lines):
        if spot == 0 or lines[spot - 1].page != line.page:
            begins.add(id(line))
        if spot + 1 == len(lines) or lines[spot + 1].page != line.page:
            ends.add(id(line))
    for piece in pieces:
        edge = id(piece.first) in begins or id(piece.first) in ends
        lone = (
            piece.kind is Kind.NUMBERS
            and not piece.name
            and len(piece.values) == 1
            and piece.values[0].isdigit()
        )
        if edge and _PAGE.fullmatch(piece.first.tight) and len(piece.lines) == 1:
            yield evolve(piece, kind=Kind.PAGE)
        else:
            yield evolve(piece, alone=True) if edge and lone else piece
