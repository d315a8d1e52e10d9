"""Editions of the DX推進計画 that nobody has published yet: each is read back exactly."""

import random
import unicodedata

from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import EditionStatus, Measure, Period, Plan
from munidx.readers import read_source
from munidx.testing.profiles import examples
from munidx_kadoma import dx_plan

_TITLES = (
    "窓口の予約", "AI・RPA等の業務への活用", "電子契約の導入", "データ連携基盤の整備",
    "デジタル人材の育成", "(仮称)スマート窓口", "LINE活用の拡充", "第2期ネットワークの更改",
    "テレワークの定着", "キャッシュレス決済の拡大", "データ利活用、BIの推進", "書かない窓口",
)  # fmt: skip
_STEPS = (
    "予約画面", "電子申請", "3D地図", "CSIRT体制", "研修の実施", "公共データの整備", "Web会議",
    "決裁システム", "庁内GIS", "オープンデータの公開", "標準化・共通化", "窓口の案内",
)  # fmt: skip
_PHASES = ("導入", "検討・設計", "運用・効果検証", "拡充", "調査・Fit&Gap分析 準備", "見直し")
_SENTENCES = (
    "この文は試験のために書いたものです。",
    "見本です。",
    "令和8(2026)年度までに約3割の手続を見直し、80%以上を電子にすることを目ざすという見本の文です。",
    "IoT{mark}やAI{mark}を使う例を、長めの一文にして置き、記号が途中に入る場合も確かめます。",
)
_EVENTS = (
    "公式アプリの試行", "RPAの導入(7月運用開始)", "端末(50台)の更新", "AI-OCRの導入", "条例の施行",
)  # fmt: skip
_TERMS = (
    ("A", "AI"), ("A", "ASPサービス"), ("B", "BPR"), ("W", "Well-being"),
    ("お", "オープン系システム"),
    ("く", "クラウドサービス"), ("て", "デジタル・デバイド"), ("わ", "ワーク・ライフ・バランス"),
    ("ち", "地域経済分析システム(RESAS)"),
)  # fmt: skip
_DEPARTMENTS = (
    "企画財政部 ICT推進課 行政 DX グループ", "総務部 デジタル課", "市長公室 DX推進室 推進係",
)  # fmt: skip
_MARKS = ("※", "[※]", "^{*}", "*")


@frozen
class Item:
    title: str
    lines: tuple[str, ...]
    actions: tuple[str, ...]
    target: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]


@frozen
class Edition:
    year: int
    draft: bool
    goals: tuple[tuple[str, tuple[str, ...], tuple[Item, ...]], ...]
    events: tuple[tuple[bool, int, str], ...]
    terms: tuple[tuple[str, str], ...]
    department: str
    without: frozenset[str]
    seed: int
    column: bool = False
    heading: bool = False
    rng: random.Random = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "rng", random.Random(self.seed))  # noqa: S311 - drawn


