"""Sheets of the form that nobody has published: what they say, and how they are printed."""

import random
from typing import Any, Final

from attrs import evolve, field, frozen

__all__ = ["Done", "Goal", "Item", "Look", "Point", "Sheet", "draw_sheet", "flattened", "printed"]

BUREAUS: Final = ("環境部", "こども未来部", "都市基盤部", "福祉部", "教育委員会事務局")
PEOPLE: Final = ("見本 太郎", "仮名 花子", "架空 一郎")
NOUNS: Final = (
    *("窓口案内板の更新", "公園遊具の点検", "ごみ分別アプリ", "NATS連絡会", "見守り協定の締結"),
    *("SNS講習会", "図書館・公民館の改修", "(仮称)中央ひろばの整備", "RPAの試行", "避難路の点検"),
    *("3R啓発展示", "保育の質向上研修", "オープンデータの公開", "学校給食の献立調査"),
)
WORDS: Final = ("検討を継続", "方針案をまとめ", "関係課と調整", "庁内で共有", "素案を作成")
SENTENCES: Final = (
    "見本の市民サービスをよくするため、担当が一つずつ進めます。",
    "試しに書いた文で、どの市の資料にもありません。",
    "見本として短く述べます。",
    "庁内の連携を見本のとおりに深め、架空のまちの課題を解きます。",
)
TITLES: Final = (
    "見本施策の推進",
    "架空広報の強化",
    "仮の防災対策",
    "試行DXの展開",
    "見本連携の拡大",
)
PLAN_TITLES: Final = (
    "見本の緑を増やします",
    "架空の道を整えます",
    "仮の学びを支えます",
    "試しの見守り",
)
FIGURES: Final = (
    *((("3回", "3", "回"),), (("1,234人", "1234", "人"),), (("52百万円", "52", "百万円"),)),
    *((("約500件", "500", "件"),), (("登録107団体", "107", "団体"), ("2件実装", "2", "件"))),
    *((("93回", "93", "回"), ("357人", "357", "人")), (("満足度59.5%", "59.5", "%"),)),
)


@frozen
class Item:
    title: str
    schedule: str = ""
    typed: tuple[Any, ...] = ()
    """start, end, open, recurrence of the first entry"""
    below: "tuple[Item, ...]" = ()
    mark: str = ""


@frozen
class Done:
    text: str
    title: str = ""
    figures: tuple[tuple[str, str], ...] = ()


@frozen
class Point:
    sentence: str
    items: tuple[Item, ...]
    heading: str = ""
    done: tuple[Done, ...] = ()


@frozen
class Goal:
    title: str
    points: tuple[Point, ...]
    mark: str = ""
    outlook: tuple[str, ...] = ()
    plans: tuple[tuple[str, str], ...] = ()
    policies: tuple[tuple[str, str], ...] = ()


@frozen
class Sheet:
    year: int
    bureau: str
    person: str
    mission: tuple[str, ...]
    policies: tuple[str, ...]
    review: tuple[str, ...]
    goals: tuple[Goal, ...]
    mid: tuple[Goal, ...]


@frozen
class Look:
    """How a sheet is printed."""

    columns: int = 4
    mid_columns: int = 5
    lists: str = "unclosed"
    """``unclosed``, ``closed`` (with li), ``line`` (no HTML at all), ``bare`` (no bullets)"""
    split_title: bool = False
    twice: bool = False
    joined: bool = False
    wide: bool = False
    extra: int = 0
    """Where a column that the form does not have stands; 0 for none."""
    heading: str = ""
    without: frozenset[str] = frozenset()
    breaks: bool = False
    """Whether each goal has a table of its own."""
    page_break: bool = False
    """Whether the head is printed again between a goal and its references."""
    seed: int = field(default=0)


