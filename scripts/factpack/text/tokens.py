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

from functools import lru_cache

from factpack.text.grammar import OPENS, OUTSIDE, TOKEN, compiled
from factpack.text.lists import with_lists, with_ranges
from factpack.text.readings import read
from factpack.text.token import Token, normal_form


def tokenise(paragraph: str) -> tuple[Token, ...]:
    """Return the tokens of a paragraph in normal form, in text order; no two overlap."""
    if not (opens := compiled(OPENS).search(paragraph)):
        return ()
    matches = compiled(TOKEN).finditer(paragraph, opens.start())
    found = [token for match in matches if (token := read(paragraph, match))]
    return tuple(with_lists(paragraph, with_ranges(paragraph, found)) if len(found) > 1 else found)


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
    return tuple((match.start(), match.end(), match[0]) for match in compiled(OUTSIDE).finditer(masked))
