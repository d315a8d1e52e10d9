import re

import pytest
from attrs import evolve

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.findings import Finding, Severity
from munidx.model import Plan
from munidx.place import Location
from munidx.report.changes import diff_file
from munidx.report.findings import render_findings

PLAN = Plan()
CHANGE = Change(
    kind=Kind.TARGET_LOWERED,
    effect=Effect.WEAKENED,
    title="申請率",
    field="targets[2025]",
    old={"year": 2025, "text": "80%"},
    new={"year": 2025, "text": "75%"},
    old_paths=("indicators[#1]",),
    new_paths=("indicators[#1]",),
    old_source="a.txt#L4",
    new_source="b.txt#L9-L11",
    rule="MX801",
)
COMMAND = re.compile(r"::(error|warning|notice) ([a-z]+=[^,:]*(?:,[a-z]+=[^,:]*)*)::([^\r\n]*)")


def told(change: Change, *, placed: bool = False) -> str:
    diff = Diff(old=PlanStamp(), new=PlanStamp(), changes=(change,))

    def where(path: str) -> Location:
        return Location(document="new.toml", line=7 if path else 1, column=2)

    return diff_file(diff, PLAN, PLAN, "github", where=where if placed else None).decode()


def test_a_weakened_promise_is_a_warning_at_its_line() -> None:
    assert told(CHANGE) == (
        "::warning file=b.txt,line=9,title=weakened MX801%3A target lowered::"
        "申請率 | targets[2025]: 80%25 → 75%25 | a.txt:4 → b.txt:9-11\n"
    )


def test_a_canonical_file_is_pointed_at_where_there_is_one() -> None:
    assert told(CHANGE, placed=True).startswith("::warning file=new.toml,line=7,col=2,title=")
    gone = evolve(CHANGE, kind=Kind.REMOVED, new_paths=(), old={}, new=None)
    assert told(gone, placed=True).startswith("::warning file=new.toml,title=")


@pytest.mark.parametrize(
    ("effect", "command"),
    [(Effect.UNCLEAR, "warning"), (Effect.STRENGTHENED, "notice"), (Effect.EDITORIAL, "notice")],
)
def test_the_effect_is_the_command(effect: Effect, command: str) -> None:
    assert told(evolve(CHANGE, effect=effect)).startswith(f"::{command} ")


@pytest.mark.parametrize("source", ["", "#broken"])
def test_a_change_without_a_place_has_none(source: str) -> None:
    assert told(evolve(CHANGE, new_source=source)).startswith("::warning title=")


@pytest.mark.parametrize(
    "evil", ["い\n::error::ろ", "い\r\n##[error]", "a,b:c%d::e", "\x1b[2J\u202e"]
)
def test_hostile_texts_are_no_commands(evil: str) -> None:
    change = evolve(
        CHANGE, title=evil, old=evil, new=evil + "x", field=evil, new_source="", rule=evil
    )
    finding = Finding(
        code="MX114", severity=Severity.ERROR, title=evil, location=Location(document=evil)
    )
    for text in (told(change), render_findings([(evil, (finding,))], "github")):
        assert COMMAND.fullmatch(text.removesuffix("\n"))
        assert not set("\x1b\u202e") & set(text)


def test_findings_are_commands_by_their_severity() -> None:
    places = (
        Location(document="plan.toml", line=3, column=5),
        Location(document="plan.pdf", page=2, line=3),
        Location(),
    )
    severities = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    found = tuple(
        Finding(code="MX999", severity=severity, location=place)
        for severity, place in zip(severities, places, strict=True)
    )
    assert render_findings([("x.toml::p", found)], "github").splitlines() == [
        "::error file=plan.toml,line=3,col=5,title=MX999::MX999",
        "::warning file=plan.pdf,title=MX999::MX999",
        "::notice file=x.toml,title=MX999::MX999",
    ]


def test_a_property_is_decoded_to_what_it_was() -> None:
    """By the runner's rules: ``%25``, ``%0D``, ``%0A``; and in these ``%3A`` and ``%2C`` too."""
    name = "a,b:c%d%2C.toml"
    finding = Finding(
        code="MX114", severity=Severity.INFO, location=Location(document=name, line=2)
    )
    text = render_findings([(name, (finding,))], "github")
    found = COMMAND.fullmatch(text.removesuffix("\n"))
    assert found is not None
    properties = dict(pair.split("=", 1) for pair in found[2].split(","))
    assert set(properties) == {"file", "line", "title"}
    told = properties["file"]
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        told = told.replace(escape, sign)
    assert told == name


def test_a_message_holds_no_escape_but_of_percent() -> None:
    finding = Finding(code="MX999", severity=Severity.ERROR, params={"x": "50% %0A, a:b\r\n"})
    text = render_findings([("a.toml", (finding,))], "github")
    assert text.endswith("::MX999 (x=50%25 %250A, a:b␍⏎)\n")
