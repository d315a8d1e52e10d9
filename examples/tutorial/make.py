"""Makes the documents of the tutorial: the project list of a city that there is not.

Run by hand, with openpyxl, chromium and the font VL PGothic (fonts-vlgothic)::

    python examples/tutorial/make.py

The list of 令和8年度 is made as a spreadsheet and as a PDF; that of 令和9年度, a spreadsheet with
its columns in another order, goes without one project and asks less of another.
"""

import html
import pathlib
import subprocess
from collections.abc import Sequence
from typing import Final

import openpyxl
from openpyxl.styles import Border, Side

HERE: Final = pathlib.Path(__file__).parent
GOALS: Final = {
    "安全なまち": (
        ("街灯の更新", "防災課", "更新した街灯", "基", (180, 240, 300), (12000, 12500, 13000)),
        ("避難所の備え", "防災課", "備蓄のある避難所", "か所", (8, 12, 15), (4200, 4100, 4000)),
        ("橋りょうの点検", "道路課", "点検した橋", "橋", (21, 30, 34), (9800, 9900, 9600)),
    ),
    "学びのまち": (
        (
            "図書館の開館延長",
            "教育課",
            "年間の来館者",
            "人",
            (41200, 45000, 47000),
            (1300, 1300, 1350),
        ),
        ("給食の調理場", "教育課", "地場産の割合", "%", (31, 35, 38), (88000, 41000, 40500)),
        ("放課後の居場所", "こども課", "利用した児童", "人", (320, 400, 420), (6400, 6600, 6800)),
    ),
    "働くまち": (
        ("空き店舗の活用", "産業課", "新しく開いた店", "店", (3, 5, 6), (2500, 2500, 2500)),
        ("農業の担い手", "産業課", "新規就農者", "人", (2, 4, 5), (3100, 3300, 3300)),
    ),
}
REVIEWS: Final = ("{}は予定どおり進んだ。", "{}に遅れがある。", "", "{}は昨年より進んだ。")
Line = list[str | int]


def lines(year: int) -> list[Line]:
    """The rows of the list of a fiscal year; the first cell of a goal's rows is its title."""
    found: list[Line] = []
    later = year - 2026
    for goal, projects in GOALS.items():
        for title, office, indicator, unit, figures, money in projects:
            if later and title == "農業の担い手":
                continue
            target = figures[2] - 30 * (title == "放課後の居場所") if later else figures[1]
            past = figures[1] - 3 * (unit == "か所") if later else figures[0]
            budgets = [*money[later:], *money[:later]]
            review = REVIEWS[(len(found) + later) % len(REVIEWS)].format(indicator)
            found.append([goal, len(found) + 1, title, office, indicator, unit, past, target])
            found[-1] += [*budgets, review]
    return found


def heads(year: int) -> tuple[Line, Line]:
    """The two rows of the header."""
    short = year - 2018
    years = [f"R{short + n}" for n in range(3)]
    above: Line = ["施策", "No.", "事業名", "担当課", "成果指標", "", "", "", "事業費", "", ""]
    below: Line = ["", "", "", "", "指標名", "単位", f"R{short - 2}実績", f"R{short}目標", *years]
    return [*above, "ふりかえり"], [*below, ""]


def sums(rows: list[Line]) -> Line:
    """The row of sums."""
    money = [sum(value for row in rows if isinstance(value := row[n], int)) for n in (8, 9, 10)]
    return ["合計", "", "", "", "", "", "", "", *money, ""]


def spans(rows: Sequence[Line]) -> dict[tuple[int, int], tuple[int, int]]:
    """The merged cells of header and rows: their place, and how many rows and columns they are."""
    found = {(0, n): (2, 1) for n in (0, 1, 2, 3, 11)} | {(0, 4): (1, 4), (0, 8): (1, 3)}
    goals = [row[0] for row in rows]
    for goal in dict.fromkeys(goals):
        found[2 + goals.index(goal), 0] = (goals.count(goal), 1)
    return found


def title(year: int) -> str:
    """What stands above the list."""
    return f"令和{year - 2018}年度見本市実施計画事業一覧"


NOTE: Final = "※ 事業費は、当初予算の額である。"


def sheet(year: int, order: Sequence[int] | None = None) -> None:
    """Write the spreadsheet of a year, its columns as they are or in another ``order``."""
    rows = lines(year)
    grid = [*heads(year), *rows, sums(rows)]
    order = order or range(len(grid[0]))
    book = openpyxl.Workbook()
    page = book.active
    page.title = "一覧"
    page["A1"], page["K2"] = title(year), "（単位：千円）"
    thin = Side(style="thin")
    for top, row in enumerate(grid, 3):
        for left, number in enumerate(order, 1):
            cell = page.cell(top, left, row[number] if row[number] != "" else None)
            cell.number_format = "#,##0"
            cell.border = Border(thin, thin, thin, thin)
    for (top, left), (height, width) in spans(rows).items():
        first = order.index(left) + 1
        for below in range(top + 1, top + height):
            page.cell(below + 3, first).value = None
        page.merge_cells(
            start_row=top + 3,
            end_row=top + 2 + height,
            start_column=first,
            end_column=first + width - 1,
        )
    page.cell(len(grid) + 4, 1, NOTE)
    book.save(HERE / f"mihon-r{year - 2018}.xlsx")


def printed(year: int) -> None:
    """Write the PDF of a year."""
    rows = lines(year)
    grid = [*heads(year), *rows, sums(rows)]
    merged = spans(rows)
    hidden = {
        (top + down, left + right)
        for (top, left), (height, width) in merged.items()
        for down in range(height)
        for right in range(width)
    } - set(merged)
    body = ""
    for top, row in enumerate(grid):
        body += "<tr>"
        for left, value in enumerate(row):
            if (top, left) not in hidden:
                height, width = merged.get((top, left), (1, 1))
                text = f"{value:,}" if isinstance(value, int) else value
                body += f"<td rowspan={height} colspan={width}>{html.escape(text)}</td>"
        body += "</tr>"
    style = (
        "@page{size:A4 landscape;margin:12mm}body{font:9pt VL PGothic}h1{font-size:14pt}"
        "table{border-collapse:collapse}td{border:1px solid;padding:3px}p{margin:4px 0}"
    )
    page = (
        f"<!doctype html><html lang=ja><meta charset=utf-8><style>{style}</style>"
        f"<h1>{title(year)}</h1><p>（単位：千円）</p><table>{body}</table><p>{NOTE}</p></html>"
    )
    source = HERE / "mihon.html"
    source.write_text(page, encoding="utf-8")
    target = HERE / f"mihon-r{year - 2018}.pdf"
    chromium = ("chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer")
    subprocess.run(  # noqa: S603 - our own page
        [*chromium, f"--print-to-pdf={target}", str(source)], check=True
    )
    source.unlink()


if __name__ == "__main__":
    sheet(2026)
    printed(2026)
    sheet(2027, order=(1, 2, 0, 3, 8, 9, 10, 4, 5, 6, 7, 11))
