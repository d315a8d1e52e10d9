import subprocess
import sys

import pytest

from munidx.document import Source
from munidx.errors import MissingReaderError, SourceError
from munidx.readers import Limits, form_of, read_publication, read_source

PAGE = "<html><body><p>計画</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"plan", "text/plain"),
        ("a", b"plan", "text/plain"),
        ("a.txt", PAGE.encode(), "text/html"),
        ("a", b"\xef\xbb\xbf \r\n<!DOCTYPE html>\n<title>x</title>", "text/html"),
        ("a", PAGE.encode("utf-16"), "text/html"),
        ("a", PAGE.encode("utf-16-be"), "text/html"),
        ("a", b"<!-- a -->\n<?xml version='1.0'?><!-- b --> <HTML lang=ja>", "text/html"),
        ("a", b"<table border=1><tr><td>x</td></tr></table>\n", "text/html"),
        ("a.html", "計画".encode(), "text/html"),
        ("a.HTM", b"<p>x", "text/html"),
        # A text that merely holds HTML in its cells is a text.
        ("a.txt", "部局\t<p>(1) 調整</p>\t<ul> 会議 </ul>\n".encode(), "text/plain"),
        ("a.txt", b"<p>1</p>\t<p>2</p>\n", "text/plain"),
        ("a.txt", "<参考> 主な機器\n".encode(), "text/plain"),
        ("a.txt", b"<!-- never closed", "text/plain"),
        ("a.csv", b"a,b\n", "text/csv"),
        ("a.pdf", b"plan", "text/plain"),
        ("a.txt", b"%PDF-1.7\n", "application/pdf"),
        ("a.txt", b"PK\x03\x04....", "application/zip"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        ("a", b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_the_form_is_found_by_content_first(name: str, data: bytes, media_type: str) -> None:
    assert form_of(Source(name, data)).media_type == media_type


def code_of(source: Source, limits: Limits | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_source(source, limits or Limits())
    return caught.value


def test_a_form_without_a_reader_is_said() -> None:
    error = code_of(Source("a.png", b"\x89PNG\r\n\x1a\n"))
    assert (error.code, error.params) == ("form-unknown", {"media_type": "image/png"})
    assert error.location.document == "a.png"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t\t\n\x0c", "document-blank"),
        (b"<html><body><script>x</script></body></html>", "document-blank"),
        (b"<html>", "document-blank"),
        (bytes(100), "not-text"),
        (b"123456789", "file-too-large"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(data: bytes, code: str) -> None:
    error = code_of(Source("a", data), Limits(bytes=8 if len(data) == 9 else 1000))
    assert error.code == code
    assert error.location.document == "a"


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "munidx.readers.html", raising=False)
    monkeypatch.delitem(sys.modules, "munidx.readers.markup", raising=False)
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingReaderError) as caught:
        read_source(Source("a.html", PAGE.encode()))
    assert caught.value.code == "reader-missing"
    assert caught.value.params == {"media_type": "text/html", "extra": "html", "library": "lxml"}


def test_importing_the_readers_loads_no_library() -> None:
    code = (
        "import sys, munidx.readers\n"
        "sys.exit(any(name in sys.modules for name in"
        " ('lxml', 'pypdfium2', 'python_calamine', 'markdown_it')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_several_files_are_one_publication_with_distinct_names() -> None:
    sources = [
        Source("a.txt", b"1"),
        Source("a.txt", b"2\n3"),
        Source("a", b"4"),
        Source("a", b"5"),
    ]
    publication = read_publication(sources)
    assert [each.name for each in publication.documents] == ["a.txt", "a-2.txt", "a", "a-2"]
    assert publication.text() == "1\n2\n3\n4\n5"
    assert [str(block.place) for block in publication.blocks] == [
        "a.txt#L1",
        "a-2.txt#L1",
        "a-2.txt#L2",
        "a#L1",
        "a-2#L1",
    ]


def test_no_files_are_an_empty_publication() -> None:
    assert read_publication([]).blocks == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<html><table></table>"),
        ("a.html", b"<html><table><tr><td> <td></table>"),
        ("a.md", b"| |\n|-|\n"),
        ("a.txt", b"\t\n--\t--\n \n"),
    ],
)
def test_a_document_of_an_empty_table_is_blank(name: str, data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        read_source(Source(name, data))
    assert caught.value.code == "document-blank"


def test_a_caption_alone_is_something() -> None:
    data = b"<html><table><caption>A</caption></table>"
    assert len(read_source(Source("a.html", data)).blocks) == 1
