"""The standard units: sound records, each printed word in one unit of a quantity, and a unit for what is read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import yaml

from factpack.disk.project import Project
from factpack.edit.layout import lay_out
from factpack.edit.starter import units_folder
from factpack.schema.read import read
from factpack.schema.validate import Validator
from factpack.source.documents import load
from factpack.table.derived import DERIVATIONS
from factpack.text.token import normal_form
from factpack.text.tokens import tokenise
from factpack.text.vocabulary import tables
from projects import ROOT

FILES = {path.stem: path.read_bytes() for path in sorted(units_folder().iterdir())}
UNITS = {name: yaml.safe_load(raw) for name, raw in FILES.items()}
SCHEMAS = read(Project(ROOT).schemas(), DERIVATIONS)
PRINTED = {word for unit in UNITS.values() for word in unit["printed"]}
ISSUE = "mass energy power volume speed currency money area length count persons person_times households time"
WITHOUT = {
    "currencies of few reports": "澳元 加元 新元 卢布 韩元 泰铢 法郎 瑞士法郎 马克",
    "measures of other countries or times": "英里 丈 市尺 尺 英尺 英寸 公亩 英亩 顷 加仑 公担 磅 盎司 克拉 °F",
    "measures of laboratories and data sheets": "勒克斯 贝可 微升 安培 瓦时 焦耳 千焦 兆焦 毫安时 Wh mAh TW TWh MB KB",
    "streaks, which are the number of periods of a claim": "连降 连增 连涨 连升 连跌 连冠 连胜 连跳 连丰",
    "no amount of its own": "标准吨 折 昼夜 个昼夜 个世纪",
}
"""Words that are read and belong to no standard unit, by the reason: who needs one makes a unit of it."""


def test_each_is_a_sound_record_in_the_standard_format() -> None:
    validator = Validator("unit", SCHEMAS)
    for name, raw in FILES.items():
        path = f"sources/units/{name}.yaml"
        document = load(path, raw)
        assert [*document.problems, *validator.problems(document)] == [], name
        assert document.data is not None
        assert document.data["id"] == name
        assert lay_out(path, raw, "unit", SCHEMAS).raw == raw, name


def test_names_are_those_of_one_unit() -> None:
    for field, language in product(("name",), ("zh", "en")):
        counts = Counter(unit[field][language] for unit in UNITS.values())
        assert [name for name, count in counts.items() if count > 1] == []


def test_a_printed_word_belongs_to_one_unit_of_a_quantity() -> None:
    counts = Counter((unit["quantity"], word) for unit in UNITS.values() for word in unit["printed"])
    assert [word for word, count in counts.items() if count > 1] == []


def test_a_base_unit_is_one_of_the_same_quantity_and_has_no_other() -> None:
    for name, unit in UNITS.items():
        if "plain_unit" in unit:
            base = UNITS[unit["plain_unit"]]
            assert base["quantity"] == unit["quantity"], name
            assert "plain_unit" not in base, name


def test_every_quantity_has_a_unit() -> None:
    allowed = set(SCHEMAS.sources["unit"]["properties"]["quantity"]["enum"])
    assert {unit["quantity"] for unit in UNITS.values()} == allowed
    assert set(ISSUE.split()) <= allowed


def test_a_printed_word_is_read_as_the_unit_of_a_number() -> None:
    """No unit can be printed in a way that the program does not read."""
    read_as = {"成": "%"}  # 三成 is 30 %
    unread = [
        word
        for word in sorted(PRINTED)
        if read_as.get(word, word) not in (_unit(f"共12.5{word}"), _unit(f"第12{word}"))
    ]
    assert unread == []


def _unit(text: str) -> str:
    tokens = tokenise(text)
    return tokens[0].unit if len(tokens) == 1 else ""


def test_printed_words_are_as_texts_are_compared() -> None:
    assert [word for word in PRINTED if normal_form(word) != word] == []


def test_what_is_read_as_a_unit_has_a_standard_unit() -> None:
    units, _ = tables()
    plain = [word for group in units["measures"] for word in group["words"].split()]
    plain += [f"{word}次" for word in units["times"].split()]
    plain += [word for key in ("spans", "counted", "latin", "latin_exactly") for word in units[key].split()]
    without = {word for words in WITHOUT.values() for word in words.split()}
    assert {word for word in plain if word not in PRINTED} == without


SCALED = "元 美元 人 人次 户 吨 公斤 斤 亩 平方米 立方米 千瓦 千瓦时 度 吨标准煤 辆 头 只 件 台 株"


def test_ten_thousands_and_hundred_millions_go_with_what_is_counted_so() -> None:
    for word in SCALED.split():
        assert f"万{word}" in PRINTED, word
        assert f"亿{word}" in PRINTED or word in ("户", "辆"), word


def test_nothing_in_them_is_of_one_place() -> None:
    assert [name for name, raw in FILES.items() if re.search("武昌|武汉|湖北|Wuchang|Wuhan|Hubei", raw.decode())] == []
