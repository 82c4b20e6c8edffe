"""Number tokens: the numbers, ranks, dates and numbered names of a Chinese paragraph, with what binds them.

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

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

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
_TURNED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
FALLS = "下降 减少 降低 压减 压降 下滑 回落 缩减 缩短 压缩 削减 下调 下跌 收窄 负增长 减 降 跌"
COUNTING = "连续 提前 推迟 延长 历时 用时 新增 增加 增至 增加到 减至 达 达到 共 共有 累计 合计 最近"
MEASURING = "连续 提前 推迟 延长 历时 用时 增加 达 达到"
PARTS = {  # behind these the character is part of another word: 节约, 签约, 附近, 侦破, 赶超, 发达, 增减
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
_SPANS = frozenset(SPANS.split())
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
NUMERAL = "〇零一二两三四五六七八九十百千万亿"
DIGITS = {"两": 2} | {word: value for value, word in enumerate("一二三四五六七八九", 1)}
SIZES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
ALONE = ("", "百", "千")  # what is left of 万, 亿, 百亿 and 千 without the 万 and 亿 of the unit
SURE = ("成", "连", "倍", "百分点", "个百分点")  # always counted: 两倍, 五连降
PARTS_OF = {"成": "%", "百分之": "%", "千分之": "‰"}
ARABIC = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def _any(words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    single = "".join(word for word in words.split() if len(word) == 1)
    several = sorted((word for word in words.split() if len(word) > 1), key=len, reverse=True)
    return "|".join([*several, f"[{single}]"] if single else several)


def _whole(words: str) -> str:
    """Return a pattern for any of the words where their first character does not end another word."""
    groups: dict[str, list[str]] = {}
    for word in words.split():
        groups.setdefault(f"(?<![{PARTS[word[0]]}])" if word[0] in PARTS else "", []).append(word)
    return "|".join(f"{guard}(?:{'|'.join(group)})" for guard, group in groups.items())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern, at its first use: all of them take longer than the rest of the import."""
    return re.compile(pattern)


_HAN = r"[^\W0-9A-Za-z_]"  # as a range of characters it takes 3 ms to compile
_BARE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_YEAR = r"(?:18[4-9]|19[0-9]|20[0-9])[0-9]"
_CLOSED = r"(?=[的并和与及且至到]|[^\w.%‰]|\.(?![0-9])|$)"
_LATIN = rf"(?:{_any(LATIN)})(?![A-Za-z0-9])"
_SIZE = "(?:万亿|[万亿])"
_PER = "(?:/(?:平方公里|平方米|立方米|公里|小时|[亩人年月日天吨秒]))?"
_OPENS = f"[0-9A-Za-z第前首榜翻过半{NUMERAL}−-]"
_TOKEN = rf"""(?x)(?={_OPENS})(?:
    (?P<date>(?<![近逾]){_YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?
        |{_YEAR}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}(?=[0-9]{{2}}:[0-9]{{2}}|(?![0-9]))
        |{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9])
        |[一二][〇零○0一二三四五六七八九]{{3}}年(?:[{NUMERAL}]{{1,2}}月(?:[{NUMERAL}]{{1,3}}日)?)?
        |(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:.]) |[0-9]{{1,2}}时(?:[0-9]{{1,2}}分)?
        |第?[0-9]季度 |[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)? |[0-9]{{1,2}}日(?![均元]))
    |(?P<rank>[第前](?:[0-9]+[名位强]|(?:[0-9]+|[{NUMERAL}]+)[名位强甲]?{_CLOSED})
        |(?<![摆放]在)(?<!置于)(?:首位|榜首){_CLOSED})
    |(?P<label>第[0-9]+(?:(?![的和与及至到]){_HAN})?
        |[0-9]+(?:\.[0-9]+){{2,}} |[0-9]+(?:\.[0-9]+)?(?:[+×*/:](?:[0-9]+(?:\.[0-9]+)?|[A-Z]+))+
        |(?<![A-Za-z])[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?(?![0-9%‰万亿元年月余多个家人名位次项条件套栋座处所]|\.[0-9])
        |[0-9]+(?!{_LATIN})[A-Za-z]+
        |{_BARE}(?:号线|号楼|号院|号|年代|年级|世纪|级|强|版|代|后|大))
    |(?P<word>翻了?[一两三四]?番|翻了?倍|(?:(?<!超)过)?半数|一半)
    |(?P<minus>(?:(?<![\w%])|(?<=[长为速幅达至到]))[−-](?=[0-9]))?(?P<part>[百千]分之)?
        (?P<number>(?:(?P<high>[0-9]+)亿(?=[0-9]{{1,4}}万))?(?P<low>{_BARE})(?P<tens>[百千](?![瓦米克伏分]))?
        |(?<![{NUMERAL}几统第])(?<![{NUMERAL}][至到—~-])(?!(?<=数)十)[{NUMERAL}]+(?:点[{NUMERAL}]+)?)
        (?P<words>成[半多]?(?![立功为果熟本品交员长效就都型人绩份片网链势不])
        |[余多几来]?{_SIZE}?[余多]?(?:{_LATIN}|(?!{_any(NOT_UNITS)})(?:{_any(UNITS)}){_PER})
        |[余多几来]?{_SIZE}[余多]?|余)?)"""
