import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_every_installed_city_is_listed_with_its_state(run: Run, cities: pathlib.Path) -> None:
    assert cities
    ran = run("adapters")
    assert ran.code == 0
    assert "架空県架空市  (munidx-kaku 1.0)" in ran.out
    assert "sectoral: 架空市計画" in ran.out
    assert any(line.split()[:2] == ["kowareta", "broken"] for line in ran.out.splitlines())


def test_json_tells_the_reason(run: Run, cities: pathlib.Path) -> None:
    assert cities
    told = json.loads(run("adapters", "--format", "json").out)
    states = {city["name"]: city["state"] for city in told["adapters"]}
    assert told["version"] == 1
    assert {"kaku": "available", "kowareta": "broken"}.items() <= states.items()
    kowareta = next(city for city in told["adapters"] if city["name"] == "kowareta")
    assert kowareta["code"]
    assert kowareta["reason"]


@pytest.mark.parametrize("isolate", [(), ("--isolate",)])
def test_a_check_ends_with_4_where_a_city_cannot_be_used(
    run: Run, cities: pathlib.Path, monkeypatch: pytest.MonkeyPatch, isolate: tuple[str, ...]
) -> None:
    assert cities
    ran = run("adapters", "--check", *isolate)
    assert ran.code == 4
    assert "Install the package again, or report it to its author." in ran.out
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku")
    assert run("adapters", "--check", *isolate).code == 0


def test_a_document_is_read_in_a_process_of_its_own(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    near, far = run("convert", document), run("convert", document, "--isolate")
    assert (far.code, far.out) == (0, near.out)
    assert near.out


def test_a_plugin_that_raises_is_reported_and_the_others_work(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    ran = run("convert", document)
    assert ran.code == 0
    assert "架空市計画" in ran.out
    assert len(ran.err.splitlines()) == 1
    assert "kowareta" in ran.err
    assert "\x1b" not in ran.err


def test_no_city_at_all_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munidx.adapters.host.entry_points", lambda **_: ())
    ran = run("adapters")
    assert (ran.code, ran.out) == (0, "No adapter is installed.\n")


@pytest.mark.parametrize("city", ["kowareta", "nowhere"])
def test_asking_for_a_city_that_does_not_work_is_code_4(
    run: Run, cities: pathlib.Path, document: pathlib.Path, city: str
) -> None:
    assert cities
    ran = run("convert", document, "--adapter", city)
    assert (ran.code, ran.out) == (4, "")
    assert city in ran.err


def test_an_adapter_that_raises_while_it_reads_is_code_4(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    with document.open("a", encoding="utf-8") as stream:
        stream.write("爆発\n")
    ran = run("convert", document)
    assert (ran.code, ran.out) == (4, "")
    assert str(document) in ran.err


def test_a_document_that_nobody_knows_names_the_installed_and_how_near_each_came(
    run: Run, cities: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    path = tmp_path / "unknown.txt"
    path.write_text("別の計画\n架空市\n", encoding="utf-8")
    ran = run("convert", path)
    assert (ran.code, ran.out) == (4, "")
    assert str(path) in ran.err
    assert "kaku: 0.20 (title)" in ran.err
