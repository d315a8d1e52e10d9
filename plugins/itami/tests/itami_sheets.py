"""Draws policy evaluations of the form that nobody has published, and writes them as text."""

import random
import re
from decimal import Decimal

from attrs import frozen

_SENTENCES = (
    "駅前の広場で朝市を開く団体が増えた。",
    "窓口に並ばずに済む届出の種類を広げる。",
    "図書の貸出は前の年と同じ水準だった。",
    "公園の遊具を点検し、古いものを取り替えた。",
    "学校と地域が話し合う場を年に三度もつ。",
    "統計の数値をだれでも使える形で公開する。",
    "研修を受けた職員が各課で手順を見直した。",
    "雨水をためる施設の工事が予定より早く終わった。",
    "相談の記録を一つの台帳にまとめる。",
    "夜間の利用が少なく、周知の方法を改める。",
)
_WORDS = (
    "市民農園",
    "文書管理",
    "広聴",
    "庁舎管理",
    "統計調査",
    "交通安全",
    "消費生活",
    "防災備蓄",
)
_TAILS = ("推進事業", "事業", "管理運営", "支援事業（臨時分）", "改修関連事業", "の整備")
_UNITS = (
    "総務課",
    "市民相談課",
    "デジタル戦略室",
    "みどり公園課",
    "会計室",
    "議事課",
    "人権センター",
)
_BUREAUS = ("総務部", "市民自治部", "都市活力部", "健康福祉部", "教育委員会事務局", "会計室")
MARKS = "①②③④⑤⑥"
ARROWS = {"↑": "increase", "↓": "decrease", "＝": "maintain", "→": "maintain"}
FIELDS = ("aim", "plan", "reason", "results", "issues", "next_steps")


@frozen(kw_only=True)
class Spec:
    """A sheet as it is meant."""

    code: str
    title: str
    step: tuple[str, str]
    flag: bool
    lead: str
    others: tuple[str, ...]
    stars: int
    prose: dict[str, tuple[str, ...]]
    indicators: tuple[tuple[str, str, str, str, tuple[str, ...], str, str], ...]
    projects: tuple[tuple[str, str, int, int, tuple[str, ...], str, bool], ...]
    budgets: bool
    upwards: bool
    figures: str


@frozen(kw_only=True)
class Edition:
    """A document as it is meant."""

    year: int
    base: int
    years: tuple[int, ...]
    outline: str
    numbered: bool
    sheets: tuple[Spec, ...]
    dash: str


def _era(year: int) -> str:
    return f"R{year - 2018}" if year > 2019 else "R元" if year == 2019 else f"H{year - 1988}"


def _long(year: int) -> str:
    return f"令和{year - 2018}年度".translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def _prose(rng: random.Random) -> tuple[str, ...]:
    """Some sentences, wrapped as a page does."""
    text = "".join(rng.choice(_SENTENCES) for _ in range(rng.randint(1, 5)))
    width = rng.randint(24, 50)
    return tuple(text[at : at + width] for at in range(0, len(text), width))


