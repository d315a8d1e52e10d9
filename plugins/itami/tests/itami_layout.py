"""Lays out ``forms/sheets.toml`` as the city's evaluation comes to us: as text and as a PDF.

Run by hand, with chromium and the fonts installed (fonts-ipafont, fonts-vlgothic), it makes the
PDFs of the folder ``forms``, and one for the contract in ``samples``::

    PYTHONPATH=tests/fixtures/pdf python plugins/itami/tests/itami_layout.py

An edition other than the first has projects and indicators added and dropped, other years and
texts, and paper on which the pages break at other places. The text form is that of
:mod:`itami_sheets`: columns out of order, many sheets from the bottom up.
"""

import html
import pathlib
import random
import sys
import tomllib
from typing import Any, Final

from itami_sheets import FIELDS, MARKS, Edition, Spec, appendix, money, render
from paper import print_page

__all__ = ["NUMBERS", "edition", "page", "path_of", "text"]

_FOLDER: Final = pathlib.Path(__file__).parent / "forms"
_SAMPLE: Final = 2
NUMBERS: Final = (1, 2, 3, 4, 5)
"""The editions whose PDFs are committed."""
_WIDE: Final = 50
"""So many letters has a line of prose in the text form."""
_PAPER: Final = (
    ("A4", "8.7pt", "IPAMincho", "avoid"),
    ("A4", "8.5pt", "VL PGothic", "auto"),
    ("A3 landscape", "11pt", "VL Gothic", "auto"),
    ("B5", "7.5pt", "IPAMincho", "avoid"),
    ("A4 landscape", "10pt", "VL Gothic", "auto"),
)
"""Size, letters, and whether a page's end may cut a row.

On the last one some pages hold few lines: pdfium takes their text for vertical.
"""


def path_of(number: int) -> pathlib.Path:
    """Where the PDF of an edition lies."""
    folder = _FOLDER.parent / "samples" if number == _SAMPLE else _FOLDER
    return folder / f"evaluation-{number}.pdf"


def edition(number: int) -> Edition:
    """The edition ``number``: 1 is what the table file says."""
    told = tomllib.loads((_FOLDER / "sheets.toml").read_text(encoding="utf-8"))
    rng = random.Random(number)  # noqa: S311 - a layout, no secret
    year = told["year"] + number - 1
    later = {name: list(rows) for name, rows in told["later"].items()}
    for rows in later.values():
        rng.shuffle(rows)
    sheets = []
    for sheet in told["sheets"]:
        if number > 1:
            _change(sheet, later, rng)
        sheets.append(_spec(sheet, told["sentences"], rng))
    return Edition(
        year=year,
        base=told["base"] + (number - 1) // 4 * 4,
        years=tuple(range(year, year + 4)),
        outline=told["outline"],
        numbered=True,
        sheets=tuple(sheets),
        dash="－",
    )


def _change(sheet: dict[str, Any], later: dict[str, list[Any]], rng: random.Random) -> None:
    """Drop, add and move rows of a sheet."""
    for name in ("indicators", "projects"):
        rows = sheet[name]
        if len(rows) > 1 and rng.random() < 0.6:
            del rows[rng.randrange(len(rows))]
        if later[name] and len(rows) < len(MARKS) and rng.random() < 0.7:
            row = later[name].pop()
            if name == "projects":
                row = [f"{sheet['code']}{rng.randint(205, 990)}", *row]
            rows.insert(rng.randint(0, len(rows)), row)
    sheet["projects"].sort()
    sheet["stars"] = rng.randint(1, 4)
    for row in sheet["projects"]:
        row[2] = row[2] * rng.randint(80, 120) // 100


