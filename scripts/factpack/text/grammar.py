"""The grammar of numbers: which words are read as a number, and how (words and patterns; `readings` applies them).

What is a token
- Every run of ASCII digits lies in one: with unit words a quantity (2.8万余处), as 第40名 or 前10 a rank, as
  2025年, 12月 or 16:01 a date, else a label (12号线, 500强, 5G, 1+4, 1956). Without a unit it is a quantity,
  its unit empty, only if it has decimals or stands under a bound, a fall or a counting word (达98).
- Chinese numerals are a token only where they count, for set phrases are more frequent (十四五, 五改四好,
  一本, 三级医院). They need a classifier, and: more than ten, or 万 or 亿 (一百二十个, 三亿元); or a bound,
  or a fall or counting word before (新增两家, 连续八年, 提前一年, 三家以上); or the end of their clause,
  behind a noun (企业两家). 一个, 一批, 两项核心指标, 五个方面, 三年行动, 五年来 and what ends a quoted name
  (“人才十条”) are none. 成, 倍, 百分点 and 连降 always count: 八成, 两倍, 五连降.
- A span of time in Chinese numerals always needs the word before it. 近 before a span looks back (近三年:
  3 年, exact), unless a word of measuring governs it (增加近18天: nearly).
- 百 千 万 亿 alone count only with a bound before or inside (超百亿元, 百余家); 亿元以上 is a threshold, no
  token. Vague numbers (数十, 三五个), a lost numeral (到二年) and fractions are none, but for 百分之, 千分之,
  半数 and 一半.
- 第一 and 首位 are ranks unless what they count follows (第一方阵, 首位度); 首个 is a claim and no number.

How a token is read
- One bound: the word before wins over 余 inside, and that over 以上 behind. 以上, 以下 and 以内 include the
  number (Civil Code of China, art. 1259). Bounds are of the size; `relation` turns them round for a fall.
- A fall is a verb directly before the number (下降7.8%); with its object between, the amount is positive
  (压降成本超2亿元).
- The members of a list share the verb and bound before the first, in a 分别 list also the bound behind the
  last; without 分别 they have one unit. A range (3至5个, 10—15家) is two tokens, at_least and at_most, or
  both under its bound word.
- The reach covers every word the reading hangs on, and all of a list or range: a window that cuts no reach,
  and no word, has the same tokens.

cn2an was tried for the numerals: it takes 0.27 s to import, and its strict mode refuses 两百.
"""

from __future__ import annotations

import re
from functools import cache

from factpack.text.numerals import NUMERAL

