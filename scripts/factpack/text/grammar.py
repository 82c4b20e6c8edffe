"""The grammar of numbers: how a number is found among words, and read (patterns; `readings` applies them).

The words are data: `units.yaml` what is counted and measured, `number_words.yaml` bounds, falls, and what makes a name.

What is a token
- A number comes first, then its words: digits or numerals, sizes (万亿; falling ones, 2万3千; multiplying ones,
  5万多亿), 余 多 几 来 inside. That is one value under one bound; 万 and 亿 at its end belong to the unit.
- Every run of ASCII digits lies in one: with unit words a quantity (2.8万余处), as 第40名 or 前10 a rank, as
  8.1:40.2:51.7 or 1.6比1 a ratio, as 2025年, 12月 or 16:01 a date (but 师生比1:15, by a word of its clause), else a
  label (12号线, 500强, 5G, 1+4, 1956).
  Without a unit it is a quantity, its unit empty, only if it has decimals or stands under a bound, a fall or a
  counting word (达98). A word behind it that is no known unit is noted (`unknown`), and never read as a shorter one.
- Chinese numerals are a token only where they count, for set phrases are more frequent (十四五, 五改四好, 一本,
  三级医院). They need a classifier, and: more than ten, or 万 or 亿 (一百二十个, 三亿元); or a bound, or a fall or
  counting word before (新增两家, 连续八年, 提前一年, 三家以上); or a range (三至五个); or the end of their clause,
  behind a noun (企业两家). 一个, 一批, 两项核心指标, 五个方面, 三年行动, 五年来, 十多年来 and what ends a quoted
  name (“人才十条”) are none. 成, 倍, 百分点 and 连降 always count: 八成, 两倍, 五连降.
- A span of time in Chinese numerals always needs the word before it (学制三年, 延长至三年). 近 before a span looks
  back (近三年: 3 年, exact), unless a word of measuring governs it (增加近18天: nearly). 连续第三年 is 3 年.
- Fractions are exact and have no unit (三分之一, 2/3); 百分之 and 千分之 are % and ‰, also of what shares them
  (百分之三至五); 七成五 is 75 %, 半数, 近半 and 过半 are 50 %, 3年半 is 3.5 年, 两倍半 2.5 倍.
- 百 千 万 亿 alone count only with a bound before or inside (超百亿元, 上千户, 百余家); 亿元以上 is a threshold, no
  token. Vague numbers (数百, 几十, 三五个) and a lost numeral (到二年) have no value and are none: `OUTSIDE` lists
  them.
- 第一 and 首位 are ranks unless what they count follows (第一方阵, 首位度); 摆在第一位, 倒数第一, 安全第一 and the
  第一 of an enumeration are none; 首个 is a claim and no number. 50强 is a rank behind 跻身 and the like, else a
  name.
- A number in quotation or title marks (“20条”), before an event (7.20暴雨) or behind 老 (老18条) is a label, unless
  a unit of measure follows. So is what may be damage: 25l亿元, 12,34万元, 2,34,567元, 018年, more than 15
  digits.

How a token is read
- One bound: the word before wins over 余 inside, and that over 以上 behind. 以上, 以下 and 以内 include the number
  (Civil Code of China, art. 1259). Bounds are of the size; `relation` turns them round for a fall. 上 and 过 are
  bounds of round and large numbers only (上千户, 过10亿元; not 开过2次会).
- A fall is a word directly before the number (下降7.8%, 降幅达5%, 负2%); with its object between, the amount is
  positive (压降成本超2亿元).
- The members of a list share the verb and bound before the first, in a 分别 list also the bound behind the last;
  without 分别 they have one unit. A range (3至5个, 10—15家) is two tokens, at_least and at_most, or both under its
  bound word.
- The reach covers every word the reading hangs on, and all of a list or range: a window that cuts no reach, and no
  word, has the same tokens.

cn2an was tried for the numerals: it takes 0.27 s to import, and its strict mode refuses 两百.
"""

from __future__ import annotations

import re
from functools import cache