_WORDS = f"([余多几来]?)({_SIZE}?)([余多]?)(.*)"
_FALL = rf"(?:{_whole(FALLS)}|(?<=[年期比])少)了?"
_BOUNDS = {word: bound for bound, words in BEFORE.items() for word in words.split()}
_EACH = rf"(?P<each>(?P<first>{_FALL})分别(?:为|是|达到?)?|分[别列][^,。;:、0-9]{{0,12}}?)"
_FIRST = "".join(sorted({word[0] for word in f"{' '.join(BEFORE.values())} {FALLS} 分别 少".split()}))
_LEFT = rf"(?:(?=[{_FIRST}]){_EACH}?(?P<fall>{_FALL})?(?:(?P<bound>{_whole(' '.join(_BOUNDS))})了?)?)?$"
_ENDS = frozenset(word[-1] for word in f"{' '.join(BEFORE.values())} {FALLS} 少 了".split())
_RIGHT = (
    r"(?:\(含\)|及)?(?:(?P<word>以上(?![市述海])|以下(?![沉列简])|以内(?![需部涵])|左右(?![两岸])"
    rf"|上下(?!游))|(?<=[年倍岁])(?P<more>多)(?!{_HAN}))"
)
_COUNTING = rf"(?:{_whole(COUNTING)})$"
_MEASURING = rf"(?:{_whole(MEASURING)})了?$"
_FEAT = "(?:关键|核心|重大|“卡脖子”)*(?:技术|难题|瓶颈)"  # 突破3项关键技术 says no bound
_JOIN = "(?:、|和|与|及|以及|或)(?P<rise>增长|增加|提高|提升|上升)?"
_RANGE = "[至到~—–-]|——"
_OUTSIDE = (
    rf"(?<=“)(?=[^“”\0]*[{NUMERAL}半])[^“”\0]{{1,10}}(?=”)|(?:[{NUMERAL}](?![{NUMERAL}]){_HAN}){{2}}"
    rf"|[统唯专逐之]一|[第每]?[{NUMERAL}半廿卅]+{_HAN}?|[壹贰叁肆伍陆柒捌玖拾佰仟]{{2,}}|[^\D0-9]+"
)