BEFORE = {
    "over": "超过 超出 超 突破 破 逾 高于 大于 多于 不止 跨越 跨过 越过 迈过 迈上 站上 跃上",
    "at_least": "不少于 不低于 未低于 不小于 不下于 至少 最少",
    "about": "约 约为 约占 约有 约合 约达 大约",
    "nearly": "近 接近 将近 逼近",
    "at_most": "不超过 不超 未超过 未超 不突破 未突破 不高于 不多于 不大于 至多 最多",
    "under": "低于 少于 小于 不到 不足 不满 未满 未达 未达到",
}
INSIDE = {"余": "over", "多": "over", "几": "over", "来": "about"}
BEHIND = {
    "以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "左右": "about",
    "上下": "about",
    "多": "over",
}
FALLS = "下降 减少 降低 压减 压降 下滑 回落 缩减 缩短 压缩 削减 下调 下跌 收窄 负增长 减 降 跌"
COUNTING = "连续 提前 推迟 延长 历时 用时 新增 增加 增至 增加到 减至 达 达到 共 共有 累计 合计 最近"
MEASURING = "连续 提前 推迟 延长 历时 用时 增加 达 达到"
WORDS_CONTAINING = {  # behind these the character is part of another word: 节约, 签约, 附近, 侦破, 赶超, 发达, 增减
    "约": "节签履违预特公契邀",
    "近": "附最就邻临靠走贴相亲远",
    "超": "赶反",
    "破": "侦打攻告击爆识",
    "达": "发到雷表传送抵",
    "共": "公",
    "减": "增加",
    "降": "升",
}
SPANS = "年 个月 天 周 周年 小时 个小时 分钟 工作日 个工作日 季度 个季度"
SPAN_WORDS = frozenset(SPANS.split())
LATIN = "km kV kW MW GW kWh MWh GWh TB PB EB Gbps TEU P t kg m cm mm"
UNITS = (
    SPANS + " 个多月 个多小时 元 美元 港元 欧元 日元 % ‰ 个百分点 百分点 个点 个基点 基点 倍 折 "
    "连降 连增 连涨 连升 连跌 连冠 连胜 连跳 连丰 "
    "人 人次 人份 名 位 户 户次 居民 市民 职工 学生 师生 游客 群众 岁 "
    "平方公里 平方米 立方米 平方 公里 千米 米 厘米 毫米 公顷 亩 海里 里 方 吨 吨标准煤 吨标煤 公斤 千克 斤 "
    "克 毫克 微克 升 千瓦 千瓦时 兆瓦 千伏 千伏安 度 °C 分贝 "
    "个 家 项 条 处 栋 件 所 起 部 套 宗 张 场 场次 座 台 台套 辆 艘 架 架次 列 班 班次 航次 车次 标箱 "
    "只 头 株 棵 根 颗 枚 盏 块 片 间 篇 本 册 份 封 幅 首 款 种 类 组 批 批次 轮 期 届 席 桌 箱 桶 袋 支 把 "
    "对 双 面 门 口 眼 段 层 节 堂 课时 学分 分 点 步 次 剂次 例 床 床位 车位 泊位 学位 字 页 则 员 尊 顶 具"
)
NOT_UNITS = (  # begin as a unit does, and count nothing by it
    "项目 人才 人大 人均 部门 部委 片区 方面 年级 处理 处置 条例 条件 家庭 位于 位居 位列 场景 场所 场馆 "
    "期间 支撑 升级 升至 升到 组织 口袋 口岸 户外 户籍 分管 分公司 分支 分中心 分局 分店 层面 层级 年限 名录 "
    "名单 所有 对口 元宇宙 台账 次产业 日均 类别 个半 年半 天半 倍半"
)
NOT_CHINESE = (  # count by ASCII digits only: 十分, 一度, 二期, 万里
    "分 点 度 里 方 面 门 口 节 届 期 批 步 字 头 员 首 本 双 对 类 种 段 课时 米"
)
SCALES_ALONE = ("", "百", "千")  # what is left of 万, 亿, 百亿 and 千 without the 万 and 亿 of the unit
ALWAYS_COUNTED = ("成", "连", "倍", "百分点", "个百分点")  # always counted: 两倍, 五连降
UNIT_OF_PART = {"成": "%", "百分之": "%", "千分之": "‰"}


