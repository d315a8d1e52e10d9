"""Lays out ``forms/page.toml`` as the city's page comes to us: as text, as HTML, as a PDF.

Run by hand, with chromium and the fonts installed (fonts-ipafont, fonts-vlgothic), it makes
the PDFs of the folder ``forms``, and one for the contract in ``samples``::

    PYTHONPATH=tests/fixtures/pdf python plugins/shijonawate/tests/shijonawate_layout.py

An edition other than the first has rows added, dropped and put elsewhere, other years, longer
texts, and paper on which the pages break at other places.
"""

import html
import pathlib
import random
import sys
import tomllib
from typing import Any, Final

from attrs import frozen
from paper import print_page

__all__ = ["NUMBERS", "Edition", "edition", "page", "path_of", "text"]

_FOLDER: Final = pathlib.Path(__file__).parent / "forms"
NUMBERS: Final = (1, 2, 3, 4, 5)
"""The editions whose PDFs are committed."""
_SAMPLE: Final = 2
_PAPER: Final = (
    ("A4", "10pt", "IPAMincho", "avoid", (6, 30, 9, 35, 20)),
    ("A4 landscape", "10.5pt", "VL PGothic", "auto", (6, 30, 9, 35, 20)),
    ("A5", "9pt", "VL Gothic", "auto", (7, 24, 9, 42, 18)),
    ("A4", "12pt", "VL Gothic", "avoid", (6, 26, 9, 37, 22)),
    ("A5", "9pt", "VL Gothic", "avoid", (7, 30, 9, 34, 20)),
)
"""Size, letters, whether a page's end may cut a row, and the widths of the columns in per cent.

On the last one the columns are so narrow that lines end at the spaces before figures.
"""
_HEADERS: Final = ("No", "取組事業<br>(ロードマップ)", "事業区分", "達成目標(KGI)", "事業主担課")


@frozen
class Row:
    """A project."""

    title: str
    category: str
    target: tuple[str, ...]
    units: tuple[str, ...]
    mark: str

    @property
    def name(self) -> str:
        """Its title with its mark."""
        return self.title + self.marked

    @property
    def marked(self) -> str:
        """Its mark as it is printed."""
        return f"【{self.mark}】" if self.mark else ""


@frozen
class Group:
    """A key measure with its projects."""

    title: str
    rows: tuple[Row, ...]


@frozen
class Edition:
    """An edition of the page."""

    number: int
    told: dict[str, Any]
    """What the table file says."""
    goals: tuple[tuple[dict[str, Any], tuple[Group, ...]], ...]

    @property
    def year(self) -> int:
        """Its fiscal year."""
        return int(self.told["year"]) + self.number - 1

    @property
    def paper(self) -> tuple[str, str, str, str, tuple[int, ...]]:
        """What it is printed on."""
        return _PAPER[(self.number - 1) % len(_PAPER)]

    @property
    def period(self) -> str:
        """What it says of its period."""
        first = 2023 if self.year < 2028 else 2028
        return (
            f"令和{first - 2018}({first})年度から令和{first - 2014}年({first + 4})年度までの5年間"
        )


def path_of(number: int) -> pathlib.Path:
    """Where the PDF of an edition lies."""
    folder = _FOLDER.parent / "samples" if number == _SAMPLE else _FOLDER
    return folder / f"edition-{number}.pdf"


def edition(number: int) -> Edition:
    """The edition ``number``: 1 is what the table file says."""
    told = tomllib.loads((_FOLDER / "page.toml").read_text(encoding="utf-8"))
    rng = random.Random(number)  # noqa: S311 - a layout, no secret
    later = [_row(row) for row in told["later"]["rows"]]
    targets = [tuple(lines) for lines in told["later"]["targets"]]
    rng.shuffle(later)
    goals = []
    for goal in told["goals"]:
        groups = []
        for group in goal["groups"]:
            rows = [_row(row) for row in group["rows"]]
            if number > 1:
                rows = _changed(rows, later, targets, rng)
            groups.append(Group(group["title"], tuple(rows)))
        goals.append((goal, tuple(groups)))
    return Edition(number, told, tuple(goals))


