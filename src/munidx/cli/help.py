"""The help of the commands, in the language of the call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from munidx.cli.declared import Parameter, declared
from munidx.cli.help_ja import HELP, METAVARS
from munidx.report.terminal import pad, width_of, wrapped

__all__ = ["render_command_help", "render_help", "usage_of"]

_WIDTH: Final = 80
_COLUMN: Final = 32
"""Columns of the words before their explanations begin."""

_FRAME: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "usage": "Usage",
        "options": "[OPTIONS]",
        "command": "COMMAND [ARGS]...",
        "arguments": "Arguments",
        "option-list": "Options",
        "every": "Options of every command",
        "commands": "Commands",
        "default": "[default: {value}]",
        "required": "[required]",
        "number": "NUMBER",
        "text": "TEXT",
        "about": "Read, check and compare the plans that municipalities publish.",
        "lang": "The language of messages and reports; by default the locale's.",
        "config": "The configuration; by default munidx.toml or pyproject.toml, here or above.",
        "no-config": "Without configuration.",
        "isolate": "Run each city's code in a process of its own, bounded in time and memory.",
        "help": "Show this and end.",
        "version": "Tell the version and end.",
        "file": "FILE",
        "epilog": (
            "Exit codes: 0 nothing to report; 1 findings or changes; 2 wrong options, a wrong"
            " configuration, or a plan that must be named (FILE::PLAN-ID); 3 a file that cannot"
            " be read; 4 no adapter."
        ),
    },
    "ja": {
        "usage": "使い方",
        "options": "[オプション]",
        "command": "コマンド [引数]...",
        "arguments": "引数",
        "option-list": "オプション",
        "every": "共通のオプション",
        "commands": "コマンド",
        "default": "［既定値：{value}］",
        "required": "［必須］",
        "number": "数値",
        "text": "文字列",
        "about": "市町村が公表する計画を読み取り、確認し、新旧を比較します。",
        "lang": "メッセージと報告の言語。既定では環境の設定に従います。",
        "config": (
            "設定ファイル。既定では、作業フォルダー又はその上位にある munidx.toml 又は"
            " pyproject.toml を用います。"
        ),
        "no-config": "設定ファイルを用いません。",
        "isolate": "各市のアダプターを、時間とメモリを制限した別のプロセスで実行します。",
        "help": "この説明を表示して終了します。",
        "version": "版を表示して終了します。",
        "file": "ファイル",
        "epilog": (
            "終了コード：0 指摘事項・変更なし、1 指摘事項又は変更あり、2 オプション若しくは設定の"
            "誤り又は計画の指定が必要（ファイル::計画の識別子）、3 読み取れないファイル、4 対応する"
            "アダプターなし。"
        ),
    },
}


def render_help(commands: Mapping[str, Callable[..., int]], lang: str) -> str:
    """The help of munidx as a whole."""
    frame = _FRAME[lang]
    usage = f"{frame['usage']}: munidx {frame['options']} {frame['command']}"
    lines = [usage, "", f"  {frame['about']}", "", f"{frame['option-list']}:"]
    lines += _rows([("--version", frame["version"]), *_everywhere(lang)])
    lines += ["", f"{frame['commands']}:"]
    lines += _rows([(name, _about(name, one, lang)) for name, one in commands.items()])
    lines += ["", *(f"  {line}" for line in wrapped(frame["epilog"], _WIDTH - 2))]
    return "\n".join([*lines, ""])


def render_command_help(name: str, command: Callable[..., int], lang: str) -> str:
    """The help of one command."""
    frame = _FRAME[lang]
    parameters = declared(command)
    arguments = [one for one in parameters if not one.words]
    options = [one for one in parameters if one.words]
    lines = [usage_of(name, command, lang), ""]
    lines += [f"  {line}" for line in wrapped(_about(name, command, lang), _WIDTH - 2)]
    for head, several in (("arguments", arguments), ("option-list", options)):
        if several:
            lines += ["", f"{frame[head]}:"]
            lines += _rows([(_word(one, lang), _told(name, one, lang)) for one in several])
    lines += ["", f"{frame['every']}:", *_rows(_everywhere(lang))]
    return "\n".join([*lines, ""])


def usage_of(name: str, command: Callable[..., int], lang: str) -> str:
    """``Usage: munidx diff [OPTIONS] OLD NEW``."""
    frame = _FRAME[lang]
    words = " ".join(_place(one, lang) for one in declared(command) if not one.words)
    return f"{frame['usage']}: munidx {name} {frame['options']} {words}".rstrip()


def _everywhere(lang: str) -> list[tuple[str, str]]:
    frame = _FRAME[lang]
    return [
        ("--lang en|ja", frame["lang"]),
        (f"--config {frame['file']}", frame["config"]),
        ("--no-config", frame["no-config"]),
        ("--isolate", frame["isolate"]),
        ("-h, --help", frame["help"]),
    ]


def _rows(rows: Sequence[tuple[str, str]]) -> list[str]:
    column = min(max(width_of(word) for word, _ in rows) + 4, _COLUMN)
    lines = []
    for word, told in rows:
        first, *others = wrapped(told, _WIDTH - column)
        head = f"  {word}"
        if width_of(head) + 2 > column:
            lines += [head, " " * column + first]
        else:
            lines.append(pad(head, column) + first)
        lines += [" " * column + other for other in others]
    return [line.rstrip() for line in lines]


def _word(one: Parameter, lang: str) -> str:
    if not one.words:
        return _place(one, lang)
    words = ", ".join(sorted(one.words, key=len))
    return words if one.flag else f"{words} {_value(one, lang)}"


def _place(one: Parameter, lang: str) -> str:
    told = one.metavar if one.metavar.startswith("[") else _value(one, lang)
    if lang != "en":
        for word, meant in METAVARS.items():
            told = told.replace(word, meant) if told.strip("[].") == word else told
    dots = "..." if one.several and not told.endswith("...") else ""
    return f"{told}{dots}"


def _value(one: Parameter, lang: str) -> str:
    if one.choices:
        return "|".join(one.choices)
    if one.metavar:
        return one.metavar if lang == "en" else METAVARS.get(one.metavar, one.metavar)
    return _FRAME[lang]["number" if one.kind in (int, float) else "text"]


def _told(name: str, one: Parameter, lang: str) -> str:
    frame = _FRAME[lang]
    told = one.help
    if lang != "en":
        entries = HELP
        words = entries[name].get(one.name) or entries["*"].get(one.name, told)
        forms = one.help.partition(": ")[2].rstrip(".")
        told = words.replace("{forms}", forms)
    notes = []
    if one.default is not None:
        notes.append(frame["default"].format(value=one.default))
    if one.required:
        notes.append(frame["required"])
    return " ".join([told, *notes]) if lang == "en" else "".join([told, *notes])


def _about(name: str, command: Callable[..., int], lang: str) -> str:
    if lang == "en":
        return (command.__doc__ or "").partition("\n")[0]
    return HELP[name][""]