def draw_schedule(rng: random.Random, year: int, *, mid: bool) -> tuple[str, tuple[Any, ...]]:
    era = year - 2018
    if mid:
        n = era + rng.randint(1, 4)
        return rng.choice(
            [
                ("通年", (None, None, None, "throughout")),
                ("随時", (None, None, None, "as_needed")),
                ("適時", (None, None, None, "as_needed")),
                ("毎年度", (None, None, None, "yearly")),
                (f"R{n}", (n + 2018, n + 2018, None, None)),
                (f"R{n}完了", (n + 2018, n + 2018, None, None)),
                (f"R{n}~", (n + 2018, None, "end", None)),
                (f"R{n}まで", (None, n + 2018, "start", None)),
                (f"R{n}~{n + 1}", (n + 2018, n + 2019, None, None)),
                (f"R{n}：見本の改訂", (n + 2018, n + 2018, None, None)),
            ]
        )
    return rng.choice(
        [
            ("通年", (None, None, None, "throughout")),
            ("8月", (f"{year}-08", f"{year}-08", None, None)),
            ("3月決定", (f"{year + 1}-03", f"{year + 1}-03", None, None)),
            ("上半期", (f"FY{year}-H1", f"FY{year}-H1", None, None)),
            ("年度内最終確定", (year, year, None, None)),
            ("6月～10月実証、11月評価", (f"{year}-06", f"{year}-10", None, None)),
            ("6月以降順次", (f"{year}-06", None, "end", None)),
            ("", ()),
        ]
    )


def draw_item(rng: random.Random, year: int, *, mid: bool, deep: bool = True) -> Item:
    schedule, typed = draw_schedule(rng, year, mid=mid)
    below: tuple[Item, ...] = ()
    if deep and rng.random() < 0.2:
        below = tuple(draw_item(rng, year, mid=mid, deep=False) for _ in range(rng.randint(1, 3)))
    mark = "重点" if rng.random() < 0.1 else ""
    return Item(rng.choice(NOUNS), schedule, typed, below, mark)


def draw_done(rng: random.Random) -> Done:
    if rng.random() < 0.3:
        return Done(f"{rng.choice(NOUNS).removeprefix('(仮称)')}は{rng.choice(WORDS)}")
    noun = rng.choice(NOUNS).removeprefix("(仮称)")
    if rng.random() < 0.15:
        return Done(f"{noun}(9月公表)")
    figures = rng.choice(FIGURES)
    inner = "、".join(text for text, _, _ in figures)
    if rng.random() < 0.3:
        inner = f"{rng.randint(1, 12)}月、{inner}"
    told = tuple((value, unit) for _, value, unit in figures)
    return Done(f"{noun}({inner})", noun, told)


def draw_goal(rng: random.Random, year: int, *, mid: bool) -> Goal:
    points = tuple(
        Point(
            rng.choice(SENTENCES),
            tuple(draw_item(rng, year, mid=mid) for _ in range(rng.randint(1, 4))),
            "" if mid else f"{rng.choice(TITLES)}を見える形に",
            () if mid else tuple(draw_done(rng) for _ in range(rng.randint(1, 4))),
        )
        for _ in range(rng.randint(1, 3))
    )
    plans = {
        f"{rng.randint(1, 6)}-{rng.randint(1, 4)}-({rng.randint(1, 6)})": rng.choice(PLAN_TITLES)
        for _ in range(rng.randint(1, 3))
    }
    policies = {
        str(rng.randint(10, 120)): rng.choice(PLAN_TITLES) for _ in range(rng.randint(1, 4))
    }
    return Goal(
        rng.choice(TITLES),
        points,
        "重点" if rng.random() < 0.2 else "",
        () if mid else tuple(f"{rng.choice(NOUNS)}を{n}から深める" for n in "甲乙"),
        tuple(plans.items()),
        tuple(policies.items()),
    )


def flat(goal: Goal) -> Goal:
    """Without what only bullets can tell apart: items within items."""
    points = tuple(
        evolve(point, items=tuple(evolve(item, below=()) for item in point.items))
        for point in goal.points
    )
    return evolve(goal, points=points)


def flattened(sheet: Sheet) -> Sheet:
    """A sheet that can be printed without bullets."""
    return evolve(sheet, goals=tuple(map(flat, sheet.goals)), mid=tuple(map(flat, sheet.mid)))


def draw_sheet(rng: random.Random) -> Sheet:
    year = rng.randint(2021, 2034)
    goals = tuple(draw_goal(rng, year, mid=False) for _ in range(rng.randint(1, 7)))
    clue = Item(
        f"令和{year - 2017}年度経営戦略方針の策定", "9月", (f"{year}-09", f"{year}-09", None, None)
    )
    first = evolve(goals[0].points[0], items=(*goals[0].points[0].items, clue))
    goals = (evolve(goals[0], points=(first, *goals[0].points[1:])), *goals[1:])
    return Sheet(
        year,
        rng.choice(BUREAUS),
        rng.choice(PEOPLE),
        tuple(rng.sample(SENTENCES, 2)),
        tuple(rng.sample(SENTENCES, rng.randint(1, 4))),
        tuple(rng.sample(SENTENCES, rng.randint(1, 3))),
        goals,
        tuple(draw_goal(rng, year, mid=True) for _ in range(rng.randint(1, 6))),
    )


def wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in (*range(48, 58), 40, 41, 45)})


class Printer:
    """Prints a sheet in a look."""

    def __init__(self, sheet: Sheet, look: Look) -> None:
        self.sheet, self.look = sheet, look
        self.rng = random.Random(look.seed)  # noqa: S311 - drawn by hypothesis
        self.lines: list[str] = []

    def text(self) -> str:
        sheet, look = self.sheet, self.look
        if "bureau" not in look.without:
            told = ["部局", sheet.bureau, "補職", "部長", "氏名", sheet.person]
            self.lines += ["", "\t".join(told), "\t".join("-" * 4 for _ in told), ""]
        if "mission" not in look.without:
            self.lines += ["1. 部局の使命", "", *(f"○{line}" for line in sheet.mission), ""]
        if look.heading:
            self.lines += [f"9. {look.heading}", "", "この見出しは様式にない。", ""]
        if "policies" not in look.without:
            self.lines += ["2. 使命を遂行するための取り組み方針と、取り組みの総括", ""]
            policies = " ".join(
                f"<p>({n}) {text}</p>" for n, text in enumerate(sheet.policies, start=1)
            )
            review = " ".join(f"<p>{text}</p>" for text in sheet.review)
            self.lines += ["方針\t取り組みの総括", f"{policies}\t{review}", ""]
        if "year" not in look.without:
            self.lines += ["3. 当年度目標と目標設定に対する振り返り等", ""]
            self.part(sheet.goals, self.year_head, look.columns)
        if "mid" not in look.without:
            self.lines += ["4. 中期目標(概ね今後4年間)", ""]
            self.part(sheet.mid, self.mid_head, look.mid_columns)
        return "\n".join(self.lines) + "\n"

    def part(self, goals: tuple[Goal, ...], head: Any, columns: int) -> None:  # noqa: ANN401
        for number, goal in enumerate(goals, start=1):
            if number == 1 or self.look.breaks:
                self.lines.append("")
                head(columns)
            self.goal(number, goal, columns)

    def row(self, columns: int, cells: dict[int, str], extra: str = "") -> None:
        told = [cells.get(column, "") for column in range(columns)]
        if self.look.extra:
            told.insert(min(self.look.extra, columns), extra)
        self.lines.append("\t".join(told))

    def year_head(self, columns: int) -> None:
        plan, results = "取組み事項及びその内容・スケジュール", "取組みを行った内容・成果"
        stacked = columns > 4
        self.row(columns, {0: "No", 1: "当年度目標(当初設定)", 3 if stacked else 2: "実績"}, "備考")
        if stacked:
            self.row(columns, {1: plan, 3: results})
            self.row(columns, {self.rng.choice((2, 3)): "課題・今後の方向性"})
        else:
            self.row(columns, {1: plan, 2: results, 3: "課題・今後の方向性"})

    def mid_head(self, columns: int) -> None:
        plan = "取組み事項及び取組みにあたっての課題・めざす成果など"
        at = 3 if columns == 5 else 2
        self.row(columns, {0: "No", 1: plan, at: "スケジュール(工程)"}, "備考")

    def goal(self, number: int, goal: Goal, columns: int) -> None:
        mid = goal.outlook == ()
        code = wide(str(number)) if self.look.wide else str(number)
        title = goal.title + (f"【{goal.mark}】" if goal.mark else "")
        plan = self.plan(goal, mid=mid)
        if mid:
            beside = {3 if columns == 5 else 2: self.schedule(goal)}
        else:
            places = (3, 5) if columns > 4 else (2, 3)
            beside = {places[0]: self.results(goal), places[1]: self.outlook(goal)}
        if self.look.split_title and not mid:
            self.row(columns, {0: code, 1: title, **beside}, f"欄外{number}")
            self.row(columns, {1: plan})
        else:
            whole = f"<p>{title}</p> {plan}" if self.look.lists != "line" else f"{title} {plan}"
            self.row(columns, {0: code, 1: whole, **beside}, f"欄外{number}")
        if self.look.page_break:
            self.lines.append("")
            (self.mid_head if mid else self.year_head)(columns)
        self.references("総合計画", goal.plans, columns)
        self.references("基本政策", goal.policies, columns)

    def number(self, number: int) -> str:
        return wide(f"({number})") if self.look.wide else f"({number})"

    def plan(self, goal: Goal, *, mid: bool) -> str:
        told = []
        for number, point in enumerate(goal.points, start=1):
            told.append(self.paragraph(f"{self.number(number)} {point.sentence}"))
            if not mid:
                told.append(self.items(point.items))
        return " ".join(told)

    def schedule(self, goal: Goal) -> str:
        told = []
        for number, point in enumerate(goal.points, start=1):
            if len(goal.points) > 1 or self.rng.random() < 0.5:
                told.append(self.paragraph(self.number(number)))
            told.append(self.items(point.items))
        return " ".join(told)

    def results(self, goal: Goal) -> str:
        told = []
        for number, point in enumerate(goal.points, start=1):
            told.append(self.paragraph(f"{self.number(number)} {point.heading}"))
            told.append(self.listed([done.text for done in point.done]))
        return " ".join(told)

    def outlook(self, goal: Goal) -> str:
        return self.listed(list(goal.outlook))

    def paragraph(self, text: str) -> str:
        return text if self.look.lists == "line" else f"<p>{text}</p>"

    def items(self, items: tuple[Item, ...]) -> str:
        told = []
        for item in items:
            text = item.title
            if item.schedule:
                form = "{}【{}】" if self.rng.random() < 0.1 else "{}{}({})"
                space = self.rng.choice(("", "", " "))
                text = (
                    form.format(text, item.schedule)
                    if form == "{}【{}】"
                    else form.format(text, space, item.schedule)
                )
            text += f"【{item.mark}】" if item.mark else ""
            told.append((text, self.nested(item.below)))
        if self.look.lists == "closed":
            return "<ul>" + "".join(f"<li>・{text}{below}</li>" for text, below in told) + "</ul>"
        opened = "" if self.look.lists == "line" else '<ul style="list-style-type: none;"> '
        return opened + " ".join(f"{self.bullet}{text}{below}" for text, below in told)

    def nested(self, items: tuple[Item, ...]) -> str:
        if not items:
            return ""
        told = [item.title + (f"({item.schedule})" if item.schedule else "") for item in items]
        told = [
            text + (f"【{item.mark}】" if item.mark else "")
            for text, item in zip(told, items, strict=True)
        ]
        if self.look.lists == "closed":
            return "<ul>" + "".join(f"<li>・{text}</li>" for text in told) + "</ul>"
        opened = " " if self.look.lists == "line" else ' <ul style="list-style-type: none;"> '
        return opened + " ".join(f"* {text}" for text in told)

    def listed(self, texts: list[str]) -> str:
        if self.look.lists == "closed":
            return "<ul>" + "".join(f"<li>・{text}</li>" for text in texts) + "</ul>"
        opened = "" if self.look.lists == "line" else '<ul style="list-style-type: none;"> '
        return opened + " ".join(f"{self.bullet}{text}" for text in texts)

    @property
    def bullet(self) -> str:
        return "" if self.look.lists == "bare" else "・"

    def references(self, plan: str, pairs: tuple[tuple[str, str], ...], columns: int) -> None:
        told = [(self.code(code), title) for code, title in pairs]
        if self.look.twice:
            cells = "".join(f"<tr> <td>{code}</td> <td>{title}</td> </tr>" for code, title in told)
            self.row(columns, {1: f'<p>{plan}</p> <table border="1"> {cells} </table>'})
        else:
            self.row(columns, {self.rng.choice((0, 1)): plan})
        width = 2 if columns > 3 else 1
        for first in range(0, len(told), width):
            cells_of: dict[int, str] = {}
            start = self.rng.choice((0, 1)) if columns > 4 else 0
            for place, (code, title) in enumerate(told[first : first + width]):
                if self.look.joined:
                    cells_of[start + place] = f"{code} {title}"
                else:
                    cells_of[start + 2 * place] = code
                    cells_of[start + 2 * place + 1] = title
            self.row(columns, cells_of)

    def code(self, code: str) -> str:
        told = code.replace("(", self.rng.choice(("(", " (")))
        return wide(told) if self.look.wide else told


def printed(sheet: Sheet, look: Look) -> str:
    """The sheet as the city would publish it."""
    return Printer(sheet, look).text()