def _series(rng: random.Random, arrow: str, count: int) -> tuple[str, ...]:
    start = rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(900, 99_999)))
    step = rng.randint(0, max(1, start // 4))
    if arrow in "＝→":
        step = 0
    numbers = [start + step * number for number in range(count)]
    if arrow == "↓":
        numbers.reverse()
    return tuple(f"{number:,}" for number in numbers)


def _indicator(
    rng: random.Random, number: int, count: int
) -> tuple[str, str, str, str, tuple[str, ...], str, str]:
    arrow = rng.choice(tuple(ARROWS))
    series = _series(rng, arrow, count)
    near = Decimal(series[0].replace(",", ""))
    base, actual = (f"{near + rng.randint(0, 3):,}", f"{near + Decimal(rng.randint(0, 30)) / 10:,}")
    unit = rng.choice(("件", "人", "％", ""))
    name = f"{rng.choice(_WORDS)}の{rng.choice(('件数', '利用者数', '割合'))}{number}"
    return (name, unit, arrow, f"{name}を年度末に数えた値", series, base, actual)


def _projects(
    rng: random.Random, code: str
) -> tuple[tuple[str, str, int, int, tuple[str, ...], str, bool], ...]:
    numbers = sorted(rng.sample(range(10, 990), rng.randint(1, 9)))
    return tuple(
        (
            f"{code}{number:03}",
            rng.choice(_WORDS) + str(number) + rng.choice(_TAILS),
            rng.choice((0, rng.randint(1, 999), rng.randint(1000, 999_999))),
            rng.randint(0, 99_999),
            tuple(rng.sample(_UNITS, rng.choice((1, 1, 1, 2)))),
            rng.choice(
                ("", f"{rng.randint(1, 13):02}-0{rng.randint(1, 9)}-{rng.randint(1, 15):02}")
            ),
            rng.random() < 0.3,
        )
        for number in numbers
    )


def _spec(rng: random.Random, step: tuple[str, str], number: int, years: int) -> Spec:
    code = f"{step[0]}{number}"
    layouts = {1: ("listed", "inline"), 2: ("listed", "torn", "rotated", "inline")}
    if years == 4:
        layouts[3] = ("listed", "torn", "split", "inline")
    count = rng.randint(1, 6)
    figures = rng.choice(layouts.get(count, ("listed", "torn", "inline")))
    prose = {name: _prose(rng) for name in FIELDS}
    if rng.random() < 0.2:
        prose.pop(rng.choice(("aim", "plan", "results", "issues")))
    return Spec(
        code=code,
        title=f"{rng.choice(_WORDS)}の充実{number}",
        step=step,
        flag=rng.random() < 0.3,
        lead=rng.choice(_BUREAUS),
        others=tuple(rng.sample(_BUREAUS, rng.randint(0, 3))),
        stars=rng.randint(1, 4),
        prose=prose,
        indicators=tuple(_indicator(rng, spot, years) for spot in range(1, count + 1)),
        projects=_projects(rng, code),
        budgets=rng.random() < 0.8,
        upwards=rng.random() < 0.6,
        figures=figures,
    )


def edition(rng: random.Random) -> Edition:
    """An edition with figures, words, years and layouts of its own."""
    year = rng.randint(2020, 2040)
    count = rng.choice((4, 4, 4, 5))
    steps = [(f"{rng.randint(1, 9)}{number}", f"{_WORDS[number]}の推進") for number in range(1, 4)]
    sheets = []
    for step in steps[: rng.randint(1, 3)]:
        sheets += [_spec(rng, step, number, count) for number in range(1, rng.randint(2, 3))]
    return Edition(
        year=year,
        base=year - rng.randint(1, 3),
        years=tuple(range(year, year + count)),
        outline="みどりと文化のまち",
        numbered=rng.random() < 0.5,
        sheets=tuple(sheets),
        dash=rng.choice("－—-"),
    )


# ---------------------------------------------------------------------------------------
# How a sheet is printed.


def _heading(it: Edition, spec: Spec) -> list[str]:
    rest = "/".join(spec.others) or it.dash
    flag = "創生 " if spec.flag else ""
    head = [
        f"実施施策 {spec.code} {spec.title}",
        f"{flag}評価部局： {spec.lead} 関連部局： {rest}",
    ]
    above = [f"大綱 {it.outline}", "", f"施策 {spec.step[0]} {spec.step[1]}", ""]
    return [*head, "", *above] if spec.upwards else [*above, *head, ""]


def _label(it: Edition, name: str) -> list[str]:
    return {
        "aim": ["実施施策の", "目標"],
        "plan": [_long(it.year), "の計画"],
        "reason": ["評価の", "理由"],
        "results": ["成果"],
        "issues": ["課題"],
        "next_steps": [_long(it.year + 1), "での対策", "・対応"],
    }[name]


def _field(it: Edition, spec: Spec, name: str) -> list[str]:
    if name not in spec.prose:
        return []
    label = _label(it, name)
    if name == "reason":
        label = [_long(it.year), "評価", "", "☆" * spec.stars, *label]
    return [*label, "", *spec.prose[name], ""]


def _body(spec: Spec, spot: int, *, mark: bool = True, broken: bool = False) -> list[str]:
    name, unit, arrow, definition, *_ = spec.indicators[spot]
    whole = f"{name}（{unit}）" if unit else name
    sign = MARKS[spot]
    if not mark:
        return ["", whole[:3], whole[3:], "", f"{arrow} {definition}", "目標", ""]
    if broken:
        half = len(definition) // 2
        return [
            "",
            sign,
            whole[:6],
            whole[6:],
            "",
            arrow,
            definition[:half],
            definition[half:],
            "",
            "目標",
            "",
        ]
    return [f"{sign} {whole} {arrow} {definition}", "目標", ""]


def _actual(spec: Spec, spot: int) -> list[str]:
    *_, base, actual = spec.indicators[spot]
    return [f"実績 {base} {actual}"]


def _row(values: tuple[str, ...]) -> list[str]:
    return [" ".join(values), ""]


_TABLE = ["成", "果", "指", "標", "", "指標名（単位）", "性", "質 指標の意味・算式等 -", ""]


def _years(it: Edition) -> list[str]:
    return ["基準年度", " ".join(map(_era, it.years)), "", _era(it.base), ""]


def _figures(it: Edition, spec: Spec) -> list[str]:
    """The table of indicators, with its header, in one of the layouts."""
    rows = [indicator[4] for indicator in spec.indicators]
    count = len(rows)
    out: list[str] = []
    if spec.figures == "inline":
        for spot in range(count):
            out += [
                *_body(spec, spot, broken=spot % 2 == 1)[:-2],
                f"目標 {' '.join(rows[spot])}",
                "",
                *_actual(spec, spot),
                "",
            ]
        return [*_years(it), *_TABLE, *out]
    if spec.figures == "rotated":
        return [
            *_row(rows[0][:-1]), *_row(rows[1]), *_actual(spec, 1), *_body(spec, 0, mark=False),
            *_body(spec, 1), *_years(it), *_field(it, spec, "issues"), *_TABLE,
            rows[0][-1], "", *_actual(spec, 0), MARKS[0], "",
        ]  # fmt: skip
    if spec.figures == "split":
        late, early = it.years[2:], it.years[:2]
        return [
            rows[2][-1], "", *_actual(spec, 2), "", *_body(spec, 2), *_row(rows[1][:-1]),
            *_row(rows[2][:-1]), *_actual(spec, 1), *_body(spec, 1), *_row(rows[0][2:]),
            *_actual(spec, 0), "", rows[1][-1], "", " ".join(map(_era, late)), _era(it.base), "",
            *_field(it, spec, "issues"), *_TABLE, *_body(spec, 0, broken=True),
            "基準年度", " ".join(map(_era, early)), "", *_row(rows[0][:2]),
        ]  # fmt: skip
    if spec.figures == "torn":
        for first in range(0, count - 1, 2):
            out += [rows[first][-1], "", *_actual(spec, first), *_body(spec, first)]
            out += [*_body(spec, first + 1, broken=True), *_row(rows[first][:-1])]
            out += [*_row(rows[first + 1]), *_actual(spec, first + 1), ""]
        if count % 2:
            last = _body(spec, count - 1, broken=True)[:-2]
            out += [*last, f"目標 {' '.join(rows[-1])}", "", *_actual(spec, count - 1), ""]
        return [*_years(it), *_TABLE, *out]
    bodies = [line for spot in range(count) for line in _body(spec, spot, broken=spot % 2 == 0)]
    for spot in range(count):
        out += [*_row(rows[spot]), *_actual(spec, spot), ""]
    return [*_TABLE, *bodies, *_field(it, spec, "issues"), *_years(it), *out]


def money(number: int) -> str:
    return f"{number:,}"


def _cells(project: tuple[str, str, int, int, tuple[str, ...], str, bool]) -> str:
    return f"{project[0]} {project[1]} {money(project[2])} {money(project[3])}"


def _rows(spec: Spec) -> list[str]:
    """The rows in pairs, the pairs from the bottom up or from the top down."""
    projects = list(spec.projects)
    lone = [projects.pop()] if len(projects) % 2 else []
    pairs = [projects[spot : spot + 2] for spot in range(0, len(projects), 2)]
    told: list[list[str]] = []
    for upper, lower in pairs:
        units = ["/".join(project[4]) for project in (upper, lower)]
        told.append([units[0], "", f"{_cells(lower)} {units[1]}", "", _cells(upper), ""])
    glued = [[f"{'/'.join(project[4])}{_cells(project)}", ""] for project in lone]
    ordered = [*glued, *reversed(told)] if spec.upwards else [*told, *glued]
    return [line for lines in ordered for line in lines]


def _ledger(it: Edition, spec: Spec) -> tuple[list[str], list[str]]:
    budgets: list[str] = []
    for project in spec.projects if spec.budgets else ():
        code = project[5].replace("-", " ") or "- - -"
        budgets += [f"{'○ ' if project[6] else ''}{code}", ""]
    year = _era(it.year)
    head = [
        "事務事業", "コード", "", "事務事業名", "", "主", "要", "事", "業", "",
        f"— {year}（千円）", "担当課", "", "— — 事業費 人件費", "款項目", "",
    ]  # fmt: skip
    total = sum(project[2] for project in spec.projects)
    sums = ["事業費合計(千円)", f"— {year}", "", f"{it.dash} {money(total)}", ""]
    rows = _rows(spec)
    return budgets, [*sums, *rows, *head] if spec.upwards else [*head, *rows, *sums]


def _sheet(it: Edition, spec: Spec) -> list[str]:
    budgets, rows = _ledger(it, spec)
    figures = _figures(it, spec)
    own = spec.figures in ("rotated", "split", "listed")
    names = [name for name in FIELDS if not (own and name == "issues")]
    order = [name for name in names if name != "issues"] + [n for n in names if n == "issues"]
    prose = [line for name in order for line in _field(it, spec, name)]
    if spec.upwards:
        return [*budgets, *rows, *figures, *prose, *_heading(it, spec)]
    return [*budgets, *_heading(it, spec), *prose, *figures, *rows]


def appendix(it: Edition) -> tuple[list[str], dict[str, str]]:
    told = {
        project[0]: _SENTENCES[number % len(_SENTENCES)]
        for number, project in enumerate(
            project for spec in it.sheets if spec.budgets for project in spec.projects if project[6]
        )
    }
    if not told:
        return [], {}
    lines = ["【事業概要・成果】", ""] * len(told)
    if it.numbered:
        lines += [f"大綱６　{it.outline}", ""]
    for spec in it.sheets:
        for project in spec.projects:
            if project[0] in told:
                lines += [f"{project[0]} {project[1]} {'/'.join(project[4])}", ""]
    for text in told.values():
        lines += [f"　{text}", ""]
    return lines, told


def render(it: Edition, rng: random.Random) -> str:
    """The text of an edition, its pages parted by one of the two breaks."""
    pages = [_sheet(it, spec) for spec in it.sheets]
    last, _ = appendix(it)
    pages += [last] if last else []
    text, number = "", rng.randint(10, 300)
    for spot, page in enumerate(pages):
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(page)).strip("\n")
        if spot and rng.random() < 0.5:
            text += f"\n\n{number + spot}\n\n\n\n{body}"
        else:
            text += f"\n {body}" if spot else body
    return text + "\n"