class Token(NamedTuple):
    """A number with its unit words in a paragraph's normal form; offsets are code points, ends exclusive.

    kind is quantity, rank, date or label. value and unit are as printed, 万 and 亿 in the unit, bound words
    left out. bound is of the size, sign is -1 for a fall. series is the place in a list and its length.
    period is the ISO 8601 year, month or day that a date names by itself.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    unit: str
    bound: str
    sign: int
    reach_start: int
    reach_end: int
    series: tuple[int, int] | None = None
    period: str | None = None


_SPACE = re.compile(r"\s")


def normal_form(text: str) -> str:
    """Return the text in the form that is compared: NFKC, without white space."""
    if unicodedata.is_normalized("NFKC", text) and not _SPACE.search(text):
        return text
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", folded)  # a space that went may leave a letter beside its accent


def folded_numerals(text: str) -> tuple[int, ...]:
    """Return where a raw text has characters, themselves no digits, that NFKC turns into digits: ² ½ ① ㎡ ㋀.

    The caller refuses them, for 10² would be read as 102. Full-width digits are digits and not among them.
    """
    strange = ((at, each) for at, each in enumerate(text) if each > "\x7f" and not each.isdecimal())
    return tuple(at for at, each in strange if any(map(str.isdecimal, unicodedata.normalize("NFKC", each))))


def tokenise(paragraph: str) -> tuple[Token, ...]:
    """Return the tokens of a paragraph in normal form, in text order; no two overlap."""
    if not (opens := _compiled(_OPENS).search(paragraph)):
        return ()
    matches = _compiled(_TOKEN).finditer(paragraph, opens.start())
    found = [token for match in matches if (token := _read(paragraph, match))]
    return tuple(_with_lists(paragraph, _with_ranges(paragraph, found)) if len(found) > 1 else found)


@lru_cache(maxsize=256)
def tokens_of(quote: str) -> tuple[Token, ...]:
    """Return the tokens of a quote as a source has it; what proves a record and what shows it ask for them."""
    return tokenise(normal_form(quote))


def outside_words(paragraph: str) -> tuple[tuple[int, int, str], ...]:
    """Return the Chinese numerals of a normal form that lie in no token, each as start, end, word.

    The word is a short quoted name (五个中心), a pair (一老一小), or the numeral and the character behind it.
    Digits of other scripts that NFKC leaves alone are listed too.
    """
    masked = paragraph
    for token in tokenise(paragraph):
        masked = masked[: token.start] + "\0" * (token.end - token.start) + masked[token.end :]
    return tuple((match.start(), match.end(), match[0]) for match in _compiled(_OUTSIDE).finditer(masked))


def relation(token: Token) -> tuple[Decimal, str]:
    """Return the signed value and its bound on the number line: 下降超5% is -5, under.

    exact, about and nearly stay as they are. A date or label has the value NaN, which equals nothing.
    """
    value = Decimal("NaN") if token.value is None else token.value * token.sign
    return value, _TURNED.get(token.bound, token.bound) if token.sign < 0 else token.bound


def _read(text: str, match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None where Chinese numerals do not count."""
    date_, label, word, number = match.group("date", "label", "word", "number")
    if number:
        return _number(text, match)
    start, end = match.span()
    printed = match[0]
    if date_:
        return Token(start, end, printed, "date", None, "date", "exact", 1, start, end, period=_period(printed))
    if label:
        return Token(start, end, printed, "label", None, "", "exact", 1, start, end)
    if word:
        doubled = Decimal(2) ** DIGITS.get(printed[-2], 1)  # 翻番, 翻了两番
        value, unit = (Decimal(50), "%") if "半" in printed else (doubled, "倍")
        return _bound(text, match, "quantity", value, unit, "over" if printed[0] == "过" else "exact")
    place = printed.strip("第前名位强甲")
    rank = Decimal(1) if place in ("首", "榜首") else _decimal(place)
    bound = "at_most" if printed[0] == "前" else "exact"
    return None if rank is None else _bound(text, match, "rank", rank, "名", bound)


def _number(text: str, match: re.Match[str]) -> Token | None:
    """Return the quantity or label of a number with its unit words; None for numerals that do not count."""
    number, low, part, words = match.group("number", "low", "part", "words")
    inside, bound, size, unit, measure = _words(words or "")
    core, value = number if low else number.rstrip("万亿"), _value(match)
    alone = core in ALONE and not inside and not part
    if value is None or (alone and not _left(text, match.start())["bound"]):
        return None
    if unit.startswith("成"):
        value = value * 10 + 5 * ("半" in unit)
    measure = number[len(core) :] + size + (PARTS_OF[part] if part else measure)
    token = ruled = _bound(text, match, "quantity", value, measure, bound)
    if (low and (measure or "." in number)) or part or unit.startswith(SURE):
        return token
    if counting := _compiled(_COUNTING).search(text, max(0, token.reach_start - 4), token.reach_start):
        ruled = token._replace(reach_start=counting.start())
    governed = ruled.bound != "exact" or ruled.reach_start < ruled.start
    if low:
        return ruled if governed else token._replace(kind="label", value=None)
    return ruled if _counts(text, token, unit, governed) else None