sentences = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3).map(tuple)
items = st.builds(
    Item,
    title=st.sampled_from(_TITLES),
    lines=sentences,
    actions=sentences,
    target=sentences,
    steps=st.lists(
        st.tuples(
            st.sampled_from(_STEPS),
            st.lists(st.sampled_from(("", "", *_PHASES)), min_size=4, max_size=4)
            .filter(any)
            .map(tuple),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda step: step[0],
    ).map(tuple),
)
goals = st.tuples(
    st.sampled_from(("市民の利便性向上", "業務の効率化・省力化", "基盤整備", "まちのDX")),
    sentences,
    st.lists(items, min_size=1, max_size=4, unique_by=lambda item: item.title).map(tuple),
)
_PARTS = ("contents", "overview", "schedule", "glossary", "history", "imprint", "drawing")
editions = st.builds(
    Edition,
    year=st.integers(2019, 2035),
    draft=st.booleans(),
    goals=st.lists(goals, min_size=1, max_size=4).map(tuple),
    events=st.lists(
        st.tuples(st.booleans(), st.integers(1, 12), st.sampled_from(_EVENTS)),
        max_size=5,
        unique_by=lambda event: event[2],
    ).map(tuple),
    terms=st.lists(st.sampled_from(_TERMS), max_size=6, unique_by=lambda t: t[1]).map(tuple),
    department=st.sampled_from(_DEPARTMENTS),
    without=st.frozensets(st.sampled_from(_PARTS), max_size=2),
    seed=st.integers(0, 2**32),
)


def _explained(term: str) -> str:
    return f"見本の{len(term)}番目の語であり、切れる場所を試すための文。"


class Writer:
    """Writes an edition as the city's PDF comes out as text, in one of its looks."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rng = edition.rng
        self.wide = self.rng.random() < 0.3
        self.mark = self.rng.choice(_MARKS)
        self.years = self.rng.choice(("both", "letter", "western", "era"))
        self.lines: list[str] = []

    def text(self) -> str:
        edition = self.edition
        name = "門真市DX推進計画"
        self.say(f"(仮称) {name}(案)" if edition.draft else name)
        self.say(f"令和{self.era(edition.year)}年{' ' if edition.draft else '3'}月")
        self.say("門真市")
        self.contents()
        self.say("1 計画の考え方", f"{self.code(1)} 背景", self.prose(_SENTENCES[3]))
        first, last = self.both(edition.year), self.both(edition.year + 4)
        self.say(f"{self.code(2)} 計画期間", f"期間は{first}年4月から{last}年3月末までとします。")
        self.history()
        self.described()
        self.overview()
        for number, (title, _, members) in enumerate(edition.goals, start=1):
            self.say(f"基本目標{self.digits(number)}{self.gap()}{title}")
            for position, item in enumerate(members, start=1):
                self.item(position, item)
        self.schedule()
        self.say(f"{self.code(1)} 推進体制", self.prose(_SENTENCES[0]))
        self.glossary()
        self.imprint()
        return "\n".join(self.lines)

    # --- looks

    def digits(self, number: int) -> str:
        text = str(number)
        return "".join(chr(ord(sign) + 0xFEE0) for sign in text) if self.wide else text

    def code(self, number: int) -> str:
        return f"（{self.digits(number)}）" if self.wide else f"({number})"

    def era(self, year: int) -> str:
        return "元" if year == 2019 else self.digits(year - 2018)

    def both(self, year: int) -> str:
        if self.years == "western":
            return str(year)
        return f"令和{self.era(year)}({year})" if self.years == "both" else f"令和{self.era(year)}"

    def column(self, year: int) -> str:
        short = "元" if year == 2019 else str(year - 2018)
        return {
            "both": f"R{short}({year}) 年度",
            "letter": f"R{short}",
            "western": f"{year}年度",
            "era": f"令和{self.era(year)}年度",
        }[self.years]

    def gap(self) -> str:
        return self.rng.choice((" ", "　"))

    def prose(self, text: str) -> str:
        return text.replace("{mark}", self.mark)

    def say(self, *lines: str) -> None:
        for line in lines:
            self.lines += [""] * self.rng.choice((0, 1, 1, 3))
            if self.rng.random() < 0.05:
                self.lines += ["", self.rng.choice((" ", "\f")), f"- {self.rng.randint(1, 99)} -"]
            self.lines.append(self.rng.choice(("", "", " ")) + line)

    def rows(self, header: list[str], rows: list[list[str]]) -> None:
        """A table, its header printed again behind each page's end."""
        self.lines += ["", "\t".join(header)]
        for row in rows:
            if self.rng.random() < 0.15:
                self.lines += ["", *(["\t".join(header)] if self.rng.random() < 0.5 else [])]
            self.lines.append("\t".join(row))
        self.lines.append("")

    # --- parts

    def contents(self) -> None:
        if "contents" in self.edition.without:
            return
        leader = self.rng.choice((".....", "\t", "……", " "))
        self.say("目次", "1 計画の考え方")
        self.say(f"{self.code(1)} 背景{leader}1", f"{self.code(2)} 計画期間{leader}12")
        for number, (_, _, members) in enumerate(self.edition.goals, start=1):
            for position, item in enumerate(members, start=1):
                self.say(f"{number}-{self.code(position)} {item.title}{leader}{position + 12}")
        self.say(f"{self.code(1)} 推進体制{leader}40")
        if "glossary" not in self.edition.without:
            self.say(f"用語集{leader}41")

    def history(self) -> None:
        if "history" in self.edition.without or not self.edition.events:
            return
        self.say("【これまでの取組】")
        rows = []
        for number, (blank, month, text) in enumerate(self.edition.events):
            when = f"{self.both(2020 + number)}年{self.rng.choice(('', ' '))}{month}月"
            rows.append(["" if blank and number else when, text])
        self.rows(["導入時期", "取組内容"], rows)

    def described(self) -> None:
        self.say(f"{self.code(3)} 基本目標")
        if "drawing" not in self.edition.without:
            self.say("基本目標")
            for number, (title, _, _) in enumerate(self.edition.goals, start=1):
                self.say(f"{self.digits(number)} {title}")
        for number, (title, lines, _) in enumerate(self.edition.goals, start=1):
            self.say(f"<基本目標{self.rng.choice(('', ' '))}{number}> {title}")
            self.say(*map(self.prose, lines))

    def overview(self) -> None:
        self.say("2 目標達成のための重点取組事項", _SENTENCES[1])
        if "overview" in self.edition.without:
            return
        rows = []
        for number, (title, _, members) in enumerate(self.edition.goals, start=1):
            listed = [f"{self.code(n)} {item.title}" for n, item in enumerate(members, start=1)]
            rows.append([f"{self.digits(number)} {title[:2]} {title[2:]}", " ".join(listed)])
        self.rows(["(基本目標)", "(重点取組事項)"], rows)

    def item(self, position: int, item: Item) -> None:
        self.say(f"{self.code(position)}{self.gap()}{item.title}{self.rng.choice(('', self.mark))}")
        self.say(*map(self.prose, item.lines))
        self.say("《取組の方向性》", *("- " + self.prose(line) for line in item.actions))
        self.say("《めざす姿》", *map(self.prose, item.target))
        if self.edition.heading and position == 1:
            self.say(self.rng.choice(("《予算の見込み》", "【予算の見込み】")), "5,000千円")

    def schedule(self) -> None:
        if "schedule" in self.edition.without:
            return
        self.say("重点取組事項のスケジュール")
        years = [self.column(self.edition.year + number) for number in range(4)]
        header = ["重点取組事項 個別施策", *years]
        rows = []
        for _, _, members in self.edition.goals:
            for item in members:
                rows.append([item.title, "", "", "", ""])
                rows += [[title, *cells] for title, cells in item.steps if any(cells)]
        if self.edition.column:
            header.insert(3, "予算額")
            for row in rows:
                row.insert(3, "9,999" if any(row[1:]) else "")
        self.rows(header, rows)

    def glossary(self) -> None:
        if "glossary" in self.edition.without:
            return
        self.say("用語集(※印の語)")
        header = ["#", "用語", "解説"]
        rows: list[list[str]] = []
        index = ""
        for letter, term in self.edition.terms:
            text = _explained(term)
            if self.rng.random() < 0.3:
                cut = len(text) // 2
                rows.append([letter, term[:2], text[:cut]])
                rows += [header, ["", term[2:], text[cut:]]]
            else:
                rows.append(["" if letter == index else letter, term, text])
            index = letter
        self.rows(header, rows)

    def imprint(self) -> None:
        if "imprint" not in self.edition.without:
            self.say("571-8585", "大阪府門真市中町1番1号", f"門真市 {self.edition.department}")
            self.say("T E L : 06-6902-1231", "E-mail:a01@city.kadoma.osaka.jp")


def read(edition: Edition) -> tuple[Reading, Coverage, Writer]:
    writer = Writer(edition)
    publication = read_source(Source("001.txt", writer.text().encode()))
    reading = dx_plan.read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers), writer


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def told(item: Measure) -> tuple[object, ...]:
    return (
        item.code,
        item.title,
        item.description,
        item.actions,
        item.target_state,
        tuple(
            (step.title, tuple((entry.start, entry.text) for entry in step.schedule))
            for step in item.measures
        ),
    )


