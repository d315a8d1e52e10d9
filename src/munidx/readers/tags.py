"""The tags of HTML as they stand in texts: found without a parser.

A text may hold HTML in its cells (``<ul><li>…``) beside angle brackets that are none
(``<外部リンク>``). What is found here is markup for sure; it frames text and is none.
"""

import re
from typing import Final

__all__ = ["TAG"]

_TAGS: Final = (
    "a b big blockquote br caption center col colgroup dd del div dl dt em font h[1-6] hr i img "
    "ins li mark ol p pre rb rp rt ruby s small span strike strong sub sup table tbody td tfoot "
    "th thead tr u ul"
).replace(" ", "|")
# No group is possessive here or elsewhere: Python before 3.11.5 matches such groups wrongly.
TAG: Final = re.compile(
    rf"</?(?:{_TAGS})(?:\s+[a-zA-Z-]+\s*=[^<>]{{0,2000}}|\s+(?:nowrap|noshade))?\s*/?>"
    r"|<!--(?:[^-<]|-(?!->)|<(?!!--)){0,2000}-->",
    re.IGNORECASE,
)
"""A tag or comment of HTML, with well-formed attributes, of bounded length."""
