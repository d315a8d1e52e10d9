"""Signs that are seldom meant: what a text looks like that was damaged on its way."""

import re
from typing import Final

__all__ = [
    "BRACKET",
    "CLOSING",
    "CONTROL",
    "MARKUP",
    "MISREAD",
    "ODD",
    "OPENING",
    "PRIVATE",
    "RADICAL",
    "REPLACED",
    "STRIKING",
]

OPENING: Final = "「『（([【〔《〈［｛{"
CLOSING: Final = "」』）)]】〕》〉］｝}"
BRACKET: Final = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
REPLACED: Final = re.compile("[\ufffd〓]")
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
RADICAL: Final = re.compile("[\u2e80-\u2fd5]")
PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
MARKUP: Final = re.compile(
    r"</?(?:br|p|div|span|table|t[rdh]|thead|tbody|ul|ol|li|a|b|i|u|em|strong|font|img|h[1-6]|sup|sub)"
    r"(?:\s[^<>]{0,200})?/?>|&(?:nbsp|amp|lt|gt|quot|#\d{1,7});",
    re.IGNORECASE,
)
# UTF-8 read as cp932 gives 縺 and 繧 for each hiragana; read as Latin-1, ã and two signs.
MISREAD: Final = re.compile("(?:[縺繧繝]..?){3}|(?:ã[\x80-\xbf‚ƒ„…†‡€ˆ][\x80-\xff]?){3}", re.DOTALL)
ODD: Final = re.compile(
    "[" + "".join(one.pattern[1:-1] for one in (REPLACED, CONTROL, RADICAL, PRIVATE)) + "<&縺繧繝ã]"
)
"""A sign without which none of the others is found."""
STRIKING: Final = re.compile(f"[{BRACKET.pattern[1:-1]}{ODD.pattern[1:-1]}]")
"""A bracket or one of those: both are looked for in one pass."""
