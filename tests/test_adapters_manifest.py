import pathlib
import sys

import pytest

from munidx.adapters.manifest import parse_manifest, read_manifest
from munidx.errors import AdapterError
from munidx.model import Municipality, PlanKind

TEXT = """
munidx = ">=0.1,<0.2"
[municipality]
code = "272299"
name = "四條畷市"
prefecture = "大阪府"
[[documents]]
kind = "sectoral"
title = "DX推進計画"
media_types = ["text/plain", "text/html"]
cues = ["達成目標(KGI)"]
[[documents]]
kind = "evaluation"
cues = ["評価の理由"]
"""


def test_a_manifest() -> None:
    manifest = parse_manifest(TEXT)
    assert manifest.munidx.contains("0.1.5")
    assert not manifest.munidx.contains("0.2")
    assert manifest.municipality == Municipality(
        code="272299", name="四條畷市", prefecture="大阪府"
    )
    first, second = manifest.documents
    assert (first.kind, first.title, first.cues) == (
        PlanKind.SECTORAL,
        "DX推進計画",
        ("達成目標(KGI)",),
    )
    assert first.media_types == ("text/plain", "text/html")
    assert (second.kind, second.title, second.media_types) == (PlanKind.EVALUATION, "", ())


@pytest.mark.parametrize(
    ("old", "new", "key", "fault"),
    [
        ('munidx = ">=0.1,<0.2"', 'munidx = "any"', "munidx", "any"),
        ('munidx = ">=0.1,<0.2"', "munidx = 1", "munidx", "string"),
        ('munidx = ">=0.1,<0.2"', "", "munidx", "string"),
        ('munidx = ">=0.1,<0.2"', 'munidx = ">=0.1"\nname = "x"', "name", "unknown key"),
        ('code = "272299"', "code = 272299", "municipality.code", "string"),
        ('code = "272299"', 'kode = "272299"', "municipality.kode", "unknown key"),
        ('kind = "evaluation"', 'kind = "review"', "documents[2].kind", "review"),
        ('kind = "evaluation"', "", "documents[2].kind", "string"),
        ('cues = ["評価の理由"]', "", "documents[2].cues", "list of strings"),
        ('cues = ["評価の理由"]', "cues = []", "documents[2].cues", "list of strings"),
        ('cues = ["評価の理由"]', "cues = [1]", "documents[2].cues", "string"),
        ('cues = ["評価の理由"]', "cue = []", "documents[2].cue", "unknown key"),
        ('title = "DX推進計画"', "title = []", "documents[1].title", "string"),
    ],
)
def test_a_manifest_is_read_strictly(old: str, new: str, key: str, fault: str) -> None:
    assert old in TEXT
    with pytest.raises(AdapterError) as caught:
        parse_manifest(TEXT.replace(old, new), "munidx_x")
    assert caught.value.code == "adapter-manifest-wrong"
    assert caught.value.params == {"package": "munidx_x", "key": key, "fault": fault}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('munidx = ">=0.1"\nmunicipality = 1', "municipality"),
        ('munidx = ">=0.1"', "municipality"),
        ('munidx = ">=0.1"\n[municipality]', "documents"),
        ('munidx = ">=0.1"\ndocuments = []\n[municipality]', "documents"),
        ('munidx = ">=0.1"\ndocuments = [1]\n[municipality]', "documents[1]"),
        ("munidx", ""),
    ],
)
def test_what_a_manifest_must_have(text: str, key: str) -> None:
    with pytest.raises(AdapterError) as caught:
        parse_manifest(text)
    assert caught.value.params["key"] == key


def test_the_package_is_not_imported(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "munidx_quiet"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit")
    with pytest.raises(AdapterError) as caught:
        read_manifest("munidx_quiet.adapter")
    assert caught.value.code == "adapter-manifest-missing"
    (package / "adapter.toml").write_text(TEXT, encoding="utf-8")
    assert read_manifest("munidx_quiet.adapter") == parse_manifest(TEXT)
    (package / "adapter.toml").write_bytes(b"\xff")
    with pytest.raises(AdapterError) as caught:
        read_manifest("munidx_quiet.adapter")
    assert caught.value.params["fault"] == "UnicodeDecodeError"
    assert "munidx_quiet" not in sys.modules


@pytest.mark.parametrize("module", ["munidx_nowhere.adapter", ".adapter", ""])
def test_a_package_that_is_gone(module: str) -> None:
    with pytest.raises(AdapterError) as caught:
        read_manifest(module)
    assert caught.value.code == "adapter-package-missing"
