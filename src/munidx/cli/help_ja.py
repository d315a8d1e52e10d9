"""The help of the commands in Japanese: by command and parameter; ``*``: shared by several."""

from collections.abc import Mapping
from typing import Final

__all__ = ["HELP", "METAVARS"]

METAVARS: Final[Mapping[str, str]] = {
    "CITY": "市",
    "DIR": "フォルダー",
    "EDITION": "版",
    "FILE": "ファイル",
    "FORMAT": "形式",
    "FORMAT:PATH": "形式:ファイル",
    "MARK": "文字",
    "NEW": "新",
    "OLD": "旧",
    "PATH": "ファイル",
    "PATH OLD HEX MODE NEW HEX MODE": "ファイル 旧 番号 権限 新 番号 権限",
    "RULE": "規則",
    "RULES": "規則",
    "SRC": "資料",
}

HELP: Final[Mapping[str, Mapping[str, str]]] = {
    "*": {
        "adapter": "資料を、この市のアダプターだけで読み取ります。",
        "form": "出力の形式：{forms}",
        "output_format": "text は画面用、json はプログラム用です。",
        "outputs": "報告をファイルにも書き込みます。複数回指定できます。",
        "path": "計画ファイル又は公表資料。「-」は標準入力です。",
        "paths": "計画ファイル又は公表資料。「-」は標準入力です。",
    },
    "convert": {
        "": "公表資料を市のアダプターで読み取り、TOML又はJSONの計画ファイルにします。",
        "sources": "資料。複数のファイルは、一つの資料の各部分とみなします。",
        "output": "書込先のファイル。フォルダーを指定すると、計画ごとに作成します。",
        "to": "形式。既定ではファイル名に従い、ほかはTOMLとします。",
        "coverage": "読取状況を標準エラー出力に表示します。",
    },
    "validate": {
        "": "計画を規則に照らして確認します。",
        "select": "この規則のみを適用します（番号、系列又は名称）。",
        "ignore": "この規則を適用しません。",
        "fail_on": "終了コードを1とする指摘の区分の下限。",
    },
    "diff": {
        "": "二つの版の違いを、後退した点を先頭にして示します。",
        "old": "古い版。「-」は標準入力です。",
        "new": "新しい版。「-」は標準入力です。",
        "fail_on": "終了コードを1とする変更。weakened は要確認を含みます。",
        "threshold": "二つの項目を同一とみなす類似度の下限（0以上1以下）。",
        "pairs": "対応の指定。同一のもの又は別のものを記したTOMLファイル。",
        "old_first": "新旧対照表で、現行を左の欄に置きます。",
        "deleted": "新旧対照表で、削る箇所の反対の欄に置く文字。",
        "no_remarks": "新旧対照表に備考の欄を設けません。",
    },
    "show": {"": "計画を、目標、施策・事業及び指標の階層で表示します。"},
    "progress": {
        "": "目標の達成状況と進捗率、判定できない指標を示します。",
        "fail_on": "未達成の目標がある場合に終了コードを1とするかどうか。",
    },
    "history": {
        "": "計画の各版をたどり、約束の経過を示します。",
        "editions": "古い順に並べた各版。ファイル又はgitの「REV:PATH」。",
        "threshold": "二つの項目を同一とみなす類似度の下限（0以上1以下）。",
    },
    "git-driver": {
        "": "git diff から呼び出され、一つのファイルの二つの版を比較します。",
        "arguments": "git が渡す引数。",
        "fail_on": "終了コードを1とする変更。この場合 git は終了します。",
    },
    "rules": {
        "": "規則の一覧（番号、名称、区分、内容）を表示します。",
        "selectors": "番号、系列（MX3xx）又は名称。省略すると全ての規則を表示します。",
        "docs": "全ての規則の説明をフォルダーに書き込みます。",
    },
    "rule": {
        "": "規則の内容、趣旨、例及び対処を表示します。",
        "name": "番号（MX301）又は名称。",
    },
    "adapters": {"": "導入済みの市と、使用できないものの理由を表示します。"},
    "schema": {
        "": "計画、比較結果又は指摘事項のJSONスキーマを出力します。",
        "name": "スキーマの種類。",
    },
}
