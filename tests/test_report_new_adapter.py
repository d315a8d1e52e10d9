"""What ``munidx new-adapter`` tells."""

import pytest

from munidx.adapters import Coverage, Leftover, Reading
from munidx.model import Goal, Measure, Municipality, Plan, PlanKind
from munidx.report.new_adapter import Heading, NewAdapter, render_new_adapter

TOWN = Municipality(code="272507", name="見本市", prefecture="大阪府")
READ = Reading(
    plans=(Plan(title="計画", goals=(Goal(title="甲", measures=(Measure(title="乙"),)),)),),
    coverage=Coverage(
        held=9, unread=4, unread_places=(Leftover(source="a.csv#L1", text="さいご"),)
    ),
)
NEW = NewAdapter(
    folder="mihon",
    municipality=TOWN,
    kind=PlanKind.PROJECT_LIST,
    title="計画\x1b[31m",
    headings=(
        Heading(words="事業名", field="title"),
        Heading(words="予算", field="costs", unitless=True),
        Heading(words="室", field="owners", guessed=True),
        Heading(words="謎", place="a.csv#L1c4"),
    ),
    samples=(("a.csv", READ),),
    known=("kadoma",),
)


def test_all_of_it_in_english() -> None:
    assert render_new_adapter(NEW) == (
        "mihon: an adapter for 大阪府見本市 (272507)\n"
        "  title       計画<U+001B>[31m\n"
        "  kind        project list\n"
        "  columns     事業名 → title, 予算 → costs\n"
        "  guesses     室 → owners\n"
        "  no unit     予算\n"
        "  unknown     謎 (a.csv#L1c4)\n"
        "  a.csv: 1 goal, 1 measure; 4 characters in 1 places are left over:"
        " tests/golden/a.csv.unread\n"
        "These installed adapters read it already: kadoma.\n"
        "Next: pip install -e 'mihon[test]' && pytest mihon\n"
    )


def test_all_of_it_in_japanese() -> None:
    told = render_new_adapter(NEW, lang="ja")
    assert "  不明な列    謎 (a.csv#L1c4)\n" in told
    assert "未読が1か所（4文字）あります：tests/golden/a.csv.unread" in told


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_document_without_a_table_and_without_a_title(lang: str) -> None:
    new = NewAdapter(
        folder="mihon",
        municipality=TOWN,
        kind=PlanKind.SECTORAL,
        title="",
        own_title="見本市 計画",
        samples=(("a.txt", Reading()),),
    )
    told = render_new_adapter(new, lang=lang)
    assert "見本市 計画" in told
    assert ("No table of measures" if lang == "en" else "表は見つかりませんでした") in told
    assert ("all of it is read" if lang == "en" else "全て読み取れます") in told
