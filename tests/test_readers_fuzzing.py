"""A few broken files for each reader in every run; ``make soak`` tries them for ten minutes."""

import os
import pathlib
import random
import subprocess
import sys
from typing import Final

import fuzz
import pytest
from mutations import MUTATORS
from samples import samples

COUNT: Final = {"dev": 12, "ci": 60, "soak": 60}[os.environ.get("MUNIDX_PROFILE", "dev")]


@pytest.mark.parametrize("reader", MUTATORS)
def test_valid_files_are_read(reader: str) -> None:
    for data in samples(reader):
        assert fuzz.outcome(reader, data).startswith("read ")


@pytest.mark.parametrize("reader", MUTATORS)
def test_broken_files_end_in_an_error_of_ours(reader: str) -> None:
    chance, corpus = random.Random(reader), samples(reader)  # noqa: S311 - the same each time
    came = {fuzz.outcome(reader, MUTATORS[reader](chance, corpus)) for _ in range(COUNT)}
    assert len(came) > 1


def test_a_fault_is_kept_with_its_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "fault-text-1"
    path.write_bytes(b"x")
    log = fuzz.Log("text")
    fuzz.keep(log, "KeyError at text.py:7", "trace", path)
    (kept,) = log.faults.values()
    assert pathlib.Path(kept).read_bytes() == b"x"
    assert not path.exists()
    assert "KeyError at text.py:7" in str(log)


def test_how_a_process_ends_is_told() -> None:
    code = "import json, os; print(json.dumps({'came': 'read'}), flush=True); os.abort()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        told = list(fuzz.answers(child, float("inf")))
    assert told[0] == {"came": "read"}
    assert told[1]["fault"] == "the process ended: SIGABRT"