def _row(row: list[Any]) -> Row:
    title, category, target, units, mark = row
    return Row(title, category, tuple(target), tuple(units), mark)


def _changed(
    rows: list[Row], later: list[Row], targets: list[tuple[str, ...]], rng: random.Random
) -> list[Row]:
    if len(rows) > 2 and rng.random() < 0.5:
        del rows[rng.randrange(len(rows))]
    if later and rng.random() < 0.7:
        rows.insert(rng.randint(0, len(rows)), later.pop())
    if rng.random() < 0.3:
        rng.shuffle(rows)
    spot = rng.randrange(len(rows))
    if rows[spot].target and rng.random() < 0.5:
        row = rows[spot]
        rows[spot] = Row(row.title, row.category, rng.choice(targets), row.units, row.mark)
    return rows


def _listed(it: Edition) -> list[tuple[int, str, list[str]]]:
    """The key measures under their goals, numbered."""
    spot, found = 0, []
    for number, (goal, groups) in enumerate(it.goals, 1):
        entries = []
        for group in groups:
            spot += 1
            entries.append(f"{spot}.{group.title}")
        found.append((number, f"({number}){goal['short']}(基本目標)", entries))
    return found


def text(it: Edition) -> str:
    """The page as it comes out as text: a row spreads over lines, blank ones between."""
    told = it.told
    lines = ["ページの先頭です。 メニューを飛ばして本文へ"]
    lines += ["トップ > 組織でさがす > 情報政策課 > 四條畷市DX推進計画"]

    def say(*parts: str) -> None:
        for part in parts:
            lines.extend(("", part))

    say("本文", "四條畷市DX推進計画", "計画策定の背景", "")
    lines.extend(told["background"])
    say("計画の位置づけ", " " + told["upper"], "計画の対象期間", " " + it.period)
    say("めざす姿・理念", "")
    lines.extend(told["aim"])
    say("理念", told["vision"], "基本目標")
    for number, (goal, _) in enumerate(it.goals, 1):
        say(f"({number}){goal['title']}", goal["text"])
    say("重要施策", *told["measures"], "")
    for _, goal_line, entries in _listed(it):
        say(goal_line)
        lines.extend(entries)
    say("四條畷市DX推進計画", "なわてDXアクションプラン", "")
    lines.extend(told["action"])
    spot = 0
    for number, (goal, groups) in enumerate(it.goals, 1):
        say(f"基本目標({number}) {goal['short']}", "")
        for group in groups:
            spot += 1
            lines.extend((f"({number})-{spot} {group.title}", "No 取組事業", "(ロードマップ)"))
            lines.append("事業区分 達成目標(KGI) 事業主担課")
            for code, row in enumerate(group.rows, 1):
                lines.extend(_text_row(code, row))
    say("事業区分の考え方", " ", "区分 判定")
    for name, *notes in told["legend"]:
        if len(notes) > 1:
            lines.extend([name, *(part for note in notes for part in ("", note)), ""])
        else:
            lines.append(f"{name} {notes[0]}")
    say(f"なわてDXアクションプラン(令和{it.year - 2018}年度)更新", "Adobe Reader<外部リンク>")
    return "\n".join(lines) + "\n"


def _text_row(code: int, row: Row) -> list[str]:
    if row.mark == "廃止":
        return [f"{code} {row.name} - {row.marked}", "", row.marked, ""]
    head = f"{code} {row.name} {row.category}"
    if len(row.target) > 1:
        lines = [head, *(part for line in row.target for part in ("", line))]
    else:
        lines = [f"{head} {row.target[0]}"]
    if len(row.units) == 1:
        return [*lines[:-1], f"{lines[-1]} {row.units[0]}"]
    return [*lines, *(part for unit in row.units for part in ("", unit)), ""]


