"""Which way an indicator is meant to move, by the noun that it counts.

A small lexicon, as of 2026-11-21, of nouns whose good direction is the same in every plan
that we have read. It is used only where neither the form (↑ ↓ ＝) nor the wording (以上, 削減)
says it, and what it gives is an inference: the caller names it in ``inferred``.

The longest ending that is known decides: 満足度 is to rise, 不満足度 to fall; 利用件数 to rise,
事故件数 to fall. What is not listed has no direction, and so have nouns on which cities
differ or which only count: 件数, 人数, 職員数, 経費, 時間, 相談件数 (more calls for help may be
good or bad), 人口, 出動件数.
"""

import re
from typing import Final

from munidx.japanese.characters import compact
from munidx.model import Direction

__all__ = ["LEXICON", "direction_of"]

_RISING: Final = (
    "満足度 満足率 満足している割合 満足と答えた割合 総合満足度 幸福度 幸福感 愛着度 信頼度 "
    "理解度 認知度 認知率 定住意向 居住意向 再来訪意向 推奨度 関心度 好感度 住みよさ 住みやすさ "
    "自己肯定感 達成感 利用率 利用者数 利用件数 利用回数 利用者満足度 利用人数 利用団体数 "
    "利用登録者数 利用者の割合 参加者数 参加人数 参加率 参加団体数 受講者数 受講率 来場者数 "
    "来館者数 入館者数 来訪者数 来園者数 入場者数 訪問者数 訪問数 閲覧数 閲覧件数 アクセス数 "
    "アクセス件数 ページビュー数 登録者数 登録件数 登録率 登録団体数 フォロワー数 友だち数 "
    "ダウンロード数 再生回数 視聴回数 会員数 貸出冊数 貸出者数 乗車数 乗車人数 乗客数 輸送人員 "
    "宿泊者数 観光入込客数 入込客数 観光客数 申請率 電子申請率 オンライン申請率 "
    "オンライン申請件数 オンライン手続き率 オンライン手続率 オンライン化率 電子申請件数 "
    "電子申請利用率 電子化率 デジタル化率 キャッシュレス決済率 キャッシュレス決済比率 "
    "ペーパーレス化率 コンビニ交付率 交付率 交付枚数 普及率 導入率 設置率 整備率 耐震化率 "
    "水洗化率 舗装率 バリアフリー化率 改修率 更新率 進捗率 進捗度 達成率 達成度 完了率 実施率 "
    "実行率 回答率 回収率 投票率 開封率 応募者数 応募件数 受験者数 合格率 合格者数 正答率 "
    "平均正答率 得点率 標準偏差平均 進学率 就職率 就職者数 就業率 定着率 継続率 復職率 取得率 "
    "育児休業取得率 有給休暇取得率 接種率 受診率 検診受診率 健診受診率 受検率 健康寿命 移住者数 "
    "定住者数 加入率 加入世帯数 加入者数 収納率 徴収率 収納額 寄附額 寄附金額 寄附件数 寄付額 "
    "寄付金額 寄付件数 財源創出額 売上高 売上額 販売額 出荷額 観光消費額 生産額 農業産出額 "
    "創業者数 創業件数 起業者数 企業誘致数 リサイクル率 再資源化率 資源化率 緑被率 再エネ導入量 "
    "再生可能エネルギー導入量 充足率 解決率 改善率 改善数 改善件数 業務改善数 登用率 女性登用率 "
    "女性比率 女性割合 女性管理職割合 雇用率 障害者雇用率 稼働率 入居率 利活用率 活用率 "
    "活用件数 認定者数 養成者数 修了者数 育成人数 サポーター数 ボランティア数 "
    "ボランティア登録者数 協働事業数 協定締結数 協定件数 連携件数 公開データ数 オープンデータ数 "
    "データセット数 公開件数 発信件数 投稿数 投稿件数 プレスリリース件数 削減率 削減量 削減額 "
    "削減数 削減時間 短縮時間 短縮率 縮減額 節減額 低減率 減少率 利用数 参加数"
)
_FALLING: Final = (
    "待ち時間 待時間 平均待ち時間 窓口待ち時間 所要時間 処理時間 作業時間 事務時間 事務処理時間 "
    "開票時間 到着時間 到着所要時間 残業時間 時間外勤務時間 時間外勤務時間数 超過勤務時間 "
    "超過勤務時間数 時間外在校等時間 停止時間 障害時間 停電時間 事故件数 事故発生件数 "
    "交通事故件数 交通事故発生件数 人身事故件数 死亡事故件数 事故死者数 交通事故死者数 死者数 "
    "死傷者数 負傷者数 自殺者数 自殺死亡率 死亡率 犯罪件数 犯罪認知件数 刑法犯認知件数 "
    "刑法犯罪認知件数 犯罪発生件数 火災件数 火災発生件数 出火件数 出火率 苦情件数 苦情数 "
    "クレーム件数 不満足度 不満足率 不満度 誤り件数 ミス件数 事務ミス件数 不具合件数 障害件数 "
    "障害発生件数 インシデント件数 漏えい件数 情報漏えい件数 違反件数 滞納額 滞納繰越額 "
    "滞納件数 滞納世帯数 未収金 未収額 収入未済額 不納欠損額 実質公債費比率 将来負担比率 "
    "経常収支比率 市債残高 地方債残高 負債額 赤字額 待機児童数 待機者数 待機児童 離職率 "
    "離職者数 失業率 喫煙率 肥満率 ごみ排出量 ごみ総排出量 ごみの排出量 ごみ処理量 焼却量 "
    "最終処分量 埋立量 食品ロス量 二酸化炭素排出量 CO2排出量 温室効果ガス排出量 排出量 "
    "エネルギー消費量 電力使用量 エネルギー使用量 用紙使用量 紙使用量 紙の使用量 "
    "コピー用紙使用量 印刷枚数 漏水率 空き家数 空き店舗数 空き家率 老朽化率 未整備箇所数 "
    "放置自転車台数 不法投棄件数 不法投棄量 未受診率 未達成率 未回答率 未加入率 未設置率"
)

