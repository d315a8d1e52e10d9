"""Files with something wrong: valid ones whose parts are moved, repeated, renumbered, cut.

A :class:`Mutator` of each form takes a valid file apart as far as the form goes (the members of a
packed file, the elements of a page, the objects of a PDF, the records of an old spreadsheet),
changes some of it, and puts it together again, so that what comes out still gets past the first
checks. Now and then bytes are changed blindly. All chance comes from one generator.
"""

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen
from pdf_objects import Object, assembled, objects_of
from poison import FIELDS, KEYS, NUMBERS, OPERATORS, SIGNS, TAGS

__all__ = ["MUTATORS", "Mutator"]

_LARGEST: Final = 500_000


@frozen(eq=False)
class Mutator:
    """One form's ways of going wrong.

    Args:
        ways: Each makes a changed copy of a file; the second is another valid one of the form.
    """

    ways: tuple[Callable[[random.Random, bytes, bytes], bytes], ...]

    def __call__(self, chance: random.Random, corpus: Sequence[bytes]) -> bytes:
        """A file made of one of ``corpus``, changed once or several times."""
        data = chance.choice(corpus)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
            data = chance.choice(self.ways)(chance, data, chance.choice(corpus)) or data
            data = data[:_LARGEST]
        return data


def _stretch(chance: random.Random, size: int, most: int = 0) -> tuple[int, int]:
    """Where a stretch of something ``size`` long begins and ends; short ones are likelier."""
    begin = chance.randrange(size + 1)
    length = int((most or size) ** chance.random())
    return begin, min(size, begin + length)


