"""Characters that only look like others, as files made from PDF have them, and the ordinary ones in their place."""

from __future__ import annotations

import re
import unicodedata

_PARTS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵"
    "⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩"
    "⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
"""Radicals and strokes that no normal form replaces."""
_WHOLE = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫"
    "羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄"
    "黾斉齐歯齿竜龙龜亀龟𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
"""The character that each of them is the same as (Unicode's EquivalentUnifiedIdeograph.txt)."""
OTHERS = re.compile(
    f"[{_PARTS}\u2f00-\u2fd5"
    "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa6d\ufa70-\ufad9"
    "\U0002f800-\U0002fa1d"
    "\u00a0\u1680\u2000-\u200a\u202f\u205f"  # spaces
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f"  # wide letters and digits, narrow Japanese
    "\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe44\ufe47-\ufe52\ufe54-\ufe66\ufe68-\ufe6b"  # ligatures and signs
    "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134\u2139"
    "\U0001d400-\U0001d7ff\U0001fbf0-\U0001fbf9]+"  # letters and digits in the fonts of mathematics
)
"""Runs of characters that may not be in records. Punctuation as wide as Chinese characters may be, and so may ² ½ ① ℃
㎡ Ⅱ: they do not look like others."""
_PRESENTED = re.compile("[\ufe10-\ufe6f]")
_CHINESE_SIGNS = str.maketrans(",:;!?()", "，：；！？（）")
_EQUIVALENT = str.maketrans(_PARTS, _WHOLE)


def ordinary(character: str) -> str:
    """Return the ordinary character, or several, that a character of `OTHERS` looks like."""
    if character.isspace():
        return " "
    if _PRESENTED.match(character):
        return chr(int(unicodedata.decomposition(character).split()[-1], 16)).translate(_CHINESE_SIGNS)
    return unicodedata.normalize("NFKC", character.translate(_EQUIVALENT))


def without_radicals(text: str) -> str:
    """Return a text with the ordinary characters for radicals and strokes."""
    return text.translate(_EQUIVALENT)