from factpack.text.lookalikes import BY_TWO
from factpack.text.numerals import NUMERAL, ROUND
from factpack.text.vocabulary import vocabulary


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern, at its first use: all of them take longer than the rest of the import.

    «name» in it is the pattern of that name of the vocabulary.
    """
    return re.compile(re.sub("«([a-z_]+)»", lambda name: vocabulary().patterns[name[1]], pattern))


HAN = r"[^\W0-9A-Za-z_]"  # as a range of characters it takes 3 ms to compile
BARE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_NUMERALS = rf"[{NUMERAL}]+(?:点[{NUMERAL}]+)?"
_YEAR = r"(?:18[4-9]|19[0-9]|20[0-9])[0-9]"
_CLOSED = r"(?=[的并和与及且至到]|[^\w.%‰/]|/(?![0-9])|\.(?![0-9])|$)"
_LATIN = "(?:«latin»)(?![A-Za-z0-9])"
_SIZE = "(?:万亿|[万亿])"
_PER = rf"(?:/(?P<open>\()?(?:«per»)(?:[·./](?:«per»))?(?(open)\))|(?:每(?:«per»)){{1,3}}{_CLOSED})?"
_UNIT = f"(?:{_LATIN}|(?:(?=«units_yet»)|(?!«not_units»))(?:«units»){_PER}|(?:«at_end»)(?!{HAN}))"
_HALF = "(?:(?<=[«halves»])半(?![载数夜径价]))?"
_NO_RATIO = "(?![0-9.]+[个项家条件名处户])"  # 表3:5个项目
_HUNDREDS = "(?:千(?![瓦米克伏卡焦帕赫乏]|安[时培]|字节|比特)|百(?!分[之点]|帕))"  # 5千米 are metres, 3百分点 points
TO = "至到~-"
RANGE = f"[{TO}]|~~"
CHANGE = "(?:«rises»|«falls»|发展|调整|优化)(?:至|到|为)"  # 0.62降至0.55吨
_MORE = f"(?:[、和及与至到]第?(?:[0-9]+|[{NUMERAL}]+)){{1,5}}"
OPENS = f"[0-9A-Za-z第前首榜翻过半{NUMERAL}~-]"
TOKEN = rf"""(?x)(?={OPENS})(?:
    (?P<date>(?=[0-9一二第])(?:(?<![近逾]){_YEAR}年(?!代)(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?
        |{_YEAR}(?P<mark>[-/.])[0-9]{{1,2}}(?P=mark)[0-9]{{1,2}}(?=[0-9]{{2}}:[0-9]{{2}}|(?![0-9]))
        |{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9])
        |[一二][{ROUND}一二三四五六七八九]{{3}}(?:年(?!代)(?:[{NUMERAL}]{{1,2}}月(?:[{NUMERAL}]{{1,3}}日)?)?
            |(?=[、和与及至到~-][一二][{ROUND}一二三四五六七八九]{{3}}[年、和与及两二三四五六七八九])
            |(?<=[、和与及]....)(?=[两二三四五六七八九]年))
        |(?P<time>(?:[01]?[0-9]|2[0-3]):{_NO_RATIO}[0-5][0-9](?:(?<=..:..)(?<![到至].....):[0-5][0-9])?(?![0-9:.%]))
        |[0-9]{{1,2}}(?:时(?:[0-9]{{1,2}}分)?|点[0-9]{{1,2}}分) |第?[0-9]季度
        |[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)? |[0-9]{{1,2}}日(?![均元产常期处])))
    |(?P<streak>第(?<=连续第)(?:[0-9]+|[{NUMERAL}]+)(?:«streaks»))
    |(?P<rank>[第前](?<!倒数.)(?:[0-9]+[名位强](?!«persons»)
            |(?:[0-9]+|[{NUMERAL}]+)(?!{_MORE}«ordered»)(?:[名位](?=«ranked»)|(?=(?:«ranked»){{1,2}}[到至为])|[名位强甲]?{_CLOSED}))
        |(?:首位|榜首)(?<![摆放]在..)(?<!置于..){_CLOSED})
    |(?P<ratio>{BARE}(?:(?:::?{_NO_RATIO}{BARE}){{1,8}}(?![0-9:])|%(?:::?{BARE}%){{1,8}}|亿元?(?:::?{BARE}亿元?){{1,8}}
            |(?:比{BARE}){{1,8}}{_CLOSED})
        |(?<![{NUMERAL}几第]){_NUMERALS}(?:比{_NUMERALS}){{1,3}}{_CLOSED})
    |(?P<fraction>[1-9]/(?<![0-9A-Za-z./]..)(?:10|[2-9])(?=[强弱多左以]|{_CLOSED}))
    |(?P<label>(?=[0-9A-Za-z第])(?:第[0-9]+(?:(?![的和与及至到]){HAN})?
        |[0-9]+(?:\.[0-9]+){{2,}} |[0-9]+(?:\.[0-9]+)?(?:(?:[+×*/]|:{_NO_RATIO})(?:[0-9]+(?:\.[0-9]+)?|[A-Z]+))+
        |PM(?<![A-Za-z]..)(?:2\.5|10)(?![0-9.])
        |(?<![A-Za-z])[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?(?![0-9%‰万亿元年月余多个家人名位次项条件套栋座处所]|\.[0-9])
        |[0-9]+[lIO][0-9lIO]* |(?<![A-Za-z])[lIO]+[0-9][0-9lIO]*(?:\.[0-9]+)? |[0-9]+(?!{_LATIN})[A-Za-z]+
        |{BY_TWO}(?:\.[0-9]+)?(?![0-9,])
        |0[0-9]+(?![0-9]*\.)年?
        |{BARE}(?:[万亿]+级|(?!大卡)(?:«names»)) |(?<={HAN})(?<![为达到至是约超过于了近])[1-9]\.0(?=时代|{_CLOSED})))
    |(?P<listed>{BARE}强|(?<![{NUMERAL}几第前])[{NUMERAL}]+强)
    |(?P<word>(?=[翻过半一])(?:翻了?[近约]?[一两三四]?番|翻了?倍|(?:(?<!超)过)?半数|一半|(?:(?<![双超])过|(?<=[近超逾破]))半(?![年天月日小个径导途壁程生夜空价点边圆球])))
    |(?P<part>(?P<whole>(?<![{NUMERAL}几])[{NUMERAL}]+|[0-9]+[百千万亿]*)分之(?P<share>{_NUMERALS}|{BARE})(?P<odd>[余多几]?)
        (?P<further>(?:(?:以及|[至到~、和与及-])(?:{_NUMERALS}|{BARE})(?![{NUMERAL}])(?=[以左]|{_CLOSED}))*))
    |(?P<quantity>(?P<minus>(?:(?<![\w%])|(?<=[长为速幅达至到]))-(?=[0-9])|(?<=[长为速幅])~(?=[0-9]))?
        (?P<number>(?P<low>{BARE})
            (?P<sizes>(?:{_HUNDREDS}|[万亿]|(?<=[亿万千百])零?[0-9]{{1,4}}(?={_HUNDREDS}|万)
                |(?<=万)[0-9]{{4}}(?![0-9.]))*)
        |(?<![{NUMERAL}几统第])(?!(?<=数)[十百千万亿]){_NUMERALS}(?!(?<=千)[瓦伏克帕焦卡赫乏]|(?<=百)帕))
        (?P<words>成(?:[半多]|(?:[一二三四五六七八九]|(?<=[0-9]成)[1-9])(?=[以左]|{_CLOSED})|(?![立功为果熟本品交员长效就都型人绩份片网链势不]))
        |[余多几来]?{_SIZE}?[余多]?{_UNIT}{_HALF}
        |[余多几来]?{_SIZE}[余多]?|余|多(?={_CLOSED})|(?<=0)多(?!元化|样|维|媒体|边|民族))?))"""
WORDS = f"([余多几来]?)({_SIZE}?)([余多]?)(.*)"
_EACH = r"(?P<each>(?P<first>«falls»)分别(?:为|是|达到?)?|分[别列][^,。;:、0-9]{0,12}?)"
LEFT = f"(?:(?=[«firsts»]){_EACH}?(?P<fall>«falls»(?!破))?(?:(?P<bound>«bounds»)了?)?)?$"
RIGHT = (
    rf"(?:\(含\)|及)?(?:(?P<word>«behind»)|(?<=[年倍岁番%0-9一二三四五六七八九])(?P<more>多)(?:(?!{HAN})|(?=来|时间|的))"
    rf"|(?<=[%成半一二三四五六七八九0-9])(?P<slight>[强弱])(?=的|[^\w]|$))"
)
COUNTED = "(?:«counting»)了?$"
MEASURED = "(?:«measuring»)了?$"
FEAT = "(?:«feats_first»)*(?:«feats»)"
NO_RANK = "(?:[摆放][在到]了?|置于|倒数|(?:«mottoes»))$"
ENUMERATES = f"(?<![^。;:!?])第[0-9{NUMERAL}]+(?:[,:]|、(?![第0-9{NUMERAL}]))"
VAGUE = r"(?:几|(?<![^\W有近达超约])数)$"
COMPARES = r"(?:比|例|结构|构成|师生|配|按照?|[为达约近超由])(?:[^,。;:!?、]|(?<=[0-9]):){0,24}$"
COMPARED = "[^,。;:!?、0-9]{0,4}比[例率值重]?"
INTO = "(?:«into»)[^,。;:、0-9]{0,10}$"
LISTED = "[县市区镇](?!前)|[的和]"  # 百强县; 百强县前50名 has the rank 50
QUOTED_BEFORE = r"(?:[“‘《「『〈][^“”‘’《》「」『』〈〉,。;:、!?]{0,12}|\")$"
QUOTED_BEHIND = r"[^“”‘’《》「」『』〈〉,。;:、!?]{0,12}[”’》」』〉]|\""
EVENT = f"{HAN}{{0,4}}?(?:«events»)"
UNKNOWN = f"(?![«particles»]){HAN}{{1,2}}|/{HAN}{{1,2}}"
JOIN = "(?:、|和|与|及|以及|或)(?P<rise>«rises»)?"
YEARS_COUNTED = "(?:[两二三四五六七八九]|[2-9])年"  # 2021和2022两年
ENDS_CLAUSE = "。;:,!?"
OUTSIDE = (
    rf"(?<=“)(?=[^“”\0]*[{NUMERAL}半])[^“”\0]{{1,10}}(?=”)|(?:[{NUMERAL}](?![{NUMERAL}]){HAN}){{2}}"
    rf"|[统唯专逐之]一|[第每数几]?[{NUMERAL}半廿卅]+{HAN}?|[壹贰叁肆伍陆柒捌玖拾佰仟]{{2,}}|[^\D0-9]+"
)
