"""What errors say in Japanese: code → sentence, hint.

A hint that names a parameter is told only where the error carries it.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["ERRORS"]

ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "adapter-broken": (
        "アダプター「{adapter}」を使用できません：{reason}",
        "「munidx adapters」で確認してください。",
    ),
    "adapter-crashed": (
        "アダプター「{adapter}」の処理が異常終了しました（{status}）。",
        "資料を添えてアダプターの作成者にお知らせください。",
    ),
    "adapter-duplicate": (
        "複数のパッケージが同じ名称で提供しています：{packages}",
        "一つを残して削除してください。",
    ),
    "adapter-excluded": (
        "指定により除外されています。",
        "",
    ),
    "adapter-failed": (
        "アダプター「{adapter}」が読み取り中に失敗しました（{error}：{detail}）。",
        "資料を添えてアダプターの作成者にお知らせください。",
    ),
    "adapter-hook-failed": (
        "フックが失敗しました（{error}：{detail}）。",
        "アダプターの作成者にお知らせください。",
    ),
    "adapter-form-missing": (
        "パッケージ「{package}」に form.toml がありません。",
        "パッケージの adapter.toml と同じ場所に置いてください。",
    ),
    "adapter-hook-missing": (
        "フック「{hook}」が実装されていません。",
        "「{nearest}」に @hookimpl が付いているか確認してください。",
    ),
    "adapter-hook-unknown": (
        "「{hook}」は munidx のフックではありません。",
        "「{nearest}」の誤りではありませんか。",
    ),
    "adapter-import-failed": (
        "読み込めません（{error}：{detail}）。",
        "パッケージを再度導入するか、作成者にお知らせください。",
    ),
    "adapter-incompatible": (
        "munidx {needs} が必要ですが、現在の版は {munidx} です。",
        "munidx 又はアダプターを更新してください。",
    ),
    "adapter-manifest-missing": (
        "パッケージ「{package}」に adapter.toml がありません。",
        "アダプターの作成者にお知らせください。",
    ),
    "adapter-manifest-wrong": (
        "adapter.toml の「{key}」に誤りがあります：{fault}",
        "アダプターの作成者にお知らせください。",
    ),
    "adapter-package-missing": (
        "パッケージ「{package}」が見つかりません。",
        "パッケージを再度導入してください。",
    ),
    "adapter-memory": (
        "アダプター「{adapter}」の使用メモリが上限の{megabytes}MBを超えました。",
        "資料を添えてアダプターの作成者にお知らせください。",
    ),
    "adapter-reading-wrong": (
        "アダプター「{adapter}」の読取結果が規定の形式ではありません。",
        "アダプターの作成者にお知らせください。",
    ),
    "adapter-recognise-failed": (
        "資料の判別中に失敗しました（{error}：{detail}）。",
        "資料を添えてアダプターの作成者にお知らせください。",
    ),
    "adapter-recognise-wrong": (
        "判別の戻り値（{type}）が規定の形式ではありません。",
        "アダプターの作成者にお知らせください。",
    ),
    "adapter-rule-code": (
        "番号「{code}」が {expected} の形になっていません。",
        "",
    ),
    "adapter-rule-name": (
        "名称「{name}」が「{expected}」で始まっていません。",
        "",
    ),
    "adapter-rule-twice": (
        "番号「{code}」又は名称「{name}」が重複しています。",
        "",
    ),
    "adapter-rule-wording": (
        "「{code}」の文又は説明がありません（言語：{lang}）。",
        "",
    ),
    "adapter-rule-wrong": (
        "{type} は規則ではありません。",
        "",
    ),
    "adapter-rules-failed": (
        "フック munidx_rules が失敗しました（{error}：{detail}）。",
        "",
    ),
    "adapter-timeout": (
        "アダプター「{adapter}」の処理が{seconds}秒以内に終わりませんでした。",
        "資料を添えてアダプターの作成者にお知らせください。",
    ),
    "adapter-unknown": (
        "「{adapter}」というアダプターはありません。導入済み：{installed}",
        "「{nearest}」の誤りではありませんか。",
    ),
    "adapter-unknown-document": (
        "この資料に対応するアダプターがありません。",
        "「munidx adapters」で一覧を確認するか、「munidx new-adapter」で作成してください。",
    ),
    "adapter-wrong-type": (
        "フックの戻り値（{type}）がアダプターではありません。",
        "アダプターの作成者にお知らせください。",
    ),
    "argument-extra": (
        "引数が多すぎます：{extra}",
        "「{command} --help」で確認してください。",
    ),
    "argument-missing": (
        "引数「{name}」がありません。",
        "「{command} --help」で確認してください。",
    ),
    "city-name-wrong": (
        "「{city}」はアダプターの名称に使用できません。",
        "英小文字で始まる英小文字と数字で指定してください（例：turku、mihon_cho）。",
    ),
    "city-taken": (
        "「{city}」という名称のアダプターが既に導入されています。",
        "別の名称とするか、導入済みのものを削除してください（「munidx adapters」で確認できます）。",
    ),
    "command-misspelt": (
        "「{name}」というコマンドはありません。",
        "「{nearest}」の誤りではありませんか。",
    ),
    "command-unknown": (
        "「{name}」というコマンドはありません。",
        "「{command} --help」で確認してください。",
    ),
    "document-blank": (
        "資料に文字が含まれていません。",
        "画像のみの資料は読み取れません。",
    ),
    "document-damaged": (
        "ファイルが破損しているか、{form}形式ではありません。",
        "再度取得してください。",
    ),
    "document-encrypted": (
        "ファイルにパスワードが設定されており、開けません。",
        "パスワードのないファイルを使用してください。",
    ),
    "encoding-broken": (
        "ファイルに文字コード {encoding} として解釈できない箇所があります（{byte}バイト目）。",
        "UTF-8に変換してください。",
    ),
    "effect-rule-unknown": (
        "変更に関するルール「{selector}」はありません。",
        "「{nearest}」ではありませんか。一覧は「munidx rules MX8」で確認できます。",
    ),
    "file-empty": (
        "ファイルが空です。",
        "",
    ),
    "file-forbidden": (
        "ファイルを読み取る権限がありません（{reason}）。",
        "アクセス権を確認してください。",
    ),
    "file-is-directory": (
        "ファイルではなくフォルダーです。",
        "フォルダー内のファイルを指定してください。",
    ),
    "file-missing": (
        "ファイルがありません。",
        "ファイル名を確認してください。",
    ),
    "file-not-regular": (
        "通常のファイルではありません。",
        "ファイルを指定するか、標準入力の場合は「-」としてください。",
    ),
    "file-too-large": (
        "ファイルが大きすぎます（{size}バイト、上限{allowed}バイト）。",
        "",
    ),
    "file-unreadable": (
        "ファイルを読み取れません（{reason}）。",
        "",
    ),
    "file-unwritable": (
        "ファイルに書き込めません（{reason}）。",
        "フォルダーとアクセス権を確認してください。",
    ),
    "folder-exists": (
        "既に存在するため、上書きしません。",
        "「--output」で別のフォルダーを指定してください。",
    ),
    "form-unknown": (
        "この形式のファイル（{media_type}）には対応していません。",
        "対応する形式は説明書を参照してください。",
    ),
    "git-driver-arguments": (
        "git が差分の表示に渡す引数は1個、7個又は9個ですが、{count}個ありました。",
        "次のとおり設定してください：git config diff.munidx.command 'munidx git-driver --'",
    ),
    "git-failed": (
        "git で確認できませんでした（{detail}）。",
        "",
    ),
    "git-missing": (
        "ファイルがありません。版として調べるための git も導入されていません。",
        "パスの表記を確認するか、git を導入してください。",
    ),
    "git-no-repository": (
        "ファイルがありません。版として調べるための git リポジトリもここにはありません。",
        "パスの表記を確認するか、リポジトリの中で実行してください。",
    ),
    "git-path-missing": (
        "版「{revision}」にファイル{file}はありません。",
        "収められたファイルの一覧は次のとおり確認できます：git ls-tree -r --name-only REVISION",
    ),
    "git-revision-unknown": (
        "ファイルがなく、版「{revision}」も git になく、又は一つに定まりません。",
        "版の一覧は次のとおり確認できます：git log --oneline --all",
    ),
    "json-syntax": (
        "JSONとして読み取れません：{detail}",
        "",
    ),
    "key-twice": (
        "キー「{key}」が重複しています。",
        "一方を削除してください。",
    ),
    "lang-unknown": (
        "言語「{lang}」には対応していません（指定できる言語：{languages}）。",
        "",
    ),
    "limit-exceeded": (
        "資料が上限を超えています（{limit}、上限{allowed}）。",
        "資料に問題がなければ、munidx.toml の [limits] で {limit} を設定してください。",
    ),
    "lone-surrogate": (
        "文字として不完全な符号（孤立サロゲート）が含まれています。",
        "削除してください。",
    ),
    "missing-key": (
        "キー「{key}」がありません。",
        "",
    ),
    "municipality-ambiguous": (
        "「{name}」は複数あります：{candidates}",
        "「--municipality」にコード又は都道府県名を付けた名称を指定してください。",
    ),
    "municipality-former": (
        "「{name}」は{until}に廃止され、現在は「{heir}」です。",
        "「--municipality」に資料を公表している市区町村を指定してください。",
    ),
    "municipality-gone": (
        "「{name}」は{until}に廃止されています。",
        "「--municipality」に資料を公表している市区町村を指定してください。",
    ),
    "municipality-unclear": (
        "どの市区町村の資料か判断できません。資料には次の名称があります：{candidates}",
        "「--municipality」で指定してください。",
    ),
    "municipality-unnamed": (
        "どの市区町村の資料か判断できません。資料に市区町村の名称がありません。",
        "「--municipality」で指定してください。",
    ),
    "municipality-unknown": (
        "「{name}」という市区町村はありません。",
        "「{nearest}」の誤りではありませんか。表にないものは「コード:名称」で指定できます。",
    ),
    "municipality-unlisted": (
        "「{name}」という市区町村はありません。",
        "表にないものは「コード:名称」で指定できます（コードは検査数字を含む6桁）。",
    ),
    "not-text": (
        "テキストファイルではありません。",
        "ファイルの形式を確認してください。",
    ),
    "not-utf8": (
        "ファイルの文字コードがUTF-8ではありません。",
        "UTF-8に変換してください。",
    ),
    "number-bounds": (
        "数値の桁数が上限（{limit}桁）を超えています。",
        "",
    ),
    "number-not-finite": (
        "無限大及び非数は値として使用できません。",
        "",
    ),
    "option-flag": (
        "オプション {option} には値を指定できません。",
        "「{command} --help」で確認してください。",
    ),
    "option-misspelt": (
        "オプション {option} はありません。",
        "「{nearest}」の誤りではありませんか。",
    ),
    "option-unknown": (
        "オプション {option} はありません。",
        "「{command} --help」で確認してください。",
    ),
    "option-value-missing": (
        "オプション {option} に値がありません。",
        "",
    ),
    "option-value-wrong": (
        "オプション {option} の値は{expected}でなければなりません。",
        "「{command} --help」で確認してください。",
    ),
    "output-form": (
        "「{output}」は「形式:ファイル名」の形になっていません。",
        "例えば「--output markdown:report.md」のように指定してください。",
    ),
    "output-twice": (
        "出力先「{output}」が二度指定されています。",
        "出力ごとに別のファイルを指定してください。",
    ),
    "patch-broken": (
        "差分が破損しており、適用できません。",
        "二つの計画から差分を作り直してください。",
    ),
    "patch-mismatch": (
        "差分がこの計画と一致しません（{path}、{field}）。別の版から作られたものです。",
        "差分の作成元の計画に適用してください。",
    ),
    "pin-ambiguous": (
        "「{path}」に該当する項目が複数あります（{side}）：{paths}",
        "パスで一つを指定してください。",
    ),
    "pin-blank": (
        "対応の指定の「{field}」が空です。",
        "新旧の項目とその理由をすべて記入してください。",
    ),
    "pin-contradiction": (
        "「{path}」と「{new}」が同一とも別とも指定されています（{first}）。",
        "どちらか一方の指定を削除してください。",
    ),
    "pin-mismatch": (
        "「{path}」と「{new}」は種類が異なり、対応させられません。",
        "同じ種類の項目を指定してください。",
    ),
    "pin-twice": (
        "「{path}」又は「{new}」は既に指定されています（{first}）。",
        "各項目の指定は一度としてください。",
    ),
    "pin-unknown": (
        "パス、番号又は名称が「{path}」である項目がありません（{side}）。",
        "パスは「munidx show」で確認できます。",
    ),
    "plan-ambiguous": (
        "資料に複数の計画が含まれています：{plans}",
        "「ファイル名::計画の識別子」で一つを指定してください。",
    ),
    "plan-missing": (
        "計画「{plan}」が含まれていません（{plans}）。",
        "含まれる計画の識別子を指定してください。",
    ),
    "plan-none": (
        "資料に計画が含まれていません。",
        "「munidx convert --coverage」で未読の箇所を確認してください。",
    ),
    "reader-missing": (
        "{media_type} の読み取りに必要なライブラリー（{library}）がありません。",
        "「pip install 'munidx[{extra}]'」で導入してください。",
    ),
    "report-form-unknown": (
        "「{form}」という形式の報告はありません（指定できる形式：{forms}）。",
        "「{nearest}」ではありませんか。",
    ),
    "rule-misspelt": (
        "「{selector}」に該当する規則はありません。",
        "「{nearest}」の誤りではありませんか。",
    ),
    "rule-unknown": (
        "「{selector}」に該当する規則はありません。",
        "規則は番号（MX301）、系列（MX3xx）又は名称（duplicate-code）で指定します。",
    ),
    "sample-name-wrong": (
        "ファイル名「{name}」は見本に使用できません。",
        "別の名前で複写してください。",
    ),
    "sample-twice": (
        "「{name}」という名前の見本が二つあります。",
        "一方の名前を変更してください。",
    ),
    "sample-untitled": (
        "資料に、施策・事業の表も、名称とみなせる行もありません。",
        "アダプターを直接作成してください。手順は文書の「新しい市」にあります。",
    ),
    "severity-unknown": (
        "「{severity}」という重大度はありません（{selector}）。",
        "error、warning、info、off のいずれかを指定してください。",
    ),
    "toml-syntax": (
        "TOMLとして読み取れません：{detail}",
        "",
    ),
    "too-deep": (
        "入れ子が上限（{limit}段）を超えています。",
        "",
    ),
    "unexpected": (
        "予期しない不具合が発生しました（{error}）。",
        "munidx の不具合です。MUNIDX_DEBUG=1 での表示を添えてお知らせください。",
    ),
    "unknown-key": (
        "キー「{key}」は使用できません。",
        "「{nearest}」の誤りではありませんか。",
    ),
    "version-missing": (
        "形式の版が記載されていません。",
        "先頭に「munidx = {version}」と記入してください。",
    ),
    "version-newer": (
        "ファイルの形式（版{got}）は、この munidx（版{version}まで）より新しいものです。",
        "munidx を更新してください。",
    ),
    "version-wrong": (
        "「{got}」は形式の版ではありません。",
        "先頭に「munidx = 1」と記入してください。",
    ),
    "wrong-type": (
        "「{field}」は{expected}でなければなりません（現在は{got}）。",
        "",
    ),
    "wrong-value": (
        "「{field}」は{expected}でなければなりません（現在は{got}）。",
        "",
    ),
}
