"""Splits and merges: what joins titles, short parts, and which part goes on with the whole."""

import pytest

from munidx.diff import Kind, Rung, diff, match
from munidx.model import Cost, FiscalYear, Goal, Indicator, Measure, Owner, Plan


def plan(*measures: Measure) -> Plan:
    """The measures under one goal, with one more that stays."""
    stays = Measure(title="窓口の改善", description="待ち時間を短くするため、予約の仕組みを整える")
    return Plan(goals=(Goal(title="安全なまち", measures=(stays, *measures)),))


@pytest.mark.parametrize("joint", ["・", "と", "及び"])
def test_a_joint_stands_in_neither_part(joint: str) -> None:
    whole = plan(Measure(title=f"自治会{joint}里山の利用継承事業"))
    parts = plan(Measure(title="自治会の利用継承事業"), Measure(title="里山の利用継承事業"))
    assert Kind.SPLIT in [change.kind for change in diff(whole, parts).changes]
    assert Kind.MERGED in [change.kind for change in diff(parts, whole).changes]


KEPT = {
    "owners": (Owner(name="土木課"),),
    "start": FiscalYear(2015),
    "costs": (Cost(year=FiscalYear(2026), amount=5_000_000, category="project"),),
    "indicators": (Indicator(title="出動した件数", unit="件"),),
}


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("place", [0, 1])
def test_the_part_that_kept_years_money_indicators_or_owners_goes_on(name: str, place: int) -> None:
    whole = Measure(title="消防・防犯体制強化事業", **{name: KEPT[name]})  # type: ignore[arg-type]
    titles = ("消防体制強化事業", "防犯体制強化事業")
    parts = [
        Measure(title=title, **({name: KEPT[name]} if at == place else {}))  # type: ignore[arg-type]
        for at, title in enumerate(titles)
    ]
    for old, new in ((plan(whole), plan(*parts)), (plan(*parts), plan(whole))):
        found = diff(old, new).changes
        (change,) = [one for one in found if one.kind in {Kind.SPLIT, Kind.MERGED}]
        paths = change.new_paths if change.kind is Kind.SPLIT else change.old_paths
        assert paths[0] == f"goals[#1]/measures[#{place + 2}]"
        lost = {Kind.SCHEDULE_CHANGED, Kind.COST_CHANGED, Kind.OWNER_CHANGED}
        assert not {one.kind for one in found} & lost


def test_indicators_of_another_unit_are_two() -> None:
    words = "地域の防災について、年度末の時点で市が把握した数とする"
    pair = [
        Indicator(title=title, unit=unit, definition=words)
        for title, unit in (("防災の訓練実施率", "%"), ("防災の備蓄事故件数", "件"))
    ]
    old, new = (plan(Measure(title="防災の推進", indicators=(one,))) for one in pair)
    assert [change.kind for change in diff(old, new).changes] == [Kind.INDICATOR_REPLACED]


def test_a_pair_by_identifier_keeps_its_heir() -> None:
    whole = plan(Measure(id="a", title="消防・防犯体制強化事業", start=FiscalYear(2015)))
    parts = plan(
        Measure(id="a", title="消防体制強化事業"),
        Measure(title="防犯体制強化事業", start=FiscalYear(2015)),
    )
    found = {pair.old: pair for pair in match(whole, parts).pairs if pair.rung is Rung.ID}
    assert found["goals[#1]/measures[#2]"].new == "goals[#1]/measures[#2]"