def _spec(sheet: dict[str, Any], sentences: list[str], rng: random.Random) -> Spec:
    count = len(sheet["indicators"])
    layouts = {1: ("listed", "inline"), 2: ("listed", "torn", "rotated", "inline")}
    return Spec(
        code=sheet["code"],
        title=sheet["title"],
        step=tuple(sheet["step"]),
        flag=sheet["flag"],
        lead=sheet["lead"],
        others=tuple(sheet["others"]),
        stars=sheet["stars"],
        prose={name: _prose(sentences, rng) for name in FIELDS},
        indicators=tuple((*row[:4], tuple(row[4]), *row[5:]) for row in sheet["indicators"]),
        projects=tuple((*row[:4], tuple(row[4]), *row[5:]) for row in sheet["projects"]),
        budgets=any(row[5] for row in sheet["projects"]),
        upwards=rng.random() < 0.6,
        figures=rng.choice(layouts.get(count, ("listed", "inline"))),
    )


def _prose(sentences: list[str], rng: random.Random) -> tuple[str, ...]:
    """Paragraphs, each wrapped as the text form prints it, its first line set in."""
    lines: list[str] = []
    for _ in range(rng.randint(1, 3)):
        text = "　" + "".join(rng.sample(sentences, rng.randint(1, 4)))
        lines += [text[at : at + _WIDE] for at in range(0, len(text), _WIDE)]
    return tuple(lines)


def text(it: Edition, number: int) -> str:
    """The edition as text, out of order."""
    return render(it, random.Random(number))  # noqa: S311 - a layout, no secret


def _era(year: int) -> str:
    return "R元" if year == 2019 else f"R{year - 2018}"


def _wide(year: int) -> str:
    return f"令和{year - 2018}年度".translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def _cell(text: str, *, rows: int = 1, columns: int = 1, run: str = "") -> str:
    inner = html.escape(text).replace("\n", "<br>")
    return f"<td rowspan={rows} colspan={columns} class='{run}'>{inner}</td>"


def _figure(text: str) -> str:
    return _cell(text, run="figure")


def _table(widths: tuple[int, ...], rows: list[list[str]], head: int = 0) -> str:
    columns = "".join(f"<col style='width:{width}%'>" for width in widths)
    drawn = ["<tr>" + "".join(row) + "</tr>" for row in rows]
    return (
        f"<table style='width:{sum(widths)}%'><colgroup>{columns}</colgroup>"
        f"<thead>{''.join(drawn[:head])}</thead><tbody>{''.join(drawn[head:])}</tbody></table>"
    )


def _paragraphs(spec: Spec, name: str) -> str:
    found: list[str] = []
    for line in spec.prose[name]:
        if line.startswith("　") or not found:
            found.append(line)
        else:
            found[-1] += line
    return "\n".join(found)


def _heading(it: Edition, spec: Spec) -> str:
    rest = "/".join(spec.others) or it.dash
    lines = [
        f"大綱 {it.outline}",
        f"施策 {spec.step[0]} {spec.step[1]}",
        f"実施施策 {spec.code} {spec.title}",
        f"{'創生 ' if spec.flag else ''}評価部局： {spec.lead} 関連部局： {rest}",
    ]
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _review(it: Edition, spec: Spec) -> str:
    def field(label: str, name: str) -> list[str]:
        return [_cell(label), _cell(_paragraphs(spec, name), columns=3)]

    stars = _cell("☆" * spec.stars)
    rows = [
        field("実施施策の\n目標", "aim"),
        field(f"{_wide(it.year)}\nの計画", "plan"),
        [
            _cell(f"{_wide(it.year)}\n評価"), stars, _cell("評価の\n理由"),
            _cell(_paragraphs(spec, "reason")),
        ],
        field("成果", "results"),
        field("課題", "issues"),
        field(f"{_wide(it.year + 1)}\nでの対策\n・対応", "next_steps"),
    ]  # fmt: skip
    return _table((14, 12, 10, 64), rows)


