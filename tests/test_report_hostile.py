"""Whatever a published title holds, no report shows it as anything but text."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import pytest
from attrs import evolve
from lxml import etree
from lxml import html as lxml_html

from munidx.diff import diff
from munidx.document import Block, Publication
from munidx.errors import PlanError
from munidx.findings import Finding, Severity
from munidx.lineage import lineage
from munidx.model import (
    Direction,
    Edition,
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Observation,
    Owner,
    Plan,
)
from munidx.place import Location, Place, parse_places
from munidx.progress import progress
from munidx.report.changes import FORMATS as DIFF_FORMATS
from munidx.report.changes import diff_file
from munidx.report.findings import FORMATS as FINDINGS_FORMATS
from munidx.report.findings import findings_file
from munidx.report.history import FORMATS as HISTORY_FORMATS
from munidx.report.history import history_file
from munidx.report.progress import FORMATS as PROGRESS_FORMATS
from munidx.report.progress import progress_file
from munidx.report.quotes import of_publication, of_text
from munidx.rules import validate

EVIL: Final = {
    "escape": "\x1b[2J\x1b]0;owned\x07\x1b[31m赤",
    "c1": "\x9b31m\x85\x90q\x9c",
    "bidi": "\u202e金額\u2066\u2069\u200f\u061c",
    "pipe": "a|b||c\\|d",
    "backticks": "```\n`rm -rf`\n~~~",
    "newline": "い\nろ\r\nは\u2028に\u2029ほ\x0bへ\x0cと",
    "script": "</script></style></title><script>alert(1)</script><img src=x onerror=alert(2)>",
    "attribute": "\"' onmouseover='alert(1)' x=\"&#10;&quot;]]>",
    "formula": "=cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd",
    "fullwidth": '＝HYPERLINK("http://example.jp")',
    "command": "::error file=x::no\n::stop-commands::x\n##[error]",
    "link": "[x](javascript:alert(1)) <http://example.jp> www.example.jp @octocat #1 $x$",
    "nul": "\x00い\ufffe\uffff",
    "hidden": "い\u200b\u200d\ufeff\u00ad\u2060\U000e0041ろ",
    "surrogate": "い\ud800",
    "placeholder": "{0} {title} %s %(x)s %0A",
    "long": "長い題名" * 5_000,
}
"""Titles that nobody should publish, by what they try."""

ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
LONGEST: Final = 2_000
"""Characters of a line that people are to read."""
COMMAND: Final = re.compile(r"::(error|warning|notice) [a-z]+=[^,:\n]*(,[a-z]+=[^,:\n]*)*::[^\n]*")
FORMULA: Final = tuple("=+-@＝＋－＠|%\t\r")
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def plan(evil: str, year: int, value: int) -> Plan:
    target = Observation(year=FiscalYear(2025), value=Decimal(value), unit=evil, text=evil)
    actual = Observation(year=FiscalYear(2025), value=Decimal(10), unit=evil)
    indicator = Indicator(
        title=evil,
        code=evil,
        unit=evil,
        direction=Direction.INCREASE,
        targets=(target,),
        actuals=(actual,),
    )
    measure = Measure(
        title=f"{evil}{year}",
        description=f"{evil}の取組を{year}年に進める",
        owners=(Owner(name=evil),),
        indicators=(indicator,),
        source="a.txt#L1",
    )
    return Plan(
        id=evil,
        title=evil,
        edition=Edition(label=evil, year=FiscalYear(year)),
        goals=(Goal(title=evil, code=evil, measures=(measure, Measure(title=evil))),),
    )


def findings_of(evil: str, form: str) -> bytes:
    name = evil[:100]  # of a file, which a file system bounds
    place = Location(document=name, line=1, column=2)
    told = Finding(
        code="MX101",
        severity=Severity.ERROR,
        params={"code": evil, "other": evil, "text": evil},
        path=f"goals[{evil}]",
        title=evil,
        location=place,
    )
    stranger = evolve(told, code="MX999", location=evolve(place, page=3, cell=evil))
    block = Block(text=evil, place=Place(document="a.txt", line=1))
    quoted = evolve(told, location=parse_places("a.txt#L1")[0].location)
    quote = of_publication(Publication(documents=(), blocks=(block,)))
    found = (told, stranger, quoted, *validate(plan(evil, 2024, 80)))
    quoters = {name: quote, "b": of_text(evil)}
    return findings_file(
        [(name, found), ("b", (told,))],
        form,
        quoters=quoters,
        suppressed={name: [(told, evil)]},
    )


def changes_of(evil: str, form: str) -> bytes:
    old, new = plan(evil, 2024, 80), plan(evil, 2025, 75)
    return diff_file(diff(old, new), old, new, form)


def progress_of(evil: str, form: str) -> bytes:
    return progress_file(progress(plan(evil, 2024, 80)), form)


def history_of(evil: str, form: str) -> bytes:
    found = lineage([plan(evil, 2024, 80), plan(evil, 2025, 75)])
    return history_file(found, form, names=[evil, evil])


REPORTS: Final[dict[str, tuple[Callable[[str, str], bytes], list[str]]]] = {
    "findings": (findings_of, list(FINDINGS_FORMATS)),
    "changes": (changes_of, list(DIFF_FORMATS)),
    "progress": (progress_of, list(PROGRESS_FORMATS)),
    "history": (history_of, list(HISTORY_FORMATS)),
}
CASES: Final = [(name, form) for name, (_, forms) in REPORTS.items() for form in forms]


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_hostile_title_stays_text(name: str, form: str, evil: str) -> None:
    make = REPORTS[name][0]
    if "\ud800" in evil and name != "findings" and form in {"json", "jsonl"}:
        # No canonical file can hold it: no plan that was read does.
        with pytest.raises(PlanError):
            make(evil, form)
        return
    CHECKS[form](make(evil, form))


def people(data: bytes) -> None:
    text = data.decode()
    assert not ACTING.search(text)
    assert max(map(len, text.split("\n"))) <= LONGEST


def program(data: bytes) -> None:
    text = data.decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    assert json.loads(text)


def lines(data: bytes) -> None:
    for line in data.decode().splitlines():
        program(line.encode())


def sarif(data: bytes) -> None:
    program(data)
    told = json.loads(data)
    assert not any("](" in result["message"]["text"] for result in told["runs"][0]["results"])
    for text in strings(told):
        assert not ACTING.search(text)


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)


def github(data: bytes) -> None:
    people(data)
    assert all(COMMAND.fullmatch(line) for line in data.decode().splitlines())


def markdown(data: bytes) -> None:
    people(data)
    text = data.decode()
    for tag in re.findall(r"(?<!\\)<[^>]*>?", text):
        assert tag in {"<br>", "<span>", "</span>"}
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line[:1] == "|"]
    assert set(widths) <= {5, 6}
    unescaped = re.sub(r"\\.", "", text.replace("**", ""))
    assert not re.search(r"[`~\[\]*@](?!</span>)", unescaped.replace("<span>@", ""))
    assert "://" not in unescaped


def table(data: bytes) -> None:
    text = data.decode("utf-8-sig")
    assert not ACTING.search(text.replace("\r\n", "\n"))
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.lstrip().startswith(FORMULA) or NUMBER.fullmatch(cell)


def page(data: bytes) -> None:
    text = data.decode()
    assert not ACTING.search(text)
    tree = lxml_html.document_fromstring(text)
    assert len(list(tree.iter("script"))) <= 1
    assert not list(tree.iter("img", "iframe", "object", "embed", "link", "base"))
    for node in tree.iter():
        for key, value in node.items():
            assert str(key)[:2] != "on"
            assert key != "href" or str(value)[:1] == "#"
    assert len(list(tree.iter("title"))) == len(list(tree.iter("style"))) == 1


def junit(data: bytes) -> None:
    assert not ACTING.search(data.decode())
    known = {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    assert {str(node.tag) for node in etree.fromstring(data).iter()} <= known


def package(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not ACTING.search(content.decode())
            tags = {etree.QName(node).localname for node in etree.fromstring(content).iter()}
            assert not tags & {"f", "hyperlink", "instrText", "fldSimple", "object", "pict"}


CHECKS: Final[dict[str, Callable[[bytes], None]]] = {
    "text": people,
    "concise": people,
    "json": program,
    "jsonl": lines,
    "markdown": markdown,
    "github": github,
    "sarif": sarif,
    "junit": junit,
    "csv": table,
    "html": page,
    "taishohyo": page,
    "docx": package,
    "xlsx": package,
}


def test_the_reports_say_something() -> None:
    """Else no check above could fail."""
    assert b"MX101" in findings_of("x", "text")
    assert len(json.loads(changes_of("x", "json"))["changes"]) >= 2
    assert len(json.loads(progress_of("x", "json"))["indicators"]) == 1
    assert b"x2024" in history_of("x", "text")