@lru_cache(maxsize=256)
def _words(printed: str) -> tuple[str, str, str, str, str]:
    """Return of the words behind a number: 余 or its like inside, its bound, 万 or 亿, the unit, what that means."""
    before_size, size, behind_size, unit = _compiled(_WORDS).findall(printed)[0]
    inside = before_size or behind_size
    bound = INSIDE.get(inside, "over" if "多" in unit else "exact")
    return inside, bound, size, unit, PARTS_OF.get(unit[:1], unit.replace("多", ""))


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the value of a number less the 万 and 亿 at its end, which go to the unit; None for 十四五."""
    number, low, high, tens = match.group("number", "low", "high", "tens")
    if low:
        value = Decimal(low.replace(",", ""))
        return value * SIZES.get(tens, 1) + int(high or 0) * 10**4 if tens or high else value
    core = number.rstrip("万亿")
    if core in ALONE:
        return Decimal(SIZES.get(core, 1))
    if "点" in core:
        return _decimal(core)
    whole = _chinese(number)
    return None if whole is None else Decimal(whole) / math.prod(SIZES[each] for each in number[len(core) :])


def _counts(text: str, token: Token, unit: str, governed: bool) -> bool:
    """Say whether Chinese numerals count; `governed`: a bound, a fall or a counting word stands with them."""
    after = text[token.end : token.end + 1]
    if not token.unit or unit in NOT_CHINESE.split() or (after and after in '”’》」』"'):
        return False
    if governed or not unit or unit in _SPANS:
        return governed
    if token.unit != unit or not token.value or token.value > 10:
        return True
    behind_noun = re.search(_HAN, text[max(0, token.start - 1) : token.start])
    return bool(behind_noun) and token.value > 1 and not re.match(r"\w", after)


def _decimal(number: str) -> Decimal | None:
    """Return the value of ASCII digits or of a Chinese numeral, 三点五 too; None for what is neither."""
    if number.isascii():
        return Decimal(number.replace(",", ""))
    whole, _, tail = number.partition("点")
    value, places = {"零": 0, "百": 100}.get(whole, _chinese(whole)), tail.translate(ARABIC)  # 百分之百
    if value is None or (tail and not places.isdecimal()):
        return None
    return Decimal(f"{value}.{places}" if tail else value)


def _chinese(numeral: str) -> int | None:
    """Return the value of a whole Chinese numeral; None for 十四五, 三五, 一百五 and a bare 百."""
    for word, size in SIZES.items():
        head, found, tail = numeral.partition(word)
        if not found:
            continue
        high = 1 if word == "十" and not head else _chinese(head)
        low = _chinese(tail.removeprefix("零")) if tail else 0
        if high is None or low is None or low >= size or (high > 9 and size < 10**4):
            return None
        skips = word != "十" and low * 10 < size  # 一百零五 says its empty place, 一百五十 has none
        return high * size + low if not tail or skips == tail.startswith("零") else None
    return DIGITS.get(numeral)


def _period(printed: str) -> str | None:
    """Return the ISO 8601 year, month or day of a date that names its year and exists, else None."""
    head, found, tail = printed.partition("年")
    parts = [head.translate(ARABIC), *re.findall("[^月日]+", tail)] if found else re.split("[-/.]", printed)
    year, *rest = parts
    if not year.isdecimal():
        return None
    month, day = (int(_decimal(part) or 0) for part in [*rest, "1", "1"][:2])
    try:
        return date(int(year), month, day).isoformat()[: (4, 7, 10)[len(rest)]]
    except ValueError:
        return None


def _left(text: str, start: int) -> re.Match[str]:
    """Return the match of 分别, the verb of a fall and the bound word that end at an offset, if any do."""
    first = max(0, start - 24)
    if text.find("分", first, start) < 0:  # else the words are near, and most numbers have none
        first = max(first, start - 8) if text[start - 1 : start] in _ENDS else start
    found = _compiled(_LEFT).search(text, first, start)
    assert found, "the pattern also matches nothing"
    return found


def _bound_before(left: re.Match[str]) -> str | None:
    """Return the bound that the word before a number says."""
    return _BOUNDS.get(left["bound"])


def _bound(text: str, match: re.Match[str], kind: str, value: Decimal, unit: str, bound: str) -> Token:
    """Return the token of a match with the sign, bound and reach that the words around it give."""
    first, last = start, end = match.span()
    sign = -1 if match["minus"] else 1
    left, right = _left(text, first), _compiled(_RIGHT).match(text, last)
    if left[0] or right:
        before = _bound_before(left)
        end = right.end() if right else last
        behind = BEHIND[right["word"] or right["more"]] if right else "exact"
        if left["first"] or left["fall"] or left["bound"]:
            start = left.start("first" if left["first"] else "fall" if left["fall"] else "bound")
        if left["bound"] == "近" and unit in _SPANS and value < 100 and not left["fall"]:
            if measuring := _compiled(_MEASURING).search(text, max(0, start - 4), start):
                start = measuring.start()
            else:
                before = None
        elif left["bound"] == "突破" and (feat := _compiled(_FEAT).match(text, end)):
            before, end = None, feat.end()
        bound = before or (behind if bound == "exact" else bound)
        sign = -1 if left["first"] or left["fall"] else sign
    return Token(first, last, match[0], kind, value, unit, bound, sign, start, end)


def _with_ranges(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with both ends of each range read together: 3至5个 is at least 3, at most 5 个."""
    made = list(tokens)
    for at in range(1, len(made)):
        low, high = made[at - 1 : at + 1]
        if _compiled(_RANGE).fullmatch(text, low.end, high.start):
            made[at - 1 : at + 1] = _range(text, low, high)
    return made