def page(it: Edition) -> str:
    """The page as HTML, with a style for the paper of this edition."""
    told, e = it.told, html.escape

    def paragraphs(lines: list[str]) -> str:
        return "".join(f"<p>{e(line)}</p>" for line in lines)

    body = ["<p>ページの先頭です。 メニューを飛ばして本文へ</p>"]
    body.append("<p>トップ &gt; 組織でさがす &gt; 情報政策課 &gt; 四條畷市DX推進計画</p>")
    body.append("<p>本文</p><h1>四條畷市DX推進計画</h1><h2>計画策定の背景</h2>")
    body.append(paragraphs(told["background"]))
    body.append(f"<h2>計画の位置づけ</h2><p>{e(told['upper'])}</p>")
    body.append(f"<h2>計画の対象期間</h2><p>{e(it.period)}</p>")
    body.append(f"<h2>めざす姿・理念</h2>{paragraphs(told['aim'])}")
    body.append(f"<h3>理念</h3><p>{e(told['vision'])}</p><h2>基本目標</h2>")
    for number, (goal, _) in enumerate(it.goals, 1):
        body.append(f"<h3>({number}){e(goal['title'])}</h3><p>{e(goal['text'])}</p>")
    body.append(f"<h2>重要施策</h2>{paragraphs(told['measures'])}")
    for _, goal_line, entries in _listed(it):
        body.append(f"<p>{'<br>'.join(map(e, [goal_line, *entries]))}</p>")
    body.append("<h2>四條畷市DX推進計画</h2><h2>なわてDXアクションプラン</h2>")
    body.append(paragraphs(told["action"]))
    spot = 0
    for number, (goal, groups) in enumerate(it.goals, 1):
        body.append(f"<h3>基本目標({number}) {e(goal['short'])}</h3>")
        for group in groups:
            spot += 1
            body.append(f"<h4>({number})-{spot} {e(group.title)}</h4>{_table(it, group)}")
    body.append("<h3>事業区分の考え方</h3><table class=legend><tr><th>区分</th><th>判定</th></tr>")
    for name, *notes in told["legend"]:
        body.append(f"<tr><td>{name}</td><td>{paragraphs(notes)}</td></tr>")
    body.append(f"</table><p>なわてDXアクションプラン(令和{it.year - 2018}年度)更新</p>")
    body.append("<p>Adobe Reader&lt;外部リンク&gt;</p>")
    return (
        "<!DOCTYPE html><html lang=ja><head><meta charset=utf-8><title>四條畷市DX推進計画</title>"
        f"<style>{_style(it)}</style></head><body>{''.join(body)}</body></html>"
    )


def _table(it: Edition, group: Group) -> str:
    def cell(lines: tuple[str, ...]) -> str:
        if len(lines) < 2:
            return f"<td>{html.escape(''.join(lines))}</td>"
        return f"<td>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</td>"

    rows = []
    for code, row in enumerate(group.rows, 1):
        ended = (row.marked,) if row.mark == "廃止" else ()
        cells = (
            (str(code),),
            (row.name,),
            (row.category,),
            row.target or ended,
            row.units or ended,
        )
        rows.append(f"<tr>{''.join(map(cell, cells))}</tr>")
    columns = "".join(f"<col style='width:{width}%'>" for width in it.paper[4])
    heads = "".join(f"<th>{word}</th>" for word in _HEADERS)
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _style(it: Edition) -> str:
    size, letters, font, inside, _ = it.paper
    return (
        f"@page {{size: {size}; margin: 15mm}} body {{font: {letters} '{font}'; margin: 0}}"
        "h1, h2, h3, h4 {font-size: 1.1em; margin: 3mm 0 1mm; break-after: avoid} p {margin: 1mm 0}"
        "table {border-collapse: collapse; table-layout: fixed; width: 100%}"
        "td, th {border: 0.5pt solid #000; padding: 1mm; overflow-wrap: anywhere}"
        "h1, h2, h3, h4, th {font-weight: normal}"
        f"td p {{margin: 0}} tr {{break-inside: {inside}}} .legend {{width: auto}}"
    )


if __name__ == "__main__":
    for each in NUMBERS:
        made = path_of(each)
        print_page(page(edition(each)), made)
        sys.stdout.write(f"{made.name} {made.stat().st_size}\n")
