"""Seeded faults in the cities' plans are reported; benchmarks/faults.py plants more of them."""

import importlib
import pathlib
import re
from collections import Counter
from types import ModuleType

import pytest

from munidx import dumps, loads, validate
from munidx.findings import Severity

ROOT = pathlib.Path(__file__).parents[1]
PUBLISHED = re.compile(r"\w+/\d{3}\.toml")
PLANTED = 100
ENOUGH = 0.95


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("faults")


def test_seeded_faults_are_reported_under_the_right_rule(faults: ModuleType) -> None:
    planted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    # In the plans of the published documents alone: a sample more would draw other faults.
    plans = {name: plan for name, plan in faults.plans() if PUBLISHED.fullmatch(name)}
    assert len(plans) == 5
    for one in faults.outcomes(plans, PLANTED, seed=3):
        planted[one.fault.kind] += 1
        reported[one.fault.kind] += one.reported
    assert len(planted) == 20
    missed = {kind: planted[kind] - reported[kind] for kind in planted}
    assert reported.total() >= ENOUGH * planted.total() == ENOUGH * PLANTED, missed


def test_the_sound_plans_raise_no_error_and_nothing_new_when_written_and_read(
    faults: ModuleType,
) -> None:
    for name, plan in faults.plans():
        findings = validate(plan)
        assert not [one for one in findings if one.severity is Severity.ERROR], name
        assert validate(loads(dumps(plan))) == findings, name
