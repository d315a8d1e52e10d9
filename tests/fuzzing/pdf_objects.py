"""The objects of a PDF, taken apart and put together again."""

import re
import zlib
from collections.abc import Sequence
from typing import Final

from attrs import define

__all__ = ["Object", "assembled", "objects_of"]

_BODY: Final = re.compile(rb"(?<!\d)(\d{1,7}) 0 obj\b(.*?)\bendobj", re.DOTALL)
_CONTENT: Final = re.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


@define(eq=False)
class Object:
    number: int
    head: bytes
    content: bytes | None
    """The unpacked content where it is a text of operators, the packed one else."""
    packed: bool


def objects_of(data: bytes) -> list[Object]:
    objects: list[Object] = []
    for number, body in _BODY.findall(data):
        found = _CONTENT.match(body)
        if not found:
            objects.append(Object(int(number), body, None, packed=False))
            continue
        head, content = found.groups()
        packed = True
        if not re.search(rb"/(?:Length1|FontFile|Image|DecodeParms|Filter\s*\[)|Type0C", head):
            try:
                content = zlib.decompress(content) if b"/FlateDecode" in head else content
            except zlib.error:
                content = found[2]
            else:
                head = re.sub(rb"/Filter\s*/FlateDecode", b"", head)
                packed = False
        objects.append(Object(int(number), head, content, packed=packed))
    return objects


def assembled(objects: Sequence[Object], root: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for each in objects:
        places[each.number] = len(out)
        if each.content is None:
            out += b"%d 0 obj\n%s\nendobj\n" % (each.number, each.head)
            continue
        head = re.sub(rb"/Length\s+(?:\d+ 0 R|\d+)(?=[\s/>])", b"", each.head, count=1)
        head = head.replace(b"<<", b"<</Length %d" % len(each.content), 1)
        out += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (each.number, head, each.content)
    begin = len(out)
    last = min(max(places, default=0), 100_000)
    out += b"xref\n0 %d\n" % (last + 1)
    for number in range(last + 1):
        place = places.get(number)
        out += b"%010d 00000 n \n" % place if place else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, root, begin)
    return bytes(out)