LEXICON: Final[dict[str, Direction]] = dict.fromkeys(
    _RISING.split(), Direction.INCREASE
) | dict.fromkeys(_FALLING.split(), Direction.DECREASE)
"""Endings of indicator names and the direction that they imply."""

_LONGEST: Final = max(map(len, LEXICON))
_TAIL: Final = re.compile(
    r"(?:\((?:%|[^()]{1,6})\)|[「」『』:・*※。、\s]|の?(?:割合|数値|値|平均))+$"
)
_INNER: Final = re.compile(r"\(([^()]{2,40})\)$")
_SHARE: Final = re.compile(
    r"(?:した|している|できた|できる|感じる|答えた|回答した|思う).{0,12}(?:の割合|割合|の比率)$"
)
_BAD: Final = re.compile(
    r"(?:不満|不安|困って|できない|しない|していない|感じない|思わない|悪い|被害|孤立|孤独)"
)
# 不, 未 and 非 turn the noun round: 不満足度, 未利用率 are not the nouns that they end with.
_TURNED: Final = re.compile(r"[不未非無]$")


def direction_of(noun: str) -> Direction | None:
    """Which way the indicator named ``noun`` is meant to move; None where none is sure.

    A unit in brackets at the end is passed over; a noun in brackets is looked up where the
    one before it is unknown: ``市HP(ページ別訪問数)``.

    >>> direction_of("窓口の利用者満足度"), direction_of("事故件数"), direction_of("件数")
    (<Direction.INCREASE: 'increase'>, <Direction.DECREASE: 'decrease'>, None)
    """
    name = compact(noun[-200:])
    inner = _INNER.search(name)
    for candidate in (name, _TAIL.sub("", name), inner[1] if inner else ""):
        found = _by_ending(candidate)
        if found:
            return found
    return None


def _by_ending(name: str) -> Direction | None:
    for length in range(min(_LONGEST, len(name)), 0, -1):
        ending = name[-length:]
        if ending in LEXICON:
            return None if _TURNED.search(name[:-length]) else LEXICON[ending]
    if _SHARE.search(name) and not _BAD.search(name):
        return Direction.INCREASE
    return None
