"""What a page of a PDF draws: its letters with their boxes, and its ruled lines.

Everything is asked of pypdfium2's raw interface, letter by letter and shape by shape, and comes
back in points from the upper left corner of the page as it is shown (turned pages turned).
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final, TypeAlias

import pypdfium2 as pdfium
from attrs import define, field
from pypdfium2 import raw

from munidx.document import Box
from munidx.readers.lattice import Rule, Rules
from munidx.readers.letters import Letter
from munidx.readers.limits import Limits

__all__ = ["Drawing", "drawing_of"]

_Handle: TypeAlias = Any  # of pdfium's own, opaque

_THIN: Final = 3.0
"""A shape no thicker is a rule."""
_SHORT: Final = 0.3
"""What is shorter than this both ways is no rule: a speck."""
_WHITE: Final = 250
_TALL: Final = 2.5
"""A box so many times as high as the page's usual ones is not believed (pypdfium2 #421)."""
_HYPHEN: Final = 2
_SPACE: Final = 32
_ENDS: Final = frozenset({10, 13})
_AUTOSPACE: Final = 0.21
"""Of a letter's size; what makers leave by themselves is a fifth, a narrow space 0.22."""
_PRIVATE: Final = range(0xE000, 0xF900)
_DEEP: Final = 12
"""Drawings within drawings; those of offices nest twice."""


@define(eq=False)
class Drawing:
    """What a page draws."""

    width: float
    height: float
    letters: list[Letter] = field(factory=list)
    rules: Rules = field(factory=Rules)
    unmapped: int = 0
    """The letters whose font does not say which characters they are."""
    pictures: int = 0
    angle: Callable[[int], float] = lambda _: 0.0
    """How far the letter of a number is turned, in radians."""


def drawing_of(page: pdfium.PdfPage, text: pdfium.PdfTextPage, limits: Limits) -> Drawing:
    """What ``page`` draws; ``text`` is its text page, and has to stay open as long.

    Raises:
        SourceError: ``limit-exceeded``.
    """
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation()
    width, height = abs(right - left), abs(top - bottom)
    if turn in {90, 270}:
        width, height = height, width
    drawing = Drawing(width=width, height=height)
    place = _placing(turn, (min(left, right), min(bottom, top), max(left, right), max(bottom, top)))
    _take_letters(drawing, text.raw, place, limits)
    _take_shapes(drawing, page.raw, place, limits)
    drawing.angle = lambda number: (
        float(raw.FPDFText_GetCharAngle(text.raw, number)) + math.radians(turn)
    )
    return drawing


_Placing = Callable[[float, float, float, float], tuple[float, float, float, float]]


def _placing(turn: int, page: tuple[float, float, float, float]) -> _Placing:
    """From (left, bottom, right, top) in a file's space to (left, top, right, bottom) as shown."""
    x0, y0, x1, y1 = page
    ways: dict[int, _Placing] = {
        0: lambda left, low, right, high: (left - x0, y1 - high, right - x0, y1 - low),
        90: lambda left, low, right, high: (low - y0, left - x0, high - y0, right - x0),
        180: lambda left, low, right, high: (x1 - right, low - y0, x1 - left, high - y0),
        270: lambda left, low, right, high: (y1 - high, x1 - right, y1 - low, x1 - left),
    }
    return ways[turn]


def _take_letters(drawing: Drawing, text: _Handle, place: _Placing, limits: Limits) -> None:
    count = raw.FPDFText_CountChars(text)
    limits.check("characters", count)
    unicode, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    is_unmapped = raw.FPDFText_HasUnicodeMapError
    box = raw.FS_RECTF()
    there = ctypes.byref(box)
    half = 0
    letters = drawing.letters
    seen: set[tuple[int, int, int]] = set()
    gaps: list[tuple[int, int]] = []
    spaced = False
    for number in range(count):
        code = unicode(text, number)
        if code in _ENDS or not box_of(text, number, there):
            gaps.append((len(letters), number + 1))
            continue
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - half of a character, in UTF-16
            half = code
            continue
        if 0xDC00 <= code < 0xE000:  # noqa: PLR2004
            code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0xFFFD
            half = 0
        x0, x1 = box.left, box.right
        if x1 <= x0 or box.top <= box.bottom:
            gaps.append((len(letters), number + 1))  # a space that pdfium puts in
            continue
        spaced = spaced or code == _SPACE
        if is_unmapped(text, number) == 1 or code == 0 or code in _PRIVATE:
            drawing.unmapped += 1
            code = code if code in _PRIVATE else 0xFFFD
        # What is drawn twice, a hair's breadth apart, to look bold, is there once.
        key = (code, round(x0), round(box.top))
        if key in seen and code != _SPACE:
            continue
        seen.add(key)
        char = "-" if code == _HYPHEN else chr(code)
        letters.append((char, *place(x0, box.bottom, x1, box.top), number))
    if not spaced:
        drawing.letters = _with_spaces(letters, gaps, text)
    _clamp(drawing, text, place)