def _range(text: str, low: Token, high: Token) -> tuple[Token, ...]:
    """Return both ends of a range, exact if it is a change (从3个到5个); two other tokens as they are."""
    bare = not low.unit and bool(re.fullmatch(_BARE, low.text))
    start, end = low.reach_start, high.reach_end
    if high.kind == "date" and bare:
        period = low.text if high.period and len(high.period) == len(low.text) else None
        low = low._replace(kind="date", value=None, unit="date", bound="exact", period=period, reach_end=end)
        return low, high._replace(reach_start=start)
    ranks = low.kind == "rank" and high.unit in ("名", "位")
    changed = text[max(0, start - 1) : start] in ("从", "由")
    alike = bare or ranks or (low.kind == "quantity" and low.unit == high.unit)
    if high.kind != "quantity" or not high.unit or not alike:
        return low, high
    said = next((each.bound for each in (low, high) if each.bound != "exact"), None)
    bounds = (said, said) if said else ("exact", "exact") if changed else ("at_least", "at_most")
    kind, unit = ("rank", "名") if ranks else ("quantity", high.unit)
    value = _decimal(low.text) if low.value is None else low.value
    start -= changed
    low = low._replace(value=value, bound=bounds[0], reach_end=end)
    high = high._replace(bound=bounds[1], sign=low.sign)
    return tuple(each._replace(kind=kind, unit=unit, reach_start=start) for each in (low, high))


def _with_lists(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, the members of each list with what they share."""
    first = 0
    while first < len(tokens):
        after = first + 1
        if after < len(tokens) and _compiled(_JOIN).match(text, tokens[first].reach_end):
            left = _left(text, tokens[first].start)
            each = bool(left["each"])
            while after < len(tokens) and _joined(text, tokens[after - 1], tokens[after], each):
                after += 1
            if after > first + 1:
                yield from _listed(text, tokens[first:after], left)
                first = after
                continue
        yield tokens[first]
        first += 1


def _joined(text: str, one: Token, other: Token, each: bool) -> bool:
    """Say whether a token stands in one list with the token before it; `each`: a 分别 leads the list."""
    if not _compiled(_JOIN).fullmatch(text, one.reach_end, other.reach_start):
        return False
    if each:
        return all(token.kind in ("quantity", "rank") or token.text.isdecimal() for token in (one, other))
    return one.kind == other.kind and one.kind in ("quantity", "rank") and one.unit in ("", other.unit)


def _listed(text: str, members: Sequence[Token], left: re.Match[str]) -> Iterator[Token]:
    """Yield the members of a list with their place, its reach, and the unit, verb and bound they share."""
    first, last = members[0], members[-1]
    behind = last.bound if left["each"] and last.reach_end > last.end else "exact"
    shared = first.bound if _bound_before(left) else behind
    start = left.start("each") if left["each"] else first.reach_start
    before = first
    ranks = first.kind == "rank"
    for place, token in enumerate(members, 1):
        join = _compiled(_JOIN).fullmatch(text, before.reach_end, token.reach_start)
        own_verb = bool(_left(text, token.start)["fall"] or (join and join["rise"]))
        falls = token.sign < 0 or bool((left["fall"] or left["first"]) and not own_verb)
        bound = shared if token.bound == "exact" and (token is first or not own_verb) else token.bound
        yield token._replace(
            kind="rank" if ranks else "quantity",
            value=Decimal(token.text) if token.value is None else token.value,
            unit="名" if ranks else token.unit or last.unit,
            bound=bound,
            sign=-1 if falls else 1,
            reach_start=start,
            reach_end=last.reach_end,
            series=(place, len(members)),
        )
        before = token
