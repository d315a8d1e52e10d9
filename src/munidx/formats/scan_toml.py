"""One pass over a TOML text: the place of every key and value.

The grammar is that of TOML 1.0: bare, quoted and dotted keys, headers of tables and of arrays
of tables, the four kinds of strings, arrays, inline tables, comments. Values other than
strings, arrays and inline tables are single words and not looked into.
"""

import contextlib
import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Final, TypeAlias

from munidx.formats.address import Where

__all__ = ["deep_key", "scan_toml"]

Mark: TypeAlias = tuple[Where, int, int]

_BLANK: Final = re.compile(r"(?:[ \t]+|#[^\n]*)*")
_BLANK_LINES: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY: Final = re.compile(
    r"""[A-Za-z0-9_-]+|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'""",
)
_DOT: Final = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS: Final = re.compile(r"[ \t]*=[ \t]*")
_VALUE: Final = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'(?!'')[^']*)*'{3,5}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'"
    # a date may have a space before its time
    r"|\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+"
    r"|[^\s,\[\]{}#=\"']+",
    re.DOTALL,
)


class _StopError(Exception):
    """The text is no TOML from here on."""


def scan_toml(text: str) -> Iterator[Mark]:
    """Every value of ``text``: its place in the data, the offsets of its key and of itself.

    Tables that only dotted keys or longer headers name stand where they are first named. An
    element of an array has no key; its own offset stands for it. The scan ends quietly at
    what is no TOML.
    """
    try:
        yield from _Scanner(text).document()
    except (_StopError, RecursionError):
        return


def deep_key(text: str, most: int) -> int | None:
    """The offset of the first key with more than ``most`` parts; None if there is none.

    tomllib takes time with the third power of the parts: look before it does.
    """
    scanner = _Scanner(text, most)
    with contextlib.suppress(_StopError, RecursionError):
        for _ in scanner.document():
            pass
    return scanner.deep


class _Scanner:
    """Where the pass stands in the text, and how many tables each array has so far."""

    def __init__(self, text: str, most: int = sys.maxsize) -> None:
        self.deep: int | None = None
        self._text: Final = text
        self._most: Final = most
        self._at = 0
        self._opened: Final[set[Where]] = set()
        self._lengths: Final[dict[Where, int]] = {}
        self._named: Final[set[Where]] = set()

    def document(self) -> Iterator[Mark]:
        """The marks of the whole text."""
        table: Where = ()
        self._skip(_BLANK_LINES)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table, marks = self._header()
                yield from marks
            else:
                yield from self._pair(table)
            self._skip(_BLANK)
            if self._at < len(self._text) and self._text[self._at] not in "\r\n":
                raise _StopError
            self._skip(_BLANK_LINES)

    def _header(self) -> tuple[Where, list[Mark]]:
        """``[a.b]`` or ``[[a.b]]``: the table that it opens, and what it names."""
        array = self._text.startswith("[[", self._at)
        self._at += 2 if array else 1
        self._skip(_BLANK)
        parts = self._key()
        self._skip(_BLANK)
        self._expect("]]" if array else "]")
        table: Where = ()
        marks = []
        for part, at in parts[:-1]:
            table = (*table, part)
            marks += self._implicit(table, at)
            if table in self._lengths:
                table = (*table, self._lengths[table] - 1)
        part, at = parts[-1]
        table = (*table, part)
        if array:
            marks += self._implicit(table, at)
            length = self._lengths[table] = self._lengths.get(table, 0) + 1
            table = (*table, length - 1)
            marks.append((table, at, at))
        elif table in self._opened or table in self._lengths:
            marks.append((table, at, at))  # for the second time, which the parser refuses
        else:
            marks += self._implicit(table, at)
            self._opened.add(table)
        return table, marks

    def _implicit(self, table: Where, at: int) -> list[Mark]:
        """The mark of a table or array of tables, where it is named for the first time."""
        if table in self._named:
            return []
        self._named.add(table)
        return [(table, at, at)]

    def _pair(self, table: Where) -> Iterator[Mark]:
        """``key = value``, the value looked into."""
        parts = self._key()
        self._take(_EQUALS)
        for part, at in parts[:-1]:
            table = (*table, part)
            yield from self._implicit(table, at)
        part, at = parts[-1]
        yield from self._value((*table, part), at)

    def _value(self, place: Where, key: int | None) -> Iterator[Mark]:
        at = self._at
        yield place, at if key is None else key, at
        opening = self._text[at : at + 1]
        if opening == "[":
            yield from self._array(place)
        elif opening == "{":
            yield from self._inline(place)
        else:
            self._take(_VALUE)

    def _array(self, place: Where) -> Iterator[Mark]:
        self._at += 1
        self._skip(_BLANK_LINES)
        index = 0
        while not self._text.startswith("]", self._at):
            yield from self._value((*place, index), None)
            index += 1
            self._skip(_BLANK_LINES)
            if self._text.startswith(",", self._at):
                self._at += 1
                self._skip(_BLANK_LINES)
            elif not self._text.startswith("]", self._at):
                raise _StopError
        self._at += 1

    def _inline(self, place: Where) -> Iterator[Mark]:
        self._at += 1
        # newlines within are TOML 1.1, and do no harm
        self._skip(_BLANK_LINES)
        while not self._text.startswith("}", self._at):
            yield from self._pair(place)
            self._skip(_BLANK_LINES)
            if self._text.startswith(",", self._at):
                self._at += 1
                self._skip(_BLANK_LINES)
            elif not self._text.startswith("}", self._at):
                raise _StopError
        self._at += 1

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key, each with its offset."""
        parts = []
        while True:
            at = self._at
            parts.append((_unquote(self._take(_KEY)), at))
            if len(parts) > self._most:
                self.deep = parts[0][1]
                raise _StopError
            found = _DOT.match(self._text, self._at)
            if not found:
                return parts
            self._at = found.end()

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if not found:
            raise _StopError
        self._at = found.end()
        return found[0]

    def _expect(self, token: str) -> None:
        if not self._text.startswith(token, self._at):
            raise _StopError
        self._at += len(token)


def _unquote(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"' and "\\" in key:
        try:
            return str(tomllib.loads(f"key = {key}")["key"])
        except tomllib.TOMLDecodeError:
            raise _StopError from None
    return key[1:-1] if key[0] == '"' else key
