"""Editions of the form that nobody has published yet: each is read back exactly."""

import random

from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.model import FiscalYear, Measure, Status, normal_code
from munidx.readers import read_source
from munidx.testing.profiles import examples
from munidx_shijonawate.adapter import ShijonawateAdapter

_TITLES = (
    "電子申請システムの利活用", "電子入札。契約システムの導入", "AI-OCR・RPAの導入及び利活用",
    "なわてFMシステムの実装", "5歳児健診アプリの導入", "母子手帳アプリ「なわてっこナビ」の推進",
    "AI型ドリルの利活用", "LINE×チャットボット", "3D都市モデルの整備", "住民 DX の推進",
    "窓口キャッシュレス化推進", "(仮称)書かない窓口", "プラン B の検討", "第2期ネットワーク更改",
)  # fmt: skip
_STATEMENTS = (
    (("システム利用者満足度 80%以上",), "80"),
    (("R8年度書かない窓口の利用満足度4.2",), "4.2"),
    (("契約業務の来庁不要型モデルとして構築する",), None),
    (("職員の事務時間を30%削減",), "30"),
    (("(市民意識調査)", "住み続けたい市民の割合 95%"), "95"),
    (("-(ビジョンの策定後設定)",), None),
    (("利用者満足度：８０％以上",), "80"),
    (("乗車数延べ1,200人",), "1200"),
    (("2拠点での運用開始",), None),
    (("設置 12か所",), "12"),
)  # fmt: skip
_UNITS = (
    (("総務部", "情報政策課"),), (("デジタル戦略局", "DX推進室"),), (("田原支所",),),
    (("選挙管理委員会", "事務局"),), (("子ども未来部", "子育て支援センター"),),
    (("社会教育部", "スポーツ・青少年課"),), (("企画財政部", "ICT推進課"), ("市長公室", "広報課")),
    (("危機管理室",),), (("都市整備部", "道路課"), ("都市整備部", "公園課")),
)  # fmt: skip
_PARAGRAPHS = (
    "この文は試験のために書いたもので、どの市の資料にも載っていません。",
    "見本です。",
    "ここでは様式の読み取りを確かめるため、長さの違う段落をいくつか用意し、改行や空白の入り方も変えています。",
)
_GROUPS = ("オンラインサービス", "窓口改革", "データ利活用・施設の分散化", "デジタル・デバイド対策")
_PARTS = ("background", "position", "period", "aim", "vision", "goals", "list", "legend", "edition")


@frozen
class Row:
    title: str
    category: str
    target: tuple[str, ...]
    value: str | None
    units: tuple[tuple[str, ...], ...]
    mark: str = ""


@frozen
class Edition:
    year: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """Two groups to a goal."""
    paragraphs: tuple[str, ...]
    without: frozenset[str] = frozenset()
    seed: int = 0
    column: str = ""
    heading: str = ""
    rng: random.Random = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "rng", random.Random(self.seed))  # noqa: S311 - drawn


@st.composite
def rows(draw: st.DrawFn) -> Row:
    target, value = draw(st.sampled_from(_STATEMENTS))
    row = Row(
        draw(st.sampled_from(_TITLES)),
        draw(st.sampled_from("LLMM")),
        target,
        value,
        draw(st.sampled_from(_UNITS)),
        draw(st.sampled_from(("", "", "", "追加", "廃止"))),
    )
    return evolve(row, category="-", target=(), value=None, units=()) if row.mark == "廃止" else row


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    groups = draw(
        st.lists(
            st.tuples(st.sampled_from(_GROUPS), st.lists(rows(), min_size=1, max_size=13)),
            min_size=1,
            max_size=5,
        )
    )
    return Edition(
        draw(st.integers(2019, 2035)),
        tuple((title, tuple(members)) for title, members in groups),
        tuple(draw(st.lists(st.sampled_from(_PARAGRAPHS), min_size=1, max_size=3))),
        frozenset(draw(st.sets(st.sampled_from(_PARTS), max_size=2))),
        draw(st.integers(0, 2**32)),
    )


