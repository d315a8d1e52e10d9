"""The README of a new city's package: what it is, and what to do next."""

from typing import Final

from munidx.scaffold.proposal import Proposal

__all__ = ["readme"]

_PAGES: Final = {
    "en": """\
# munidx-{city}

Reads {title} of {name} ({code}) for [munidx](https://github.com/munidx/munidx).
`munidx new-adapter` wrote this package from the samples in `tests/samples`; now it is yours.

## Next

```console
$ pip install -e '.[test]'
$ pytest
```

The tests are green at once. Then:

1. Read `tests/golden/*.toml` beside the samples: is every row right?
2. `tests/golden/*.unread` lists the places that nobody has read yet. {next}
3. `MUNIDX_GOLDEN=write pytest` writes the golden files anew; look at what changed (`git diff`).
4. `munidx convert tests/samples/… --coverage` tells how much of a document is read.

The pages of munidx's documentation on new cities, on tables and on the contract tell the rest.
""",
    "ja": """\
# munidx-{city}

[munidx](https://github.com/munidx/munidx) で{name}（{code}）の「{title}」を読み取るための
パッケージです。
`munidx new-adapter` が `tests/samples` の資料から作成しました。以後は自由に変更してください。

## 次に行うこと

```console
$ pip install -e '.[test]'
$ pytest
```

テストは、作成した時点で全て合格します。続いて、次のことを行ってください。

1. `tests/golden/*.toml` を資料と照らし合わせ、各行が正しいことを確かめる。
2. `tests/golden/*.unread` は、まだ読み取っていない箇所の一覧である。{next}
3. `MUNIDX_GOLDEN=write pytest` で正解ファイルを書き直し、変わった箇所（`git diff`）を確かめる。
4. `munidx convert tests/samples/… --coverage` で、読み取れた割合を確かめる。

詳しくは、munidx の文書の「新しい市」「表」「契約」の各ページを参照してください。
""",
}
_NEXT: Final = {
    "en": {
        True: "Declare their columns, groups and captions in `{page}`.",
        False: "The samples hold no table of measures: write the reading in `{page}`.",
    },
    "ja": {
        True: "その列、見出し及び注記を `{page}` に書き加える。",
        False: "資料に、読み取れる表がなかったため、読み取りの処理を `{page}` に書く。",
    },
}


def readme(proposal: Proposal, lang: str) -> str:
    """``README.md`` in the language ``lang``."""
    page = f"src/munidx_{proposal.city}/adapter.py"
    title = proposal.headline.core if proposal.headline else proposal.title
    return _PAGES[lang].format(
        city=proposal.city.replace("_", "-"),
        title=_safe(title),
        name=proposal.municipality.name,
        code=proposal.municipality.code,
        next=_NEXT[lang][proposal.form is not None].format(page=page),
    )


def _safe(text: str) -> str:
    """``text`` without what Markdown or HTML would take for its own."""
    return "".join(sign for sign in text if sign.isprintable() and sign not in "<>[]`*_\\|#&!")
