"""The table of municipalities: its codes, names old and new, and what the old ones became."""

from collections import Counter

import pytest

from munidx.japanese import municipalities
from munidx.japanese.municipalities import by_code, by_name, mentioned, successor

MERGED = """
01202 01232 01339 01340 01341 01342; 01204 01451; 01206 01666 01669; 01208 01548 01551 01553;
01210 01421 01422; 01220 01466; 01221 01467; 01225 01426; 01230 01577; 01231 01307;
01233 01576 01574; 01234 01301; 01235 01302 01305 01306; 01236 01335 01336; 01345 01344;
01346 01365; 01371 01366 01368 01369; 01472 01439; 01520 01488; 01514 01515; 01564 01541 01542;
01555 01554 01556 01557; 01559 01558; 01584 01572 01573; 01585 01579 01580; 01586 01582 01583;
01601 01603; 01610 01605 01606; 01643 01640; 02201 02364; 02202 02341 02342; 02203 02448;
02205 02382 02385; 02206 02404; 02208 02422 02427; 02209 02322 02324 02326 02327 02328;
02210 02363 02365 02368; 02307 02302 02305 02306; 02323 02325; 02361 02366; 02387 02383;
02412 02403 02410
"""
"""Heirs and those who went up in them, by e-Stat's own list (廃置分合等情報), another source."""


def test_every_code_has_its_check_digit() -> None:
    found = municipalities.entries()
    assert all(entry.municipality.valid for entry in found)
    today = [entry for entry in found if not entry.until]
    assert len(today) == 1741
    assert len({entry.municipality.code for entry in today}) == 1741
    assert {entry.municipality.prefecture for entry in today} == set(municipalities.PREFECTURES)


def test_what_became_of_a_former_one_is_one_of_today() -> None:
    former = [entry for entry in municipalities.entries() if entry.until]
    told = [entry for entry in former if entry.into]
    assert (len(former), len(told)) == (2205, 2072)
    heirs = [successor(entry) for entry in told]
    assert all(heir is not None and not heir.until for heir in heirs)
    assert all(entry.since < entry.until for entry in former if entry.since)


def test_the_heirs_are_those_of_another_list() -> None:
    for group in MERGED.split(";"):
        heir, *formers = group.split()
        for former in formers:
            told = [entry for entry in by_code(former) if entry.until]
            assert told
            assert {entry.into[:5] for entry in told} == {heir}


def test_a_code_is_found_with_and_without_its_check_digit() -> None:
    [entry] = by_code("272230")
    assert (entry.municipality.name, entry.municipality.prefecture) == ("門真市", "大阪府")
    assert by_code("27223") == (entry,)
    assert by_code("272231") == ()
    assert by_code("99999") == by_code("門真市") == by_code("") == ()


def test_a_name_may_be_that_of_several() -> None:
    assert [entry.municipality.code for entry in by_name("府中市")] == ["132063", "342084"]
    assert [entry.municipality.code for entry in by_name("広島県府中市")] == ["342084"]
    assert [entry.municipality.code for entry in by_name(" 安芸郡 府中町")] == ["343021"]
    assert [entry.municipality.code for entry in by_name("広島県安芸郡府中町")] == ["343021"]
    assert by_name("府中") == ()


@pytest.mark.parametrize("name", ["龍ヶ崎市", "龍ケ崎市", "茨城県龍ヶ崎市"])
def test_both_ways_to_write_a_name_are_one(name: str) -> None:
    assert [entry.municipality.code for entry in by_name(name)] == ["082082"]


def test_a_name_that_is_no_more_says_what_became_of_it() -> None:
    [former] = by_name("富谷町")
    heir = successor(former)
    assert heir is not None
    assert (former.until, heir.municipality.name, heir.since) == (
        "2016-10-10",
        "富谷市",
        "2016-10-10",
    )
    assert successor(heir) is heir


def test_a_former_one_of_which_nobody_tells_has_no_heir() -> None:
    [former] = by_name("五十崎町")
    assert (former.until, former.into, successor(former)) == ("2005-01-01", "", None)


def test_those_of_today_stand_first() -> None:
    assert [entry.municipality.name for entry in by_code("28221")] == ["丹波篠山市", "篠山市"]


def test_the_longest_name_is_the_one_mentioned() -> None:
    text = "東大阪市と大阪市、大阪　市。四日市市の予定"
    assert mentioned(text) == Counter({"大阪市": 2, "東大阪市": 1, "四日市市": 1})


def test_the_table_tells_its_day() -> None:
    assert municipalities.as_of() == "2020-10-01"