class Writer:
    """Writes an edition as the city's page comes out as text, its lines broken at will."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rng = edition.rng
        self.wide = self.rng.random() < 0.2
        self.tabbed = self.rng.random() < 0.15
        self.lines: list[str] = []

    def text(self) -> str:
        self.head()
        for number, _ in enumerate(self.edition.groups[::2], start=1):
            self.say(f"基本目標({number}) 目標その{number}")
            for sub in range(2 * number - 1, min(2 * number, len(self.edition.groups)) + 1):
                self.group(number, sub, *self.edition.groups[sub - 1])
        self.foot()
        return "\n".join(self.lines)

    def say(self, *lines: str) -> None:
        for line in lines:
            self.lines += ["", line, ""]

    def part(self, name: str, heading: str, *lines: str) -> None:
        if name not in self.edition.without:
            self.say(heading)
            for line in lines:
                self.lines.append(self.rng.choice(("", " ", "　")) + line)

    def head(self) -> None:
        year, said = self.edition.year, self.edition.paragraphs
        era = f"令和{year - 2018 if year > 2019 else '元'}"
        self.lines.append("ページの先頭です。 メニューを飛ばして本文へ")
        self.lines.append("トップ > 組織でさがす > 情報政策課 > 四條畷市DX推進計画")
        self.say("本文", "四條畷市DX推進計画")
        self.part("background", "計画策定の背景", *said)
        self.part(
            "position", "計画の位置づけ", "上位は「第7次四條畷市総合計画(令和8年策定)」です。"
        )
        if self.edition.heading:
            self.say(self.edition.heading, "この見出しの下の文は様式にありません。")
        self.part(
            "period", "計画の対象期間", f"{era}({year})年度から{era[:2]}{year - 2014}年度まで"
        )
        self.part("aim", "めざす姿・理念", *said)
        self.part("vision", "理念", "人に向き合う時間をふやす")
        numbers = range(1, len(self.edition.groups[::2]) + 1)
        if "goals" not in self.edition.without:
            self.say("基本目標")
            for number in numbers:
                self.say(f"({number})目標その{number}", *said)
        self.part("list", "重要施策", *said)
        for number in numbers if "list" not in self.edition.without else ():
            self.lines += ["", f"({number})目標その{number}(基本目標)"]
            for sub in range(2 * number - 1, min(2 * number, len(self.edition.groups)) + 1):
                self.lines.append(f"{sub}.{self.edition.groups[sub - 1][0]}")
        self.say("四條畷市DX推進計画", "なわてDXアクションプラン", *said)

    def group(self, number: int, sub: int, title: str, members: tuple[Row, ...]) -> None:
        dash = self.rng.choice("--－‐")
        self.lines += [self.rng.choice(("", " ")), f"({number}){dash}{sub} {title}"]
        words = ["No", "取組事業", "(ロードマップ)", "事業区分", "達成目標(KGI)", "事業主担課"]
        self.cells([*words, self.edition.column] if self.edition.column else words)
        for spot, row in enumerate(members, start=1):
            if spot > 1 and self.rng.random() < 0.08:
                self.page_break()
            self.row(spot, row)

    def page_break(self) -> None:
        self.lines += self.rng.choice((["\f"], ["- 3 -"], ["", "12/30ページ", ""], ["\n \n"]))
        if self.rng.random() < 0.5:
            self.lines.append("No 取組事業 (ロードマップ) 事業区分 達成目標(KGI) 事業主担課")

    def row(self, spot: int, row: Row) -> None:
        code = (
            f"{spot}."[: self.rng.choice((1, 2, 2)) + (spot > 9)] if not self.tabbed else str(spot)
        )
        code = str(spot) if self.rng.random() < 0.8 else f"{spot}."
        if self.wide:
            code = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        title, mark = row.title, f"【{row.mark}】" if row.mark else ""
        cells = [code, title + mark]
        if row.mark == "廃止":
            cells += ["-", mark]
            self.cells(cells)
            self.lines += ["", mark, ""]
            return
        cells.append(
            row.category.translate(str.maketrans("LM", "ＬＭ")) if self.wide else row.category
        )
        self.cells(cells + list(row.target))
        names = [name for owner in row.units for name in owner]
        if self.rng.random() < 0.2 and not self.tabbed:
            self.lines[-1] += " " + " ".join(names)
        else:
            for name in names:
                self.lines += [""] * self.rng.randrange(3) + [name]
        if self.edition.column:
            self.lines += ["", f"{spot * 1000}千円"]
        self.lines += [""] * self.rng.randrange(3)

    def cells(self, cells: list[str]) -> None:
        """Cells on one line, or broken over several, with or without blank lines."""
        space = "\t" if self.tabbed else self.rng.choice((" ", "　", "  "))
        line = cells[0]
        for cell in cells[1:]:
            if not self.tabbed and self.rng.random() < 0.25:
                self.lines.append(line)
                self.lines += [""] * self.rng.randrange(3)
                line = cell
            else:
                line += space + cell
        self.lines.append(line)

    def foot(self) -> None:
        if "legend" not in self.edition.without:
            self.say("事業区分の考え方", "区分 判定")
            self.lines += [
                "L",
                "",
                "(1)三つ以上の部にまたがる事業",
                "(2)本部が認めた事業",
                "",
                "M 他の事業",
            ]
        if "edition" not in self.edition.without:
            era = self.edition.year - 2018
            self.say(f"なわてDXアクションプラン(令和{era}年度)更新")
        self.say("Adobe Reader<外部リンク>")


def read(text: str) -> tuple[Reading, int]:
    publication = read_source(Source("edition.txt", text.encode()))
    reading = ShijonawateAdapter().read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers).unread


def facts(measure: Measure) -> tuple[object, ...]:
    return (
        normal_code(measure.code).rstrip("."),
        measure.title,
        normal_code(measure.labels.get("事業区分", "")),
        measure.status,
        "".join("".join(i.statement.split()) for i in measure.indicators),
        [str(t.value) for i in measure.indicators for t in i.targets if t.value is not None],
        tuple((*owner.path, owner.name) for owner in measure.owners),
    )


def expected(spot: int, row: Row) -> tuple[object, ...]:
    status = {"追加": Status.ADDED, "廃止": Status.ABOLISHED, "": None}[row.mark]
    statement = "".join("".join(line.split()) for line in row.target)
    return (
        str(spot),
        row.title,
        row.category,
        status,
        statement,
        [row.value] if row.value else [],
        row.units,
    )


def check(edition: Edition, reading: Reading) -> None:
    (plan,) = reading.plans
    assert [goal.code for goal in plan.goals] == [
        f"({number})" for number in range(1, len(edition.groups[::2]) + 1)
    ]
    groups = [group for goal in plan.goals for group in goal.goals]
    assert [group.title for group in groups] == [title for title, _ in edition.groups]
    for group, (_, members) in zip(groups, edition.groups, strict=True):
        assert [facts(measure) for measure in group.measures] == [
            expected(spot, row) for spot, row in enumerate(members, start=1)
        ]
    if "period" in edition.without:
        assert plan.period is None
    else:
        assert plan.period is not None
        assert plan.period.start == FiscalYear(edition.year)
        assert plan.period.end == FiscalYear(edition.year + 4)
    assert plan.vision == ("" if "vision" in edition.without else "人に向き合う時間をふやす")
    assert (plan.edition is None) == ("edition" in edition.without)
    assert plan.edition is None or plan.edition.year == FiscalYear(edition.year)
    assert [term.term for term in plan.glossary] == (
        [] if "legend" in edition.without else ["L", "M"]
    )


@examples(200)
@given(editions())
def test_an_edition_is_read_back_exactly(edition: Edition) -> None:
    reading, unread = read(Writer(edition).text())
    check(edition, reading)
    allowed = {"MX981"} if "edition" in edition.without else set()
    assert {finding.code for finding in reading.findings} <= allowed
    assert unread == 0


@examples(200)
@given(editions(), st.sampled_from(("予算額", "備考", "令和7年度予算", "関係団体(予定)")))
def test_an_unknown_column_shifts_nothing_and_is_reported(edition: Edition, column: str) -> None:
    edition = evolve(edition, column=column)
    reading, unread = read(Writer(edition).text())
    check(edition, reading)
    assert "MX971" in {finding.code for finding in reading.findings}
    assert unread > 0


@examples(200)
@given(editions(), st.sampled_from(("関連する計画", "推進体制", "財源の見通し")))
def test_an_unknown_heading_is_left_over_with_its_text(edition: Edition, heading: str) -> None:
    edition = evolve(edition, heading=heading)
    reading, unread = read(Writer(edition).text())
    check(edition, reading)
    assert heading in {leftover.text for leftover in reading.leftovers if not leftover.reason}
    assert unread >= len("この見出しの下の文は様式にありません")
