import json
import os
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

import munidx

Run = Callable[..., Any]
SEVERAL = "架空市計画 a\n・公園の整備\n架空市計画 ../b\n・図書館の開館\n"


@pytest.fixture
def several(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "several.txt"
    path.write_text(SEVERAL, encoding="utf-8")
    return path


def test_a_canonical_file_is_written_anew(run: Run, plan: pathlib.Path) -> None:
    ran = run("convert", plan)
    assert (ran.code, ran.err) == (0, "")
    assert munidx.loads(ran.out) == munidx.load(plan)
    assert ran.out.startswith("#:schema")
    assert run("convert", "-", stdin=ran.out.encode()).out == ran.out


def test_to_chooses_the_form(run: Run, plan: pathlib.Path) -> None:
    assert json.loads(run("convert", plan, "--to", "json").out)["title"] == "見本計画"


@pytest.mark.parametrize(
    ("name", "options", "first"),
    [
        ("out.json", (), "{"),
        ("out.toml", (), "#"),
        ("out", (), "#"),
        ("out.json", ("--to", "toml"), "#"),
    ],
)
def test_the_name_of_the_output_chooses_the_form(
    run: Run, plan: pathlib.Path, name: str, options: tuple[str, ...], first: str
) -> None:
    output = plan.with_name(name)
    ran = run("convert", plan, "-o", output, *options)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert output.read_text(encoding="utf-8")[0] == first


def test_a_document_is_read_by_its_city(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    ran = run("convert", document)
    assert ran.code == 0
    plan = munidx.loads(ran.out)
    assert [measure.source for measure in plan.measures] == ["kaku.txt#L2", "kaku.txt#L3"]
    assert plan.documents[0].adapter == "kaku"


def test_coverage_tells_the_shares(run: Run, cities: pathlib.Path, document: pathlib.Path) -> None:
    assert cities
    with document.open("a", encoding="utf-8") as stream:
        stream.write("知らない\x1b[31m段落\n")
    ran = run("convert", document, "--coverage", "--adapter", "kaku")
    assert munidx.loads(ran.out).title == "架空市計画"
    held, passed, reason, unread = ran.err.splitlines()[2:6]
    assert held.split()[:2] == ["held", "16"]
    assert passed.split()[:2] == ["passed", "2"]
    assert reason.split()[:3] == ["page", "number", "2"]
    assert unread.split()[0] == "unread"
    assert "kaku.txt#L5" in ran.err
    assert "\x1b" not in ran.err


def test_coverage_of_a_canonical_file_is_nothing(run: Run, plan: pathlib.Path) -> None:
    ran = run("convert", plan, "--coverage")
    assert "nothing to measure" in ran.err


def test_unread_places_are_told_in_one_line(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    with document.open("a", encoding="utf-8") as stream:
        stream.write("知らない段落\n\nもう一つ\n")
    ran = run("convert", document, "--adapter", "kaku")
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "10 characters in 2 places are unread, first at kaku.txt:5" in ran.err


def test_parts_of_a_publication_are_one_plan(
    run: Run, cities: pathlib.Path, document: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    second = tmp_path / "second.txt"
    second.write_text("・学校の改修\n", encoding="utf-8")
    plan = munidx.loads(run("convert", document, second).out)
    assert [measure.source for measure in plan.measures][-1] == "second.txt#L1"


def test_several_plans_need_a_folder_or_a_name(
    run: Run, cities: pathlib.Path, several: pathlib.Path
) -> None:
    assert cities
    ran = run("convert", several)
    assert (ran.code, ran.out) == (2, "")
    assert "999993-sectoral-a" in ran.err
    ran = run("convert", f"{several}::999993-sectoral-a")
    assert munidx.loads(ran.out).measures[0].title == "公園の整備"


def test_a_plan_that_there_is_not_is_named_with_those_that_there_are(
    run: Run, cities: pathlib.Path, several: pathlib.Path
) -> None:
    assert cities
    ran = run("convert", f"{several}::999993-sectoral-z")
    assert (ran.code, ran.out) == (2, "")
    assert "999993-sectoral-z" in ran.err
    assert "999993-sectoral-a" in ran.err


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_folder_takes_a_file_for_each_plan(
    run: Run, cities: pathlib.Path, several: pathlib.Path, tmp_path: pathlib.Path, ending: str
) -> None:
    assert cities
    folder = tmp_path / "out"
    if not ending:
        folder.mkdir()
    ran = run("convert", several, "-o", f"{folder}{ending}", "--to", "json")
    assert ran.code == 0
    names = sorted(path.name for path in folder.iterdir())
    # What a document calls its plan leads to no other folder.
    assert names == ["999993-sectoral-a.json", "999993-sectoral-.._b.json"][::-1]
    assert munidx.load(folder / names[-1]).title == "架空市計画 a"


def test_two_plans_of_one_id_are_two_files(
    run: Run, cities: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    path = tmp_path / "twice.txt"
    path.write_text("架空市計画\n・公園\n架空市計画\n・学校\n", encoding="utf-8")
    assert run("convert", path, "-o", f"{tmp_path}/out/").code == 0
    assert len(list((tmp_path / "out").iterdir())) == 2
    ran = run("convert", f"{path}::#2")
    assert munidx.loads(ran.out).measures[0].title == "学校"


def test_a_file_whose_name_holds_the_mark_is_a_file(
    run: Run, plan: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "a::b.toml"
    plan.rename(path)
    assert run("convert", path).code == 0


def test_ids_that_are_one_name_are_two_files(
    run: Run, cities: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    path = tmp_path / "twice.txt"
    path.write_text("架空市計画 a/b\n・公園\n架空市計画 A:B\n・学校\n", encoding="utf-8")
    assert run("convert", path, "-o", f"{tmp_path}/out/").code == 0
    names = sorted(each.name for each in (tmp_path / "out").iterdir())
    assert names == ["999993-sectoral-A_B_.toml", "999993-sectoral-a_b.toml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_forbidden_folder_is_one_message(
    run: Run, plan: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    ran = run("convert", plan, "-o", folder / "out.toml")
    assert ran.code == 3


@pytest.mark.parametrize("output", ["missing/out.toml", "plan.toml/sub/"])
def test_an_output_that_cannot_be_written_is_one_message(
    run: Run, plan: pathlib.Path, tmp_path: pathlib.Path, output: str
) -> None:
    ran = run("convert", plan, "-o", f"{tmp_path}/{output}")
    assert (ran.code, ran.out) == (3, "")
    assert output.rstrip("/").split("/")[0] in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.toml"]


def test_a_document_without_a_plan_is_no_plan(
    run: Run, cities: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    path = tmp_path / "none.txt"
    path.write_text("何もない\n", encoding="utf-8")
    for output in ((), ("-o", f"{tmp_path}/out/")):
        ran = run("convert", path, "--adapter", "kaku", *output)
        assert (ran.code, ran.out) == (2, "")
        assert not (tmp_path / "out").exists()


def test_the_configuration_bounds_what_is_read(
    run: Run, cities: pathlib.Path, document: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    (tmp_path / "munidx.toml").write_text("[limits]\nlines = 1\n")
    ran = run("convert", document, "--config", tmp_path / "munidx.toml")
    assert (ran.code, ran.out) == (3, "")
    assert "kaku.txt:2: The document exceeds the bound on lines" in ran.err
    assert "[limits]" in ran.err
    assert run("convert", document).code == 0
