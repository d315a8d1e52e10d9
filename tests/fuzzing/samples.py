"""The valid files that the fuzzing begins with: small ones of every form."""

import io
import pathlib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

__all__ = ["SUFFIXES", "samples"]

_ROOT: Final = pathlib.Path(__file__).parents[2]
_FIXTURES: Final = _ROOT / "tests" / "fixtures"
SUFFIXES: Final = {
    "text": ".txt",
    "csv": ".csv",
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "ods": ".ods",
    "xls": ".xls",
    "pdf": ".pdf",
}
"""The name's ending of each reader's files."""

_TEXT: Final = """見本計画（令和6年度～令和8年度）

第1章　くらし
・窓口の①電子申請を㈱見本に委託する
番号\t事業\t担当
----\t:---\t---
1\t植樹\t髙橋課
2\t清掃\t環境課

■ 目標　80%以上
"""
_CSV: Final = """番号,事業名,"担当
課",令和6年度,令和7年度
1,"電子申請の
拡大",企画課,"1,204",△30
2,"図書館の""夜間""開館",教育課,,
合計,,,"1,204",△30
"""
_MARKDOWN: Final = """# 見本計画

## 第1章 くらし

1. 植樹を
   すすめる
   - 苗木 `10`本
   - [点検](https://example.com)

| 番号 | 事業 | 目標 |
| --- | :-: | --: |
| 1 | 植樹 | 80% |
| 2 | **清掃** | 延べ600人 |

> 引用した
> 段落

```
表\tでない
```
<p>HTML</p>
"""
_HTML: Final = """<!doctype html><html lang=ja><head><meta charset=utf-8><title>計画</title></head>
<body><nav><a href=#>目次</a></nav><h1>見本計画</h1><p>期間は
<ruby>令和<rt>れいわ</rt></ruby>6年度<br>から</p>
<ol><li>植樹<ul><li>苗木</li><li>土</ul><li>清掃</ol>
<table border=1><caption>事業</caption><thead><tr><th rowspan=2>番号<th colspan=2>目標値</tr>
<tr><th>R6<th>R7</thead><tbody><tr><td>1<td>80%<td><ul><li>90%<li>95%</ul></tr>
<tr><td>2<td colspan=2>延べ600人 &amp; <b>増</b><table><tr><td>甲<td>乙</table></tr></table>
<pre>一
二</pre><img alt="図"><div>終</div></body></html>
"""
_WORD: Final = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>見本計画</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>植樹</w:t>
<w:tab/><w:t>10本</w:t><w:br/></w:r><w:ins w:id="1"><w:r><w:t>追加</w:t></w:r></w:ins>
<w:del w:id="2"><w:r><w:delText>削除</w:delText></w:r></w:del></w:p>
<w:p><w:r><w:ruby><w:rt><w:r><w:t>せいそう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>清掃</w:t></w:r>
</w:rubyBase></w:ruby><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>
<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>担当</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>
<w:p><w:r><w:t>番号</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>
<w:p><w:r><w:t>目標</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/>
</w:tc><w:tc><w:p><w:r><w:t>80%</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r>
<w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>枠</w:t></w:r></w:p>
</w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p></w:body></w:document>"""
_NAMES: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD_PARTS: Final = {
    "word/document.xml": _WORD,
    "word/styles.xml": f'<w:styles {_NAMES}><w:style w:styleId="H1"><w:pPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="H2"><w:basedOn w:val="H1"/>'
    "</w:style></w:styles>",
    "word/numbering.xml": f'<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl '
    'w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="aiueo"/><w:lvlText w:val="%1)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "word/footnotes.xml": f'<w:footnotes {_NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>注</w:t>'
    "</w:r></w:p></w:footnote></w:footnotes>",
}


def samples(reader: str) -> list[bytes]:
    """Some valid files that ``reader`` reads, the same on every machine."""
    return list(_SAMPLES[reader]())


def _texts() -> Iterator[bytes]:
    yield _TEXT.encode()
    yield "架空市計画\n1 植樹\n".encode("cp932")
    for path in sorted(_ROOT.glob("plugins/*/tests/samples/*.txt")):
        yield path.read_bytes()


def _tables() -> Iterator[bytes]:
    yield _CSV.encode()
    yield _CSV.replace(",", "\t").encode("cp932")
    yield b"a;b;c\n1;2;3\n"


def _pages() -> Iterator[bytes]:
    yield _HTML.encode()
    for path in sorted(_ROOT.glob("plugins/*/tests/samples/*.html")):
        yield path.read_bytes()


def _documents() -> Iterator[bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _WORD_PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    yield buffer.getvalue()


def _files(suffix: str) -> Iterator[bytes]:
    for path in sorted(_FIXTURES.glob(f"*/*{suffix}")):
        yield path.read_bytes()


def _drawings() -> Iterator[bytes]:
    """The smaller of the fixtures: what matters is what they draw, not their fonts."""
    for path in sorted(_FIXTURES.glob("pdf/*.pdf")):
        if path.stat().st_size < 60_000:
            yield path.read_bytes()
    yield _simple()


def _simple() -> bytes:
    """A page that words and rules are drawn on in few bytes, so that changes hit them."""
    ruled = b"".join(
        b"50 %d m 350 %d l S %d 600 m %d 700 l S\n" % (y, y, x, x)
        for y, x in zip((600, 620, 660, 700), (50, 150, 250, 350), strict=True)
    )
    words = b"".join(
        b"BT /F1 9 Tf %d %d Td (cell %d) Tj ET\n" % (55 + 100 * column, 605 + 25 * row, column)
        for row in range(3)
        for column in range(3)
    )
    content = b"[3 3] 0 d\n10 10 m 90 10 l S\n[] 0 d\n" + ruled + words + b"q /X0 Do Q\n"
    form = b"0 0 9 9 re f\nBT /F1 9 Tf (form) Tj ET"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 "
            b"7 0 R>>/XObject<</X0 5 0 R>>>>>>"
        ),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Matrix[1 0 0 1 9 9]/Length %d/Resources"
        b"<</Font<</F1 7 0 R>>>>>>\nstream\n%s\nendstream" % (len(form), form),
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 90/Contents[4 0 R 4 0 R]"
            b"/Resources<</Font<</F1 7 0 R>>>>>>"
        ),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, 1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer\n<</Size 8/Root 1 0 R>>\n"


_SAMPLES: Final[Mapping[str, Callable[[], Iterator[bytes]]]] = {
    "text": _texts,
    "csv": _tables,
    "markdown": lambda: iter((_MARKDOWN.encode(), _MARKDOWN.encode("cp932"))),
    "html": _pages,
    "docx": _documents,
    "xlsx": lambda: _files(".xlsx"),
    "ods": lambda: _files(".ods"),
    "xls": lambda: _files(".xls"),
    "pdf": _drawings,
}