def _indicators(it: Edition, spec: Spec) -> str:
    head = [
        _cell("成果指標", rows=1 + 2 * len(spec.indicators), run="stacked"),
        _cell("指標名（単位）", columns=2), _cell("性質", run="stacked"),
        _cell("指標の意味・算式等"), _cell("-"), _cell(f"基準年度\n{_era(it.base)}"),
        *(_cell(_era(year)) for year in it.years),
    ]  # fmt: skip
    rows = [head]
    for mark, one in zip(MARKS, spec.indicators, strict=False):
        name, unit, arrow, definition, targets, base, actual = one
        named = f"{name}（{unit}）" if unit else name
        words = [_cell(text, rows=2) for text in (mark, named, arrow, definition)]
        rows.append([*words, _cell("目標"), _cell(""), *map(_figure, targets)])
        blank = [_cell("")] * (len(targets) - 1)
        rows.append([_cell("実績"), _figure(base), _figure(actual), *blank])
    return _table((5, 5, 18, 5, 19, 6, 10, *(32 // len(it.years),) * len(it.years)), rows)


def _projects(it: Edition, spec: Spec) -> str:
    head = [
        [
            _cell("事務事業\nコード", rows=2), _cell("事務事業名", rows=2),
            _cell("主要事業", rows=2, run="stacked"), _cell("款項目", rows=2),
            _cell("—"), _cell("—"), _cell(f"{_era(it.year)}（千円）", columns=2),
            _cell("担当課", rows=2),
        ],
        [_cell("—"), _cell("—"), _cell("事業費"), _cell("人件費")],
    ]  # fmt: skip
    rows = []
    for code, title, cost, people, units, budget, main in spec.projects:
        printed = budget.replace("-", " ") or "- - -" if spec.budgets else ""
        marked = _cell("○" if spec.budgets and main else "")
        costs = [_cell(""), _cell(""), _figure(money(cost)), _figure(money(people))]
        row = [_figure(code), _cell(title), marked, _figure(printed), *costs]
        rows.append([*row, _cell("/".join(units))])
    total = sum(project[2] for project in spec.projects)
    sums = [
        [_cell("事業費合計(千円)", rows=2), _cell("—"), _cell(_era(it.year))],
        [_cell(it.dash), _cell(money(total))],
    ]
    table = _table((10, 28, 5, 11, 4, 4, 11, 11, 16), [*head, *rows], head=2)
    return f"{table}<div class=sum>{_table((20, 10, 14), sums)}</div>"


def _boxes(it: Edition) -> str:
    """The appendix: a box for each main project."""
    _, told = appendix(it)
    parts = [f"<p class=new>大綱６　{html.escape(it.outline)}</p>"] if told else []
    for spec in it.sheets:
        own = [project for project in spec.projects if project[0] in told]
        if own:
            parts.append(f"<p>{spec.code} {html.escape(spec.title)}</p>")
        for project in own:
            heading = f"{project[0]} {project[1]} {'/'.join(project[4])}"
            box = [[_cell("【事業概要・成果】")], [_cell("　" + told[project[0]])]]
            parts.append(f"<p>{html.escape(heading)}</p>{_table((100,), box)}")
    return "".join(parts)


def page(it: Edition, number: int) -> str:
    """The edition as a page to be printed."""
    size, letters, font, inside = _PAPER[(number - 1) % len(_PAPER)]
    style = (
        f"@page {{size: {size}; margin: 12mm}} body {{font: {letters} '{font}'; margin: 0}}"
        "p {margin: 1mm 0} .new {break-before: page} table {border-collapse: collapse;"
        "table-layout: fixed; margin: 1.5mm 0} td {border: 0.5pt solid #000; padding: 0.7mm;"
        f"overflow-wrap: anywhere}} tr {{break-inside: {inside}}} .sum {{break-inside: avoid}}"
        ".figure {white-space: nowrap; overflow-wrap: normal}"
        ".stacked {writing-mode: vertical-rl; text-orientation: upright; text-align: center}"
    )
    sheets = "".join(
        f"<div class=new>{_heading(it, spec)}{_review(it, spec)}{_indicators(it, spec)}"
        f"{_projects(it, spec)}</div>"
        for spec in it.sheets
    )
    return (
        "<!doctype html><html lang=ja><meta charset=utf-8><title>行政評価</title>"
        f"<style>{style}</style>{sheets}{_boxes(it)}"
    )


if __name__ == "__main__":
    for each in NUMBERS:
        made = path_of(each)
        print_page(page(edition(each), each), made)
        sys.stdout.write(f"{made.name} {made.stat().st_size}\n")
