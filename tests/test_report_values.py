from decimal import Decimal

import pytest

from munidx.diff.changes import Segment
from munidx.report.values import inline, shorten, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("一\n二", "一 二"),
        (7, "7"),
        (True, "yes"),
        (False, "no"),
        (Decimal("4.20"), "4.20"),
        (Decimal("1E+3"), "1000"),
        ([], ""),
        (["a", "b"], "a, b"),
        (list("abcdefgh"), "a, b, c, d, e, f, …"),
        ({"name": "課", "path": ["部"]}, "部 課"),
        ({"name": "課"}, "課"),
        ({"parent": "目標", "code": "3"}, "目標 (3)"),
        ({"parent": "目標"}, "目標"),
        ({"year": 2025, "text": "80%"}, "FY2025 80%"),
        ({"code": "2", "title": "題"}, "2 題"),
        ({"title": "題"}, "題"),
        ({"statement": "80%以上"}, "80%以上"),
        ({"start": 2024, "end": 2026, "source": "x"}, "start FY2024, end FY2026"),
        ({"start": 2023, "end": 2027}, "FY2023 – FY2027"),
        ({"end": "2027-03"}, "– 2027-03"),
        ({"text": "50", "alternatives": [{"text": "全国平均"}]}, "50 / 全国平均"),
        ({"year": 2025, "value": 80, "unit": "%"}, "FY2025 80%"),
        ({"value": 80}, "80"),
        ({}, ""),
        (1.5, ""),
    ],
)
def test_a_value_in_a_few_words(value: object, text: str) -> None:
    assert value_text(value) == text


def test_a_value_without_its_year() -> None:
    assert value_text({"year": 2025, "text": "80%"}, dated=False) == "80%"


def test_long_values_are_cut() -> None:
    assert len(value_text("あ" * 1000)) == 120
    assert value_text("あ" * 1000).endswith("…")
    assert shorten("abc", 2) == "a…"


def test_what_hangs_below_a_node() -> None:
    node = {"goals": [{"measures": [{}, {"indicators": "no list"}]}], "title": "x"}
    assert value_text(node, below=True) == "with 1 goal, 2 measures"
    assert value_text({"title": "x"}, below=True) == ""


def test_a_very_deep_node_is_no_danger() -> None:
    node: dict[str, object] = {}
    for _ in range(10_000):
        node = {"goals": [node]}
    assert value_text(node, below=True) == "with 10,000 goals"


def test_inline_shows_the_ends_of_what_stayed() -> None:
    segments = [
        Segment("equal", "始" * 30),
        Segment("delete", "旧"),
        Segment("equal", "中" * 30),
        Segment("insert", "新\x1b"),
        Segment("equal", "終" * 30),
    ]
    text = inline(segments, colour=False)
    assert text == f"…{'始' * 12}[-旧-]{'中' * 12}…{'中' * 12}{{+新<U+001B>+}}{'終' * 12}…"
    short = [Segment("delete", "旧"), Segment("equal", "短い"), Segment("insert", "新")]
    assert inline(short, colour=False) == "[-旧-]短い{+新+}"