def expected(edition: Edition, writer: Writer, number: int, item: Item) -> tuple[object, ...]:
    lines, actions, target = (
        tuple(map(writer.prose, part)) for part in (item.lines, item.actions, item.target)
    )
    steps = tuple(
        (title, tuple((edition.year + n, text) for n, text in enumerate(cells) if text))
        for title, cells in item.steps
        if any(cells)
    )
    steps = () if "schedule" in edition.without else steps
    return (f"({number})", item.title, "\n".join(lines), actions, "\n".join(target), steps)


def check(edition: Edition, plan: Plan, writer: Writer) -> None:
    assert [(goal.code, goal.title) for goal in plan.goals] == [
        (str(number), title) for number, (title, _, _) in enumerate(edition.goals, start=1)
    ]
    for goal, (_, lines, members) in zip(plan.goals, edition.goals, strict=True):
        assert goal.description == "\n".join(map(writer.prose, lines))
        assert [told(item) for item in goal.measures] == [
            expected(edition, writer, number, item) for number, item in enumerate(members, start=1)
        ]
    assert plan.measures == ()
    assert plan.period == Period(start=f"{edition.year}-04", end=f"{edition.year + 4}-03")
    assert plan.edition is not None
    assert plan.edition.status is (EditionStatus.DRAFT if edition.draft else None)
    assert plan.edition.date == (str(edition.year) if edition.draft else f"{edition.year}-03")
    if "glossary" not in edition.without:
        assert [(entry.term, entry.text) for entry in plan.glossary] == [
            (term, _explained(term)) for _, term in edition.terms
        ]
    if "history" not in edition.without:
        dates = [""]
        for number, (blank, month, _) in enumerate(edition.events):
            dates.append(dates[-1] if blank and number else f"{2020 + number}-{month:02}")
        found = [(event.date, event.text) for event in plan.milestones]
        assert found == [(d, e[2]) for d, e in zip(dates[1:], edition.events, strict=True)]
    if "imprint" not in edition.without:
        owner = plan.owners[0]
        assert plain("".join((*owner.path, owner.name))) == plain(edition.department)


@examples(200)
@given(editions)
def test_every_edition_is_read_back(edition: Edition) -> None:
    reading, coverage, writer = read(edition)
    check(edition, reading.plans[0], writer)
    assert coverage.unread == 0, coverage.unread_places
    assert not [one for one in reading.findings if one.severity is not Severity.INFO]


@examples(60)
@given(editions)
def test_what_the_form_does_not_have_is_left_over_and_shifts_nothing(edition: Edition) -> None:
    strange = Edition(
        edition.year, edition.draft, edition.goals, edition.events, edition.terms,
        edition.department, edition.without, edition.seed, column=True, heading=True,
    )  # fmt: skip
    reading, coverage, writer = read(strange)
    check(strange, reading.plans[0], writer)
    left = {plain(leftover.text).strip("《》【】") for leftover in coverage.unread_places}
    assert left <= {"予算額", "9,999", "予算の見込み", "5,000千円"}
    codes = {finding.code for finding in reading.findings}
    assert "MX931" in codes
    assert ("MX929" in codes) == ("schedule" not in strange.without)