def change_bytes(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Any bytes, whatever they mean."""
    begin, end = _stretch(chance, len(data))
    first, last = _stretch(chance, len(other))
    way = chance.randrange(10)
    if way == 0 and data:
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if way == 1:
        return data[:begin] + chance.randbytes(min(end - begin, 64)) + data[end:]
    if way == 2:
        return data[:begin] + data[end:]
    if way == 3:
        return data[:end] + data[begin:]
    if way == 4:
        return data[:end]
    if way == 5:
        return data[:begin] + other[first:last] + data[end:]
    if way == 6:
        return data[:begin] + bytes(chance.choice((1, 9, 5000))) + data[begin:]
    if way == 7:
        return data[:begin] + data[begin:end] * chance.choice((2, 3, 50, 400)) + data[end:]
    if way == 8:
        return change_number(chance, data, other)
    return data[:begin] + chance.choice(SIGNS) + data[begin:]


def change_number(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """A number becomes one that nobody expects."""
    start = chance.randrange(len(data) + 1)
    found = re.compile(rb"-?\d+(?:\.\d+)?").search(data, start)
    if not found:
        return data
    return data[: found.start()] + chance.choice(NUMBERS) + data[found.end() :]


def change_lines(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Lines repeated, swapped, deepened, filled with signs."""
    lines, more = data.splitlines(keepends=True) or [b""], other.splitlines(keepends=True)
    begin, end = _stretch(chance, len(lines), 40)
    at = chance.randrange(len(lines))
    way = chance.randrange(8)
    if way == 0:
        lines[begin:begin] = lines[begin:end] * chance.choice((1, 2, 30))
    elif way == 1:
        del lines[begin:end]
    elif way == 2:
        lines[begin:end] = chance.sample(lines[begin:end], end - begin)
    elif way == 3:
        lines[begin:begin] = more[begin:end]
    elif way == 4:
        lines[begin:end] = [chance.choice(SIGNS) + line for line in lines[begin:end]]
    elif way == 5:
        lines[begin:end] = [line.rstrip(b"\r\n") for line in lines[begin:end]]
    elif way == 6:
        sign = chance.choice((b"  ", b"> ", b"\t", b"- ", b",", b"|"))
        lines[at : at + 1] = [
            sign * number + lines[at] for number in range(chance.choice((3, 40, 300)))
        ]
    else:
        place = chance.randrange(len(lines[at]) + 1)
        count = chance.choice((1, 1, 1, 70, 2000))
        lines[at] = lines[at][:place] + chance.choice(SIGNS)[:90] * count + lines[at][place:]
    return b"".join(lines)


def change_encoding(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """The same text in another encoding, some characters lost."""
    codec = chance.choice(
        ("cp932", "euc_jp", "iso2022_jp", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    )
    return data.decode("utf-8", "replace").encode(codec, chance.choice(("ignore", "replace")))


_TOKEN: Final = re.compile(rb"<[^<>]*>|[^<]+|<")
_JOINED: Final = 400
"""Tokens of an element that may be repeated often."""
_NAME: Final = re.compile(rb"</?([\w:.-]+)")
_ATTRIBUTE: Final = re.compile(rb"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")


def change_markup(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Elements repeated, nested, moved, renamed; attributes changed."""
    return _change_elements(chance, data, other, 11)


def change_tree(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """As :func:`change_markup`; what was well-formed stays so."""
    return _change_elements(chance, data, other, 7)


def _change_elements(chance: random.Random, data: bytes, other: bytes, ways: int) -> bytes:
    tokens = _TOKEN.findall(data)
    if not tokens:
        return data
    begin, end = _element(chance, tokens)
    way = chance.randrange(ways)
    if way == 0:
        del tokens[begin:end]
    elif way == 1:
        count = chance.choice((1, 2, 9, 200))
        tokens[begin:begin] = tokens[begin:end] * (count if end - begin < _JOINED else 1)
    elif way == 2:
        depth = chance.choice((1, 3, 60, 130, 130, 3000))
        depth = depth if len(tokens[begin]) < 600 else 1
        tokens[begin:end] = [tokens[begin]] * depth + tokens[begin:end] + [tokens[end - 1]] * depth
    elif way == 3:
        moved = tokens[begin:end]
        del tokens[begin:end]
        at = chance.randrange(len(tokens) + 1)
        tokens[at:at] = moved
    elif way == 4:
        theirs = _TOKEN.findall(other)
        first, last = _element(chance, theirs) if theirs else (0, 0)
        tokens[begin:begin] = theirs[first:last]
    elif way == 5:
        name = _NAME.match(chance.choice(tokens))
        tag = name[1] if name else chance.choice(TAGS)
        tokens[begin] = _NAME.sub(b"<" + tag, tokens[begin], count=1)
        if end - begin > 1:
            tokens[end - 1] = b"</" + tag + b">"
    elif way == 6:
        tokens[begin] = _changed_attribute(chance, tokens[begin])
    elif way == 7:
        name = _NAME.match(chance.choice(tokens))
        tag = name[1] if name else chance.choice(TAGS)
        tokens[begin:end] = [b"<" + tag + b">", *tokens[begin:end], b"</" + tag + b">"]
    elif way == 8:
        tokens[begin] += chance.choice(SIGNS)
    elif way == 9:
        tokens[begin] = _NAME.sub(b"<" + chance.choice(TAGS), tokens[begin], count=1)
    else:
        del tokens[end - 1]
    return b"".join(tokens)


def change_attribute(chance: random.Random, data: bytes, _: bytes) -> bytes:
    """An attribute of an element that has some."""
    found = _ATTRIBUTE.search(data, chance.randrange(len(data) + 1))
    if not found:
        return data
    begin, end = data.rfind(b"<", 0, found.start()), data.find(b">", found.end()) + 1
    if begin < 0 or end <= begin:
        return data
    return data[:begin] + _changed_attribute(chance, data[begin:end]) + data[end:]


def _element(chance: random.Random, tokens: Sequence[bytes]) -> tuple[int, int]:
    """Where an element begins and ends; a token alone where it has no end."""
    begin = chance.randrange(len(tokens))
    for at in range(begin, min(begin + 40, len(tokens))):
        if _NAME.match(tokens[at]) and not tokens[at].startswith(b"</"):
            begin = at
            break
    found = _NAME.match(tokens[begin])
    if not found or tokens[begin].endswith(b"/>"):
        return begin, begin + 1
    depth = 0
    for at in range(begin, min(len(tokens), begin + 20_000)):
        name = _NAME.match(tokens[at])
        if name and name[1] == found[1] and not tokens[at].endswith(b"/>"):
            depth += -1 if tokens[at].startswith(b"</") else 1
            if depth == 0:
                return begin, at + 1
    return begin, begin + 1


def _changed_attribute(chance: random.Random, tag: bytes) -> bytes:
    found = list(_ATTRIBUTE.finditer(tag))
    added = chance.choice((b"rowspan", b"colspan", b"w:val", b"r", b"id", b"t", b"s"))
    if not found:
        at = len(tag) - (2 if tag.endswith(b"/>") else 1)
        return tag[:at] + b" " + added + b'="' + chance.choice(NUMBERS) + b'"' + tag[at:]
    one = chance.choice(found)
    way = chance.randrange(4)
    if way == 0:
        return tag[: one.start()] + tag[one.end() :]
    if way == 1:
        return tag[: one.end()] + b" " + one[0] + tag[one.end() :]
    value = chance.choice(NUMBERS)
    if way == 3:
        sign = chance.choice(SIGNS)[:90].replace(b"&", b"&amp;").replace(b"<", b"&lt;")
        value = sign.replace(b'"', b"&quot;").replace(b"\0", b"")
    return tag[: one.start(2)] + b'"' + value + b'"' + tag[one.end(2) :]


def change_packed(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A member of a packed file changed, dropped, repeated, renamed, blown up."""
    members = _members(data)
    theirs = _members(other)
    if not members or not theirs:
        return change_bytes(chance, data, other)
    at = chance.randrange(len(members))
    name, part = members[at]
    way = chance.randrange(14)
    if way == 0:
        del members[at]
    elif way == 1:
        members.append((name, chance.choice(theirs)[1]))
    elif way == 2:
        members[at] = (chance.choice(theirs)[0], part)
    elif way == 3:
        members[at] = (name, bytes(chance.choice((0, 1, 3_000_000))))
    elif way == 4:
        members[at] = (name, change_bytes(chance, part, chance.choice(theirs)[1]))
    else:
        # The larger a part, the more there is to read in it.
        weights = [len(part) + 200 for _, part in members]
        at = chance.choices(range(len(members)), weights)[0]
        name, part = members[at]
        change = (change_tree, change_tree, change_tree, change_attribute, change_markup)[way % 5]
        like = dict(theirs).get(name, part)
        members[at] = (name, change(chance, part, like))
    return _packed(members)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                (info.filename, archive.read(info))
                for info in archive.infolist()
                if info.file_size < _LARGEST * 4
            ]
    except Exception:  # noqa: BLE001 - it was changed before: whatever zipfile makes of it
        return []


def _packed(members: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        warnings.simplefilter("ignore")  # two members of one name are wanted
        for name, part in members:
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), part, packing)
    return buffer.getvalue()


def change_records(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The records of an old spreadsheet, in their place, so that the file around them stands."""
    begins = [found.start() for found in re.finditer(rb"\x09\x08[\x08\x10]\0", data)]
    if not begins:
        return change_bytes(chance, data, other)
    at = chance.choice(begins)
    records: list[tuple[int, int]] = []
    while at + 4 <= len(data) and len(records) < 4000:
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == 0 and size == 0:
            break
        records.append((at, size))
        at += 4 + size
    at, size = chance.choice(records)
    changed = bytearray(data)
    field = struct.pack("<H", chance.choice(FIELDS))
    way = chance.randrange(5)
    if way == 0:
        changed[at + 2 : at + 4] = field
    elif way == 1:
        source, _ = chance.choice(records)
        changed[at : at + 2] = data[source : source + 2]
    elif way == 2 and size:
        place = at + 4 + chance.randrange(size)
        changed[place : place + 2] = field
    elif way == 3:
        changed[at + 4 : at + 4 + size] = chance.randbytes(size)
    else:
        changed[at + 4 : at + 4 + size] = bytes([chance.choice((0, 0xFF, 0x41))]) * size
    return bytes(changed[: len(data)])


_ROOT: Final = re.compile(rb"/Root\s*(\d{1,7}) 0 R")
_REFERENCE: Final = re.compile(rb"\d{1,7} 0 R")
_ENTRY: Final = re.compile(rb"/\w+\s*(?:/\w+|\[[^\[\]]*\]|\d{1,7} 0 R|[\d.-]+)")


def change_objects(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The objects of a PDF: what they hold, refer to, draw."""
    objects = objects_of(data)
    root = _ROOT.search(data)
    if not objects or not root:
        return change_bytes(chance, data, other)
    for _ in range(chance.choice((1, 1, 2, 4))):
        drawn = [each for each in objects if each.content is not None and not each.packed]
        if drawn and chance.random() < 0.5:
            each = chance.choice(drawn)
            each.content = _changed_operators(chance, each.content or b"")
        else:
            _change_object(chance, objects)
    return assembled(objects, int(root[1]))


def _change_object(chance: random.Random, objects: list[Object]) -> None:
    each, another = chance.choice(objects), chance.choice(objects)
    way = chance.randrange(8)
    if way == 0:
        objects.remove(each)
        objects.append(Object(each.number, another.head, another.content, another.packed))
    elif way == 1:
        each.head = change_number(chance, each.head, b"")
    elif way == 2:
        references = list(_REFERENCE.finditer(each.head))
        if references:
            one = chance.choice(references)
            to = b"%d 0 R" % another.number
            each.head = each.head[: one.start()] + to + each.head[one.end() :]
    elif way == 3:
        entries = list(_ENTRY.finditer(each.head))
        if entries:
            one = chance.choice(entries)
            each.head = each.head[: one.start()] + each.head[one.end() :]
    elif way == 4:
        each.head = each.head.replace(b"<<", b"<<" + chance.choice(KEYS), 1)
    elif way == 5:
        depth = chance.choice((3, 600, 90_000))
        each.head = b"[" * depth + each.head + b"]" * depth
    elif way == 6 and each.content is not None:
        each.content = change_bytes(chance, each.content, another.content or b"")
    else:
        each.head = change_bytes(chance, each.head, another.head)


def _changed_operators(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    begin, end = _stretch(chance, len(lines), 60)
    way = chance.randrange(6)
    if way == 0:
        del lines[begin:end]
    elif way == 1:
        lines[begin:begin] = lines[begin:end] * chance.choice((1, 2, 40))
    elif way == 2:
        lines[begin:end] = chance.sample(lines[begin:end], end - begin)
    elif way == 3:
        count = chance.choice((1, 1, 1, 100, 3000))
        lines[begin:begin] = [chance.choice(OPERATORS)] * count
    elif way == 4:
        return change_number(chance, content, b"")
    else:
        return change_bytes(chance, content, b"")
    return b"\n".join(lines)


_TEXT: Final = (change_lines, change_lines, change_bytes, change_number, change_encoding)
_OFFICE: Final = Mutator((*((change_packed,) * 30), change_bytes))
MUTATORS: Final = {
    "text": Mutator(_TEXT),
    "csv": Mutator(_TEXT),
    "markdown": Mutator(_TEXT),
    "html": Mutator((*((change_markup,) * 4), change_attribute, *_TEXT)),
    "docx": _OFFICE,
    "xlsx": _OFFICE,
    "ods": _OFFICE,
    "xls": Mutator((change_records, change_records, change_records, change_bytes)),
    "pdf": Mutator((*((change_objects,) * 6), change_bytes)),
}
"""For each reader, how its files go wrong."""
