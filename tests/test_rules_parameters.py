"""What findings of single rules tell beyond the corpus (test_rules_corpus.py): their parameters."""

from munidx.formats import toml
from munidx.rules import validate


def test_a_wrong_total_tells_both_figures() -> None:
    plan = toml.loads("""munidx = 1
        [[goals]]
        costs = [{ year = 2021, amount = 300, total = true }]
        measures = [
            { costs = [{ year = 2021, amount = 100 }] },
            { costs = [{ year = 2021, amount = 100 }] },
        ]
    """)
    (finding,) = validate(plan, select=["total-mismatch"])
    assert finding.params == {
        "printed": 300,
        "sum": 200,
        "difference": -100,
        "rows": 2,
        "year": 2021,
        "category": None,
    }


def test_what_was_found_is_counted_and_named() -> None:
    plan = toml.loads('munidx = 1\n[[measures]]\ntitle = "あ\\u200B"\nactions = ["\\u200B\\u001B"]')
    (finding,) = validate(plan, select=["control-character"])
    assert finding.params == {
        "field": "title",
        "fields": ("title", "actions[1]"),
        "characters": ("U+200B", "U+001B"),
        "times": 3,
    }


def test_a_mismatch_tells_both_years_and_where_they_stand() -> None:
    plan = toml.loads("munidx = 1\nsections = [{ text = '令和6(2023)年度', source = 'a.txt#L7' }]")
    (finding,) = validate(plan, select=["era-mismatch"])
    assert finding.params == {
        "field": "sections[1].text",
        "text": "令和6(2023)年度",
        "era_year": "2024",
        "western": "2023",
    }
    assert finding.location.line == 7
