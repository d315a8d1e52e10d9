"""docs/validation-report.md lists exactly what validation finds in the published documents."""

import pathlib
import re
from collections import Counter

import pytest

import munidx
from munidx.findings import Severity

ROOT = pathlib.Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "validation-report.md").read_text(encoding="utf-8")
DOCUMENTS = ROOT.parent / "shared" / "documents"
ROW = re.compile(
    r"^\| (?P<code>MX\d{3}) \| (?P<count>\d+) \| (?P<severity>\w+) \| (?P<places>.+?) "
    r"\| (?P<verdict>true|arguable|false) \| (?P<reason>[^|]+) \|$",
    re.MULTILINE,
)
NUMBERS = ["000", "001", "002", "003", "004"]


def rows(number: str) -> list[re.Match[str]]:
    section = PAGE.split(f"\n## {number}:", 1)[1].split("\n## ", 1)[0]
    return list(ROW.finditer(section))


def test_every_row_names_as_many_places_as_it_counts_and_few_are_false() -> None:
    verdicts: Counter[str] = Counter()
    for row in (row for number in NUMBERS for row in rows(number)):
        assert len(row["places"].split("; ")) == int(row["count"]), row[0]
        assert row["severity"] != "error" or row["verdict"] == "true", row[0]
        verdicts[row["verdict"]] += int(row["count"])
    assert verdicts["false"] * 20 <= verdicts.total() > 0
    for verdict in ("true", "arguable", "false"):
        assert f"| {verdict} | {verdicts[verdict]} |" in PAGE
    assert f"| all | {verdicts.total()} |" in PAGE


@pytest.mark.parametrize("number", NUMBERS)
def test_the_page_lists_the_findings_of_today(number: str) -> None:
    paths = sorted(DOCUMENTS.glob(f"{number}_*.txt"))
    if not paths:
        pytest.skip("the documents are not here")
    reading = munidx.read(paths[0])
    found = [*reading.findings, *(one for plan in reading.plans for one in munidx.validate(plan))]
    told: Counter[tuple[str, str]] = Counter()
    for row in rows(number):
        told[row["code"], row["severity"]] += int(row["count"])
    assert Counter((one.code, one.severity.value) for one in found) == told
    lines = {one.location.line for one in found}
    named = {int(line) for row in rows(number) for line in re.findall(r"line (\d+)", row["places"])}
    assert lines == named
    assert Severity.ERROR not in {one.severity for one in found}