def _any(words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    single = "".join(word for word in words.split() if len(word) == 1)
    several = sorted((word for word in words.split() if len(word) > 1), key=len, reverse=True)
    return "|".join([*several, f"[{single}]"] if single else several)


def _whole(words: str) -> str:
    """Return a pattern for any of the words where their first character does not end another word."""
    groups: dict[str, list[str]] = {}
    for word in words.split():
        groups.setdefault(f"(?<![{WORDS_CONTAINING[word[0]]}])" if word[0] in WORDS_CONTAINING else "", []).append(word)
    return "|".join(f"{guard}(?:{'|'.join(group)})" for guard, group in groups.items())


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern, at its first use: all of them take longer than the rest of the import."""
    return re.compile(pattern)


HAN = r"[^\W0-9A-Za-z_]"  # as a range of characters it takes 3 ms to compile
BARE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_YEAR = r"(?:18[4-9]|19[0-9]|20[0-9])[0-9]"
_CLOSED = r"(?=[的并和与及且至到]|[^\w.%‰]|\.(?![0-9])|$)"
_LATIN = rf"(?:{_any(LATIN)})(?![A-Za-z0-9])"
_SIZE = "(?:万亿|[万亿])"
_PER = "(?:/(?:平方公里|平方米|立方米|公里|小时|[亩人年月日天吨秒]))?"
OPENS = f"[0-9A-Za-z第前首榜翻过半{NUMERAL}−-]"
TOKEN = rf"""(?x)(?={OPENS})(?:
    (?P<date>(?<![近逾]){_YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?
        |{_YEAR}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}(?=[0-9]{{2}}:[0-9]{{2}}|(?![0-9]))
        |{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9])
        |[一二][〇零○0一二三四五六七八九]{{3}}年(?:[{NUMERAL}]{{1,2}}月(?:[{NUMERAL}]{{1,3}}日)?)?
        |(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:.]) |[0-9]{{1,2}}时(?:[0-9]{{1,2}}分)?
        |第?[0-9]季度 |[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)? |[0-9]{{1,2}}日(?![均元]))
    |(?P<rank>[第前](?:[0-9]+[名位强]|(?:[0-9]+|[{NUMERAL}]+)[名位强甲]?{_CLOSED})
        |(?<![摆放]在)(?<!置于)(?:首位|榜首){_CLOSED})
    |(?P<label>第[0-9]+(?:(?![的和与及至到]){HAN})?
        |[0-9]+(?:\.[0-9]+){{2,}} |[0-9]+(?:\.[0-9]+)?(?:[+×*/:](?:[0-9]+(?:\.[0-9]+)?|[A-Z]+))+
        |(?<![A-Za-z])[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?(?![0-9%‰万亿元年月余多个家人名位次项条件套栋座处所]|\.[0-9])
        |[0-9]+(?!{_LATIN})[A-Za-z]+
        |{BARE}(?:号线|号楼|号院|号|年代|年级|世纪|级|强|版|代|后|大))
    |(?P<word>翻了?[一两三四]?番|翻了?倍|(?:(?<!超)过)?半数|一半)
    |(?P<minus>(?:(?<![\w%])|(?<=[长为速幅达至到]))[−-](?=[0-9]))?(?P<part>[百千]分之)?
        (?P<number>(?:(?P<high>[0-9]+)亿(?=[0-9]{{1,4}}万))?(?P<low>{BARE})(?P<tens>[百千](?![瓦米克伏分]))?
        |(?<![{NUMERAL}几统第])(?<![{NUMERAL}][至到—~-])(?!(?<=数)十)[{NUMERAL}]+(?:点[{NUMERAL}]+)?)
        (?P<words>成[半多]?(?![立功为果熟本品交员长效就都型人绩份片网链势不])
        |[余多几来]?{_SIZE}?[余多]?(?:{_LATIN}|(?!{_any(NOT_UNITS)})(?:{_any(UNITS)}){_PER})
        |[余多几来]?{_SIZE}[余多]?|余)?)"""
WORDS = f"([余多几来]?)({_SIZE}?)([余多]?)(.*)"
_FALL = rf"(?:{_whole(FALLS)}|(?<=[年期比])少)了?"
BOUNDS = {word: bound for bound, words in BEFORE.items() for word in words.split()}
_EACH = rf"(?P<each>(?P<first>{_FALL})分别(?:为|是|达到?)?|分[别列][^,。;:、0-9]{{0,12}}?)"
_FIRST = "".join(sorted({word[0] for word in f"{' '.join(BEFORE.values())} {FALLS} 分别 少".split()}))
LEFT = rf"(?:(?=[{_FIRST}]){_EACH}?(?P<fall>{_FALL})?(?:(?P<bound>{_whole(' '.join(BOUNDS))})了?)?)?$"
ENDS = frozenset(word[-1] for word in f"{' '.join(BEFORE.values())} {FALLS} 少 了".split())
RIGHT = (
    r"(?:\(含\)|及)?(?:(?P<word>以上(?![市述海])|以下(?![沉列简])|以内(?![需部涵])|左右(?![两岸])"
    rf"|上下(?!游))|(?<=[年倍岁])(?P<more>多)(?!{HAN}))"
)
COUNTED = rf"(?:{_whole(COUNTING)})$"
MEASURED = rf"(?:{_whole(MEASURING)})了?$"
FEAT = "(?:关键|核心|重大|“卡脖子”)*(?:技术|难题|瓶颈)"  # 突破3项关键技术 says no bound
JOIN = "(?:、|和|与|及|以及|或)(?P<rise>增长|增加|提高|提升|上升)?"
RANGE = "[至到~—–-]|——"
OUTSIDE = (
    rf"(?<=“)(?=[^“”\0]*[{NUMERAL}半])[^“”\0]{{1,10}}(?=”)|(?:[{NUMERAL}](?![{NUMERAL}]){HAN}){{2}}"
    rf"|[统唯专逐之]一|[第每]?[{NUMERAL}半廿卅]+{HAN}?|[壹贰叁肆伍陆柒捌玖拾佰仟]{{2,}}|[^\D0-9]+"
)
