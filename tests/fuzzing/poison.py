"""What is put into files to break them: numbers, signs, tags, operators and keys of PDFs."""

from typing import Final

__all__ = ["FIELDS", "KEYS", "NUMBERS", "OPERATORS", "SIGNS", "TAGS"]

NUMBERS: Final = (
    *(b"0", b"1", b"-1", b"2", b"9", b"120", b"255", b"1000", b"16384", b"16385", b"65535"),
    *(b"65536", b"1048576", b"2147483647", b"2147483648", b"4294967295", b"-2147483648"),
    *(b"99999999999999999999", b"0.000001", b"-0.5", b"1e308", b"NaN", b""),
    *("²".encode(), "٣".encode(), "６".encode(), b"9" * 5000),
)
FIELDS: Final = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)
SIGNS: Final = tuple(
    sign.encode("utf-8", "surrogatepass")
    for sign in (
        *("\0", "\x1a", "\x1b$B", "\ufeff", "\u2028", "\u202e", "\ufffd", "\ud800", "\U0010ffff"),
        *("\r", "\r\n", "\n\n", "\x0c", "\x85", "\t", "\t\t\t", '"', '""', '"\n', ",", ";", "'"),
        *("①", "㈱", "髙", "～", "⽬", "ｶﾞ", "　", "令和6年度", "△1,204", "1/3", "80%", "\x7f"),
        *("&amp;", "&#0;", "&#xD800;", "&#x110000;", "&a9;", "&lt", "<", ">", "]]>", "<![CDATA["),
        *("<!-- ", "-->", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE a [", "<script>"),
        *("- ", "  - ", "1. ", "> ", "# ", "|", "|---|", "```", "\\", "[a](b)", "![", "*", "~~~"),
        *("=1+1", "%PDF-1.4", "PK\x03\x04", "a" * 5000, "あ" * 3000, " " * 9000, "\n" * 3000),
    )
)
TAGS: Final = tuple(
    name.encode()
    for name in (
        *("table", "tr", "td", "th", "ul", "li", "ol", "p", "div", "span", "br", "h1", "rt", "rp"),
        *("ruby", "pre", "caption", "thead", "tbody", "form", "script", "title", "img", "svg"),
        *("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:ins", "w:del", "w:sdt", "w:ruby"),
        *("row", "c", "v", "is", "mergeCell", "table:table", "table:table-row", "text:p"),
    )
)
OPERATORS: Final = tuple(
    b"q|Q|BT|ET|S|f|f*|B|n|W n|h|T*|0 0 m|9 9 l|0 0 595 842 re|1 0 0 1 5 5 cm|0 0 0 0 0 0 cm|"
    b"1e9 0 0 1e9 0 0 cm|-1 0 0 -1 0 0 cm|[1 2] 0 d|[0] 0 d|[] 0 d|0 w|99999 w|/F1 0 Tf|/F1 -9 Tf|"
    b"(a) Tj|[(a) -9999999 (b)] TJ|<FFFF> Tj|3 Tr|99999 Tz|0 Tz|-99 TL|/X0 Do|/GS0 gs|/P sh|"
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI|/A BMC|EMC|<< >> BDC|0 g|1 0 0 rg|0 0 0 0 k|"
    b"0 1 -1 0 300 300 Tm|1 0 0 1 1e30 1e30 Tm|(|[|<<|5 5 5 5 5 5 c".split(b"|")
)
KEYS: Final = tuple(
    b"/Rotate 90|/Rotate -7|/UserUnit 1e6|/MediaBox[0 0 0 0]|/MediaBox[9 9 -9 -9]|"
    b"/MediaBox[0 0 1e9 1e9]|/CropBox[0 0 1 1]|/Type/Pages|/Type/Page|/Type/Catalog|/Count -1|"
    b"/Count 99999999|/Kids[]|/Parent 1 0 R|/Contents[]|/Contents 1 0 R|/Filter/LZWDecode|"
    b"/Filter/ASCIIHexDecode|/Filter[/FlateDecode/FlateDecode]|/Length 0|/Length 99999999|"
    b"/Length -1|/Encrypt 1 0 R|/ToUnicode 1 0 R|/Encoding/Identity-V|/FirstChar -1|"
    b"/DecodeParms<</Predictor 15/Columns 99999999>>|/Resources<<>>|/BBox[0 0 0 0]|"
    b"/Matrix[0 0 0 0 0 0]|/Subtype/Type3|/Subtype/Form|/OC 1 0 R".split(b"|")
)
