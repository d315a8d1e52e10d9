import hashlib
import pathlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import SourceError
from munidx.readers import open_source, read_source
from munidx.readers.encodings import codec_of, decode
from munidx.testing.profiles import examples

PLAIN = {
    "tiny": "計画",
    "word": "施策",
    "kana": "ひらがなの本文",
    "katakana": "システムの利用",
    "title": "総合計画 前期基本計画",
    "row": "1\t電子申請\t情報政策課\t80%以上\n",
    "mixed": "R7年度に交付率100%\r\n担当: 総務部\r\n",
    "numbers": "延べ600人、3,200千円(令和6年度)\n",
    "long": "窓口を改め、待ち時間を短くする。\n" * 300,
    "mostly ascii": "DX plan 2024, KGI 80%, KPI 4.2, SNS, RPA and AI-OCR: 計画\n",
    "late": "a,b,c,d\n" * 700 + "評価の理由\n",
}
"""Characters that every encoding in use has."""

VENDOR = {
    "marks": "①電子申請 ②窓口\n",
    "company": "㈱市民会館が運営する\n",
    "tall": "髙橋部長の目標\n",
    "tilde": "令和3年度～令和6年度\n",
    "all": "①㈱髙～の計画\n",
}
"""What ``shift_jis`` lacks and cp932 has."""

COMMON = ("cp932", "euc_jp", "iso2022_jp", "utf-8", "utf-8-sig", "utf-16")
WIDE = ("cp932", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")

SAMPLES = [
    *((name, text, codec) for name, text in PLAIN.items() for codec in COMMON),
    *((name, text, codec) for name, text in VENDOR.items() for codec in WIDE),
    *((name, text, codec) for name, text in PLAIN.items() for codec in ("utf-16-le", "utf-16-be")),
    ("marks", "①電子申請\n", "euc_jis_2004"),
    ("half-width", "ｼｽﾃﾑ利用の計画\n", "cp932"),
    ("half-width", "ｼｽﾃﾑの利用者満足度\n", "euc_jp"),
]


def _noise(seed: int, size: int) -> bytes:
    return hashlib.shake_256(bytes([seed])).digest(size)


@pytest.mark.parametrize(
    ("text", "codec"),
    [pytest.param(text, codec, id=f"{name}-{codec}") for name, text, codec in SAMPLES],
)
def test_a_sample_file_is_read_right(text: str, codec: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sample.txt"
    path.write_bytes(text.encode(codec))
    found, encoding = decode(path.read_bytes())
    assert found == text
    assert text.encode(codec).decode(encoding) == text
    publication = read_source(open_source(path))
    assert publication.documents[0].encoding == encoding
    # Lines of commas are cells under any name.
    read = publication.text().replace("\t", ",")
    lines = [line for line in text.replace("\t", ",").splitlines() if line.strip()]
    assert [line.replace(", ", ",") for line in read.splitlines()] == [
        line.replace(", ", ",") for line in lines
    ]


def test_there_are_samples_enough_of_every_encoding() -> None:
    assert len({text.encode(codec) for _, text, codec in SAMPLES}) >= 57
    counts = Counter(codec for _, _, codec in SAMPLES)
    assert min(counts[codec] for codec in COMMON + WIDE) >= 5


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "utf-16"])
def test_tells_the_codec_by_name(codec: str) -> None:
    assert decode("令和6年度の計画\n".encode(codec))[1] == codec


def test_ascii_is_utf8() -> None:
    assert decode(b"plan,2024\n") == ("plan,2024\n", "utf-8")
    assert decode(b"") == ("", "utf-8")


def test_utf32_has_a_mark_of_its_own() -> None:
    assert decode("計画\n".encode("utf-32")) == ("計画\n", "utf-32")


@pytest.mark.parametrize(
    "data",
    [
        bytes(1000),
        b"\x7fELF\x02\x01\x01" + bytes(64),
        b"text\0with a NUL",
        bytes(range(256)),
        b"\x01\x02\x03\x04\x05\x06" * 20,
        "\ue000\ue001\ue002".encode("utf-16-le"),
        "\u0378\u0379\n".encode("utf-16-be"),
        _noise(1, 10_000),
        _noise(2, 101),
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.code == "not-text"


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_no_text(seed: int) -> None:
    with pytest.raises(SourceError):
        decode(_noise(seed, 500))


def test_a_broken_byte_in_utf8_is_told_with_its_line() -> None:
    data = "令和6年度の計画\n窓口改革\n".encode() + b"\xe5\n" + "情報政策課\n".encode()
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.code == "encoding-broken"
    assert caught.value.location.line == 3
    assert caught.value.params == {"encoding": "utf-8", "byte": data.index(b"\xe5\n")}


def test_a_mark_is_a_promise() -> None:
    with pytest.raises(SourceError) as caught:
        decode(b"\xef\xbb\xbfplan\xff")
    assert caught.value.code == "encoding-broken"
    assert caught.value.params["encoding"] == "utf-8-sig"


def test_the_declared_encoding_decides_where_it_fits() -> None:
    # As cp932 these bytes are half-width katakana; without a word they would be EUC-JP kanji.
    data = "ｱｲｳｴ".encode("cp932")
    assert decode(data, "EUC-JP")[1] == "euc_jp"
    assert decode("①計画".encode("cp932"), "Shift_JIS") == ("①計画", "cp932")
    assert decode("計画".encode("iso2022_jp"), "ISO-2022-JP") == ("計画", "iso2022_jp")


def test_a_wrong_declaration_is_not_believed() -> None:
    assert decode("計画の期間".encode(), "shift_jis") == ("計画の期間", "utf-8")
    assert decode("計画の期間".encode("euc_jp"), "utf-8") == ("計画の期間", "euc_jp")
    assert decode("計画の期間".encode("cp932"), "latin-1") == ("計画の期間", "cp932")


@pytest.mark.parametrize("name", ["SJIS", " x-sjis ", "Windows-31J", "shift_jis"])
def test_shift_jis_is_always_cp932(name: str) -> None:
    assert codec_of(name) == ("cp932",)


def test_a_foreign_charset_has_no_codec() -> None:
    assert codec_of("iso-8859-7") == ()


@examples(400)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except SourceError:
        return
    assert data.decode(encoding) == text


@examples(300)
@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x3093), min_size=4))
def test_any_kana_survive_cp932_and_euc(text: str) -> None:
    for codec in ("cp932", "euc_jp"):
        assert decode(text.encode(codec))[0] == text
