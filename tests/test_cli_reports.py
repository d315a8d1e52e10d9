import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from munidx.cli.reports import Output, wanted
from munidx.errors import SelectionError
from munidx.report.changes import FORMATS
from munidx.report.findings import FORMATS as FINDINGS_FORMATS

Run = Callable[..., Any]


@pytest.fixture
def lower(plan: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "lower.toml"
    text = plan.read_text(encoding="utf-8").replace("80", "75")
    path.write_text(text + '\n[[goals.measures]]\ncode = "2"\ntitle = "窓口"\n', encoding="utf-8")
    return path


def test_outputs_are_taken_apart() -> None:
    told = wanted("text", ["json:C:\\a.json", "text:b"], ["text", "json"])
    assert told.outputs == (Output("json", "C:\\a.json"), Output("text", "b"))
    assert wanted("text", None, ["text"]).outputs == ()


@pytest.mark.parametrize(
    ("form", "outputs", "code"),
    [
        ("pdf", [], "report-form-unknown"),
        ("text", ["pdf:a"], "report-form-unknown"),
        ("text", ["a"], "output-form"),
        ("text", ["json:"], "output-form"),
        ("text", [":a"], "output-form"),
        ("text", ["json:a", "text:./a"], "output-twice"),
    ],
)
def test_what_cannot_be_is_told_first(form: str, outputs: list[str], code: str) -> None:
    with pytest.raises(SelectionError) as caught:
        wanted(form, outputs, ["text", "json"])
    assert caught.value.code == code


def test_a_slip_is_told_with_what_was_meant(run: Run) -> None:
    ran = run("diff", "none", "none", "--format", "markdwn")
    assert (ran.code, ran.out) == (2, "")
    assert "Was markdown meant?" in ran.err


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_and_the_output_of_a_diff_agree(
    run: Run, plan: pathlib.Path, lower: pathlib.Path, tmp_path: pathlib.Path, form: str
) -> None:
    path = tmp_path / "report"
    call = ("diff", plan, lower, "--format")
    ran = run(*call, "json", "--output", f"{form}:{path}", "-o", f"json:{path}.json")
    assert ran.code == 1
    assert pathlib.Path(f"{path}.json").read_text(encoding="utf-8") == ran.out
    if form not in ("docx", "xlsx"):
        assert run(*call, form).out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", list(FINDINGS_FORMATS))
def test_a_file_and_the_output_of_a_validation_agree(
    run: Run, lower: pathlib.Path, tmp_path: pathlib.Path, form: str
) -> None:
    path = tmp_path / "report"
    ran = run("validate", lower, "--output", f"{form}:{path}")
    assert ran.code == 1
    assert "MX501" in ran.out
    assert run("validate", lower, "--format", form).out == path.read_bytes().decode()


def test_two_outputs_tell_the_same_changes(
    run: Run, plan: pathlib.Path, lower: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    lines, whole = tmp_path / "a.jsonl", tmp_path / "a.json"
    run("diff", plan, lower, "-o", f"jsonl:{lines}", "-o", f"json:{whole}")
    each = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert each == json.loads(whole.read_text(encoding="utf-8"))["changes"]
    assert len(each) == 2


def test_annotations_point_into_the_canonical_file(
    run: Run, plan: pathlib.Path, lower: pathlib.Path
) -> None:
    text = lower.read_text(encoding="utf-8").splitlines()
    notes = run("diff", plan, lower, "--format", "github").out.splitlines()
    line = text.index("[[goals.measures.indicators]]") + 1
    assert any(f"::warning file={lower},line={line},".replace(":/", "%3A/") in n for n in notes)


def test_an_output_that_cannot_be_written_is_told(
    run: Run, plan: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ran = run("diff", plan, plan, "--output", f"json:{tmp_path}/none/report")
    assert (ran.code, ran.out) == (3, "")
    assert "cannot be written" in ran.err