def _with_spaces(letters: list[Letter], gaps: list[tuple[int, int]], text: _Handle) -> list[Letter]:
    """The letters of a page that has gaps where others have spaces (Chromium, of some fonts).

    A space is wider than what is left between Japanese and Latin letters.
    """
    spaced: list[Letter] = []
    start = 0
    for index, number in gaps:
        if start < index < len(letters) and letters[index - 1][1] < letters[index][1]:
            _, _, top, left, bottom, _ = letters[index - 1]
            right, upper, lower = letters[index][1], letters[index][2], letters[index][4]
            level = min(bottom, lower) > max(top, upper)
            if level and right - left > _AUTOSPACE * _em(text, number):
                spaced += letters[start:index]
                spaced.append((" ", left, top, right, bottom, number - 1))
                start = index
    return spaced + letters[start:]


def _em(text: _Handle, number: int) -> float:
    """The size of a letter's font on the page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, number, ctypes.byref(matrix))
    return float(raw.FPDFText_GetFontSize(text, number)) * math.hypot(matrix.a, matrix.b)


def _clamp(drawing: Drawing, text: _Handle, place: _Placing) -> None:
    """Give letters with absurdly high boxes the height of their ink."""
    letters = drawing.letters
    heights = sorted(letter[4] - letter[2] for letter in letters)
    usual = heights[len(heights) // 2] if heights else 0.0
    if not heights or heights[-1] <= usual * _TALL:
        return
    ink = [ctypes.c_double() for _ in range(4)]
    there = [ctypes.byref(value) for value in ink]
    for index, (char, left, top, right, bottom, number) in enumerate(letters):
        if bottom - top > usual * _TALL and right - left < (bottom - top) / 2:
            raw.FPDFText_GetCharBox(text, number, there[0], there[1], there[2], there[3])
            x0, x1, y0, y1 = (value.value for value in ink)
            if y1 > y0:
                _, upper, _, lower = place(x0, y0, x1, y1)
                letters[index] = (char, left, upper, right, lower, number)


_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _take_shapes(drawing: Drawing, page: _Handle, place: _Placing, limits: Limits) -> None:
    count = raw.FPDFPage_CountObjects(page)
    shapes = _Shapes(drawing, place, limits)
    shapes.take(raw.FPDFPage_GetObject, page, count, _PLAIN, 0)


class _Shapes:
    """One walk through the shapes of a page."""

    def __init__(self, drawing: Drawing, place: _Placing, limits: Limits) -> None:
        self.drawing, self.place, self.limits = drawing, place, limits
        self.seen = 0
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self.edges = [ctypes.c_float() for _ in range(4)]
        self.mode = (ctypes.c_int(), ctypes.c_int())
        self.matrix = raw.FS_MATRIX()

    def take(
        self,
        get: Callable[[_Handle, int], _Handle],
        parent: _Handle,
        count: int,
        outer: _Matrix,
        depth: int,
    ) -> None:
        self.limits.check("paths", self.seen + count)
        self.seen += count
        kind_of = raw.FPDFPageObj_GetType
        for number in range(count):
            shape = get(parent, number)
            kind = kind_of(shape)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(shape, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.drawing.pictures += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEP:
                inner = _product(self._matrix(shape), outer)
                inside = raw.FPDFFormObj_CountObjects(shape)
                self.take(raw.FPDFFormObj_GetObject, shape, max(inside, 0), inner, depth + 1)

    def _matrix(self, shape: _Handle) -> _Matrix:
        m = self.matrix
        raw.FPDFPageObj_GetMatrix(shape, ctypes.byref(m))
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _path(self, shape: _Handle, outer: _Matrix) -> None:
        filled, stroked = self.mode
        raw.FPDFPath_GetDrawMode(shape, ctypes.byref(filled), ctypes.byref(stroked))
        if not (filled.value or stroked.value):
            return
        left, low, right, high = self._bounds(shape, outer)
        width, height = right - left, high - low
        strokes = bool(stroked.value)
        segments = raw.FPDFPath_CountSegments(shape)
        if min(width, height) <= _THIN and segments <= _RECTANGLE:
            if max(width, height) > _SHORT and self._is_seen(shape, stroked=strokes):
                dashed = strokes and raw.FPDFPageObj_GetDashCount(shape) > 0
                self._rule(left, low, right, high, dashed=dashed)
        elif strokes or segments > _RECTANGLE:  # of several parts, which may be dots
            self.limits.check("paths", self.seen + segments)
            self.seen += segments
            if self._is_seen(shape, stroked=strokes):
                self._outline(shape, segments, outer, stroked=strokes)

    def _bounds(self, shape: _Handle, outer: _Matrix) -> tuple[float, float, float, float]:
        a, b, c, d = self.edges
        raw.FPDFPageObj_GetBounds(
            shape, ctypes.byref(a), ctypes.byref(b), ctypes.byref(c), ctypes.byref(d)
        )
        box = a.value, b.value, c.value, d.value
        return box if outer is _PLAIN else _around(outer, box)

    def _is_seen(self, shape: _Handle, *, stroked: bool) -> bool:
        """Whether its colour is not that of the paper."""
        ask = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
        red, green, blue, opaque = self.colour
        known = ask(
            shape,
            ctypes.byref(red),
            ctypes.byref(green),
            ctypes.byref(blue),
            ctypes.byref(opaque),
        )
        white = min(red.value, green.value, blue.value) >= _WHITE
        return not known or (opaque.value > 0 and not white)

    def _outline(self, shape: _Handle, segments: int, outer: _Matrix, *, stroked: bool) -> None:
        """The level and upright edges of a stroked shape; the thin parts of a filled one."""
        matrix = _product(self._matrix(shape), outer)
        dashed = stroked and raw.FPDFPageObj_GetDashCount(shape) > 0
        for part in self._parts(shape, segments, matrix):
            if stroked:
                for (x0, y0), (x1, y1) in pairwise(part):
                    self._rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), dashed=dashed)
            else:
                xs, ys = [x for x, _ in part], [y for _, y in part]
                self._rule(min(xs), min(ys), max(xs), max(ys), dashed=False)

    def _parts(
        self, shape: _Handle, segments: int, matrix: _Matrix
    ) -> Iterator[list[tuple[float, float]]]:
        """The points of each part of a shape that is made of straight lines."""
        a, b, c, d, e, f = matrix
        x, y = self.edges[0], self.edges[1]
        there = ctypes.byref(x), ctypes.byref(y)
        part: list[tuple[float, float]] = []
        for number in range(segments):
            segment = raw.FPDFPath_GetPathSegment(shape, number)
            raw.FPDFPathSegment_GetPoint(segment, *there)
            point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind != raw.FPDF_SEGMENT_LINETO:
                # A curve ends a part as a move does: its chord is no rule.
                if len(part) > 1:
                    yield part
                part = []
            part.append(point)
            if raw.FPDFPathSegment_GetClose(segment) and part[0] != point:
                part.append(part[0])
        if len(part) > 1:
            yield part

    def _rule(self, left: float, low: float, right: float, high: float, *, dashed: bool) -> None:
        x0, y0, x1, y1 = self.place(left, low, right, high)
        width, height = x1 - x0, y1 - y0
        if min(width, height) > _THIN or max(width, height) <= _SHORT:
            return
        if dashed:
            self.drawing.rules.dotted.append(Box(x0, y0, x1, y1))
        elif width >= height:
            self.drawing.rules.level.append(Rule((y0 + y1) / 2, x0, x1))
            if width <= _THIN:  # a dot belongs to the rules of both ways
                self.drawing.rules.upright.append(Rule((x0 + x1) / 2, y0, y1))
        else:
            self.drawing.rules.upright.append(Rule((x0 + x1) / 2, y0, y1))
            if height <= _THIN:
                self.drawing.rules.level.append(Rule((y0 + y1) / 2, x0, x1))


_RECTANGLE: Final = 5
"""The segments of a rectangle: a filled one is a background."""


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _around(
    matrix: _Matrix, box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The bounds of a box that ``matrix`` moves."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
